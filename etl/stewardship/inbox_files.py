"""Files in the inbox: whose they are by their place alone. Lists names, opens nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.catalogue.feeds import Feed

INBOX = "data/inbox"
RETURNED = f"{INBOX}/dikembalikan"
KEPT_DAYS, KEPT_WORD = 7, "data-pribadi"  # of a file with personal data, counted by the day in its name
UNFINISHED = (".part", ".crdownload", ".tmp", ".partial", ".download", ".filepart")


def is_unfinished(path: Path) -> bool:
    """Tell a file that a program still writes or keeps for itself: `~$x.xlsx`, `.~lock.x#`, `x.part`."""
    return path.name.startswith((".", "~$")) or path.name.casefold().endswith(UNFINISHED)


def dropped_files(root: Path, feed: Feed) -> list[Path]:
    """List the finished files in the inbox that a feed takes."""
    if feed.connector != "file" or not (feed.path or "").startswith(f"{INBOX}/"):
        return []
    return [path for path in _there(root.glob(feed.path or "")) if _is_open(root, path)]


def unclaimed_files(root: Path, feeds: Iterable[Feed]) -> list[Path]:
    """List the finished files in the inbox that no feed takes by their place: "tidak dikenal"."""
    claimed = {path for feed in feeds for path in dropped_files(root, feed)}
    found = _there((root / INBOX).rglob("*"))
    return sorted(path for path in found if path not in claimed and _is_open(root, path))


def outstayed_files(root: Path, today: dt.date) -> list[Path]:
    """List the files with personal data that went back so long ago that they have to be deleted."""
    day = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})-.*\.{KEPT_WORD}(\.[^.]*)?", re.DOTALL)
    found = ((path, day.fullmatch(path.name)) for path in (root / RETURNED).glob("*/*"))
    last = (today - dt.timedelta(days=KEPT_DAYS)).isoformat()
    return sorted(path for path, match in found if match and match[1] <= last)


def _there(paths: Iterable[Path]) -> Iterator[Path]:
    """Pass on finished files, and no links: they would bring in what lies elsewhere on the server."""
    return (path for path in paths if path.is_file() and not path.is_symlink() and not is_unfinished(path))


def _is_open(root: Path, path: Path) -> bool:
    inside = path.relative_to(root)
    kept = any(part.startswith(".") for part in inside.parts)
    return not kept and not inside.as_posix().startswith(f"{RETURNED}/")
