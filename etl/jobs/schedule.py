"""The scheduler: one process, jobs rebuilt from the catalogue at start, each feed at its time in WITA."""

from __future__ import annotations

import datetime as dt
import logging
import signal
import threading
from collections.abc import Callable, Mapping
from types import FrameType

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent, JobSubmissionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from etl.catalogue.models import Catalogue
from etl.jobs.load import WITA, Clock

log = logging.getLogger(__name__)
GRACE_SECONDS = 12 * 3600  # a run that is late (machine asleep, long load before it) still runs the same day
FIELDS = ("minute", "hour", "day", "month", "day_of_week")
RunFeed = Callable[[str], None]


def trigger_for(schedule: str) -> CronTrigger:
    """Read a five-field cron line in WITA; weekdays by name only, for numbers mean other days here than in cron.

    Raises ValueError naming the line.
    """
    parts = schedule.split()
    if len(parts) != len(FIELDS) or any(mark.isdigit() for mark in parts[4]):
        raise ValueError(f"jadwal “{schedule}” harus lima bagian dengan nama hari, misalnya: 0 6 * * mon")
    return CronTrigger(**dict(zip(FIELDS, parts, strict=True)), timezone=WITA)


def next_run(schedule: str, now: dt.datetime) -> dt.datetime | None:
    """Tell when a schedule is next due, in WITA."""
    due: dt.datetime | None = trigger_for(schedule).get_next_fire_time(None, now.astimezone(WITA))
    return due


def is_overdue(schedule: str, last_attempt: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether a due time has passed since the last attempt, as after a night without power."""
    if last_attempt is None:
        return True
    due = next_run(schedule, last_attempt)
    return due is not None and due <= now


def build_scheduler(
    catalogue: Catalogue, run_feed: RunFeed, last_attempts: Mapping[str, dt.datetime], clock: Clock
) -> BlockingScheduler:
    """Make a scheduler with one job per scheduled feed; those overdue run at once.

    Jobs live in memory: the catalogue is the only place that says when a feed runs. One worker, so that loads queue
    instead of waiting for each other's lock; `coalesce` makes one run of many missed ones.
    """
    scheduler = BlockingScheduler(
        timezone=WITA,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS},
    )
    now = clock()
    for feed in catalogue.feeds:
        if feed.schedule is None:
            continue
        overdue = is_overdue(feed.schedule, last_attempts.get(feed.id), now)
        due = now if overdue else next_run(feed.schedule, now)
        scheduler.add_job(
            run_feed, trigger_for(feed.schedule), args=[feed.id], id=feed.id, replace_existing=True, next_run_time=due
        )
        log.info("%s: jadwal “%s”, berikutnya %s", feed.id, feed.schedule, wita(due) if due else "tidak ada")
    scheduler.add_listener(_log_skipped, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
    return scheduler


def wita(moment: dt.datetime) -> str:
    """Write a moment in WITA."""
    return f"{moment.astimezone(WITA):%Y-%m-%d %H:%M} WITA"


def _log_skipped(event: JobExecutionEvent | JobSubmissionEvent) -> None:
    log.warning("%s: waktu jalan terlewat; jadwal berikutnya tetap berlaku", event.job_id)


class Stopper:
    """Stops a scheduler once on SIGTERM or SIGINT: no new feed starts, the one at work is finished."""

    def __init__(self, scheduler: BlockingScheduler) -> None:
        self._scheduler = scheduler
        self.stopping = threading.Event()

    def listen(self) -> None:
        """Take over both signals; call from the main thread."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._receive)

    def _receive(self, _number: int, _frame: FrameType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop taking new work; `start` of the scheduler returns at once, the feed at work goes on to its end."""
        if self.stopping.is_set():
            return
        self.stopping.set()
        log.info("penjadwal berhenti; penerimaan yang sedang berjalan diselesaikan dulu")
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
