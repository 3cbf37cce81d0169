"""Run several schedulers on sixty feeds due every minute, kill one of them every minute, and check what they did.

python -m benchmarks.schedulers                       ten minutes on a SQLite file in a temporary folder
python -m benchmarks.schedulers --url postgresql+psycopg://…   an empty PostgreSQL database
python -m benchmarks.schedulers --minutes 3 --feeds 20         smaller, for a first look

Each minute every feed's file changes, and one scheduler is killed with -9 at a random moment, two times out of three
the one at work, and started anew. At the end: no due time is answered for twice, none is missing, no two attempts of a
feed overlap, the seals are whole. Exits with 1 where one of these fails.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from etl.warehouse import schema
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read.schedule_state import catalogue_since, scheduler_state
from etl.warehouse.verify import verify

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "import os, sys; from pathlib import Path; from etl.__main__ import main; "
HEADER = "Indikator;Wilayah;Periode;Nilai;Satuan\n"
FEED = """  - id: tugas-{no:02d}
    name: {{id: Tugas {no}, en: Job {no}}}
    connector: file
    path: data/tugas/{no:02d}.csv
    decimal: ","
    columns: {{indicator: Indikator, region: Wilayah, period: Periode, value: Nilai, unit: Satuan}}
    schedule: "* * * * *"
"""
INDICATOR, UNIT = "food-security", "indeks"  # not scored: what is measured is the scheduler
SCHEDULERS = 3
MINUTE = dt.timedelta(minutes=1)
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Run, check and print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="SQLAlchemy URL of an empty database")
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--feeds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pantau-schedulers-") as folder:
        root = Path(folder)
        url = options.url or f"sqlite:///{root}/warehouse.sqlite"
        engine = open_engine(url)
        migrate(engine)
        lay_out(root, options.feeds)
        began = dt.datetime.now(dt.UTC)
        crowd = Crowd(root, url, engine, random.Random(options.seed))
        try:
            calm = crowd.live(options.minutes, options.feeds)
        finally:
            codes = crowd.end()
        print(
            f"{engine.dialect.name}: {options.feeds} feeds every minute, {options.minutes} minutes and what then waits"
        )
        print(f"{SCHEDULERS} schedulers; {len(crowd.takeovers)} of {options.minutes} kills hit the one at work")
        crowd.tell(dt.datetime.now(dt.UTC) - began)
        faults = check(engine, options.feeds, calm) + [f"exit code {code} on SIGTERM" for code in codes if code]
        print("\n".join(faults) if faults else "sound: every due time answered for once, nothing overlaps, seals whole")
        engine.dispose()
        return 1 if faults else 0


def lay_out(root: Path, feeds: int) -> None:
    """Write a checkout with its own feeds and nothing else to load."""
    for name in ("data/reference", "data/published"):
        shutil.copytree(ROOT / name, root / name)
    (root / "data/tugas").mkdir()
    document, _, _ = (ROOT / "indicators.yaml").read_text(encoding="utf-8").partition("\nfeeds:\n")
    declared = "".join(FEED.format(no=no) for no in range(1, feeds + 1))
    (root / "indicators.yaml").write_text(f"{document}\nfeeds:\n{declared}", encoding="utf-8")
    renew(root, feeds, 0)


def renew(root: Path, feeds: int, turn: int) -> None:
    """Give every feed a file with one new figure, each of its own year."""
    for no in range(1, feeds + 1):
        fresh = root / f"data/tugas/{no:02d}.new"
        fresh.write_text(f"{HEADER}{INDICATOR};Paser;{1950 + no};70,{turn + 10};{UNIT}\n", encoding="utf-8")
        fresh.replace(root / f"data/tugas/{no:02d}.csv")


class Crowd:
    """Three schedulers, and the one who kills them."""

    def __init__(self, root: Path, url: str, engine: Engine, dice: random.Random) -> None:
        self._root, self._engine, self._dice = root, engine, dice
        self._environ = {**os.environ, "PANTAU_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
        self._log = (root / "log.txt").open("wb")
        self._processes = [self._start() for _ in range(SCHEDULERS)]
        self.takeovers: list[float] = []
        self._used = 0.0

    def _start(self) -> subprocess.Popen[bytes]:
        program = PROGRAM + f"sys.exit(main(['schedule'], os.environ, Path({str(self._root)!r})))"
        command = [sys.executable, "-c", program]
        return subprocess.Popen(command, cwd=self._root, env=self._environ, stderr=self._log)

    def live(self, minutes: int, feeds: int) -> dt.datetime:
        """Let the minutes pass, then wait for what is still in the queue; return when that began."""
        for minute in range(minutes):
            end = time.monotonic() + 60
            renew(self._root, feeds, minute + 1)
            time.sleep(self._dice.uniform(1, 40))
            self._kill(at_work=minute % 3 != 2)
            time.sleep(max(0.0, end - time.monotonic()))
        calm, deadline = dt.datetime.now(dt.UTC), time.monotonic() + 900
        while time.monotonic() < deadline and _unanswered(self._engine, feeds, calm):
            time.sleep(1)
        return calm

    def _kill(self, at_work: bool) -> None:
        worker = self._worker()
        chosen = [each for each in self._processes if (each.pid == worker) == at_work]
        victim = self._dice.choice(chosen or self._processes)
        self._used += used_seconds(victim.pid)
        victim.send_signal(signal.SIGKILL)
        killed = time.monotonic()
        victim.wait()
        self._processes[self._processes.index(victim)] = self._start()
        if victim.pid != worker:
            return
        while self._worker() == worker and time.monotonic() < killed + 60:
            time.sleep(0.05)
        self.takeovers.append(time.monotonic() - killed)

    def _worker(self) -> int | None:
        with self._engine.connect() as connection:
            state = scheduler_state(connection)
        return int(state.holder.rpartition(":")[2]) if state else None

    def end(self) -> list[int]:
        """Stop all gracefully; return their exit codes."""
        for each in self._processes:
            self._used += used_seconds(each.pid)
            each.terminate()
        codes = [each.wait(90) for each in self._processes]
        self._log.close()
        return codes

    def tell(self, lasted: dt.timedelta) -> None:
        """Print take-over and processor times."""
        if self.takeovers:
            print(f"take-over after kill -9: median {statistics.median(self.takeovers):.1f} s, "
                  f"worst {max(self.takeovers):.1f} s")  # fmt: skip
        print(f"processor: {self._used:.0f} s in {lasted.total_seconds():.0f} s")


def used_seconds(pid: int) -> float:
    """Return the processor time of a process and of its children, with those that they waited for."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS + sum(used_seconds(int(child)) for child in children)


