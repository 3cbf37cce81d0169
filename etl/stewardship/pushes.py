"""What may be pushed where: a feed takes pushes where its files lie in a folder of its own in the inbox."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from etl.catalogue.feeds import Feed

INBOX = "data/inbox"
MOST_BYTES = 10_000_000
KINDS = {"text/csv": "csv", "application/json": "json"}  # content type -> extension
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,99}")
KEY_FORM = "8 sampai 100 huruf, angka, titik, garis bawah atau strip; diawali huruf atau angka, tanpa 16 angka berturut"


def pushed_path(feed: Feed, key: str, extension: str) -> PurePosixPath | None:
    """Return where a pushed file of a feed lies below the project; None where the feed would not find it there."""
    if feed.connector != "file" or feed.path is None or not KEY.fullmatch(key):
        return None
    path = PurePosixPath(INBOX, feed.id, f"{key}.{extension}")
    return path if path.match(feed.path) and PurePosixPath(feed.path).parent == path.parent else None


def takes_pushes(feed: Feed) -> bool:
    """Tell whether a feed finds pushed files of some kind."""
    return any(pushed_path(feed, "contoh-kunci", extension) for extension in KINDS.values())
