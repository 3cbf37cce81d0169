"""Which periods a delivery brought, and when they came first; made for judging promises, never for figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection, Engine, insert, or_, select

from etl.warehouse.read.delivered_periods import TAKEN
from etl.warehouse.schema import attempt, delivered
from etl.warehouse.write.transactions import writing


def note_periods(engine: Engine, feed: str, attempt_id: int, periods: Iterable[str], received_at: dt.datetime) -> None:
    """Keep which periods an attempt brought, where no earlier delivery that stands has brought them.

    Bytes that are run again, after a mishap of ours or a mended catalogue, count from the day they came first. Call it
    before the attempt ends: how it ends decides whether its periods count.
    """
    wanted = sorted(set(periods))
    if not wanted:
        return
    with writing(engine) as connection:
        stands = or_(attempt.c.outcome.in_(TAKEN), attempt.c.id == attempt_id)
        joined = select(delivered.c.period).join(attempt, attempt.c.id == delivered.c.attempt_id)
        known = set(connection.scalars(joined.where(delivered.c.feed == feed, stands)))
        came = min(received_at, _first_sent(connection, feed, attempt_id) or received_at)
        common = {"feed": feed, "attempt_id": attempt_id, "received_at": came}
        rows = [common | {"period": each} for each in wanted if each not in known]
        if rows:
            connection.execute(insert(delivered), rows)


def _first_sent(connection: Connection, feed: str, attempt_id: int) -> dt.datetime | None:
    """Return when the bytes of an attempt were first tried and not given back; None where they were not."""
    digest = select(attempt.c.sha256).where(attempt.c.id == attempt_id).scalar_subquery()
    kept = attempt.c.outcome.is_distinct_from("returned")
    query = select(attempt.c.started_at).where(attempt.c.feed == feed, attempt.c.sha256 == digest, kept)
    return connection.scalar(query.order_by(attempt.c.id).limit(1))
