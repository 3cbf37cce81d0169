"""A small checkout with one feed that is due every minute, its warehouse, and processes that work on both."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from etl.catalogue.feeds import Feed
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.job_context import Clock, JobContext
from etl.jobs.scheduling.scheduler import Scheduler
from etl.measures.observation import Attempt
from etl.settings import Settings
from etl.warehouse.read import queries
from etl.warehouse.read.schedule_state import Due, dues
from tests.jobs import job
from tests.leash import PYTHON

ROOT = Path(__file__).resolve().parents[3]
SOUND = ROOT / "tests/problems/catalogue/sound"
HEADER = "Wilayah,Tahun,Nilai\n"
FEED = """
  - id: {name}
    name: {{id: Kiriman, en: Feed}}
    connector: file
    path: data/kiriman/{name}/*.csv
    decimal: ","
    columns: {{region: Wilayah, period: Tahun, value: Nilai}}
    defaults: {{indicator: stunting, series: ssgi, unit: "%"}}
    schedule: "{schedule}"
    timeout: {timeout}
"""
SOURCE = """
  - id: {name}
    name: {{id: Portal, en: Portal}}
    connector: http_json
    http_json: {{address: "{address}", rows: data}}
    decimal: "."
    columns: {{region: wilayah, period: tahun, value: nilai}}
    defaults: {{indicator: stunting, series: ssgi, unit: "%"}}
    schedule: "* * * * *"
    timeout: 60
"""
ROWS = {"data": [{"wilayah": "Paser", "tahun": "2023", "nilai": "13.1"}]}


def wait_for(condition: Callable[[], object], seconds: float = 300) -> None:
    """Wait until a condition holds; fail where it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


@dataclass
class Town:
    """A checkout and its warehouse."""

    root: Path
    url: str
    engine: Engine
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def declare(self, *names: str, schedule: str = "* * * * *", timeout: int = 60) -> None:
        """Write the feeds of the catalogue."""
        path = self.root / "indicators.yaml"
        document, _, _ = path.read_text(encoding="utf-8").partition("\nfeeds:")
        feeds = "".join(FEED.format(name=name, schedule=schedule, timeout=timeout) for name in names)
        path.write_text(f"{document}\nfeeds:{feeds or ' []'}", encoding="utf-8")

    def declare_source(self, name: str, address: str) -> None:
        """Put a feed from the web before the others."""
        path = self.root / "indicators.yaml"
        text = path.read_text(encoding="utf-8")
        source = SOURCE.format(name=name, address=address)
        path.write_text(text.replace("\nfeeds:", f"\nfeeds:{source}", 1), encoding="utf-8")

    def send(self, value: str = "14,2", name: str = "kiriman") -> None:
        """Lay a file with one figure where the feed looks for it."""
        folder = self.root / "data/kiriman" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "satu.csv").write_text(f'{HEADER}Paser,2024,"{value}"\n', encoding="utf-8")

    def catalogue(self) -> Catalogue:
        return load_catalogue(self.root, CONNECTORS)

    def feed(self, name: str = "kiriman") -> Feed:
        return self.catalogue().feed[name]

    def job(self, at: dt.datetime | Clock | None = None) -> JobContext:
        """Put together what a job works with, now or at another time."""
        return job(self.engine, self.catalogue(), self.root, at or now)

    def scheduler(self, runs: int = 2) -> Scheduler:
        """Make a scheduler of this process."""
        environ = {"PANTAU_DATABASE_URL": self.url, "PANTAU_RUNS": str(runs)}
        return Scheduler(self.engine, Settings.from_environment(environ, self.root), environ, now)

    def attempts(self, name: str = "kiriman") -> list[Attempt]:
        """Return the attempts, oldest first."""
        with self.engine.connect() as connection:
            return queries.attempts(connection, name)[::-1]

    def dues(self, name: str = "kiriman") -> list[Due]:
        """Return the due times that are answered for, oldest first."""
        with self.engine.connect() as connection:
            return dues(connection, name)[::-1]

    def figures(self) -> list[tuple[str, int]]:
        """Return the current figures as printed, with their versions."""
        with self.engine.connect() as connection:
            vintage = queries.current_vintage(connection)
            found = queries.observations(connection, vintage, indicator="stunting") if vintage else []
        return [(each.printed, each.version) for each in found]

    def hear(self, process: subprocess.Popen[str], words: str) -> None:
        """Wait until a process says something."""
        assert process.stdout is not None
        while words not in (line := process.stdout.readline()):
            assert line, f"it ended without saying: {words}"

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command in a process of its own."""
        program = "import os, sys; from pathlib import Path; from etl.__main__ import main; "
        program += f"sys.exit(main({list(words)!r}, os.environ, Path({str(self.root)!r})))"
        environ = {**os.environ, "PANTAU_DATABASE_URL": self.url, "PYTHONPATH": str(ROOT)}
        command = [*PYTHON, "-c", program]
        process = subprocess.Popen(
            command, cwd=self.root, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.processes.append(process)
        return process


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
