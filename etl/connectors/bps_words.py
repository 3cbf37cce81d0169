"""The words of BPS: labels without markup, periods from two labels, marks behind a year."""

from __future__ import annotations

import html
import re
from typing import Any

TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
YEAR = re.compile(r"([0-9]{4}) ?(\*{0,2}|[rex])")
STATUS = {"": "", "*": "sementara", "**": "sangat sementara", "r": "revisi", "e": "estimasi", "x": "sementara"}
WHOLE_YEAR = {"", "tahun", "tahunan", "tidak ada"}
HALF = re.compile(r"(semester (?:1|i|2|ii)) ?\((\w+)\)", re.IGNORECASE)
HALVES = {"maret": ("1", "i"), "september": ("2", "ii")}


def plain(text: Any) -> str:
    """Return a label or note without markup, entities and double blanks."""
    shown = html.unescape(html.unescape(str(text or "")))
    return " ".join(TAG.sub(" ", shown).split())


def period_words(year: str, part: str) -> str:
    """Write a period from the labels of year and part of the year: "Januari" of "2025" is "Januari 2025".

    "Semester 1 (Maret)" is the first half: the month in brackets is the survey's, and must lie in it.
    """
    named = YEAR.fullmatch(year.casefold())
    year = named[1] if named else year
    if is_whole_year(part):
        return year
    half = HALF.fullmatch(part)
    if half and half[1].casefold().split()[1] in HALVES.get(half[2].casefold(), ()):
        part = half[1]
    return f"{part} {year}"


def is_whole_year(part: str) -> bool:
    """Tell whether a label of the part of a year means all of it."""
    return part.casefold() in WHOLE_YEAR


def year_status(year: str) -> str:
    """Return the status that a mark behind the year stands for: "2025*" is preliminary."""
    named = YEAR.fullmatch(year.casefold())
    return STATUS[named[2]] if named else ""
