"""Names as they are compared: folded, and of regions without the rank before them; and as they may be shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

REGENCY = re.compile(r"^kab(?:upaten\b|\b)\.? ?(?=\S)")
PROVINCE = re.compile(r"^prov(?:insi\b|\b)\.? ?(?=\S)")
CENSORED = "(16 digit)"  # stands in a name where a NIK stood


def fold_name(text: str) -> str:
    """Apply NFKC, collapse blanks and fold case, and nothing else."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def normalise_name(text: str) -> str:
    """Fold a region's name and strip a leading "Kabupaten", "Kab." or "Kab"; "Kota" is part of a name and stays."""
    return REGENCY.sub("", fold_name(text))


def outside_name(text: str) -> str:
    """Fold a province's or regency's name like `normalise_name`, and strip a leading "Provinsi" or "Prov." too."""
    return PROVINCE.sub("", normalise_name(text))


def censored(text: str) -> str:
    """Take numbers of 16 digits out of a name, as a NIK has them, so that it can be stored and shown."""
    return re.sub(r"(?<![0-9])[0-9]{16}(?![0-9])", CENSORED, text)


def bearers(names: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """List the codes that bear each name, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for name, code in dict.fromkeys(names):
        found[name] = (*found.get(name, ()), code)
    return found
