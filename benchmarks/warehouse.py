"""Build a warehouse of ten million observations and measure what the dashboard reads from it.

python -m benchmarks.warehouse                      a SQLite file in a temporary folder
python -m benchmarks.warehouse --url postgresql+psycopg://…   an empty PostgreSQL database
python -m benchmarks.warehouse --rows 1000000       smaller, for a first look
python -m benchmarks.warehouse --months 240         longer series of fewer regions

The shape is that of monthly reports: all 457 regions of the catalogue (with more months only the larger ones) by 170
series by 128 months; one load per month, and in each load one figure in twenty of the month before is replaced. Rows
stand in the order of loading, as they would. Every measurement goes through etl.warehouse.read on a connection from
the pool; "cpu" is what this process used of it, to tell a busy machine from a slow read.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text

from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.catalogue.period import from_code
from etl.jobs.connector_registry import CONNECTORS
from etl.measures.observation import Vintage
from etl.warehouse import schema
from etl.warehouse.engine import open_engine, open_reader
from etl.warehouse.migration import migrate
from etl.warehouse.period_keys import period_key
from etl.warehouse.read import queries
from etl.warehouse.seal import text_hash
from etl.warehouse.write.commits import record_catalogue
from etl.warehouse.write.recompute import recompute, scored_regions
from etl.warehouse.write.transactions import appending

ROOT = Path(__file__).resolve().parents[1]
START = dt.datetime(1985, 11, 1, tzinfo=dt.UTC)
SERIES, FIRST_YEAR = 170, 1986
TURNS = 200
LIMITS = {"latest": 10, "series": 10, "scores": 10, "latest, as_of": 300, "series, as_of": 20}

_FIGURE = """
INSERT INTO observation (region_id, series_id, kind, period_id, source_id, vintage_no, superseded_in, version,
    value, annotation_id, position_id, row)
SELECT region.id, series.id, 0, month.period_id, source.id, month.vintage_no + {later}, {superseded}, {later} + 1,
    CAST(CAST(({mix} * 37 + {later}) % 9000 + 100 AS TEXT) || '.' || CAST({mix} % 9 + 1 AS TEXT) AS {exact}),
    {mix} % 4 + 1, 1, {mix} % 50000 + 2
FROM bench_month AS month CROSS JOIN region CROSS JOIN series CROSS JOIN source
WHERE {where}
"""
_MIX = "(region.id * 7919 + series.id * 104729 + month.vintage_no * 31 + source.id * 13)"


def main() -> None:
    """Build, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="SQLAlchemy URL of an empty database")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--months", type=int, default=128)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pantau-benchmark-") as folder:
        url = options.url or f"sqlite:///{folder}/warehouse.sqlite"
        engine = open_engine(url)
        catalogue = load_catalogue(ROOT, CONNECTORS)
        began = time.perf_counter()
        build(engine, catalogue, options.rows, options.months)
        print(f"{engine.dialect.name}: built in {time.perf_counter() - began:.0f} s")
        print_sizes(engine)
        engine.dispose()
        reader = open_reader(url)
        print_times(reader, catalogue)
        reader.dispose()


