"""The feeds' turns, one after the other, each in a process of its own that may die or hang."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Engine

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.jobs.loading.delivery_load import Clock
from etl.jobs.reports.run_report import ENDINGS
from etl.jobs.wanted import Wanted
from etl.jobs.watch import CatalogueWatch
from etl.jobs.worker import Ending, Task, Worker, give_up

log = logging.getLogger(__name__)
LATE = "Penerimaan melewati batas waktu {timeout} detik dan dihentikan; tidak ada yang dimuat. Periksa sumbernya."
DIED = "Proses penerimaan mati dua kali berturut-turut; tidak ada yang dimuat. Periksa berkasnya dan memori mesin."


class Turns:
    """Takes feeds from the queue; `at_work` is the one whose turn it is, `later` those that could not be run."""

    def __init__(self, engine: Engine, root: Path, watch: CatalogueWatch, clock: Clock, wanted: Wanted) -> None:
        self._engine, self._root, self._watch, self._clock = engine, root, watch, clock
        self._wanted, self._worker, self._killed = wanted, Worker(), False
        self.at_work: str | None = None
        self.later: dict[str, bool] = {}

    def work(self) -> None:
        """Give feeds their turns until the queue is closed."""
        while turn := self._wanted.take():
            self.at_work, even_if_not_due = turn
            try:
                self._run(self.at_work, even_if_not_due)
            except Exception:  # no trouble with one feed keeps the others from their turns
                log.exception("%s: kesalahan tak terduga pada penjadwal", self.at_work)
                self.later[self.at_work] = even_if_not_due
            self.at_work = None

    def kill(self) -> None:
        """End the run at work; it is an orphan that the next scheduler runs again."""
        self._killed = True
        self._worker.kill()

    def _run(self, name: str, even_if_not_due: bool) -> None:
        catalogue = self._watch.current()
        if name not in catalogue.feed:
            return
        ending = self._try(catalogue, name, even_if_not_due)
        if ending.how == "died" and not self._killed:
            log.warning("%s: prosesnya mati; dijalankan sekali lagi", name)
            ending = self._try(catalogue, name, True)
        if not self._killed:
            self._judge(catalogue, catalogue.feed[name], ending, even_if_not_due)

    def _try(self, catalogue: Catalogue, name: str, even_if_not_due: bool) -> Ending:
        url = self._engine.url.render_as_string(hide_password=False)
        return self._worker.run(Task(url, self._root, catalogue, name, even_if_not_due))

    def _judge(self, catalogue: Catalogue, feed: Feed, ending: Ending, even_if_not_due: bool) -> None:
        for each in ending.reports:
            counts = f"{each.rows_read} baris dibaca, {each.refused} dikembalikan"
            log.info("%s: %s, %s", feed.id, ENDINGS[each.ending], counts)
        if ending.how == "busy":
            log.info("%s: dijalankan nanti: %s", feed.id, ending.said)
            self.later[feed.id] = even_if_not_due
        elif ending.how != "done":
            sentence = DIED if ending.how == "died" else LATE.format(timeout=feed.timeout)
            log.error("%s: %s", feed.id, sentence)
            give_up(self._engine, catalogue, feed, self._root, self._clock, sentence)
