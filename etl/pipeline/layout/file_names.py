"""What the name of a file says of its period: "lapor-2026-10", "Rekap Agustus 2025", "stunting_tw3_2025"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise, takewhile

from etl.catalogue.period import MONTH_NUMBERS, ROMAN_NUMBERS, UNITS

COPY = re.compile(r"(?:\s*\(\d{1,2}\)|[\s_-]+(?:copy|salinan|final|fix|rev(?:isi)?|v\d{1,2}))+$", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d{2}")
MONTH = re.compile(r"0[1-9]|1[0-2]")


def plain_file_name(name: str) -> str:
    """Write a file's name, without its ending, as words: what copying programs add is taken off."""
    return " ".join(re.split(r"[\s_.]+", COPY.sub("", name))).strip()


def file_period(name: str) -> tuple[str | None, str | None]:
    """Return the year that a file's name says, and the whole period where it says a single one.

    Two years, a full date (of its making, as like as not) or a number beside the year that is no month say nothing.
    """
    tokens = re.findall(r"[a-z]+|\d+", plain_file_name(name).casefold())
    years = [at for at, token in enumerate(tokens) if YEAR.fullmatch(token)]
    if len(years) != 1:
        return None, None
    [at] = years
    year, before, after = tokens[at], tokens[:at], tokens[at + 1 :]
    units = {f"{one} {two}" for one, two in pairwise(tokens) if one in UNITS and _is_number(two)}
    said = units | {str(MONTH_NUMBERS[token]) for token in tokens if token in MONTH_NUMBERS}
    beside = [*_digits(reversed(before)), *_digits(after)]
    if beside and not (before and " ".join(before[-2:]) in units) and " ".join(after[:2]) not in units:
        if len(beside) > 1 or not MONTH.fullmatch(beside[0]):
            return None, None
        said.add(str(int(beside[0])))
    if len(said) > 1:
        return year, None
    [part] = said or {""}
    return year, f"{year}-{int(part):02d}" if part.isdigit() else f"{part} {year}".strip()


def _is_number(token: str) -> bool:
    return token in ROMAN_NUMBERS or (token.isdigit() and len(token) == 1)


def _digits(tokens: Iterable[str]) -> list[str]:
    """List the numbers that stand right beside the year."""
    return list(takewhile(str.isdigit, tokens))
