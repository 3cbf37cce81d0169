"""Schedulers at work: one of many, its place taken over when it dies, its jobs those of the catalogue."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from etl.jobs.scheduling import catalogue_watch, scheduler, timetable
from etl.jobs.scheduling.scheduler import Scheduler
from etl.warehouse.read.schedule_state import SchedulerState, scheduler_state
from etl.warehouse.verify import verify
from etl.warehouse.write.attempts import finish_attempt, start_attempt
from etl.warehouse.write.scheduler_row import keep_seen
from tests.integration.schedule.town import Town, now, wait_for


def state(town: Town) -> SchedulerState | None:
    with town.engine.connect() as connection:
        return scheduler_state(connection)


@contextmanager
def working(town: Town) -> Iterator[Scheduler]:
    """Let a scheduler work in a thread."""
    made = town.scheduler()
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        yield made
    finally:
        made.stop()
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FOLLOW_SECONDS", "SEEN_SECONDS", "LOOK_SECONDS"):
        monkeypatch.setattr(timetable, name, 0.2)
    monkeypatch.setattr(scheduler, "PLACE_SECONDS", 0.2)
    monkeypatch.setattr(catalogue_watch, "SETTLING", 0.05)


def test_a_scheduler_runs_what_is_due_and_can_be_seen(town: Town) -> None:
    began = now()
    with working(town):
        wait_for(lambda: town.attempts() and town.attempts()[0].outcome)
        first = state(town)
        assert first is not None
        wait_for(lambda: (seen := state(town)) and seen.seen_at > first.seen_at)
    assert first.trouble is None
    assert began <= first.started_at <= first.seen_at
    assert town.figures() == [("14,2", 1)]


def test_people_are_told_while_a_scheduler_works(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(timetable, "NOTICE_SECONDS", 0.2)
    monkeypatch.setattr(timetable, "send_round", lambda about: told.append(type(about.catalogue).__name__))
    with working(town):
        wait_for(lambda: told)
    assert told[0] == "Catalogue"


def test_its_jobs_follow_the_catalogue_and_a_broken_edit_keeps_the_old_ones(town: Town) -> None:
    path = town.root / "indicators.yaml"
    with working(town):
        wait_for(lambda: town.attempts() and town.attempts()[0].outcome)
        sound = path.read_text(encoding="utf-8")
        path.write_text(sound.replace("decimal:", "desimal:"), encoding="utf-8")
        wait_for(lambda: (seen := state(town)) and seen.trouble)
        broken = state(town)
        assert broken is not None
        assert "indicators.yaml" in (broken.trouble or "")
        town.send("15,5")
        town.send("3,1", name="baru")
        town.declare("baru")
        wait_for(lambda: town.attempts("baru") and town.attempts("baru")[0].outcome)
        mended = state(town)
        assert mended is not None
        assert mended.trouble is None


def test_an_orphan_of_a_load_by_hand_is_marked_and_run_again(town: Town) -> None:
    town.declare("kiriman", schedule="0 6 1 1 *")
    lost = start_attempt(town.engine, "kiriman", now(), "mesin:1")
    gone = start_attempt(town.engine, "bukan-lagi", now(), "mesin:1")
    with working(town):
        wait_for(lambda: [each.outcome for each in town.attempts()] == ["interrupted", "loaded"])
        wait_for(lambda: [each.outcome for each in town.attempts("bukan-lagi")] == ["interrupted"])
    assert [each.id for each in town.attempts() + town.attempts("bukan-lagi")][::2] == [lost, gone]


def test_a_busy_warehouse_does_not_end_a_scheduler(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    busy = [OperationalError("UPDATE", {}, sqlite3.OperationalError("database is locked"))] * 3

    def keep_when_free(engine: Engine, seen: SchedulerState) -> None:
        if busy:
            raise busy.pop()
        keep_seen(engine, seen)

    monkeypatch.setattr(timetable, "keep_seen", keep_when_free)
    with working(town):
        wait_for(lambda: state(town) and town.attempts() and town.attempts()[0].outcome)
    assert "dicoba lagi: sedang dipakai proses lain" in caplog.text


def test_the_place_of_a_killed_scheduler_is_taken_and_its_feed_run_again(town: Town) -> None:
    first = town.start("schedule")
    wait_for(lambda: state(town))
    second = town.start("schedule")
    wait_for(lambda: town.attempts() and town.attempts()[-1].outcome)
    town.hear(second, "menunggu tempat penjadwal")
    holder = state(town)
    assert holder is not None
    assert holder.holder.endswith(f":{first.pid}")
    start_attempt(town.engine, "kiriman", now(), holder.holder)  # as if killed in the midst of it
    first.kill()
    wait_for(lambda: (seen := state(town)) and seen.holder.endswith(f":{second.pid}"))
    wait_for(lambda: [each.outcome for each in town.attempts()][-2:] == ["interrupted", "unchanged"])


@pytest.mark.parametrize("warehouse_url", ["postgresql"], indirect=True)  # a locked file cannot be lost
def test_a_scheduler_that_lost_its_session_takes_its_place_again(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    with working(town):
        wait_for(lambda: state(town))
        before = state(town)
        assert before is not None
        with town.engine.connect() as connection:
            ends = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            connection.execute(text(ends))
        wait_for(lambda: (seen := state(town)) and seen.started_at > before.started_at)
    assert "kehilangan tempatnya" in caplog.text


def test_two_schedulers_and_four_loaders_on_one_feed_give_the_result_of_one(town: Town) -> None:
    yesterday = now() - dt.timedelta(days=1)
    before = start_attempt(town.engine, "kiriman", yesterday, "mesin:1", [yesterday])
    finish_attempt(town.engine, before, "failed", "uji", yesterday)
    crowd = [town.start("schedule") for _ in range(2)]
    crowd += [town.start("run", "kiriman") for _ in range(4)]
    said = [loader.communicate(timeout=90)[0] for loader in crowd[2:]]
    assert [loader.returncode for loader in crowd[2:]] == [0] * 4, said
    wait_for(lambda: len(town.dues()) > 1 and all(each.outcome for each in town.attempts()))
    for each in crowd[:2]:
        each.terminate()
        each.communicate(timeout=60)
        assert each.returncode == 0
    tried = town.attempts()
    assert [each.outcome for each in tried].count("loaded") == 1
    assert all(one.finished_at and one.finished_at <= other.started_at for one, other in pairwise(tried))
    assert town.figures() == [("14,2", 1)]
    assert verify(town.engine) == []


def test_a_dropped_file_is_loaded_at_once_though_nothing_is_due(town: Town) -> None:
    path = town.root / "indicators.yaml"
    town.declare("kiriman", schedule="0 6 1 1 *")
    path.write_text(path.read_text(encoding="utf-8").replace("data/kiriman/", "data/inbox/"), encoding="utf-8")
    with working(town):
        wait_for(lambda: town.attempts() and town.attempts()[0].outcome)
        assert town.figures() == []
        (town.root / "data/inbox").mkdir(parents=True, exist_ok=True)
        shutil.copytree(town.root / "data/kiriman/kiriman", town.root / "data/inbox/kiriman")
        wait_for(town.figures)
        wait_for(lambda: not list((town.root / "data/inbox/kiriman").glob("*.csv")))
    assert [each.outcome for each in town.attempts()] == ["unchanged", "loaded"]
    assert len(town.dues()) == 1
