"""Files under a path or glob, told apart by their bytes, never by their name."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.catalogue.dropped import INBOX, dropped_files, is_unfinished
from etl.catalogue.feeds import Feed
from etl.connectors.base import Delivery, FetchError, Reach, Sheet
from etl.connectors.formats.kinds import MOST_TEXT_BYTES, read_bytes


class FileConnector:
    """Reads what lies under `feed.path`, oldest first, so that a corrected file sent later has the last word."""

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield each file with its path below the root.

        Raises OSError where one cannot be opened, and FetchError for one that is too large.
        """
        dropped = (feed.path or "").startswith(f"{INBOX}/")
        if dropped:
            found = [_writable(path) for path in dropped_files(reach.root, feed)]
        else:
            found = [path for path in reach.root.glob(feed.path or "") if path.is_file() and not is_unfinished(path)]
        for path in sorted(found, key=_age):
            name = path.relative_to(reach.root).as_posix()
            with contextlib.suppress(FileNotFoundError):  # another run took it meanwhile
                seen = path.stat()
                if seen.st_size > MOST_TEXT_BYTES:
                    raise FetchError(
                        f"{name} lebih besar dari {MOST_TEXT_BYTES // 1_000_000} MB. "
                        "Keluarkan dari folder itu, bagi menjadi beberapa berkas, lalu taruh lagi."
                    )
                if not dropped:
                    yield Delivery(name, path.read_bytes())
                elif time.time() - seen.st_ctime >= reach.settled:
                    # The time of writing may be older: a copy keeps that of its original.
                    came = dt.datetime.fromtimestamp(seen.st_ctime, dt.UTC)
                    yield Delivery(name, path.read_bytes(), fetched_at=came)

    def read(self, delivery: Delivery, feed: Feed) -> Iterable[Sheet]:
        """Turn the bytes into grids; an empty file has none. Raises UnreadableError."""
        return read_bytes(delivery.content)


def _writable(path: Path) -> Path:
    """Rename a file whose name is no UTF-8, as out of old archives: such a name can be neither stored nor shown."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        target = path.with_name(os.fsencode(path.name).decode("utf-8", "backslashreplace").replace("\\", "_"))
        if not target.exists():
            return path.rename(target)
    return path


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except FileNotFoundError:
        return 0, path.name
