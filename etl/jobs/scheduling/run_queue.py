"""Feeds that wait for a run: first come, first served, each at most once, and none while it runs already."""

from __future__ import annotations

import threading


class RunQueue:
    """A queue for several threads. Asked for while it runs, a feed runs again after those that wait.

    APScheduler's own would drop what is asked for while it runs: a file that came meanwhile would lie until the next
    due time.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, bool] = {}
        self._later: dict[str, bool] = {}
        self._at_work: set[str] = set()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, feed: str, wanted: bool = False) -> None:
        """Let a feed wait; it keeps its place where it waits already."""
        with self._changed:
            self._waiting[feed] = self._waiting.get(feed, False) or wanted
            self._changed.notify_all()

    def take(self) -> tuple[str, bool] | None:
        """Wait for the next feed, and whether it runs even if not due; None once closed. Say `done` when it is."""
        with self._changed:
            while not self._closed:
                feed = next((each for each in self._waiting if each not in self._at_work), None)
                if feed is not None:
                    self._at_work.add(feed)
                    return feed, self._waiting.pop(feed)
                self._changed.wait()
        return None

    def done(self, feed: str) -> None:
        """Let a feed that was taken be taken again."""
        with self._changed:
            self._at_work.discard(feed)
            self._changed.notify_all()

    def postpone(self, feed: str, wanted: bool) -> None:
        """Keep a feed that could not be run until `resume`."""
        with self._changed:
            self._later[feed] = self._later.get(feed, False) or wanted

    def resume(self) -> None:
        """Let the feeds wait that could not be run before."""
        with self._changed:
            later, self._later = self._later, {}
        for feed, wanted in later.items():
            self.put(feed, wanted)

    @property
    def at_work(self) -> frozenset[str]:
        """Return the feeds that are taken."""
        with self._changed:
            return frozenset(self._at_work)

    @property
    def is_closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        """Give out nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
