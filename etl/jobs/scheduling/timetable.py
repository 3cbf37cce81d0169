"""What the scheduler at work does and when: each feed at its due times, and its chores every few seconds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from collections.abc import Callable

from apscheduler.schedulers.base import BaseScheduler
from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.cron import cron_trigger, is_due, next_time
from etl.catalogue.models import Catalogue
from etl.catalogue.wita import moment_words
from etl.jobs.job_context import JobContext
from etl.jobs.loading.feed_run import CUT_SHORT, holder_name
from etl.jobs.loading.raw_files import clear_outstayed
from etl.jobs.locks import LockedError, feed_lock
from etl.jobs.reports.notices import send_round
from etl.jobs.scheduling.catalogue_watch import CatalogueWatch
from etl.jobs.scheduling.inbox_watch import Inbox
from etl.jobs.scheduling.run_queue import RunQueue
from etl.warehouse.db_errors import explain
from etl.warehouse.read.schedule_state import SchedulerState, answered_until, feeds_cut_short, open_feeds
from etl.warehouse.write.attempts import end_orphans
from etl.warehouse.write.scheduler_row import keep_seen

log = logging.getLogger(__name__)
FOLLOW_SECONDS = 2
SEEN_SECONDS = LOOK_SECONDS = 10
NOTICE_SECONDS = 300
FEEDS, CHORES, NOTICES = "feeds", "chores", "notices"  # the clock's stores of jobs, and the threads that do them


class Timetable:
    """The jobs of a scheduler that has the place. `context` gives a job's context by the catalogue as it stands."""

    def __init__(
        self, jobs: BaseScheduler, watch: CatalogueWatch, context: Callable[[], JobContext], queue: RunQueue
    ) -> None:
        self._jobs, self._watch, self._context, self._queue = jobs, watch, context, queue
        self._inbox = Inbox(context().root)
        self._followed: Catalogue | None = None
        began = context().now()
        self._state = SchedulerState(holder_name(), began, began, None)
        self._over = False

    def begin(self) -> None:
        """Make the feeds' jobs and let the clock do the chores from now on; call in the chores' thread."""
        self._do(self.follow_catalogue)  # before any chore that may have to wait for SQLite's write lock
        at_once = dt.datetime.now(dt.UTC)
        self._add_chore(self.follow_catalogue, FOLLOW_SECONDS)
        self._add_chore(self.report, SEEN_SECONDS, next_run_time=at_once)
        self._add_chore(self.rescue, LOOK_SECONDS, next_run_time=at_once)
        self._add_chore(self.open_inbox, LOOK_SECONDS, next_run_time=at_once)
        self._add_chore(self.tell_people, NOTICE_SECONDS, executor=NOTICES)

    def end(self) -> None:
        """Take all jobs off the clock; what waits for its thread does nothing any more."""
        self._over = True
        for store in (FEEDS, CHORES):
            self._jobs.remove_all_jobs(store)

    def follow_catalogue(self) -> None:
        """Make the feeds' jobs those of the catalogue as it stands, and catch up on what is due by it."""
        context = self._context()
        if self._watch.trouble != self._state.trouble:
            self.report()
        if context.catalogue is self._followed:
            return
        schedules = {feed.id: feed.schedule for feed in context.catalogue.feeds if feed.schedule and feed.enabled}
        before = {job.id: job.name for job in self._jobs.get_jobs(FEEDS)}
        for name in before.keys() - schedules.keys():
            self._jobs.remove_job(name, FEEDS)
        for name, schedule in schedules.items():
            if before.get(name) != schedule:
                self._add_feed(name, schedule, context.now())
        self._catch_up(context, schedules)
        self._followed = context.catalogue

    def report(self) -> None:
        """Let everybody see that this scheduler is at work, and what troubles it."""
        context = self._context()
        self._state = dataclasses.replace(self._state, seen_at=context.now(), trouble=self._watch.trouble)
        keep_seen(context.engine, self._state)

    def rescue(self) -> None:
        """Ask again for the feeds whose run was cut short, whoever's it was, and for those that could not be run."""
        context = self._context()
        with context.engine.connect() as connection:
            opened, again = open_feeds(connection), feeds_cut_short(connection)
        for name in opened - self._queue.at_work:
            if _end_orphans(context, name):
                self._queue.put(name, wanted=True)
        for name in again & context.catalogue.feed.keys():
            self._queue.put(name)
        self._queue.resume()

    def open_inbox(self) -> None:
        """Let the feeds run at once whose files have come."""
        context = self._context()
        clear_outstayed(context.root, context.today())
        for name in self._inbox.waiting(context.catalogue.feeds, context.now()):
            self._queue.put(name, wanted=True)

    def tell_people(self) -> None:
        """Send the notices that are due."""
        send_round(self._context())

    def _catch_up(self, context: JobContext, schedules: dict[str, str]) -> None:
        """Ask for the feeds that came due while no scheduler was at work, or were never tried."""
        with context.engine.connect() as connection:
            until = answered_until(connection)
        for name, schedule in schedules.items():
            if is_due(schedule, until.get(name), context.now()):
                self._queue.put(name)

    def _add_feed(self, name: str, schedule: str, now: dt.datetime) -> None:
        self._jobs.add_job(
            self._queue.put, cron_trigger(schedule), args=[name], id=name, name=schedule, replace_existing=True,
            jobstore=FEEDS, executor=FEEDS,
        )  # fmt: skip
        due = next_time(schedule, now)
        log.info("%s: jadwal “%s”, berikutnya %s", name, schedule, moment_words(due) if due else "tidak ada")

    def _add_chore(self, chore: Callable[[], None], seconds: float, **options: object) -> None:
        self._jobs.add_job(self._do, "interval", args=[chore], seconds=seconds, jobstore=CHORES, **options)

    def _do(self, chore: Callable[[], None]) -> None:
        """Do a chore; its trouble keeps neither the others nor the feeds."""
        if self._over:
            return
        try:
            chore()
        except SQLAlchemyError as error:  # a long load may hold SQLite's only write lock
            log.info("gudang data belum dapat dipakai, dicoba lagi: %s", explain(error))
        except Exception:
            log.exception("kesalahan tak terduga pada penjadwal")


def _end_orphans(context: JobContext, name: str) -> list[int]:
    """End the attempts of a feed that nobody works on; the feed's lock tells."""
    try:
        with feed_lock(context.engine, name, 0):
            return end_orphans(context.engine, name, context.now(), "interrupted", CUT_SHORT)
    except LockedError:
        return []
