"""A feed's turn: under its lock, what its connector finds is loaded, delivery by delivery."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.wita import WITA
from etl.connectors.base import FetchError, Reach, Span
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.delivery_load import UNEXPECTED, Clock, Report, load_delivery
from etl.jobs.loading.raw_files import known
from etl.jobs.locks import LockedError, feed_lock
from etl.measures.observation import AttemptOutcome
from etl.warehouse.write.attempts import end_orphans, finish_attempt, heartbeat, start_attempt
from etl.warehouse.write.commits import record_catalogue

log = logging.getLogger(__name__)
BEAT_SECONDS = 10
YEARS = 2  # sources revise: what they said last year is asked for again
CUT_SHORT = "Penerimaan terputus sebelum selesai; tidak ada yang dimuat. Kiriman ini dijalankan lagi."


def run_feeds(
    engine: Engine, catalogue: Catalogue, feeds: Sequence[Feed], root: Path, clock: Clock, span: Span | None = None
) -> Iterator[Report]:
    """Record the catalogue where it changed, then load each feed in turn; yield reports as they come."""
    keep_catalogue(engine, catalogue, clock)
    for feed in feeds:
        yield from run_feed(engine, catalogue, feed, root, clock, span)


def keep_catalogue(engine: Engine, catalogue: Catalogue, clock: Clock) -> None:
    """Record the catalogue where it changed."""
    vintage = record_catalogue(engine, catalogue, clock())
    if vintage is not None:
        log.info("katalog berubah: vintage %d, segel %s", vintage.number, vintage.seal[:8])


def run_feed(
    engine: Engine, catalogue: Catalogue, feed: Feed, root: Path, clock: Clock, span: Span | None = None
) -> list[Report]:
    """Load every delivery of a feed, each in an attempt and a transaction of its own.

    `root` is the folder that `feed.path` is relative to, `clock` gives the time in UTC, `span` the years to ask for.
    Waits for another load of the feed as long as that may take. Never raises for what a delivery holds: that is a
    report with `failed` or `empty` and a sentence.
    """
    try:
        with feed_lock(engine, feed.id, feed.timeout):
            end_orphans(engine, feed.id, clock(), "interrupted", CUT_SHORT)
            return receive(engine, catalogue, feed, root, clock, span)
    except LockedError as error:
        return [Report(feed.id, None, "failed", message=str(error))]


def receive(
    engine: Engine,
    catalogue: Catalogue,
    feed: Feed,
    root: Path,
    clock: Clock,
    span: Span | None = None,
    dues: Sequence[dt.datetime] = (),
    settled: float = 0,
) -> list[Report]:
    """Do what `run_feed` says, for the holder of the feed's lock; the first attempt answers for the due times.

    Without due times a turn that finds nothing leaves no attempt. `settled`: see Reach.
    """
    turn, reports = _Turn(engine, feed, clock), list[Report]()
    with turn.beating():
        try:
            if dues:
                turn.start(dues)
            for each in CONNECTORS[feed.connector].fetch(feed, reach(root, feed, clock, span, settled)):
                attempt = turn.start()
                reports.append(load_delivery(engine, catalogue, feed, root, clock, each, attempt))
                turn.attempt = None
        except Exception as error:
            if isinstance(error, SQLAlchemyError):
                raise  # the warehouse itself: nothing could be recorded
            sentence = _cause(feed, error)
            turn.end("failed", sentence)
            reports.append(Report(feed.id, None, "failed", message=sentence))
        if not reports and turn.attempt is not None:
            turn.end("unchanged", "tidak ada berkas baru")
    return reports or [Report(feed.id, None, "absent", message=f"belum ada berkas di {feed.path or feed.connector}")]


def reach(root: Path, feed: Feed, clock: Clock, span: Span | None, settled: float) -> Reach:
    """Say what a connector may use; without a span the last two years are asked for."""
    year = clock().astimezone(WITA).year
    return Reach(root, span or Span(year - YEARS + 1, year), os.environ, known(root, feed.id), settled)


def holder_name() -> str:
    """Name this process: host and number."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _cause(feed: Feed, error: Exception) -> str:
    if isinstance(error, FetchError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or feed.path} tidak dapat dibuka: {error.strerror}. Periksa izin berkasnya."
    log.exception("%s: unexpected", feed.id)
    return UNEXPECTED


class _Turn:
    """The attempts of one turn, one open at a time, with a heartbeat while it lasts."""

    def __init__(self, engine: Engine, feed: Feed, clock: Clock) -> None:
        self._engine, self._feed, self._clock = engine, feed, clock
        self.attempt: int | None = None

    def start(self, dues: Sequence[dt.datetime] = ()) -> int:
        """Return the open attempt, a new one where there is none."""
        if self.attempt is None:
            self.attempt = start_attempt(self._engine, self._feed.id, self._clock(), holder_name(), dues)
        return self.attempt

    def end(self, outcome: AttemptOutcome, message: str) -> None:
        finish_attempt(self._engine, self.start(), outcome, message, self._clock())
        self.attempt = None

    @contextlib.contextmanager
    def beating(self) -> Iterator[None]:
        ended = threading.Event()
        threading.Thread(target=self._beat, args=(ended,), daemon=True).start()
        try:
            yield
        finally:
            ended.set()

    def _beat(self, ended: threading.Event) -> None:
        while not ended.wait(BEAT_SECONDS):
            attempt = self.attempt
            # A long load holds SQLite's only write lock: then the beat comes later.
            with contextlib.suppress(SQLAlchemyError):
                if attempt is not None:
                    heartbeat(self._engine, attempt, self._clock())
