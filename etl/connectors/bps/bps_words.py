"""The words of BPS: labels without markup, periods from two labels, marks behind a year."""

from __future__ import annotations

import html
import re
from typing import Any

from etl.catalogue.period import MONTHS

TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
YEAR = re.compile(r"([0-9]{4}) ?(\*{0,2}|[rex])\)?")
STATUS = {"": "", "*": "sementara", "**": "sangat sementara", "r": "revisi", "e": "estimasi", "x": "sementara"}
WHOLE_YEAR = {"", "tahun", "tahunan", "tidak ada"}
HALF = re.compile(r"(semester (?:1|i|2|ii)) ?\((\w+)\)", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.;])\s")
PROSE = re.compile(r"\b(?:angka|data|hasil|bersifat|masih) (sangat sementara|sementara|potensi|estimasi)\b")
MONTH_NAMES = [each.casefold() for each in MONTHS["id"]]
MONTH = rf"\b({'|'.join(MONTH_NAMES)})\b"
SPAN = re.compile(rf"{MONTH}(?: ?(?:-|–|sampai(?: dengan)?|hingga|s\.?/?d\.?) ?{MONTH})?")
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


def note_status(note: str, year: str, part: str) -> str:
    """Return the status that a note in prose gives to a cell: "Angka Oktober-Desember adalah angka sementara".

    A sentence that names years or months speaks of them alone, any other one of every figure; one with an asterisk
    explains the mark, and speaks of the figures that bear it.
    """
    for sentence in SENTENCE.split(note.casefold()):
        said = PROSE.search(sentence)
        years, months = re.findall(r"\b(?:19|20)[0-9]{2}\b", sentence), _months(sentence)
        of_year = not years or year[:4] in years
        of_month = not months or part.casefold() not in MONTH_NAMES or part.casefold() in months
        if said and "*" not in sentence and of_year and of_month:
            return "estimasi" if said[1] == "potensi" else said[1]
    return ""


def _months(sentence: str) -> set[str]:
    """List the months that a sentence names, those between two of a span too."""
    found: set[str] = set()
    for first, last in SPAN.findall(sentence):
        start, end = MONTH_NAMES.index(first), MONTH_NAMES.index(last or first)
        found |= set(MONTH_NAMES[start : end + 1] or MONTH_NAMES)
    return found
