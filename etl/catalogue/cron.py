"""Five-field cron, read strictly: weekdays by name only, since figures mean Monday here and Tuesday there.

The one place that reads a schedule. APScheduler's trigger does the reckoning, in WITA whatever the machine's clock.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import NamedTuple

from apscheduler.triggers.cron import CronTrigger

from etl.catalogue.wita import WITA

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FORM = "menit jam tanggal bulan hari, misalnya 0 6 * * mon"
INSTANT = dt.timedelta(microseconds=1)
KEPT = 512  # schedules read once; a page asks for each of them again
# Narrower than the trigger, which would read `5/2` and `2nd mon` too, and drop a step behind names.
NUMBERS = r"(\*|[0-9]{1,2}-[0-9]{1,2})(/[0-9]{1,2})?|[0-9]{1,2}"
NAMES = r"[a-z]{3}(-[a-z]{3})?"
FIELDS = {
    "minute": ("menit", NUMBERS, "yang sah 0 sampai 59, * atau */langkah"),
    "hour": ("jam", NUMBERS, "yang sah 0 sampai 23, * atau */langkah"),
    "day": ("tanggal", NUMBERS, "yang sah 1 sampai 31, * atau */langkah"),
    "month": ("bulan", f"{NUMBERS}|{NAMES}", "yang sah 1 sampai 12, * atau */langkah"),
    "day_of_week": ("hari", rf"\*|{NAMES}", f"tulis nama hari: {', '.join(WEEKDAYS)}, mon-fri atau *"),
}


class CronFields(NamedTuple):
    """The fields of a sound schedule, in small letters, under the trigger's names."""

    minute: str
    hour: str
    day: str
    month: str
    day_of_week: str


@functools.lru_cache(KEPT)
def cron_fault(text: str) -> str | None:
    """Return what is wrong with a schedule as an Indonesian phrase, None where it is sound."""
    fields = text.casefold().split()
    if len(fields) != len(FIELDS):
        return f"{len(fields)} bagian; yang perlu lima: {FORM}"
    for (field, (name, form, expected)), words in zip(FIELDS.items(), fields, strict=True):
        if not all(re.fullmatch(form, each) for each in words.split(",")) or not _in_bounds(field, words):
            return f"{name} {words}; {expected}"
    return None


def cron_fields(text: str) -> CronFields | None:
    """Take a schedule apart; None where it is not sound."""
    return None if cron_fault(text) else CronFields(*text.casefold().split())


@functools.lru_cache(KEPT)
def cron_trigger(schedule: str) -> CronTrigger:
    """Return what fires at a schedule's times; raises ValueError saying what is wrong with it."""
    fields = cron_fields(schedule)
    if fields is None:
        raise ValueError(f"jadwal “{schedule}” keliru: {cron_fault(schedule)}")
    return CronTrigger(**fields._asdict(), timezone=WITA)


def next_time(schedule: str, after: dt.datetime) -> dt.datetime | None:
    """Return the first due time later than `after`, in WITA; None for an unsound schedule or a day that never comes."""
    return None if cron_fault(schedule) else _fires(cron_trigger(schedule), after)


def due_times(schedule: str, since: dt.datetime, until: dt.datetime) -> list[dt.datetime]:
    """List the due times after `since` up to `until`, in UTC."""
    found: list[dt.datetime] = []
    trigger, after = cron_trigger(schedule), since
    while (fires := _fires(trigger, after)) and fires <= until:
        after = fires.astimezone(dt.UTC)
        found.append(after)
    return found


def is_due(schedule: str, since: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether a due time has come since the last one; always where there was none."""
    due = None if since is None else next_time(schedule, since)
    return since is None or (due is not None and due <= now)


def _fires(trigger: CronTrigger, after: dt.datetime) -> dt.datetime | None:
    fires: dt.datetime | None = trigger.get_next_fire_time(None, (after + INSTANT).astimezone(WITA))
    return fires


def _in_bounds(field: str, words: str) -> bool:
    try:
        CronTrigger(**{field: words}, timezone=WITA)
    except ValueError:
        return False
    return True
