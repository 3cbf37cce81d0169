"""Who is the scheduler at work, and since when it was seen."""

from __future__ import annotations

from sqlalchemy import Engine, insert, update

from etl.warehouse.read.schedule_state import ROW, SchedulerState
from etl.warehouse.schema import scheduler
from etl.warehouse.write.transactions import writing


def keep_seen(engine: Engine, state: SchedulerState) -> None:
    """Record that a scheduler is at work; for the one that holds the scheduler's lock."""
    values = {name: getattr(state, name) for name in ("holder", "started_at", "seen_at", "trouble")}
    with writing(engine) as connection:
        if not connection.execute(update(scheduler).where(scheduler.c.id == ROW).values(values)).rowcount:
            connection.execute(insert(scheduler).values(id=ROW, **values))
