"""The scheduler's process: APScheduler is its clock, and of any number of such processes one works."""

from __future__ import annotations

import datetime as dt
import logging
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.wita import WITA
from etl.jobs.job_context import Clock, JobContext
from etl.jobs.locks import Lock, scheduler_lock
from etl.jobs.scheduling.catalogue_watch import CatalogueWatch
from etl.jobs.scheduling.feed_runs import FeedRuns
from etl.jobs.scheduling.run_process import start_server
from etl.jobs.scheduling.run_queue import RunQueue
from etl.jobs.scheduling.timetable import CHORES, FEEDS, NOTICES, Timetable
from etl.settings import Settings
from etl.warehouse.db_errors import explain

log = logging.getLogger(__name__)
PLACE_SECONDS = 2


def build_clock() -> BackgroundScheduler:
    """Build the one clock. Its jobs are made anew from the catalogue, so they lie in memory only.

    All chores share one thread, so none meets another; feeds only enter the queue there. However late a job comes, it
    is done once: a run counts the due times that it answers for itself.
    """
    return BackgroundScheduler(
        timezone=WITA,
        jobstores={name: MemoryJobStore() for name in (FEEDS, CHORES)},
        executors={name: ThreadPoolExecutor(1) for name in ("default", FEEDS, NOTICES)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """What a scheduler has while it is the one at work."""

    lock: Lock
    runs: FeedRuns
    timetable: Timetable


class Scheduler:
    """Takes the place at work whenever it is free, until told to stop."""

    def __init__(self, engine: Engine, settings: Settings, environ: Mapping[str, str], clock: Clock) -> None:
        """Read the catalogue; raises CatalogueErrors where it is broken from the beginning."""
        self._watch, self._at_once = CatalogueWatch(settings.root), settings.runs
        self._first = JobContext(engine, self._watch.current(), settings.root, clock, settings.home, environ)
        self._stopping, self._left = threading.Event(), threading.Event()
        self._jobs = build_clock()
        self._place: _Place | None = None
        self._failure: Exception | None = None
        self._waits = False

    def listen(self) -> None:
        """Stop on SIGTERM and SIGINT; call from the main thread, before `run`."""
        start_server()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._receive)

    def stop(self) -> None:
        """Start nothing more; the runs at work are finished first."""
        self._stopping.set()

    def run(self) -> None:
        """Work while this process has the place, wait for it while another has; return when stopped."""
        at_once = dt.datetime.now(dt.UTC)
        self._jobs.add_job(self._keep_place, "interval", seconds=PLACE_SECONDS, next_run_time=at_once)
        self._jobs.start()
        self._stopping.wait()
        self._jobs.add_job(self._leave)  # in the chores' thread: after the one at work
        self._left.wait()
        self._jobs.shutdown(wait=False)
        if self._failure is not None:
            raise self._failure
        log.info("penjadwal berhenti")

    def _context(self) -> JobContext:
        return replace(self._first, catalogue=self._watch.current())

    def _keep_place(self) -> None:
        """Take the place where it is free; give it up where the lock is lost. What nobody foresaw ends the process."""
        if self._stopping.is_set():
            return
        try:
            if self._place is not None and not self._place.lock.is_held():
                log.error("penjadwal kehilangan tempatnya; mencoba lagi")
                self._give_up_place()
            if self._place is None and (lock := self._take_lock()):
                self._begin(lock)
        except Exception as error:  # noqa: BLE001  `run` raises it in the main thread
            self._failure = error
            self.stop()

    def _take_lock(self) -> Lock | None:
        self._watch.current()  # whoever waits knows the last sound catalogue too
        try:
            lock = scheduler_lock(self._first.engine)
        except SQLAlchemyError as error:
            log.error("gudang data tidak terjangkau: %s", explain(error))
            return None
        if lock is None and not self._waits:
            log.info("menunggu tempat penjadwal")
        self._waits = lock is None
        return lock

    def _begin(self, lock: Lock) -> None:
        log.info("penjadwal bekerja")
        queue = RunQueue()
        runs = FeedRuns(self._context, queue, self._at_once)
        self._place = _Place(lock, runs, Timetable(self._jobs, self._watch, self._context, queue))
        runs.start()
        self._place.timetable.begin()

    def _give_up_place(self) -> None:
        if self._place is not None:
            self._place.timetable.end()
            self._place.runs.end()
            self._place.lock.release()
        self._place = None

    def _leave(self) -> None:
        try:
            self._give_up_place()
        finally:
            self._left.set()

    def _receive(self, _number: int, _frame: FrameType | None) -> None:
        self.stop()
