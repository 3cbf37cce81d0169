"""What the scheduler did and has to do: who is at work, which due times are answered for, what was cut short."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from etl.warehouse.schema import attempt, due, scheduler, vintage

ROW = 1


@dataclass(frozen=True, slots=True)
class SchedulerState:
    """The scheduler at work. `trouble`: why its jobs are not those of the catalogue as it now stands."""

    holder: str
    started_at: dt.datetime
    seen_at: dt.datetime
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """A due time of a feed and the attempt that answers for it."""

    feed: str
    due_at: dt.datetime
    attempt: int


def scheduler_state(connection: Connection) -> SchedulerState | None:
    """Return the scheduler that worked last; None where none ever did."""
    query = select(*(scheduler.c[name] for name in ("holder", "started_at", "seen_at", "trouble")))
    row = connection.execute(query.where(scheduler.c.id == ROW)).first()
    return SchedulerState(*row) if row else None


def dues(connection: Connection, feed: str, limit: int = 50) -> list[Due]:
    """Return the due times of a feed that are answered for, newest first."""
    query = select(due.c.feed, due.c.due_at, due.c.attempt_id).where(due.c.feed == feed)
    return [Due(*row) for row in connection.execute(query.order_by(due.c.due_at.desc()).limit(limit))]


def answered_until(connection: Connection) -> dict[str, dt.datetime]:
    """Return for each feed the last due time that is answered for, or its last attempt where none ever was."""
    tried = connection.execute(select(attempt.c.feed, func.max(attempt.c.started_at)).group_by(attempt.c.feed))
    answered = connection.execute(select(due.c.feed, func.max(due.c.due_at)).group_by(due.c.feed))
    return {**{row[0]: row[1] for row in tried}, **{row[0]: row[1] for row in answered}}


def catalogue_since(connection: Connection) -> dt.datetime | None:
    """Return when the catalogue that is in force was recorded; None where there is none yet."""
    query = select(vintage.c.recorded_at).where(vintage.c.kind == "catalogue").order_by(vintage.c.no.desc())
    return connection.scalar(query.limit(1))


def open_feeds(connection: Connection) -> set[str]:
    """Return the feeds with an attempt that has not ended, at work or orphaned."""
    return set(connection.scalars(select(attempt.c.feed).where(attempt.c.outcome.is_(None)).distinct()))


def feeds_cut_short(connection: Connection) -> set[str]:
    """Return the feeds with a due time whose attempt was interrupted, and which no other has taken over."""
    query = select(due.c.feed).join(attempt, attempt.c.id == due.c.attempt_id)
    return set(connection.scalars(query.where(attempt.c.outcome == "interrupted").distinct()))
