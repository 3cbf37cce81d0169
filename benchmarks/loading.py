"""Load a million tidy rows from CSV, and beside it what else would write them, in one run on one machine.

python -m benchmarks.loading                        SQLite and PostgreSQL, all in temporary folders
python -m benchmarks.loading --rows 200000          smaller, for a first look
python -m benchmarks.loading --only sqlite          one database
python -m benchmarks.loading --dlt-python PATH      with dlt, from an environment of its own: see benchmarks/README.md

Each load is a process of its own: read, validated, versioned and sealed as `etl.jobs.loading.delivery_load` does it,
with the peak of
the process's memory and "cpu", the processor time that it used, to tell a busy machine from a slow load. The others
write the same figures as plain rows with a key, from memory, without any of that.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers import PEERS, read_rows
from benchmarks.rows import FEED, write_files
from benchmarks.server import create_database, postgres_server
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.connectors.base import Delivery
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.job_context import JobContext
from etl.jobs.loading.delivery_load import load_delivery
from etl.settings import HOME
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.write.attempts import start_attempt
from etl.warehouse.write.commits import record_catalogue

ROOT = Path(__file__).resolve().parents[1]
LOADS = (
    ("first load", "first"),
    ("same bytes again", "first"),
    ("other order", "shuffled"),
    ("1 % changed", "changed"),
)
TARGETS = {"sqlite": 80_000, "postgresql": 60_000}  # rows a second on the first load
AGAIN, MEMORY = 1.0, 500  # seconds of the same bytes again, MB of any load
BASE = {"sqlite": "sqlite3 executemany upsert", "postgresql": "COPY into staging and merge"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One way of writing the rows: seconds, and of our own loads processor seconds, peak in MB and what came of it."""

    name: str
    seconds: float
    cpu: float | None = None
    peak: float | None = None
    ending: str = ""


def main() -> None:
    """Measure and print. Whatever needs memory runs in a process of its own, which would hand its peak on to others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", choices=TARGETS)
    parser.add_argument("--dlt-python", type=Path, help="interpreter that can import dlt")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        name, *arguments = options.step
        print(json.dumps(STEPS[name](*arguments)))
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pantau-benchmark-")))
        print(f"the catalogue is read in {min(_reading() for _ in range(3)):.2f} processor seconds")
        _step("files", str(folder), str(options.rows))
        for database in [options.only] if options.only else TARGETS:
            address, first = _addresses(database, folder, stack), str(folder / "first.csv")
            found = [
                Measured(f"Pantau, {name}", **_step("load", address("pantau"), str(folder / f"{file}.csv")))
                for name, file in LOADS
            ]
            for place, name in enumerate(PEERS[database]):
                found.append(Measured(name, _step("peer", database, name, address(f"peer{place}"), first)))
            if options.dlt_python:
                found += [_dlt(options.dlt_python, address(way), first, way) for way in ("merge", "append")]
            print_table(database, options.rows, found)


def benchmark_catalogue() -> Catalogue:
    """Return the catalogue of the checkout with the benchmark's feed alone."""
    return load_catalogue(ROOT, CONNECTORS).model_copy(update={"feeds": (FEED,)})


def _reading() -> float:
    """Read the catalogue; return the processor seconds."""
    began = time.process_time()
    load_catalogue(ROOT, CONNECTORS)
    return time.process_time() - began


def _addresses(database: str, folder: Path, stack: ExitStack) -> Callable[[str], str]:
    """Return how to get the address of an empty database of a name."""
    if database == "sqlite":
        return lambda name: f"sqlite:///{folder / name}.sqlite"
    server = stack.enter_context(postgres_server())
    made: set[str] = set()

    def address(name: str) -> str:
        if name not in made:
            made.add(name)
            return create_database(server, name)
        return server % name

    return address


def make_files(folder: str, rows: str) -> None:
    """Write the deliveries."""
    write_files(Path(folder), benchmark_catalogue(), int(rows))


def load(url: str, file: str) -> dict[str, float | str]:
    """Load one file; return seconds, processor seconds, the peak of the process's memory and the ending."""
    catalogue, engine = benchmark_catalogue(), open_engine(url)
    migrate(engine)
    record_catalogue(engine, catalogue, _now())
    began, used = time.perf_counter(), time.process_time()
    delivery = Delivery("sejuta.csv", Path(file).read_bytes())
    attempt = start_attempt(engine, FEED.id, _now())
    context = JobContext(engine, catalogue, Path(file).parent, _now, HOME.default, {})
    report = load_delivery(context, FEED, delivery, attempt)
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    engine.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = f"{report.accepted:,} new, {report.unchanged:,} unchanged, {report.refused:,} returned"
    return {"seconds": seconds, "cpu": cpu, "peak": peak, "ending": f"{report.ending}: {counts} {report.message}"}


def write_plainly(database: str, name: str, url: str, file: str) -> float:
    """Let a peer write the rows of a file, which are read before; return the seconds."""
    rows = read_rows(Path(file))
    began = time.perf_counter()
    PEERS[database][name](url, rows)
    return time.perf_counter() - began


STEPS: dict[str, Callable[..., Any]] = {"files": make_files, "load": load, "peer": write_plainly}


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _step(*arguments: str) -> Any:
    return json.loads(_run([sys.executable, "-m", "benchmarks.loading", "--step", *arguments]))


def _dlt(python: Path, url: str, file: str, way: str) -> Measured:
    script = str(ROOT / "benchmarks" / "dlt_rows.py")
    return Measured(f"dlt, {way}", float(_run([str(python), script, url, file, way]).split()[-1]))


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True).stdout


def print_table(database: str, rows: int, found: list[Measured]) -> None:
    """Print what was measured, each beside the database's own way, and whether the targets were met."""
    base = next(each.seconds for each in found if each.name == BASE[database])
    print(f"\n{database}, {rows:,} rows; ratio to: {BASE[database]}")
    print(f"{'':32}{'s':>8}{'cpu s':>8}{'rows/s':>11}{'ratio':>7}{'peak MB':>9}")
    for each in found:
        cpu, peak = (f"{value:.1f}" if value is not None else "" for value in (each.cpu, each.peak))
        speed = f"{rows / each.seconds:,.0f}"
        print(f"{each.name:32}{each.seconds:8.2f}{cpu:>8}{speed:>11}{base / each.seconds:7.2f}{peak:>9}  {each.ending}")
    first, again, *others = found[: len(LOADS)]
    print(f"first load at {TARGETS[database]:,} rows/s: {_verdict(rows / first.seconds >= TARGETS[database])}")
    print(f"same bytes again under {AGAIN:.0f} s: {_verdict(again.seconds < AGAIN)}")
    print(f"other loads no slower than the first: {_verdict(all(each.seconds <= first.seconds for each in others))}")
    peaks = max(each.peak or 0 for each in found)
    print(f"peak under {MEMORY} MB: {_verdict(peaks < MEMORY)}")


def _verdict(met: bool) -> str:
    return "yes" if met else "NO"


if __name__ == "__main__":
    main()
