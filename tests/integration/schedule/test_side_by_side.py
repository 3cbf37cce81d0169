"""Several feeds at a time: a slow source holds up nobody, no feed runs beside itself, one catalogue is in force."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from etl.jobs.scheduling.feed_runs import FeedRuns
from etl.jobs.scheduling.run_queue import RunQueue
from tests.integration.schedule.town import ROWS, Town, wait_for
from tests.replay import Asked, Replay, Reply, as_json


class SlowSource:
    """A portal that answers once it is let."""

    def __init__(self, replay: Replay) -> None:
        self.replay, self.gate = replay, threading.Event()
        replay.script["/data"] = self._answer

    def _answer(self, _asked: Asked) -> Reply:
        self.gate.wait(60)
        return as_json(ROWS)

    def is_asked(self) -> bool:
        return bool(self.replay.asked)


@pytest.fixture
def slow(town: Town) -> Iterator[SlowSource]:
    """A portal behind the town's first feed, `lambat`; its second one is `kiriman`."""
    with Replay().running() as replay:
        town.declare_source("lambat", f"{replay.address}/data")
        source = SlowSource(replay)
        yield source
        source.gate.set()


@contextmanager
def working(town: Town, runs: int) -> Iterator[None]:
    scheduler = town.scheduler(runs)
    thread = threading.Thread(target=scheduler.run)
    thread.start()
    try:
        yield
    finally:
        scheduler.stop()
        thread.join(90)
        assert not thread.is_alive()


def ended(town: Town, name: str) -> bool:
    return bool(town.attempts(name)) and all(each.outcome for each in town.attempts(name))


def test_a_slow_source_does_not_hold_up_another_feed(town: Town, slow: SlowSource) -> None:
    with working(town, runs=2):
        wait_for(slow.is_asked)
        wait_for(lambda: ended(town, "kiriman"))
        [waits] = town.attempts("lambat")
        assert waits.outcome is None
        slow.gate.set()
        wait_for(lambda: ended(town, "lambat"))
    assert [each.outcome for each in town.attempts("lambat")][:1] == ["loaded"]
    assert sorted(town.figures()) == [("13.1", 1), ("14,2", 1)]


def test_with_one_run_at_a_time_feeds_come_one_after_the_other(town: Town, slow: SlowSource) -> None:
    with working(town, runs=1):
        wait_for(slow.is_asked)
        assert town.attempts("kiriman") == []
        slow.gate.set()
        wait_for(lambda: ended(town, "kiriman"))
    [first, *_], [second, *_] = town.attempts("lambat"), town.attempts("kiriman")
    assert first.finished_at is not None
    assert first.finished_at <= second.started_at


class Desk:
    """The runs of a town's feeds, two at a time; `context` is what the next one works with."""

    def __init__(self, town: Town) -> None:
        self.queue, self.context = RunQueue(), town.job()
        self._runs = FeedRuns(lambda: self.context, self.queue, 2)
        self._runs.start()

    def end(self) -> None:
        self._runs.end()


@pytest.fixture
def desk(town: Town, slow: SlowSource) -> Iterator[Desk]:
    desk = Desk(town)
    yield desk
    slow.gate.set()
    desk.end()


def test_a_feed_that_is_asked_for_while_it_runs_runs_again_but_never_beside_itself(
    town: Town, slow: SlowSource, desk: Desk
) -> None:
    desk.queue.put("lambat")
    wait_for(slow.is_asked)
    for _ in range(3):
        desk.queue.put("lambat", wanted=True)
    desk.queue.put("kiriman")
    wait_for(lambda: ended(town, "kiriman"))
    assert len(slow.replay.asked) == 1
    slow.gate.set()
    wait_for(lambda: len(town.attempts("lambat")) == 2 and ended(town, "lambat"))
    first, second = town.attempts("lambat")
    assert first.finished_at is not None
    assert first.finished_at <= second.started_at
    assert [first.outcome, second.outcome] == ["loaded", "unchanged"]


def test_a_changed_catalogue_waits_for_the_runs_by_the_old_one_which_would_fail(
    town: Town, slow: SlowSource, desk: Desk
) -> None:
    desk.queue.put("lambat")
    wait_for(slow.is_asked)
    path = town.root / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Kiriman, en: Feed", "Berubah, en: Feed"), encoding="utf-8")
    desk.context = replace(desk.context, catalogue=town.catalogue())
    desk.queue.put("kiriman")
    wait_for(lambda: desk.queue.at_work == {"lambat", "kiriman"})
    assert town.attempts("kiriman") == []
    slow.gate.set()
    wait_for(lambda: ended(town, "kiriman"))
    [old], [new] = town.attempts("lambat"), town.attempts("kiriman")
    assert (old.outcome, old.message) == ("loaded", None)
    assert old.finished_at is not None
    assert old.finished_at <= new.started_at
