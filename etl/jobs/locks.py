"""Locks that die with their holder: one load of a feed at a time, one scheduler at work.

SQLite: flock on files beside the database, never on the database itself, whose own locks any closed handle would drop.
PostgreSQL: advisory locks of a session of its own, which ends with its process, or soon after its host is gone.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Engine, NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)
PAUSE = 0.1  # seconds between two tries
# A silent host is given up after 5 + 3 × 5 seconds, by the server and by the client; idle sessions are wanted here.
PATIENCE = {"idle": 5, "interval": 5, "count": 3}


class LockedError(Exception):
    """Somebody else works on the feed; the message is an Indonesian sentence with the next step."""


class Lock(Protocol):
    """A lock that can be taken; `is_held` asks where it is kept whether that is still so."""

    def take(self) -> bool: ...

    def is_held(self) -> bool: ...

    def release(self) -> None: ...


class _FileLock:
    """A file beside the database; the kernel frees it with the process. It stays, for another may wait for it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")

    def take(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def is_held(self) -> bool:
        return not self._file.closed

    def release(self) -> None:
        self._file.close()


class _SessionLock:
    """A session of PostgreSQL with an advisory lock; once in doubt it is lost for good."""

    def __init__(self, url: URL, key: int) -> None:
        silence = PATIENCE["idle"] + PATIENCE["interval"] * PATIENCE["count"]
        client = {f"keepalives_{name}": value for name, value in PATIENCE.items()}
        options = {**client, "keepalives": 1, "tcp_user_timeout": silence * 1000, "connect_timeout": silence}
        # A pool would hand the session, and the lock with it, to the next one who asks.
        engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=options)
        self._connection, self._key = engine.connect(), key
        for name, value in PATIENCE.items():
            self._connection.exec_driver_sql(f"SET tcp_keepalives_{name} = {value}")
        self._connection.exec_driver_sql("SET idle_session_timeout = 0")

    def take(self) -> bool:
        return bool(self._connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key}))

    def is_held(self) -> bool:
        if self._connection.closed:
            return False
        try:
            return bool(self._connection.scalar(text("SELECT 1")))
        except SQLAlchemyError:  # SQLAlchemy would go on with a new session, which holds nothing
            self.release()
            return False

    def release(self) -> None:
        if not self._connection.closed:
            self._connection.invalidate()
            self._connection.close()


@contextlib.contextmanager
def feed_lock(engine: Engine, feed_id: str, wait_seconds: float) -> Iterator[None]:
    """Hold a feed's lock; raises LockedError where another still has it after `wait_seconds`."""
    lock = _take(engine, f"feed-{feed_id}", wait_seconds)
    if lock is None:
        raise LockedError(
            f"Kiriman {feed_id} masih diterima oleh proses lain. Tunggu sampai selesai, lalu jalankan lagi."
        )
    try:
        yield
    finally:
        lock.release()


def scheduler_lock(engine: Engine) -> Lock | None:
    """Take the one place of the scheduler at work; None where another has it."""
    return _take(engine, "scheduler", 0)


def _take(engine: Engine, name: str, wait_seconds: float) -> Lock | None:
    lock, deadline = _lock_of(engine, name), time.monotonic() + wait_seconds
    with contextlib.ExitStack() as undone:
        undone.callback(lock.release)
        told = wait_seconds == 0
        while not lock.take():
            if time.monotonic() >= deadline:
                return None
            if not told:
                log.info("%s sedang dipakai proses lain; menunggu", name)
            told = True
            time.sleep(PAUSE)
        undone.pop_all()
    return lock


def _lock_of(engine: Engine, name: str) -> Lock:
    if engine.dialect.name == "postgresql":
        digest = hashlib.sha256(f"pantau:{name}".encode()).digest()
        return _SessionLock(engine.url, int.from_bytes(digest[:8]) >> 1)  # 63 bits: its keys are signed
    if engine.url.database in (None, "", ":memory:"):
        raise ValueError("Gudang data di memori tidak dapat dikunci. Pakai berkas SQLite atau PostgreSQL.")
    return _FileLock(Path(f"{engine.url.database}.lock.{name}"))
