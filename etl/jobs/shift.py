"""A scheduler's time at work: due times fire, feeds get their turns, and every few seconds it looks around."""

from __future__ import annotations

import dataclasses
import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.cron import cron_trigger, is_due, next_time
from etl.catalogue.models import Catalogue
from etl.catalogue.wita import WITA, moment_words
from etl.jobs.inbox import Inbox
from etl.jobs.loading.delivery_load import Clock
from etl.jobs.loading.feed_run import CUT_SHORT, holder_name
from etl.jobs.locks import Lock, LockedError, feed_lock
from etl.jobs.reports.notices import send_round
from etl.jobs.turns import Turns
from etl.jobs.wanted import Wanted
from etl.jobs.watch import CatalogueWatch
from etl.warehouse.db_errors import explain
from etl.warehouse.read.schedule_state import SchedulerState, answered_until, feeds_cut_short, open_feeds
from etl.warehouse.write.attempts import end_orphans
from etl.warehouse.write.scheduler_row import keep_seen

log = logging.getLogger(__name__)
TICK_SECONDS = 2
SEEN_SECONDS = LOOK_SECONDS = 10
NOTICES, NOTICE_MINUTES = "pemberitahuan berkala", 5  # a feed's id has no blank
STOP_SECONDS = 60  # that the run at work is given to finish
GRACE_SECONDS = 12 * 3600  # after a machine's sleep one firing is enough: a run counts its due times itself


class Shift:
    """One scheduler at work, from taking the place to a stop or the loss of its lock."""

    def __init__(self, engine: Engine, root: Path, watch: CatalogueWatch, clock: Clock, lock: Lock) -> None:
        self._engine, self._watch, self._clock, self._lock = engine, watch, clock, lock
        self._wanted, self._inbox = Wanted(), Inbox(root)
        self._turns = Turns(engine, root, watch, clock, self._wanted)
        self._scheduler = BackgroundScheduler(
            timezone=WITA,
            executors={"default": ThreadPoolExecutor(1), NOTICES: ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS},
        )
        self._scheduler.add_listener(_tell, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_ERROR)
        self._scheduler.add_job(self._tell_people, "interval", minutes=NOTICE_MINUTES, id=NOTICES, executor=NOTICES)
        self._built: Catalogue | None = None
        self._state = SchedulerState(holder_name(), clock(), clock(), None)
        self._chores: dict[Callable[[], None], float] = {
            self._build_jobs: TICK_SECONDS,
            self._report: SEEN_SECONDS,
            self._look: LOOK_SECONDS,
            self._open_inbox: LOOK_SECONDS,
        }

    def work(self, stopping: threading.Event) -> None:
        """Work until told to stop, or until the place is lost; the run at work is finished, within bounds."""
        log.info("penjadwal bekerja")
        thread = threading.Thread(target=self._turns.work, name="turns", daemon=True)
        thread.start()
        self._scheduler.start()
        done: dict[Callable[[], None], float] = {}
        while not stopping.is_set():
            if not self._lock.is_held():
                log.error("penjadwal kehilangan tempatnya; mencoba lagi")
                break
            self._do_chores(done)
            stopping.wait(TICK_SECONDS)
        self._end(thread)

    def _end(self, thread: threading.Thread) -> None:
        self._scheduler.shutdown(wait=False)
        self._wanted.close()
        if self._turns.at_work:
            log.info("penjadwal berhenti; %s diselesaikan dulu", self._turns.at_work)
        thread.join(STOP_SECONDS)
        if thread.is_alive():
            self._turns.kill()
            thread.join()
        self._lock.release()

    def _do_chores(self, done: dict[Callable[[], None], float]) -> None:
        for chore, seconds in self._chores.items():
            if time.monotonic() - done.get(chore, -seconds) < seconds:
                continue
            done[chore] = time.monotonic()
            try:
                chore()
            except SQLAlchemyError as error:  # a long load may hold SQLite's only write lock
                log.info("gudang data belum dapat dipakai, dicoba lagi: %s", explain(error))
            except Exception:  # one chore's trouble keeps neither the others nor the feeds
                log.exception("kesalahan tak terduga pada penjadwal")

    def _build_jobs(self) -> None:
        """Make the jobs those of the catalogue as it stands."""
        catalogue = self._watch.current()
        if self._watch.trouble != self._state.trouble:
            self._report()
        if catalogue is self._built:
            return
        jobs = {job.id: job for job in self._scheduler.get_jobs() if job.id != NOTICES}
        wanted = {feed.id: feed.schedule for feed in catalogue.feeds if feed.schedule}
        for name in jobs.keys() - wanted.keys():
            self._scheduler.remove_job(name)
        for name, schedule in wanted.items():
            if name not in jobs or jobs[name].name != schedule:
                self._add_job(name, schedule)
        self._built = catalogue
        self._look()

    def _add_job(self, name: str, schedule: str) -> None:
        trigger = cron_trigger(schedule)
        self._scheduler.add_job(self._wanted.put, trigger, args=[name], id=name, name=schedule, replace_existing=True)
        due = next_time(schedule, self._clock())
        log.info("%s: jadwal “%s”, berikutnya %s", name, schedule, moment_words(due) if due else "tidak ada")

    def _report(self) -> None:
        """Let everybody see that this scheduler is at work, and what troubles it."""
        self._state = dataclasses.replace(self._state, seen_at=self._clock(), trouble=self._watch.trouble)
        keep_seen(self._engine, self._state)

    def _look(self) -> None:
        """Ask for the feeds that are due, that were cut short, and that could not be run before."""
        now, later = self._clock(), self._turns.later
        with self._engine.connect() as connection:
            opened, again, until = open_feeds(connection), feeds_cut_short(connection), answered_until(connection)
        for name in opened - {self._turns.at_work}:
            if self._end_orphans(name):
                self._wanted.put(name, even_if_not_due=True)
        for feed in self._watch.current().feeds:
            if feed.id in again or (feed.schedule and is_due(feed.schedule, until.get(feed.id), now)):
                self._wanted.put(feed.id)
        for name in list(later):
            self._wanted.put(name, later.pop(name))

    def _open_inbox(self) -> None:
        """Let the feeds run at once whose files have come."""
        for name in self._inbox.waiting(self._watch.current().feeds, self._clock()):
            self._wanted.put(name, even_if_not_due=True)

    def _tell_people(self) -> None:
        send_round(self._engine, self._watch.current(), self._clock, os.environ)

    def _end_orphans(self, name: str) -> list[int]:
        """End the attempts of a feed that nobody works on; the feed's lock tells."""
        try:
            with feed_lock(self._engine, name, 0):
                return end_orphans(self._engine, name, self._clock(), "interrupted", CUT_SHORT)
        except LockedError:
            return []


def _tell(event: JobEvent) -> None:
    trouble = getattr(event, "exception", None) or "waktu jalan terlewat"
    log.warning("%s: %s; yang terlewat dijalankan pada pemeriksaan berikutnya", event.job_id, trouble)
