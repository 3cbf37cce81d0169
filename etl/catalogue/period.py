"""Periods: year, semester, quarter, month, day, each with its kind and ISO start and end."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

PeriodKind = Literal["year", "semester", "quarter", "month", "day"]
MONTHS_PER: dict[PeriodKind, int] = {"year": 12, "semester": 6, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days; ordered by end, then by start. `code` is canonical: 2024, 2024-S1, 2024-Q2, 2024-08, 2024-08-31."""

    end: dt.date
    start: dt.date
    kind: PeriodKind
    code: str


def _months(year: int, first: int, count: int, kind: PeriodKind, code: str) -> Period:
    last = first + count - 1
    return Period(dt.date(year, last, calendar.monthrange(year, last)[1]), dt.date(year, first, 1), kind, code)


def from_code(code: str) -> Period:
    """Read a canonical code.

    Raises ValueError naming the code and the forms allowed.
    """
    if match := re.fullmatch(r"(\d{4})(?:-(S[12]|Q[1-4]|\d{2})(?:-(\d{2}))?)?", code):
        year, part, day = int(match[1]), match[2], match[3]
        if not 1900 <= year <= 2100:
            raise ValueError(f"tahun {year} di luar 1900 sampai 2100")
        if part is None:
            return _months(year, 1, 12, "year", code)
        if part[0] == "S" and not day:
            return _months(year, 6 * int(part[1]) - 5, 6, "semester", code)
        if part[0] == "Q" and not day:
            return _months(year, 3 * int(part[1]) - 2, 3, "quarter", code)
        if part.isdigit() and 1 <= int(part) <= 12:
            if day is None:
                return _months(year, int(part), 1, "month", code)
            date = dt.date(year, int(part), int(day))
            return Period(date, date, "day", code)
    raise ValueError(f"periode {code!r} tidak dikenal; bentuk yang sah: 2024, 2024-S1, 2024-Q2, 2024-08, 2024-08-31")
