"""Files under a path or glob, told apart by their bytes, never by their name."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from etl.catalogue.feeds import Feed
from etl.catalogue.names import censored
from etl.connectors.base import MOST_TEXT_BYTES, Connector, Delivery, Reach, UnreadableError
from etl.sheets.sheet import Sheet
from etl.stewardship.inbox_files import INBOX, dropped_files, is_unfinished


class FileConnector(Connector):
    """Reads what lies under `feed.path`, oldest first, so that a corrected file sent later has the last word."""

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield each file with its path below the root; one that is too large without its bytes.

        Raises OSError where one cannot be opened.
        """
        dropped = (feed.path or "").startswith(f"{INBOX}/")
        if dropped:
            found = [_writable(path) for path in dropped_files(reach.root, feed)]
        else:
            found = [path for path in reach.root.glob(feed.path or "") if path.is_file() and not is_unfinished(path)]
        for path in sorted(found, key=_age):
            with contextlib.suppress(FileNotFoundError):  # another run took it meanwhile
                seen = path.stat()
                if dropped and time.time() - seen.st_ctime < reach.settled:
                    continue
                # The time of writing may be older: a copy keeps that of its original.
                came = dt.datetime.fromtimestamp(seen.st_ctime, dt.UTC) if dropped else None
                large = _too_large(seen.st_size)
                content = b"" if large else path.read_bytes()
                name = censored(path.relative_to(reach.root).as_posix())
                yield Delivery(name, content, fetched_at=came, withheld=large)

    def read(self, delivery: Delivery, feed: Feed) -> Iterable[Sheet]:
        """Turn the bytes into grids; an empty file has none. Raises UnreadableError."""
        if delivery.withheld:
            raise UnreadableError(delivery.withheld)
        from etl.connectors.formats.kinds import (
            read_bytes,  # the readers are heavy, and a check of the catalogue is not
        )

        file = Path(delivery.name).stem
        return (replace(sheet, file=file) for sheet in read_bytes(delivery.content, feed.rows))


def _too_large(size: int) -> str | None:
    if size <= MOST_TEXT_BYTES:
        return None
    return (
        f"Berkas ini {size} byte, lebih besar dari {MOST_TEXT_BYTES // 1_000_000} MB, jadi tidak dibaca. "
        "Bagi menjadi beberapa berkas, lalu kirim lagi."
    )


def _writable(path: Path) -> Path:
    """Rename a file whose name can be neither stored nor shown: one in no UTF-8, as out of old archives, or with a NIK.

    The name that is left says that there was a NIK: that is what the file is refused for.
    """
    name = censored(path.name)
    try:
        name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("utf-8", "backslashreplace").replace("\\", "_")
    with contextlib.suppress(FileNotFoundError):  # another run took it meanwhile
        return path if name == path.name else path.rename(_free(path.with_name(name)))
    return path


def _free(path: Path) -> Path:
    """Return the path, or one with a number where another file has its name."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
    return next(each for each in itertools.chain([path], numbered) if not each.exists())


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except FileNotFoundError:
        return 0, path.name


CONNECTOR = FileConnector()
