"""When a schedule is next due, for those who only look on. The scheduler has its own reader; a test compares them."""

from __future__ import annotations

import datetime as dt

from etl.catalogue.checks.cron import FIELDS, MONTHS, WEEKDAYS, cron_fault
from etl.catalogue.wita import WITA

DAYS_AHEAD = 41 * 366  # beyond the next 29 February that is a Monday


def next_time(schedule: str, after: dt.datetime) -> dt.datetime | None:
    """Return the first due time later than `after`, in WITA; None for an unsound schedule or a day that never comes."""
    if cron_fault(schedule):
        return None
    minutes, hours, days, months, weekdays = (_places(each, at) for at, each in enumerate(schedule.casefold().split()))
    here = after.astimezone(WITA).replace(tzinfo=None)
    for ahead in range(DAYS_AHEAD):
        day = here.date() + dt.timedelta(days=ahead)
        if day.day in days and day.month in months and day.weekday() in weekdays:
            times = (dt.datetime.combine(day, dt.time(hour, minute)) for hour in hours for minute in minutes)
            found = next((each for each in times if each > here), None)
            if found is not None:
                return found.replace(tzinfo=WITA)
    return None


def _places(field: str, at: int) -> tuple[int, ...]:
    """List what one field allows, in order; `at` is its place in the line."""
    low, high = FIELDS[at][1:] if at < len(FIELDS) else (0, len(WEEKDAYS) - 1)
    names = {3: MONTHS, 4: WEEKDAYS}.get(at, ())
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        start = low if first == "*" else _place(first, low, names)
        end = _place(last, low, names) if last else high if first == "*" else start
        found.update(range(start, end + 1, int(step or 1)))
    return tuple(sorted(found))


def _place(word: str, low: int, names: tuple[str, ...]) -> int:
    return names.index(word) + low if word in names else int(word)
