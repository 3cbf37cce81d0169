"""The ledger of due times: a run answers for all that nobody has answered for, each once, in the table `due`."""

from __future__ import annotations

import contextlib
import datetime as dt

from etl.catalogue.cron import due_times
from etl.catalogue.feeds import Feed
from etl.connectors.base import Delivery
from etl.jobs.job_context import JobContext
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import CUT_SHORT, holder_name, keep_catalogue, receive
from etl.jobs.loading.raw_files import INBOX
from etl.jobs.locks import feed_lock
from etl.jobs.scheduling.inbox_watch import SETTLED_SECONDS
from etl.jobs.workbooks.returned_copy import set_aside
from etl.warehouse.read.journal import attempts
from etl.warehouse.read.schedule_state import answered_until, catalogue_since, feeds_cut_short
from etl.warehouse.write.attempts import end_orphans, finish_attempt, start_attempt

RUNS_ENDED = 2
UNWORKABLE = (
    "Berkas ini dua kali membuat proses pemuatan data terhenti, karena terlalu besar atau rusak, jadi dikeluarkan "
    "tanpa dibaca. Buka di Excel, hapus lembar dan gambar yang tidak perlu, simpan ulang sebagai .xlsx atau CSV."
)
LOCK_WAIT = 5  # seconds; then the feed goes to the end of the queue, for others wait as well


def run_due(context: JobContext, feed: Feed, wanted: bool) -> list[Report]:
    """Run a feed for the scheduler, for all its due times that nobody has answered for; nothing where there are none.

    Raises LockedError where another load of the feed goes on.
    """
    with feed_lock(context.engine, feed.id, LOCK_WAIT):
        orphans = end_orphans(context.engine, feed.id, context.now(), "interrupted", CUT_SHORT)
        with context.engine.connect() as connection:
            again, tried = feed.id in feeds_cut_short(connection), feed.id in answered_until(connection)
        if not tried:  # its due times begin with its catalogue
            keep_catalogue(context)
        dues = _unanswered(context, feed)
        if not (dues or orphans or again or wanted):
            return []
        keep_catalogue(context)
        return receive(context, feed, dues=dues, settled=SETTLED_SECONDS)


def give_up(context: JobContext, feed: Feed, message: str) -> None:
    """Record that a run was killed or died: its open attempt has failed, with its due times, or a new one has.

    A file of the inbox on which two runs in a row have ended so is taken out, or it would keep all others from being
    read. Raises LockedError where another load of the feed goes on.
    """
    engine = context.engine
    with feed_lock(engine, feed.id, LOCK_WAIT):
        if not end_orphans(engine, feed.id, context.now(), "failed", message):
            attempt = start_attempt(engine, feed.id, context.now(), holder_name(), _unanswered(context, feed))
            finish_attempt(engine, attempt, "failed", message, context.now())
            return
        with engine.connect() as connection:
            last = attempts(connection, feed.id, RUNS_ENDED)
        file, ended = last[0].file, [(each.sha256, each.outcome in ("failed", "interrupted")) for each in last]
        if file and file.startswith(INBOX) and ended == [(last[0].sha256, True)] * RUNS_ENDED:
            with contextlib.suppress(FileNotFoundError):  # its sender took it back
                delivery = Delivery(file, (context.root / file).read_bytes())
                if delivery.sha256 == last[0].sha256:
                    set_aside(context, feed, delivery, UNWORKABLE)


def _unanswered(context: JobContext, feed: Feed) -> list[dt.datetime]:
    """List the due times that nobody answered for; what was never tried is due since its catalogue is in force."""
    if feed.schedule is None:
        return []
    with context.engine.connect() as connection:
        since, known = answered_until(connection).get(feed.id), catalogue_since(connection)
    now = context.now()
    if since is None:
        return (due_times(feed.schedule, known, now) if known else []) or [now]
    return due_times(feed.schedule, since, now)
