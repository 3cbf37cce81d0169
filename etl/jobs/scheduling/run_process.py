"""One run of a feed in a process of its own: it may hang or crash, and harms nothing but itself.

A process that is forked for each run from a preloaded server costs some 30 ms, gives all its memory back, and has none
of the scheduler's threads. It is only ever killed: a load is one transaction, so there is nothing to say good-bye to.
"""

from __future__ import annotations

import datetime as dt
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Literal

from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.models import Catalogue
from etl.jobs.job_context import JobContext
from etl.jobs.loading.delivery_load import Report
from etl.jobs.locks import LockedError
from etl.jobs.logs import log_to_stderr
from etl.jobs.scheduling.due_runs import LOCK_WAIT, run_due
from etl.jobs.scheduling.processes import PROCESSES, end_with_parent, started
from etl.warehouse.db_errors import explain
from etl.warehouse.engine import open_engine

DRIVERS = ("sqlalchemy.dialects.sqlite.pysqlite", "sqlalchemy.dialects.postgresql.psycopg", "psycopg")
How = Literal["done", "busy", "late", "died"]


@dataclass(frozen=True, slots=True)
class RunTask:
    """A run of a feed, with what makes up its context over there. A `wanted` one runs even where it is not due."""

    feed: str
    wanted: bool
    url: str
    catalogue: Catalogue
    root: Path
    home: str
    environ: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, context: JobContext, feed: str, wanted: bool) -> RunTask:
        """Pack a context for another process, which opens the warehouse itself."""
        url = context.engine.url.render_as_string(hide_password=False)
        return cls(feed, wanted, url, context.catalogue, context.root, context.home, context.environ)

    def context(self) -> JobContext:
        engine = open_engine(self.url)
        return JobContext(engine, self.catalogue, self.root, lambda: dt.datetime.now(dt.UTC), self.home, self.environ)


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
        self._process: BaseProcess | None = None

    def run(self, task: RunTask) -> Ending:
        """Run a feed and wait for it, no longer than the feed's time-out and the lock's."""
        with started(_work, task) as (self._process, receiver):
            try:
                if not receiver.poll(task.catalogue.feed[task.feed].timeout + LOCK_WAIT):
                    return Ending("late")
                ending: Ending = receiver.recv()
            except EOFError:
                return Ending("died")
            finally:
                self._process = None
        return ending

    def kill(self) -> None:
        """End the run at work, if there is one."""
        if process := self._process:
            process.kill()


def _work(task: RunTask, answer: Connection) -> None:
    """Run the task in this process and tell how it ended."""
    end_with_parent()
    log_to_stderr()
    context = task.context()
    try:
        reports = run_due(context, context.catalogue.feed[task.feed], task.wanted)
        ending = Ending("done", tuple(reports))
    except LockedError as error:
        ending = Ending("busy", said=str(error))
    except SQLAlchemyError as error:
        ending = Ending("busy", said=f"Gudang data tidak dapat dipakai: {explain(error)}.")
    finally:
        context.engine.dispose()
    answer.send(ending)
