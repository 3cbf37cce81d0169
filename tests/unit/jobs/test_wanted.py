"""The queue of feeds: in turn, each once, and nothing more once it is closed."""

from __future__ import annotations

import threading

from etl.jobs.wanted import Wanted


def test_feeds_come_in_the_order_they_were_asked_for_and_each_once() -> None:
    wanted = Wanted()
    for name in ("a", "b", "a", "c"):
        wanted.put(name)
    assert [wanted.take() for _ in range(3)] == [("a", False), ("b", False), ("c", False)]


def test_who_must_run_runs_even_if_asked_for_again_without_need() -> None:
    wanted = Wanted()
    wanted.put("a", even_if_not_due=True)
    wanted.put("a")
    assert wanted.take() == ("a", True)


def test_closing_ends_the_wait_and_keeps_what_was_left() -> None:
    wanted, found = Wanted(), ["nothing yet"]
    waiter = threading.Thread(target=lambda: found.append(str(wanted.take())))
    waiter.start()
    wanted.close()
    waiter.join(5)
    assert found[-1] == "None"
    wanted.put("a")
    assert wanted.take() is None
