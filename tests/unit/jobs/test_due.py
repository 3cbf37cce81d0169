"""When feeds run: WITA whatever the machine's clock, weekdays by name, and every due time counted."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.jobs.due import due_times, is_due, next_run, trigger_for, wita

MONDAY_0559 = dt.datetime(2026, 11, 22, 21, 59, tzinfo=dt.UTC)
MONDAY_0600 = dt.datetime(2026, 11, 22, 22, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def test_a_schedule_is_in_wita() -> None:
    due = next_run("0 6 * * mon", MONDAY_0559)
    assert due == MONDAY_0600
    assert wita(due) == "2026-11-23 06:00 WITA"


@pytest.mark.parametrize("schedule", ["0 6 * * 1", "0 6 * *", "0 6 * * mon-5", "61 6 * * mon", "0 6 * * senin"])
def test_weekdays_go_by_name_and_a_line_has_five_parts(schedule: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own words vary
        trigger_for(schedule)


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
