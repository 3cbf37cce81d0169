"""What was said to people: each matter once while it is open, and once more when it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, insert, select, update

from etl.catalogue.matters import Matter
from etl.warehouse.engine import writing
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


def keep_sent(engine: Engine, said: Iterable[Matter], over: Collection[str], now: dt.datetime) -> None:
    """Record that matters were said, and that others, by key, are over."""
    with writing(engine) as connection:
        if over:
            connection.execute(update(notice).where(notice.c.key.in_(over)).values(closed_at=now))
        for each in said:
            opened = connection.scalar(
                select(notice.c.opened_at).where(notice.c.key == each.key, notice.c.closed_at.is_(None))
            )
            connection.execute(delete(notice).where(notice.c.key == each.key))
            values = {"key": each.key, "kind": each.kind, "text": each.text, "weight": each.weight, "sent_at": now}
            connection.execute(insert(notice).values(**values, opened_at=opened or now))
