"""The next due time that people see is the one at which the scheduler runs."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue.checks.cron import cron_fault
from etl.catalogue.cron import next_time
from etl.catalogue.wita import WITA
from etl.jobs.due import next_run

NOW = dt.datetime(2026, 11, 22, 3, 25, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("0 6 * * mon", "2026-11-23 06:00"),
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


FIELD = {
    "minute": ["0", "*", "*/7", "5-20/5", "3,40"],
    "hour": ["6", "*", "*/5", "8-16", "23"],
    "day": ["*", "*", "1", "10-20", "31", "*/9"],
    "month": ["*", "*", "2", "jan,aug", "6-9"],
    "weekday": ["*", "mon", "mon-fri", "tue,sun"],
}


@given(
    st.tuples(*(st.sampled_from(each) for each in FIELD.values())),
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 12, 31), timezones=st.just(dt.UTC)),
)
def test_it_is_the_time_at_which_the_scheduler_runs(fields: tuple[str, ...], now: dt.datetime) -> None:
    schedule = " ".join(fields)
    assert cron_fault(schedule) is None
    assert next_time(schedule, now) == next_run(schedule, now + dt.timedelta(microseconds=1))
