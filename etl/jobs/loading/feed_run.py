"""A feed's turn: under its lock, what its connector finds is loaded, delivery by delivery."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import socket
import threading
from collections.abc import Iterator, Sequence

from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.feeds import Feed
from etl.connectors.base import FetchError, Reach, Span
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.job_context import JobContext
from etl.jobs.loading.delivery_load import UNEXPECTED, Report, load_delivery
from etl.jobs.loading.raw_files import known
from etl.jobs.locks import LockedError, feed_lock
from etl.measures.observation import AttemptOutcome
from etl.warehouse.write.attempts import end_orphans, finish_attempt, heartbeat, start_attempt
from etl.warehouse.write.commits import record_catalogue

log = logging.getLogger(__name__)
BEAT_SECONDS = 10
YEARS = 2  # sources revise: what they said last year is asked for again
CUT_SHORT = "Pemuatan data terputus sebelum selesai; tidak ada yang dimuat. Kiriman ini dijalankan lagi."


def run_feeds(context: JobContext, feeds: Sequence[Feed], span: Span | None = None) -> Iterator[Report]:
    """Record the catalogue where it changed, then load each feed in turn; yield reports as they come."""
    keep_catalogue(context)
    for feed in feeds:
        yield from run_feed(context, feed, span)


def keep_catalogue(context: JobContext) -> None:
    """Record the catalogue where it changed."""
    vintage = record_catalogue(context.engine, context.catalogue, context.now())
    if vintage is not None:
        log.info("katalog berubah: vintage %d, versi data %s", vintage.number, vintage.seal[:8])


def run_feed(context: JobContext, feed: Feed, span: Span | None = None) -> list[Report]:
    """Load every delivery of a feed, each in an attempt and a transaction of its own; `span` are the years to ask for.

    Waits for another load of the feed as long as that may take. Never raises for what a delivery holds: that is a
    report with `failed` or `empty` and a sentence.
    """
    try:
        with feed_lock(context.engine, feed.id, feed.timeout):
            end_orphans(context.engine, feed.id, context.now(), "interrupted", CUT_SHORT)
            return receive(context, feed, span)
    except LockedError as error:
        return [Report(feed.id, None, "failed", message=str(error))]


def receive(
    context: JobContext,
    feed: Feed,
    span: Span | None = None,
    dues: Sequence[dt.datetime] = (),
    settled: float = 0,
) -> list[Report]:
    """Do what `run_feed` says, for the holder of the feed's lock; the first attempt answers for the due times.

    Without due times a turn that finds nothing leaves no attempt. `settled`: see Reach.
    """
    turn, reports = _Turn(context, feed), list[Report]()
    with turn.beating():
        try:
            if dues:
                turn.start(dues)
            for each in CONNECTORS[feed.connector].fetch(feed, reach(context, feed, span, settled)):
                attempt = turn.start()
                reports.append(load_delivery(context, feed, each, attempt))
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


def reach(context: JobContext, feed: Feed, span: Span | None, settled: float) -> Reach:
    """Say what a connector may use; without a span the last two years are asked for."""
    year = context.today().year
    years = span or Span(year - YEARS + 1, year)
    return Reach(context.root, years, context.environ, known(context.root, feed.id), settled)


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

    def __init__(self, context: JobContext, feed: Feed) -> None:
        self._context, self._feed = context, feed
        self.attempt: int | None = None

    def start(self, dues: Sequence[dt.datetime] = ()) -> int:
        """Return the open attempt, a new one where there is none."""
        if self.attempt is None:
            context = self._context
            self.attempt = start_attempt(context.engine, self._feed.id, context.now(), holder_name(), dues)
        return self.attempt

    def end(self, outcome: AttemptOutcome, message: str) -> None:
        finish_attempt(self._context.engine, self.start(), outcome, message, self._context.now())
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
                    heartbeat(self._context.engine, attempt, self._context.now())
