"""Letters that lie beside the copies in data/inbox/dikembalikan: what still has to go back to its sender."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

from etl.catalogue.models import Catalogue
from etl.stewardship.desk import GoingBack

FOLDER = "dikembalikan"
NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}-(.+)\.txt", re.DOTALL)
LONGEST_LETTER = 20_000
HIDDEN = "Isi surat ini tidak untuk umum. Suratnya ada pada python -m etl today, dan di folder data/inbox/dikembalikan."


def going_back(inbox: Path) -> list[GoingBack]:
    """Read the letters in an inbox, oldest first; whoever has sent one deletes it with its copy."""
    found: list[GoingBack] = []
    for path in sorted((inbox / FOLDER).glob("*/*.txt"), key=lambda each: each.name):
        match = NAME.fullmatch(path.name)
        try:
            if match is not None:
                letter = path.read_text(encoding="utf-8", errors="replace")[:LONGEST_LETTER]
                found.append(GoingBack(path.parent.name, match[2], dt.date.fromisoformat(match[1]), letter))
        except (OSError, ValueError):
            continue  # taken away meanwhile, or no letter of ours
    return found


def guarded_letter(letter: GoingBack, catalogue: Catalogue) -> GoingBack:
    """Hide the words of a letter that may quote an indicator which is not public; that it has to be sent stays."""
    feed = catalogue.feed.get(letter.feed)
    named = (feed.indicators or tuple(filter(None, [feed.defaults.get("indicator")]))) if feed else ()
    if all(each in catalogue.public for each in named or catalogue.indicator):
        return letter
    return replace(letter, letter=HIDDEN)
