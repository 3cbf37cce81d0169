"""When feeds run: WITA whatever the machine's clock, weekdays by name, late ones once."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from etl.jobs.schedule import Stopper, build_scheduler, is_overdue, next_run, trigger_for, wita
from tests.problems.trial import feed, trial_catalogue

MONDAY_0559 = dt.datetime(2026, 11, 22, 21, 59, tzinfo=dt.UTC)


def test_a_schedule_is_in_wita() -> None:
    due = next_run("0 6 * * mon", MONDAY_0559)
    assert due == dt.datetime(2026, 11, 22, 22, 0, tzinfo=dt.UTC)
    assert wita(due) == "2026-11-23 06:00 WITA"


@pytest.mark.parametrize("schedule", ["0 6 * * 1", "0 6 * *", "0 6 * * mon-5", "61 6 * * mon", "0 6 * * senin"])
def test_weekdays_go_by_name_and_a_line_has_five_parts(schedule: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own words vary
        trigger_for(schedule)


def test_a_due_time_since_the_last_attempt_is_overdue() -> None:
    before, after = MONDAY_0559 - dt.timedelta(days=1), MONDAY_0559 + dt.timedelta(minutes=1)
    assert not is_overdue("0 6 * * mon", before, MONDAY_0559)
    assert is_overdue("0 6 * * mon", before, after)
    assert not is_overdue("0 6 * * mon", after + dt.timedelta(minutes=1), after + dt.timedelta(days=1))
    assert is_overdue("0 6 * * mon", None, MONDAY_0559)


def test_jobs_are_built_from_the_catalogue_and_overdue_ones_run_at_once() -> None:
    feeds = (feed(id="a", schedule="0 6 * * mon"), feed(id="b", schedule="30 7 * * *"), feed(id="c"))
    last = {"a": MONDAY_0559 - dt.timedelta(hours=1), "b": MONDAY_0559 - dt.timedelta(days=2)}
    scheduler = build_scheduler(trial_catalogue(feeds=feeds), lambda _: None, last, lambda: MONDAY_0559)
    due = {job.id: job.next_run_time for job in scheduler.get_jobs()}
    assert due == {"a": dt.datetime(2026, 11, 22, 22, 0, tzinfo=dt.UTC), "b": MONDAY_0559}


def test_a_stop_lets_the_feed_at_work_finish_and_starts_no_other() -> None:
    started, released, finished = threading.Event(), threading.Event(), threading.Event()
    ran: list[str] = []

    def work(name: str) -> None:
        if stopper.stopping.is_set():
            return
        ran.append(name)
        started.set()
        released.wait(10)
        finished.set()

    feeds = tuple(feed(id=name, schedule="0 6 * * *") for name in ("satu", "dua"))
    scheduler = build_scheduler(trial_catalogue(feeds=feeds), work, {}, lambda: dt.datetime.now(dt.UTC))
    stopper = Stopper(scheduler)
    thread = threading.Thread(target=scheduler.start)
    thread.start()
    assert started.wait(10)
    stopper.stop()
    stopper.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert not finished.is_set()
    released.set()
    assert finished.wait(10)
    assert len(ran) == 1
