"""What may be pushed where: a feed takes pushes where its files lie in a folder of its own in the inbox."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from etl.catalogue.feeds import Feed
from etl.catalogue.identity_numbers import SIXTEEN_DIGITS, is_identity_number, is_sub_area

INBOX = "data/inbox"
LEDGER = ".push"  # below the inbox: which bytes each key stood for, also after its file was taken
MOST_BYTES = 10_000_000
KINDS = {"text/csv": "csv", "application/json": "json"}  # content type -> extension
HEAD = re.compile(
    r"""(?:^|[;,\t\n{"])\s*"?(?:(?:no(?:mor)?[. _]*)?nik|no(?:mor)?[. _]*(?:ktp|kk))"?\s*(?:[;,\t\r\n:]|$)""", re.I
)
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


def is_pushed(root: Path, name: str, sha256: str) -> bool:
    """Tell whether these bytes came by a push, as the file of the inbox with this name below the project."""
    path = PurePosixPath(name)
    record = root / INBOX / LEDGER / path.parent.name / f".{path.stem}"
    return record.is_file() and record.read_text(encoding="ascii") == sha256


def shows_persons(content: bytes) -> bool:
    """Tell whether pushed text holds a NIK or a head that says so; the load looks closer, by columns.

    Numbers of areas pass where they can be no NIK or stand beside others that can be none.
    """
    text = content.replace(b"\0", b"").decode("utf-8", errors="replace")
    numbers = set(SIXTEEN_DIGITS.findall(text))
    suspects = set(filter(is_identity_number, numbers))
    areas = suspects != numbers
    return any(not (areas and is_sub_area(each)) for each in suspects) or HEAD.search(text) is not None
