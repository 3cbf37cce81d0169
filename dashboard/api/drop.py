"""Where pushed bytes go: a file in the inbox, whole or not at all, once for each idempotency key."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from etl.stewardship.pushes import KINDS, LEDGER

Outcome = Literal["new", "same", "other"]


@dataclass(frozen=True, slots=True)
class Drop:
    """One push: the folder of the inbox, the feed, the key and the kind of file."""

    inbox: Path
    feed: str
    key: str
    extension: str

    @property
    def path(self) -> Path:
        """Where its file lies until it is loaded."""
        return self.inbox / self.feed / f"{self.key}.{self.extension}"

    @property
    def record(self) -> Path:
        """Where it is remembered which bytes the key stands for; hidden, so that no feed takes it for a file."""
        return self.inbox / LEDGER / self.feed / f".{self.key}"


def drop(push: Drop, content: bytes) -> Outcome:
    """Put a push into the inbox: `new`, or `same` where its key came before with these bytes, or `other` with others.

    The file stands before its key is remembered: whoever sends again after a crash is never told that it came when
    it did not.
    """
    digest = hashlib.sha256(content).hexdigest()
    known = _known(push)
    if known is None and _place(push.path, content):
        _place(push.record, digest.encode())
        return "new"
    return "same" if (known or _known(push)) == digest else "other"  # another request may have come first


def _known(push: Drop) -> str | None:
    """Return the digest of what the key stands for, None where it is new."""
    with contextlib.suppress(FileNotFoundError):
        return push.record.read_text(encoding="ascii")
    for extension in KINDS.values():
        with contextlib.suppress(FileNotFoundError):
            return hashlib.sha256((push.inbox / push.feed / f"{push.key}.{extension}").read_bytes()).hexdigest()
    return None


def _place(path: Path, content: bytes) -> bool:
    """Write a file whole and durably; tell whether it was not there before, for nothing is ever overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _written(path.parent, content) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
    _keep(path.parent)
    return True


@contextlib.contextmanager
def _written(folder: Path, content: bytes) -> Iterator[str]:
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        Path(temporary).unlink()


def _keep(folder: Path) -> None:
    """Make the folder's new entry survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
