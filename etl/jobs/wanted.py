"""Feeds that wait for their turn: first come, first served, each at most once."""

from __future__ import annotations

import threading


class Wanted:
    """A queue for several threads. Asked for while it runs, a feed runs again after those that wait."""

    def __init__(self) -> None:
        self._feeds: dict[str, bool] = {}
        self._changed = threading.Condition()
        self._closed = False

    def put(self, feed: str, even_if_not_due: bool = False) -> None:
        """Let a feed wait; it keeps its place where it waits already."""
        with self._changed:
            self._feeds[feed] = self._feeds.get(feed, False) or even_if_not_due
            self._changed.notify()

    def take(self) -> tuple[str, bool] | None:
        """Wait for the next feed and whether it runs even if not due; None once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._feeds or self._closed)
            if self._closed:
                return None
            feed = next(iter(self._feeds))
            return feed, self._feeds.pop(feed)

    def close(self) -> None:
        """Give out nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
