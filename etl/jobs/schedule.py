"""The scheduler's process: of any number of them one works, the others wait for its place."""

from __future__ import annotations

import logging
import signal
import threading
from pathlib import Path
from types import FrameType

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from etl.jobs.loading.delivery_load import Clock
from etl.jobs.locks import Lock, scheduler_lock
from etl.jobs.shift import TICK_SECONDS, Shift
from etl.jobs.watch import CatalogueWatch
from etl.jobs.worker import start_server
from etl.warehouse.db_errors import explain

log = logging.getLogger(__name__)


class Scheduler:
    """Takes the place at work whenever it is free, until told to stop."""

    def __init__(self, engine: Engine, root: Path, clock: Clock) -> None:
        """Read the catalogue; raises CatalogueErrors where it is broken from the beginning."""
        self._engine, self._root, self._clock = engine, root, clock
        self._watch = CatalogueWatch(root)
        self._stopping = threading.Event()

    def listen(self) -> None:
        """Stop on SIGTERM and SIGINT; call from the main thread, before `run`."""
        start_server()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._receive)

    def stop(self) -> None:
        """Start nothing more; the run at work is finished first."""
        self._stopping.set()

    def run(self) -> None:
        """Work while this process has the place, wait for it while another has; return when stopped."""
        waits = False
        while not self._stopping.is_set():
            lock = self._take_place()
            if lock is not None:
                Shift(self._engine, self._root, self._watch, self._clock, lock).work(self._stopping)
            elif not waits:
                log.info("menunggu tempat penjadwal")
            waits = lock is None
            self._stopping.wait(TICK_SECONDS)
        log.info("penjadwal berhenti")

    def _take_place(self) -> Lock | None:
        self._watch.current()  # whoever waits knows the last sound catalogue too
        try:
            return scheduler_lock(self._engine)
        except SQLAlchemyError as error:
            log.error("gudang data tidak terjangkau: %s", explain(error))
            return None

    def _receive(self, _number: int, _frame: FrameType | None) -> None:
        self.stop()
