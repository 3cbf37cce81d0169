"""Files under a path or glob, told apart by their bytes, never by their name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.catalogue.dropped import is_unfinished
from etl.catalogue.feeds import Feed
from etl.connectors.base import Delivery, FetchError, Reach, Sheet
from etl.connectors.formats import MOST_TEXT_BYTES, read_bytes


class FileConnector:
    """Reads what lies under `feed.path`, oldest first, so that a corrected file sent later has the last word."""

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield each file with its path below the root.

        Raises OSError where one cannot be opened, and FetchError for one that is too large.
        """
        found = [path for path in reach.root.glob(feed.path or "") if path.is_file() and not is_unfinished(path)]
        for path in sorted(found, key=_age):
            name = path.relative_to(reach.root).as_posix()
            with contextlib.suppress(FileNotFoundError):  # another run took it meanwhile
                if path.stat().st_size > MOST_TEXT_BYTES:
                    raise FetchError(
                        f"{name} lebih besar dari {MOST_TEXT_BYTES // 1_000_000} MB. "
                        "Keluarkan dari folder itu, bagi menjadi beberapa berkas, lalu taruh lagi."
                    )
                yield Delivery(name, path.read_bytes())

    def read(self, delivery: Delivery, feed: Feed) -> Iterable[Sheet]:
        """Turn the bytes into grids; an empty file has none. Raises UnreadableError."""
        return read_bytes(delivery.content)


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except FileNotFoundError:
        return 0, path.name
