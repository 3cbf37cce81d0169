"""What was said to people: each matter once while it is open, and once more when it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from sqlalchemy import Engine, delete, insert, select, update

from etl.stewardship.alerts import Alert
from etl.warehouse.schema import notice
from etl.warehouse.write.transactions import writing


def keep_sent(engine: Engine, said: Iterable[Alert], over: Collection[str], now: dt.datetime) -> None:
    """Record that alerts were said, and that others, by key, are over."""
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
