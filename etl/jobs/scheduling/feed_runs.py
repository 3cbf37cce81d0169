"""The feeds' runs, a few at a time, each in a process of its own that may die or hang."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.jobs.job_context import JobContext
from etl.jobs.reports.run_report import ending_words
from etl.jobs.scheduling.due_runs import give_up
from etl.jobs.scheduling.run_process import Ending, RunTask, Worker
from etl.jobs.scheduling.run_queue import RunQueue

log = logging.getLogger(__name__)
STOP_SECONDS = 60  # that the runs at work are given to finish
LATE = "Pemuatan data melewati batas waktu {timeout} detik dan dihentikan; tidak ada yang dimuat. Periksa sumbernya."
DIED = "Proses pemuatan data mati dua kali berturut-turut; tidak ada yang dimuat. Periksa berkasnya dan memori mesin."


class FeedRuns:
    """Takes feeds from the queue until it is closed. `context` gives a job's context by the catalogue as it stands."""

    def __init__(self, context: Callable[[], JobContext], queue: RunQueue, at_once: int) -> None:
        self._context, self._queue, self._killed = context, queue, False
        self._in_force: list[Catalogue] = []
        self._turnover = threading.Condition()
        self._workers = [Worker() for _ in range(at_once)]
        self._threads = [threading.Thread(target=self._work, args=(each,), daemon=True) for each in self._workers]

    def start(self) -> None:
        """Begin to take feeds, each of the threads one at a time."""
        for each in self._threads:
            each.start()

    def end(self) -> None:
        """Take nothing more; runs at work are finished within bounds, then killed and left to the next scheduler."""
        self._queue.close()
        if at_work := self._queue.at_work:
            log.info("penjadwal berhenti; %s diselesaikan dulu", ", ".join(sorted(at_work)))
        deadline = time.monotonic() + STOP_SECONDS
        for each in self._threads:
            each.join(max(0.0, deadline - time.monotonic()))
        self._killed = True
        for worker, thread in zip(self._workers, self._threads, strict=True):
            worker.kill()
            thread.join()

    def _work(self, worker: Worker) -> None:
        while turn := self._queue.take():
            feed, wanted = turn
            try:
                self._run(worker, feed, wanted)
            except Exception:  # no trouble with one feed keeps the others from their runs
                log.exception("%s: kesalahan tak terduga pada penjadwal", feed)
                self._queue.postpone(feed, wanted)
            self._queue.done(feed)

    def _run(self, worker: Worker, name: str, wanted: bool) -> None:
        with self._admitted() as context:
            if name not in context.catalogue.feed or self._queue.is_closed:
                return
            ending = worker.run(RunTask.of(context, name, wanted))
            if ending.how == "died" and not self._killed:
                log.warning("%s: prosesnya mati; dijalankan sekali lagi", name)
                ending = worker.run(RunTask.of(context, name, True))
            if not self._killed:
                self._judge(context, context.catalogue.feed[name], ending, wanted)

    @contextlib.contextmanager
    def _admitted(self) -> Iterator[JobContext]:
        """Give a run its context; none begins by a new catalogue while others go on by the old one: they would fail."""
        with self._turnover:
            context = self._context()
            while self._in_force and context.catalogue is not self._in_force[-1]:
                self._turnover.wait()
                context = self._context()
            self._in_force.append(context.catalogue)
        try:
            yield context
        finally:
            with self._turnover:
                self._in_force.pop()
                self._turnover.notify_all()

    def _judge(self, context: JobContext, feed: Feed, ending: Ending, wanted: bool) -> None:
        for each in ending.reports:
            counts = f"{each.rows_read} baris dibaca, {each.refused} dikembalikan"
            log.info("%s: %s, %s", feed.id, ending_words(each), counts)
        if ending.how == "busy":
            log.info("%s: dijalankan nanti: %s", feed.id, ending.said)
            self._queue.postpone(feed.id, wanted)
        elif ending.how != "done":
            sentence = DIED if ending.how == "died" else LATE.format(timeout=feed.timeout)
            log.error("%s: %s", feed.id, sentence)
            give_up(context, feed, sentence)
