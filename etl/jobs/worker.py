"""One run of a feed in a process of its own: it may hang or crash, and harms nothing but itself.

A process that is forked for each run from a preloaded server costs some 30 ms, gives all its memory back, and has none
of the scheduler's threads. It is only ever killed: a load is one transaction, so there is nothing to say good-bye to.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.cron import due_times
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.wita import WITA
from etl.connectors.base import Delivery
from etl.jobs.inbox import SETTLED_SECONDS
from etl.jobs.loading.delivery_load import Clock, Report
from etl.jobs.loading.feed_run import CUT_SHORT, holder_name, keep_catalogue, receive
from etl.jobs.loading.raw_files import INBOX
from etl.jobs.locks import LockedError, feed_lock
from etl.jobs.logs import log_to_stderr
from etl.jobs.processes import PROCESSES, end_with_parent
from etl.jobs.workbooks.returned_copy import set_aside
from etl.warehouse.db_errors import explain
from etl.warehouse.engine import open_engine
from etl.warehouse.read.journal import attempts
from etl.warehouse.read.schedule_state import answered_until, catalogue_since, feeds_cut_short
from etl.warehouse.write.attempts import end_orphans, finish_attempt, start_attempt

RUNS_ENDED = 2
UNWORKABLE = (
    "Berkas ini dua kali membuat proses penerimaan terhenti, karena terlalu besar atau rusak, jadi dikeluarkan tanpa "
    "dibaca. Buka di Excel, hapus lembar dan gambar yang tidak perlu, simpan ulang sebagai .xlsx atau CSV."
)
LOCK_WAIT = 5  # seconds; then the feed goes to the end of the queue, for others wait as well
DRIVERS = ("sqlalchemy.dialects.sqlite.pysqlite", "sqlalchemy.dialects.postgresql.psycopg", "psycopg")
How = Literal["done", "busy", "late", "died"]


@dataclass(frozen=True, slots=True)
class Task:
    """What a run needs: the warehouse's address, the checkout's folder, the catalogue as it stands, and the feed.

    A `wanted` one runs even where it is not due.
    """

    url: str
    root: Path
    catalogue: Catalogue
    feed: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run's process ended: `busy` (said why), `late` (killed at its time-out), `died` of itself, or `done`."""

    how: How
    reports: tuple[Report, ...] = ()
    said: str = ""


def start_server() -> None:
    """Start the process that runs are forked from. From the main thread, before signals are listened for.

    It and the runs ignore SIGTERM and SIGINT: a terminal sends them to all, but only the scheduler decides who stops.
    """
    PROCESSES.set_forkserver_preload([__name__, *DRIVERS])
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        forkserver.ensure_running()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Worker:
    """Runs tasks one after the other, each in its own process; `kill` ends the one at work from another thread."""

    def __init__(self) -> None:
        self._process: multiprocessing.process.BaseProcess | None = None

    def run(self, task: Task) -> Ending:
        """Run a feed and wait for it, no longer than the feed's time-out and the lock's."""
        receiver, sender = PROCESSES.Pipe(duplex=False)
        process = self._process = PROCESSES.Process(target=_work, args=(task, sender), daemon=True)
        process.start()
        sender.close()
        try:
            if not receiver.poll(task.catalogue.feed[task.feed].timeout + LOCK_WAIT):
                return Ending("late")
            ending: Ending = receiver.recv()
        except EOFError:
            return Ending("died")
        finally:
            process.kill()
            process.join()
            process.close()
            self._process = None
            receiver.close()
        return ending

    def kill(self) -> None:
        """End the run at work, if there is one."""
        if process := self._process:
            process.kill()


def run_due(engine: Engine, catalogue: Catalogue, feed: Feed, root: Path, clock: Clock, wanted: bool) -> list[Report]:
    """Run a feed for the scheduler, for all its due times that nobody has answered for; nothing where there are none.

    Raises LockedError where another load of the feed goes on.
    """
    with feed_lock(engine, feed.id, LOCK_WAIT):
        orphans = end_orphans(engine, feed.id, clock(), "interrupted", CUT_SHORT)
        with engine.connect() as connection:
            again, tried = feed.id in feeds_cut_short(connection), feed.id in answered_until(connection)
        if not tried:  # its due times begin with its catalogue
            keep_catalogue(engine, catalogue, clock)
        dues = _unanswered(engine, feed, clock)
        if not (dues or orphans or again or wanted):
            return []
        keep_catalogue(engine, catalogue, clock)
        return receive(engine, catalogue, feed, root, clock, dues=dues, settled=SETTLED_SECONDS)


def give_up(engine: Engine, catalogue: Catalogue, feed: Feed, root: Path, clock: Clock, message: str) -> None:
    """Record that a run was killed or died: its open attempt has failed, with its due times, or a new one has.

    A file of the inbox on which two runs in a row have ended so is taken out, or it would keep all others from being
    read. Raises LockedError where another load of the feed goes on.
    """
    with feed_lock(engine, feed.id, LOCK_WAIT):
        if not end_orphans(engine, feed.id, clock(), "failed", message):
            attempt = start_attempt(engine, feed.id, clock(), holder_name(), _unanswered(engine, feed, clock))
            finish_attempt(engine, attempt, "failed", message, clock())
            return
        with engine.connect() as connection:
            last = attempts(connection, feed.id, RUNS_ENDED)
        file, ended = last[0].file, [(each.sha256, each.outcome in ("failed", "interrupted")) for each in last]
        if file and file.startswith(INBOX) and ended == [(last[0].sha256, True)] * RUNS_ENDED:
            with contextlib.suppress(FileNotFoundError):  # its sender took it back
                delivery = Delivery(file, (root / file).read_bytes())
                if delivery.sha256 == last[0].sha256:
                    set_aside(root, catalogue, feed, delivery, UNWORKABLE, clock().astimezone(WITA).date())


def _unanswered(engine: Engine, feed: Feed, clock: Clock) -> list[datetime]:
    """List the due times that nobody answered for; what was never tried is due since its catalogue is in force."""
    if feed.schedule is None:
        return []
    with engine.connect() as connection:
        since, known = answered_until(connection).get(feed.id), catalogue_since(connection)
    now = clock()
    if since is None:
        return (due_times(feed.schedule, known, now) if known else []) or [now]
    return due_times(feed.schedule, since, now)


def _work(task: Task, answer: Connection) -> None:
    """Run the task in this process and tell how it ended."""
    end_with_parent()
    log_to_stderr()
    engine = open_engine(task.url)
    feed = task.catalogue.feed[task.feed]
    try:
        reports = run_due(engine, task.catalogue, feed, task.root, lambda: datetime.now(UTC), task.wanted)
        ending = Ending("done", tuple(reports))
    except LockedError as error:
        ending = Ending("busy", said=str(error))
    except SQLAlchemyError as error:
        ending = Ending("busy", said=f"Gudang data tidak dapat dipakai: {explain(error)}.")
    finally:
        engine.dispose()
    answer.send(ending)
