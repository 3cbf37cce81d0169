"""Kill the loader with -9 at random moments of its load, and check after each that nothing is broken, lost or doubled.

python -m benchmarks.kills                       200 kills on a SQLite file in a temporary folder
python -m benchmarks.kills --url postgresql+psycopg://…   on an empty PostgreSQL database
python -m benchmarks.kills --kills 20 --rows 500          smaller, for a first look

Every load changes every figure of its feed. A kill comes at any moment from before the attempt to after the commit;
after it `verify` must find all seals whole, the next run must load what was sent, and in the end all versions and the
content hashes of all vintages must be those of a warehouse that loaded the same files undisturbed. Every BATCH kills
begin with an empty warehouse. Exits with 1 where one of these fails.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, select

from etl.catalogue.feeds import Feed
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.job_context import JobContext
from etl.jobs.loading.feed_run import run_feeds
from etl.settings import HOME
from etl.warehouse import schema
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.verify import verify

ROOT = Path(__file__).resolve().parents[1]
PROCESSES = multiprocessing.get_context("forkserver")
BATCH = 25
LATE = "after the end"
HEADER = "Indikator;Wilayah;Periode;Nilai;Satuan\n"
FEED = Feed.model_validate(
    {
        "id": "uji",
        "name": {"id": "Kiriman uji", "en": "Trial feed"},
        "connector": "file",
        "path": "data/inbox/uji/*.csv",
        "decimal": ",",
        "columns": {
            **{"indicator": "Indikator", "region": "Wilayah", "period": "Periode"},
            **{"value": "Nilai", "unit": "Satuan"},
        },
    }
)


def main() -> int:
    """Kill, check and print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="SQLAlchemy URL of an empty database")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    PROCESSES.set_forkserver_preload([__name__, "etl.jobs.loading.feed_run"])
    dice, faults, landed = random.Random(options.seed), list[str](), Counter[str]()
    began = time.monotonic()
    for first in range(0, options.kills, BATCH):
        with tempfile.TemporaryDirectory(prefix="pantau-kills-") as folder:
            trial = Trial(Path(folder), options.url or f"sqlite:///{folder}/warehouse.sqlite", options.rows)
            trial.measure()
            if first == 0:
                print(f"{trial.engine.dialect.name}: {options.rows} rows, a load takes {trial.lasts:.2f} s")
            hits = 0
            while hits < min(BATCH, options.kills - first):
                where = trial.kill_once(dice.uniform(0, 1.1))
                landed[where] += 1
                hits += where != LATE
            faults += trial.compare()
            trial.engine.dispose()
    late = landed.pop(LATE, 0)
    print(f"{options.kills} kills in {time.monotonic() - began:.0f} s: {dict(landed)}; {late} more came too late")
    print("\n".join(faults) if faults else "sound: seals whole after each, nothing doubled, nothing lost")
    return 1 if faults else 0


class Steps:
    """Count this process's statements, commits and moves of files, and kill it with -9 at the last it may come to."""

    def __init__(self, last: int | None) -> None:
        self.taken, self._last = 0, last
        event.listen(Engine, "before_cursor_execute", self._take)
        event.listen(Engine, "commit", self._take)
        sys.addaudithook(self._hear)

    def _take(self, *_: object) -> None:
        self.taken += 1
        if self.taken == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def _hear(self, happening: str, _: tuple[object, ...]) -> None:
        if happening in ("os.mkdir", "os.rename", "os.remove"):
            self._take()


def job(engine: Engine, catalogue: Catalogue, root: Path) -> JobContext:
    """Put together what a load works with."""
    return JobContext(engine, catalogue, root, lambda: dt.datetime.now(dt.UTC), HOME.default, {})


def load(url: str, root: Path, catalogue: Catalogue, begun: Any, last: int | None) -> None:
    """Do what `python -m etl run uji` does, in a process of its own that may die at its `last` step."""
    begun.send(True)
    steps, engine = Steps(last), open_engine(url)
    for report in run_feeds(job(engine, catalogue, root), [FEED]):
        begun.send((report.ending, steps.taken))
    engine.dispose()


