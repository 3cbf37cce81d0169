"""What was said to people: each matter once while it is open, and once more when it is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from etl.warehouse.schema import notice


@dataclass(frozen=True, slots=True)
class Notice:
    """A matter that was said and is not over: its weight then, and when it was said last."""

    key: str
    kind: str
    text: str
    weight: int
    sent_at: dt.datetime


def open_notices(connection: Connection) -> dict[str, Notice]:
    """Return what was said and is not over, by key."""
    columns = (notice.c.key, notice.c.kind, notice.c.text, notice.c.weight, notice.c.sent_at)
    query = select(*columns).where(notice.c.closed_at.is_(None), notice.c.sent_at.is_not(None))
    return {row.key: Notice(*row) for row in connection.execute(query)}