def build(engine: Engine, catalogue: Catalogue, rows: int, months: int) -> None:
    """Fill an empty database with bulk SQL; seals are placeholders, everything else is as loads would leave it."""
    migrate(engine)
    record_catalogue(engine, catalogue, START)
    with appending(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA cache_size=-2000000")
        _intern(connection, catalogue, rows // (months * SERIES))
        _write_loads(connection, months, catalogue)
        connection.exec_driver_sql("DROP INDEX uq_observation_version")
        exact = "TEXT" if engine.dialect.name == "sqlite" else "NUMERIC"
        plain = {"mix": _MIX, "exact": exact}
        for month in range(2, months + 2):  # one load after the other: its revisions of the last month, then its own
            revised = f"month.vintage_no = {month - 1} AND month.vintage_no > 1 AND {_MIX} % 20 = 0"
            connection.execute(text(_FIGURE.format(**plain, later=1, superseded="NULL", where=revised)))
            superseded = f"CASE WHEN {_MIX} % 20 = 0 AND {month} < {months + 1} THEN {month + 1} END"
            own = f"month.vintage_no = {month}"
            connection.execute(text(_FIGURE.format(**plain, later=0, superseded=superseded, where=own)))
        for index in schema.observation.indexes:
            if index.name == "uq_observation_version":
                index.create(connection)
        newest = "SELECT region_id, series_id, max(period_id) FROM observation GROUP BY region_id, series_id"
        connection.execute(text(f"INSERT INTO latest (region_id, series_id, period_id) {newest}"))
        connection.exec_driver_sql("DROP TABLE bench_month")
        began = time.perf_counter()
        written = recompute(connection, catalogue, months + 1, None)
        print(f"{written} scores computed from monthly figures in {time.perf_counter() - began:.1f} s")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")


def _intern(connection: Connection, catalogue: Catalogue, regions: int) -> None:
    """Write the texts; core series and larger regions come first."""
    indicators = sorted(catalogue.indicators, key=lambda each: each.role != "core")[:SERIES]
    keys = [{"id": place, "code": each.id} for place, each in enumerate(indicators, 1)]
    connection.execute(insert(schema.indicator), keys)
    series = [
        {"id": place, "indicator_id": place, "code": each.default_series} for place, each in enumerate(indicators, 1)
    ]
    connection.execute(insert(schema.series), series)
    by_size = sorted(catalogue.regions, key=lambda each: (each.level == "village", each.level == "district"))[:regions]
    connection.execute(insert(schema.region), [{"code": each.code, "base": each.code} for each in by_size])
    connection.execute(insert(schema.source), {"producer": "bps", "publication": "laporan-bulanan"})
    plain = {"unit": "persen", "printed_unit": "persen", "step": "0.1", "marks": "", "note": "", "plan": ""}
    statuses = ("final", "revised", "preliminary", "estimate")
    notes = [plain | {"key": text_hash(status), "status": status} for status in statuses]
    connection.execute(insert(schema.annotation), notes)
    connection.execute(insert(schema.position), {"sheet": "Data", "column": "C"})


def _write_loads(connection: Connection, months: int, catalogue: Catalogue) -> None:
    """Write the vintage, attempt, run and file of each month, and the months for the figures to come from."""
    connection.exec_driver_sql("CREATE TABLE bench_month (vintage_no INTEGER, period_id INTEGER)")
    document = connection.execute(text("SELECT hash FROM catalogue")).scalar_one()
    for month in range(months):
        number, code = month + 2, f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}"
        period, now = from_code(code), START + dt.timedelta(days=30 * number)
        key = {"id": period_key(code), "code": code, "start": period.start, "end": period.end}
        connection.execute(insert(schema.period).values(key))
        vintage = {"no": number, "kind": "data", "recorded_at": now, "catalogue_hash": document}
        connection.execute(insert(schema.vintage).values(vintage))
        hashed = text_hash(code)
        connection.execute(insert(schema.seal).values(vintage_no=number, content=hashed, seal=hashed))
        connection.execute(insert(schema.attempt).values(feed="bulanan", started_at=now, heartbeat_at=now))
        counts = {"rows_read": 0, "accepted": 0, "unchanged": 0, "refused": 0, "findings_hash": hashed}
        load = {"vintage_no": number, "attempt_id": month + 1, "feed": "bulanan", "started_at": now}
        connection.execute(insert(schema.run).values(load | counts))
        connection.execute(insert(schema.file).values(name=f"{code}.xlsx", sha256=hashed, size=1))
        connection.execute(insert(schema.run_file).values(run_id=month + 1, ordinal=0, file_id=month + 1))
        connection.execute(text("INSERT INTO bench_month VALUES (:no, :id)"), {"no": number, "id": key["id"]})


def print_sizes(engine: Engine) -> None:
    """Print rows and bytes."""
    with engine.connect() as connection:
        rows, old = connection.execute(text("SELECT count(*), count(superseded_in) FROM observation")).one()
        if engine.dialect.name == "sqlite":
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            size = pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        else:
            size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    print(f"{rows:,} observations, {old:,} superseded ({old / rows:.1%}); {size / 1e6:,.0f} MB, "
          f"{size / rows:,.0f} MB per million")  # fmt: skip


def print_times(engine: Engine, catalogue: Catalogue) -> None:
    """Measure each read TURNS times with changing arguments, and print its quantiles beside its limit."""
    dice = random.Random(1)
    with engine.connect() as connection:
        now = queries.resolve(connection, None)
        codes = list(connection.scalars(select(schema.region.c.code)))
        past = queries.vintages(connection, now.number)
        began = time.perf_counter()
        queries.catalogue_at(connection, now)
        parsed = time.perf_counter() - began
        year = queries.score_periods(connection, now, min(scored_regions(catalogue)))[-1]
    indicators = sorted(catalogue.indicators, key=lambda each: each.role != "core")[:SERIES]

    def some(count: int) -> list[str]:
        return dice.sample(codes, count)

    def then() -> Vintage:
        return dice.choice(past[:-2])

    reads: dict[str, Callable[[Connection], Sequence[Any]]] = {
        "latest": lambda connection: queries.latest(connection, now, some(1)[0]),
        "series": lambda connection: queries.series(connection, now, dice.choice(indicators).id, some(3)),
        "scores": lambda connection: queries.scores(connection, now, period=year),
        "latest, as_of": lambda connection: queries.latest(connection, then(), some(1)[0]),
        "series, as_of": lambda connection: queries.series(connection, then(), dice.choice(indicators).id, some(3)),
    }
    print(f"{'read':15}{'records':>8}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'p95 cpu':>9}{'limit':>8}")
    for name, query in reads.items():
        wall, cpu, records = measure(engine, query)
        shown = [wall[int(TURNS * share)] * 1000 for share in (0.5, 0.95, 0.999)] + [cpu[int(TURNS * 0.95)] * 1000]
        print(f"{name:15}{records:8.0f}" + "".join(f"{each:9.2f}" for each in shown) + f"{LIMITS[name]:8}")
    print(f"parsing the catalogue of a vintage, once per process: {parsed * 1000:.0f} ms")


def measure(engine: Engine, query: Callable[[Connection], Sequence[Any]]) -> tuple[list[float], list[float], float]:
    """Return sorted wall and processor times in seconds of TURNS reads after some warm-up, and the mean of records."""
    wall, cpu, records = [], [], 0
    for turn in range(TURNS + 20):
        began, used = time.perf_counter(), time.process_time()
        with engine.connect() as connection:
            found = query(connection)
        if turn >= 20:
            wall.append(time.perf_counter() - began)
            cpu.append(time.process_time() - used)
            records += len(found)
    return sorted(wall), sorted(cpu), records / TURNS


if __name__ == "__main__":
    main()