def empty(url: str) -> Engine:
    """Open a warehouse with nothing in it; what a PostgreSQL database holds is dropped."""
    if url.startswith("postgresql"):
        server = create_engine(url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        server.dispose()
    engine = open_engine(url)
    migrate(engine)
    return engine


class Trial:
    """A warehouse whose loader is killed, and the files that were sent to it."""

    def __init__(self, root: Path, url: str, rows: int) -> None:
        self._root, self._url = root, url
        self.engine = empty(url)
        self._catalogue = load_catalogue(ROOT, CONNECTORS).model_copy(update={"feeds": (FEED,)})
        codes = [each.code for each in self._catalogue.regions if each.level in ("regency", "district", "village")]
        self._keys = [(code, year) for year in range(2024, 1990, -1) for code in codes][:rows]
        self._inbox = root / "data/inbox/uji"
        self._inbox.mkdir(parents=True)
        self._sent, self.lasts, self.steps = 0, 0.0, 0
        self._faults: list[str] = []

    def _send(self, inbox: Path, turn: int) -> None:
        rows = (f"ipm;{code};{year};{60 + turn % 9},{turn % 90 + 10};indeks\n" for code, year in self._keys)
        (inbox / "kiriman.csv").write_text(HEADER + "".join(rows), encoding="utf-8")

    def _start(self, last: int | None = None) -> tuple[BaseProcess, Any]:
        told, begun = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=load, args=(self._url, self._root, self._catalogue, begun, last))
        process.start()
        begun.close()
        told.recv()
        return process, told

    def _finish(self) -> str:
        """Run to the end; return the report's ending, and remember the time and the steps that a load takes."""
        process, told = self._start()
        began = time.monotonic()
        process.join()
        ending, steps = told.recv() if told.poll() else (f"exit code {process.exitcode}", 0)
        if ending == "loaded":
            self.lasts, self.steps = time.monotonic() - began, steps
        return str(ending)

    def measure(self) -> None:
        """Load undisturbed twice; the first load also starts the server that loaders are forked from."""
        for _ in range(2):
            self._sent += 1
            self._send(self._inbox, self._sent)
            if (ending := self._finish()) != "loaded":
                self._faults.append(f"undisturbed load {self._sent}: {ending}")

    def kill_once(self, share: float) -> str:
        """Send a file, kill its load after a share of its time, check, run again, check; tell where the kill hit."""
        return self._kill(None, share * self.lasts)

    def kill_at(self, step: int) -> str:
        """Do the same, but let the load die at a step: on a slow machine too the kill comes where it is meant."""
        return self._kill(step, None)

    def _kill(self, step: int | None, seconds: float | None) -> str:
        self._sent += 1
        self._send(self._inbox, self._sent)
        before = self._last_vintage()
        process, _ = self._start(step)
        process.join(seconds)
        process.kill()
        process.join()
        ended = process.exitcode == 0
        if not ended and process.exitcode != -signal.SIGKILL:
            self._faults.append(f"load {self._sent} ended with exit code {process.exitcode}")
        committed = self._last_vintage() > before
        self._faults += [f"after kill {self._sent}: {each.sentence}" for each in verify(self.engine)]
        ending = self._finish()
        expected = {"absent"} if ended else {"unchanged", "absent"} if committed else {"loaded"}
        if ending not in expected:
            self._faults.append(f"run after kill {self._sent}: {ending} instead of {expected}")
        if (self._inbox / "kiriman.csv").exists():
            self._faults.append(f"file {self._sent} still lies in the inbox")
        return LATE if ended else "after the commit" if committed else "before the commit"

    def _last_vintage(self) -> int:
        with self.engine.connect() as connection:
            return int(connection.scalar(select(schema.vintage.c.no).order_by(schema.vintage.c.no.desc())) or 0)

    def compare(self) -> list[str]:
        """Load the same files undisturbed into another warehouse; return what differs, and what went wrong before."""
        faults = [*self._faults, *(each.sentence for each in verify(self.engine))]
        root = self._root / "undisturbed"
        inbox = root / "data/inbox/uji"
        inbox.mkdir(parents=True)
        engine = empty(f"sqlite:///{root}/warehouse.sqlite")
        for turn in range(1, self._sent + 1):
            self._send(inbox, turn)
            list(run_feeds(job(engine, self._catalogue, root), [FEED]))
        if contents(engine) != contents(self.engine):
            faults.append(f"the versions or content hashes are not those of {self._sent} undisturbed loads")
        engine.dispose()
        with self.engine.connect() as connection:
            attempt = schema.attempt.c
            opened = connection.scalars(select(attempt.id).where(attempt.outcome.is_(None))).all()
        return faults + [f"attempt {each} never ended" for each in opened]


def contents(engine: Engine) -> tuple[list[Any], list[Any]]:
    """Return all versions by their natural keys, and the vintages with their content hashes."""
    figure, region, period = schema.observation.c, schema.region.c, schema.period.c
    versions = (
        select(region.code, period.code, figure.vintage_no, figure.superseded_in, figure.version, figure.printed)
        .join_from(schema.observation, schema.region, region.id == figure.region_id)
        .join(schema.period, period.id == figure.period_id)
        .order_by(region.code, period.code, figure.vintage_no)
    )
    sealed = select(schema.seal.c.vintage_no, schema.seal.c.content).order_by(schema.seal.c.vintage_no)
    with engine.connect() as connection:
        found = sorted(tuple(str(each) for each in row) for row in connection.execute(versions))
        return found, [tuple(row) for row in connection.execute(sealed)]


if __name__ == "__main__":
    sys.exit(main())
