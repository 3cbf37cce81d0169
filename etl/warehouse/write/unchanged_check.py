"""The same bytes again: read by the same rules into the warehouse as it stands, they need not be read twice."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, Engine, func, select

from etl.warehouse.schema import attempt, vintage
from etl.warehouse.seal import text_hash
from etl.warehouse.write.attempts import Counts, end_load
from etl.warehouse.write.transactions import writing


def reading_at(reading: str, number: int) -> str:
    """Return the digest of a reading and the vintage it led to: any later one may have changed its figures."""
    return text_hash(f"{reading} {number}")


def repeat_load(engine: Engine, attempt_id: int, reading: str, now: dt.datetime) -> Counts | None:
    """End an attempt as unchanged and return its counts, where nothing happened since the feed's last one read this.

    `reading` is the digest of the bytes and of all that decides how they are read. None where they must be read: the
    feed's last attempt had other bytes, another name for them, or did not end well, or a vintage came since.
    """
    with writing(engine) as connection:
        this = connection.execute(select(attempt).where(attempt.c.id == attempt_id)).one()
        ended = select(attempt).where(
            attempt.c.feed == this.feed, attempt.c.id < attempt_id, attempt.c.outcome.is_not(None)
        )
        last = connection.execute(ended.order_by(attempt.c.id.desc()).limit(1)).first()
        if last is None or last.outcome not in ("loaded", "unchanged") or last.file != this.file:
            return None
        if last.reading != reading_at(reading, newest_vintage(connection)):
            return None
        counts = (last.rows_read, 0, last.accepted + last.unchanged, last.refused)
        end_load(connection, attempt_id, None, counts, now, last.reading)
        return counts


def newest_vintage(connection: Connection) -> int:
    """Return the number of the newest vintage; 0 where there is none."""
    return int(connection.scalar(select(func.max(vintage.c.no))) or 0)
