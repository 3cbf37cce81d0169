"""The scheduler's jobs, by a clock that stands still: who is asked for, when feeds fire, and what an edit changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from etl.catalogue.wita import WITA
from etl.jobs.job_context import JobContext
from etl.jobs.scheduling import catalogue_watch
from etl.jobs.scheduling.catalogue_watch import CatalogueWatch
from etl.jobs.scheduling.run_queue import RunQueue
from etl.jobs.scheduling.scheduler import build_clock
from etl.jobs.scheduling.timetable import CHORES, FEEDS, Timetable
from etl.warehouse.read.schedule_state import scheduler_state
from etl.warehouse.write.attempts import finish_attempt, start_attempt
from tests.integration.schedule.town import Town

MONDAY = dt.datetime(2026, 11, 23, 6, tzinfo=WITA)
DAY = dt.timedelta(days=1)


class Office:
    """A scheduler's timetable whose clock fires nothing, with a time that the test sets."""

    def __init__(self, town: Town) -> None:
        self.town, self.now, self.queue = town, MONDAY, RunQueue()
        self.watch, self.jobs = CatalogueWatch(town.root), build_clock()
        self._first = town.job(lambda: self.now)
        self.jobs.start(paused=True)
        self.timetable = Timetable(self.jobs, self.watch, self._context, self.queue)

    def _context(self) -> JobContext:
        return replace(self._first, catalogue=self.watch.current())

    def answer(self, due_at: dt.datetime, outcome: str = "loaded") -> None:
        """Let an attempt have answered for a due time."""
        attempt = start_attempt(self.town.engine, "kiriman", due_at, "mesin:1", [due_at])
        finish_attempt(self.town.engine, attempt, outcome, None, due_at)  # type: ignore[arg-type]

    def asked_for(self) -> list[str]:
        """Take all that waits."""
        self.queue.put("penutup")
        found = []
        while (turn := self.queue.take()) and turn[0] != "penutup":
            found.append(turn[0])
        for each in (*found, "penutup"):
            self.queue.done(each)
        return found

    def schedules(self) -> dict[str, str]:
        return {job.id: job.name for job in self.jobs.get_jobs(FEEDS)}


@pytest.fixture
def office(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(catalogue_watch, "SETTLING", 0.01)
    town.declare("kiriman", schedule="0 6 * * *")
    office = Office(town)
    yield office
    office.jobs.shutdown()


def test_what_came_due_during_an_outage_is_asked_for_once_at_the_start(office: Office) -> None:
    office.answer(MONDAY - 3 * DAY)
    office.timetable.follow_catalogue()
    assert office.asked_for() == ["kiriman"]
    office.now += DAY
    office.timetable.follow_catalogue()
    office.timetable.rescue()
    assert office.asked_for() == []


def test_what_was_answered_for_or_is_not_due_yet_is_not_asked_for(office: Office) -> None:
    office.answer(MONDAY)
    office.now += DAY - dt.timedelta(seconds=1)
    office.timetable.follow_catalogue()
    assert office.asked_for() == []


def test_a_feed_fires_at_its_next_due_time_on_the_day_that_is_named(office: Office) -> None:
    office.town.declare("kiriman", schedule="0 6 * * mon")
    office.timetable.follow_catalogue()
    [job] = office.jobs.get_jobs(FEEDS)
    fires = job.next_run_time.astimezone(WITA)
    assert (fires.weekday(), fires.hour, fires.minute) == (0, 6, 0)
    office.asked_for()
    job.func(*job.args)
    assert office.asked_for() == ["kiriman"]


def test_jobs_follow_the_catalogue_and_new_feeds_are_caught_up(office: Office) -> None:
    office.answer(MONDAY)
    office.timetable.follow_catalogue()
    office.town.declare("kiriman", "baru", schedule="30 7 * * tue")
    office.timetable.follow_catalogue()
    assert office.schedules() == {"kiriman": "30 7 * * tue", "baru": "30 7 * * tue"}
    assert office.asked_for() == ["baru"]
    office.town.declare("baru", schedule="30 7 * * tue")
    office.timetable.follow_catalogue()
    assert list(office.schedules()) == ["baru"]


def test_a_broken_edit_keeps_the_old_jobs_and_says_so_until_it_is_mended(office: Office) -> None:
    office.answer(MONDAY)
    office.timetable.follow_catalogue()
    path = office.town.root / "indicators.yaml"
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace("0 6 * * *", "0 6 * * 1"), encoding="utf-8")
    office.timetable.follow_catalogue()
    assert office.schedules() == {"kiriman": "0 6 * * *"}
    assert "jadwal dan aturan lama tetap dipakai" in trouble(office.town)
    path.write_text(sound.replace("0 6 * * *", "0 7 * * mon"), encoding="utf-8")
    office.timetable.follow_catalogue()
    assert office.schedules() == {"kiriman": "0 7 * * mon"}
    assert trouble(office.town) == ""


def trouble(town: Town) -> str:
    with town.engine.connect() as connection:
        state = scheduler_state(connection)
    assert state is not None
    return state.trouble or ""


def test_a_run_that_was_cut_short_is_asked_for_again(office: Office) -> None:
    start_attempt(office.town.engine, "kiriman", MONDAY, "mesin:1", [MONDAY])
    office.timetable.rescue()
    assert [each.outcome for each in office.town.attempts()] == ["interrupted"]
    assert office.asked_for() == ["kiriman"]


def test_who_loses_the_place_has_no_jobs_any_more(office: Office) -> None:
    office.timetable.begin()
    assert list(office.schedules()) == ["kiriman"]
    waiting = office.jobs.get_jobs(CHORES)
    assert len(waiting) == 5
    office.timetable.end()
    assert office.jobs.get_jobs(FEEDS) + office.jobs.get_jobs(CHORES) == []
    office.asked_for()
    for job in waiting:
        job.func(*job.args)
    assert office.asked_for() == []
    with office.town.engine.connect() as connection:
        assert scheduler_state(connection) is None
