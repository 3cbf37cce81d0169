"""When feeds run: WITA whatever the machine's clock, weekdays by name, and every due time counted."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue.cron import WEEKDAYS, due_times, is_due, next_time
from etl.catalogue.wita import WITA, moment_words

MONDAY_0559 = dt.datetime(2026, 11, 22, 21, 59, tzinfo=dt.UTC)
MONDAY_0600 = dt.datetime(2026, 11, 22, 22, 0, tzinfo=dt.UTC)
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
NOW = dt.datetime(2026, 11, 22, 3, 25, tzinfo=dt.UTC)


def test_a_schedule_is_in_wita() -> None:
    due = next_time("0 6 * * mon", MONDAY_0559)
    assert due == MONDAY_0600
    assert moment_words(due) == "2026-11-23 06:00 WITA"


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("0 6 * * mon", "2026-11-23 06:00"),
        ("0 6 * * MON", "2026-11-23 06:00"),
        ("*/15 * * * *", "2026-11-22 11:30"),
        ("30 11 22 * *", "2026-11-22 11:30"),
        ("25 11 * * *", "2026-11-23 11:25"),
        ("0 6 29 feb *", "2028-02-29 06:00"),
        ("0 6 1 1,jul *", "2027-01-01 06:00"),
    ],
)
def test_the_next_time_is_told_in_wita(schedule: str, expected: str) -> None:
    assert next_time(schedule, NOW) == dt.datetime.fromisoformat(expected).replace(tzinfo=WITA)


@pytest.mark.parametrize("schedule", ["0 6 * * 1", "bukan jadwal", "0 6 30 feb *"])
def test_what_never_comes_has_no_next_time(schedule: str) -> None:
    assert next_time(schedule, NOW) is None


def test_every_due_time_since_the_last_one_is_listed_and_that_one_is_not() -> None:
    assert due_times("0 6 * * *", MONDAY_0600, MONDAY_0600 + 3 * DAY) == [
        MONDAY_0600 + each * DAY for each in (1, 2, 3)
    ]
    assert due_times("0 6 * * *", MONDAY_0600, MONDAY_0600 + DAY - dt.timedelta(seconds=1)) == []
    assert due_times("0 6 * * mon", MONDAY_0559, MONDAY_0600) == [MONDAY_0600]


def test_what_was_never_tried_is_due_now() -> None:
    assert is_due("0 6 * * mon", None, MONDAY_0559)


def test_a_feed_is_due_once_its_time_has_come() -> None:
    assert not is_due("0 6 * * mon", MONDAY_0559 - DAY, MONDAY_0559)
    assert is_due("0 6 * * mon", MONDAY_0559 - DAY, MONDAY_0600)
    assert not is_due("0 6 * * mon", MONDAY_0600, MONDAY_0600 + DAY)


def test_a_clock_that_was_set_back_runs_nothing_twice() -> None:
    assert due_times("* * * * *", MONDAY_0600, MONDAY_0559) == []


# What a field means, written down beside the words themselves: the reckoning is a library's.
MINUTES = {"0": {0}, "*": set(range(60)), "*/7": set(range(0, 60, 7)), "5-20/5": {5, 10, 15, 20}, "3,40": {3, 40}}
HOURS = {"6": {6}, "*": set(range(24)), "*/5": {0, 5, 10, 15, 20}, "8-16": set(range(8, 17))}
DAYS = {"*": set(range(1, 32)), "1": {1}, "10-20": set(range(10, 21)), "*/9": {1, 10, 19, 28}}
MONTHS = {"*": set(range(1, 13)), "2": {2}, "jan,aug": {1, 8}, "6-9": {6, 7, 8, 9}}
NAMED = {"*": set(WEEKDAYS), "mon": {"mon"}, "mon-fri": set(WEEKDAYS[:5]), "tue,sun": {"tue", "sun"}}


def means(fields: tuple[str, ...], moment: dt.datetime) -> bool:
    minute, hour, day, month, weekday = fields
    return (
        moment.minute in MINUTES[minute]
        and moment.hour in HOURS[hour]
        and moment.day in DAYS[day]
        and moment.month in MONTHS[month]
        and WEEKDAYS[moment.weekday()] in NAMED[weekday]
    )


@given(
    st.tuples(*(st.sampled_from(sorted(each)) for each in (MINUTES, HOURS, DAYS, MONTHS, NAMED))),
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 12, 31), timezones=st.just(dt.UTC)),
)
def test_the_times_of_a_schedule_are_the_minutes_that_it_names(fields: tuple[str, ...], now: dt.datetime) -> None:
    start = now.replace(second=0, microsecond=0)
    minutes = [start + each * MINUTE for each in range(1, 1500)]
    expected = [each for each in minutes if means(fields, each.astimezone(WITA))]
    assert due_times(" ".join(fields), now, minutes[-1]) == [each for each in expected if each > now]