def check(engine: Engine, feeds: int, calm: dt.datetime) -> list[str]:
    """Return what is wrong, as sentences; print what was counted."""
    attempt, due = schema.attempt.c, schema.due.c
    with engine.connect() as connection:
        tries = connection.execute(
            select(attempt.feed, attempt.id, attempt.started_at, attempt.finished_at, attempt.outcome)
            .order_by(attempt.started_at, attempt.id)
        ).all()  # fmt: skip
        answered = connection.execute(select(due.feed, due.due_at, due.attempt_id)).all()
    outcomes = Counter(each.outcome for each in tries)
    covered = len(answered) - len({each.attempt_id for each in answered})
    lasted = [(each.finished_at - each.started_at).total_seconds() for each in tries if each.finished_at]
    print(f"{len(tries)} attempts {dict(outcomes)}, lasting {statistics.median(lasted) * 1000:.0f} ms; "
          f"{len(answered)} due times, {covered} of them covered by a later run")  # fmt: skip
    return [
        *_overlaps(tries),
        *_gaps(tries, answered, engine, feeds, calm),
        *(each.sentence for each in verify(engine)),
    ]


def _overlaps(tries: Sequence[Any]) -> list[str]:
    last: dict[str, dt.datetime] = {}
    faults = []
    for each in tries:
        if each.finished_at is None:
            faults.append(f"attempt {each.id} of {each.feed} never ended")
        elif each.feed in last and each.started_at < last[each.feed]:
            faults.append(f"attempt {each.id} of {each.feed} began before the one before it ended")
        last[each.feed] = each.finished_at or each.started_at
    return faults


def _gaps(tries: Sequence[Any], answered: Sequence[Any], engine: Engine, feeds: int, calm: dt.datetime) -> list[str]:
    outcome = {each.id: each.outcome for each in tries}
    lost = [each for each in answered if outcome[each.attempt_id] not in {"loaded", "unchanged"}]
    faults = [f"{each.feed} of {each.due_at:%H:%M}: {outcome[each.attempt_id]}" for each in lost]
    return faults + [f"{feed} of {due_at:%H:%M}: nobody answered" for feed, due_at in _unanswered(engine, feeds, calm)]


def _unanswered(engine: Engine, feeds: int, calm: dt.datetime) -> list[tuple[str, dt.datetime]]:
    """Return the minutes from the catalogue's record up to `calm` that no attempt answers for, by feed."""
    due = schema.due.c
    times: dict[str, set[dt.datetime]] = {f"tugas-{no:02d}": set() for no in range(1, feeds + 1)}
    with engine.connect() as connection:
        began = catalogue_since(connection) or calm
        for feed, due_at in connection.execute(select(due.feed, due.due_at)):
            times[feed].add(due_at)
    missing = []
    for feed, found in times.items():
        expected = began.replace(second=0, microsecond=0) + MINUTE
        while expected <= calm:
            missing += [] if expected in found else [(feed, expected)]
            expected += MINUTE
    return missing


if __name__ == "__main__":
    sys.exit(main())
