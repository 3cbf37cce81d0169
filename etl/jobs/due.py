"""Due times: when a schedule says that a feed runs, in WITA whatever the machine's clock."""

from __future__ import annotations

import datetime as dt

from apscheduler.triggers.cron import CronTrigger

from etl.catalogue.wita import WITA

FIELDS = ("minute", "hour", "day", "month", "day_of_week")
INSTANT = dt.timedelta(microseconds=1)


def trigger_for(schedule: str) -> CronTrigger:
    """Read a five-field cron line in WITA; weekdays by name only, for numbers mean other days here than in cron.

    Raises ValueError naming the line.
    """
    parts = schedule.split()
    if len(parts) != len(FIELDS) or any(mark.isdigit() for mark in parts[4]):
        raise ValueError(f"jadwal “{schedule}” harus lima bagian dengan nama hari, misalnya: 0 6 * * mon")
    return CronTrigger(**dict(zip(FIELDS, parts, strict=True)), timezone=WITA)


def next_run(schedule: str, now: dt.datetime) -> dt.datetime | None:
    """Tell when a schedule is next due, in WITA."""
    due: dt.datetime | None = trigger_for(schedule).get_next_fire_time(None, now.astimezone(WITA))
    return due


def due_times(schedule: str, since: dt.datetime, until: dt.datetime) -> list[dt.datetime]:
    """List the due times after `since` up to `until`, in UTC."""
    found: list[dt.datetime] = []
    trigger, after = trigger_for(schedule), since
    while (fires := trigger.get_next_fire_time(None, (after + INSTANT).astimezone(WITA))) and fires <= until:
        after = fires.astimezone(dt.UTC)
        found.append(after)
    return found


def is_due(schedule: str, since: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether a due time has come since the last one; always where there was none."""
    due = None if since is None else next_run(schedule, since + INSTANT)
    return since is None or (due is not None and due <= now)


def wita(moment: dt.datetime) -> str:
    """Write a moment in WITA."""
    return f"{moment.astimezone(WITA):%Y-%m-%d %H:%M} WITA"
