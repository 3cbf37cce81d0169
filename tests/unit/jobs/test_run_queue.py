"""The queue of feeds: in turn, each once, none while it runs already, and nothing more once it is closed."""

from __future__ import annotations

import threading

from etl.jobs.scheduling.run_queue import RunQueue


def test_feeds_come_in_the_order_they_were_asked_for_and_each_once() -> None:
    queue = RunQueue()
    for name in ("a", "b", "a", "c"):
        queue.put(name)
    assert [queue.take() for _ in range(3)] == [("a", False), ("b", False), ("c", False)]


def test_who_must_run_runs_even_if_asked_for_again_without_need() -> None:
    queue = RunQueue()
    queue.put("a", wanted=True)
    queue.put("a")
    assert queue.take() == ("a", True)


def test_what_is_asked_for_while_it_runs_is_run_again_once_it_is_done_and_not_beside_itself() -> None:
    queue = RunQueue()
    for name in ("a", "b"):
        queue.put(name)
    assert queue.take() == ("a", False)
    queue.put("a", wanted=True)
    assert queue.take() == ("b", False)
    found: list[object] = []
    waiter = threading.Thread(target=lambda: found.append(queue.take()))
    waiter.start()
    waiter.join(0.1)
    assert found == []
    queue.done("a")
    waiter.join(5)
    assert found == [("a", True)]
    assert queue.at_work == {"a", "b"}


def test_what_could_not_be_run_waits_until_it_is_resumed_and_stays_wanted() -> None:
    queue = RunQueue()
    queue.put("a", wanted=True)
    assert queue.take() == ("a", True)
    queue.postpone("a", True)
    queue.postpone("a", False)
    queue.done("a")
    queue.put("b")
    assert queue.take() == ("b", False)
    queue.resume()
    assert queue.take() == ("a", True)


def test_closing_ends_the_wait_and_keeps_what_was_left() -> None:
    queue, found = RunQueue(), ["nothing yet"]
    waiter = threading.Thread(target=lambda: found.append(str(queue.take())))
    waiter.start()
    queue.close()
    waiter.join(5)
    assert found[-1] == "None"
    queue.put("a")
    assert queue.take() is None
