"""Integer keys of periods, which sort like the periods, and the condition of being known at a vintage."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import get_args

from sqlalchemy import ColumnElement, FromClause, and_, or_

from etl.catalogue.period import MONTHS_PER, Period, PeriodKind, from_code

PERIOD_KINDS: tuple[PeriodKind, ...] = get_args(PeriodKind)
KINDS_PER_DAY = 8


def first_key_ending(day: dt.date) -> int:
    """Return the smallest key of a period that ends on the day or later."""
    return day.toordinal() * KINDS_PER_DAY


def period_key(code: str) -> int:
    """Return the key of a canonical period code: later ends are greater, then shorter periods.

    Raises ValueError for a code that is not canonical.
    """
    period = from_code(code)
    return first_key_ending(period.end) + PERIOD_KINDS.index(period.kind)


@lru_cache(maxsize=65_536)
def period_of(key: int) -> Period:
    """Return the period of a key."""
    end = dt.date.fromordinal(key // KINDS_PER_DAY)
    kind = PERIOD_KINDS[key % KINDS_PER_DAY]
    if kind == "day":
        return from_code(end.isoformat())
    ordinal = end.month // MONTHS_PER[kind]
    code = {"year": "", "semester": f"-S{ordinal}", "quarter": f"-Q{ordinal}", "month": f"-{end.month:02d}"}[kind]
    return from_code(f"{end.year:04d}{code}")


def known_at(table: FromClause, vintage: int) -> ColumnElement[bool]:
    """Return the condition that a version was the valid one at a vintage number."""
    later = or_(table.c.superseded_in.is_(None), table.c.superseded_in > vintage)
    return and_(table.c.vintage_no <= vintage, later)
