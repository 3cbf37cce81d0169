"""Runs in processes of their own: ended in time, tried again when they die, gone with their scheduler."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
from pathlib import Path

import pytest

from etl.jobs.locks import feed_lock
from etl.jobs.scheduling import run_process
from etl.jobs.scheduling.feed_runs import FeedRuns
from etl.jobs.scheduling.run_queue import RunQueue
from etl.warehouse.write.transactions import appending
from tests.integration.schedule.town import Town, wait_for


class Desk:
    """The runs of a town's feeds, in threads of their own as in the scheduler."""

    def __init__(self, town: Town, at_once: int = 1) -> None:
        self.queue, self.context = RunQueue(), town.job()
        self._runs = FeedRuns(lambda: self.context, self.queue, at_once)
        self._runs.start()

    def end(self) -> None:
        wait_for(lambda: not self.queue.at_work)
        self._runs.end()


def kill_run() -> None:
    """Kill the run at work, once there is one."""
    wait_for(multiprocessing.active_children)
    [process] = multiprocessing.active_children()
    process.kill()
    wait_for(lambda: process not in multiprocessing.active_children())


def test_a_run_loads_and_tells(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    desk = Desk(town)
    desk.queue.put("kiriman")
    desk.queue.put("tak-ada")
    wait_for(town.attempts)
    desk.end()
    assert town.figures() == [("14,2", 1)]
    assert "kiriman: dimuat, 1 baris dibaca, 0 dikembalikan" in caplog.text


def test_a_run_that_dies_is_tried_once_more(town: Town) -> None:
    desk = Desk(town)
    with appending(town.engine):  # its load has to wait
        desk.queue.put("kiriman")
        kill_run()
    wait_for(lambda: [each.outcome for each in town.attempts()][-1:] == ["loaded"])
    desk.end()
    assert town.figures() == [("14,2", 1)]
    assert {each.attempt for each in town.dues()} == {town.attempts()[-1].id}


def test_a_run_that_dies_twice_has_failed_and_says_so(town: Town) -> None:
    desk = Desk(town)
    with appending(town.engine):
        desk.queue.put("kiriman")
        kill_run()
        kill_run()
    wait_for(town.attempts)
    desk.end()
    [tried] = town.attempts()
    assert tried.outcome == "failed"
    assert "mati dua kali" in (tried.message or "")
    assert [each.attempt for each in town.dues()] == [tried.id]


def test_a_run_that_takes_too_long_is_ended_and_has_failed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.declare("kiriman", timeout=1)
    monkeypatch.setattr(run_process, "LOCK_WAIT", 0)
    desk = Desk(town)
    with appending(town.engine):
        desk.queue.put("kiriman")
        wait_for(multiprocessing.active_children)
        wait_for(lambda: not multiprocessing.active_children())
    wait_for(town.attempts)
    desk.end()
    [tried] = town.attempts()
    assert tried.outcome == "failed"
    assert "melewati batas waktu 1 detik" in (tried.message or "")
    assert town.figures() == []


def test_a_feed_that_is_loaded_by_hand_is_run_later(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    desk = Desk(town)
    with feed_lock(town.engine, "kiriman", 0):
        desk.queue.put("kiriman")
        wait_for(lambda: "kiriman: dijalankan nanti" in caplog.text)
        wait_for(lambda: not desk.queue.at_work)
    assert town.attempts() == []
    desk.queue.resume()
    wait_for(lambda: [each.outcome for each in town.attempts()] == ["loaded"])
    desk.end()


def children(pid: int) -> list[int]:
    """Return the processes under one, and under those."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    own = [int(each) for each in text.split()]
    return own + [each for child in own for each in children(child)]


def is_alive(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def test_a_killed_scheduler_leaves_nobody_at_work(town: Town) -> None:
    town.declare("kiriman", "lain")
    town.send(name="lain")
    with appending(town.engine):
        scheduler = town.start("schedule")
        wait_for(lambda: len(children(scheduler.pid)) >= 4)  # its server, its tracker, and two runs
        left = children(scheduler.pid)
        scheduler.send_signal(signal.SIGKILL)
        scheduler.wait()
        wait_for(lambda: not any(is_alive(each) for each in left), 10)
    assert town.figures() == []
    for name in ("kiriman", "lain"):
        with feed_lock(town.engine, name, 0):
            assert town.attempts(name) == []


def test_a_signal_to_all_of_them_lets_the_runs_at_work_finish(town: Town) -> None:
    town.declare("kiriman", "lain")
    town.send("15,5", name="lain")
    scheduler = town.start("schedule")
    with appending(town.engine):
        wait_for(lambda: len(children(scheduler.pid)) >= 4)
        for each in (scheduler.pid, *children(scheduler.pid)):
            os.kill(each, signal.SIGTERM)
    said, _ = scheduler.communicate(timeout=30)
    assert scheduler.returncode == 0, said
    assert all(re.search(f"{name}: dimuat, 1 baris", said) for name in ("kiriman", "lain"))
    assert "sekali lagi" not in said
    assert {printed for printed, _ in town.figures()} <= {"14,2", "15,5"}
