"""One workbook that several feeds take, each its own sheet: it leaves the inbox when all have looked into it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.jobs.loading.feed_run import run_feed
from etl.warehouse.read import queries
from etl.warehouse.write.commits import record_catalogue
from tests.jobs import job
from tests.problems.sheets import book, layout_feed, sheet_catalogue

LATER = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)  # than the file, whose time is that of the machine
COLUMNS = {"region": "Wilayah", "period": "Tahun", "value": "Nilai"}
ONE, TWO = (
    layout_feed(
        id=name, path="data/inbox/buku/*", columns=COLUMNS, layout={"sheets": [name]}, defaults={"indicator": indicator}
    )
    for name, indicator in (("ipm-buku", "ipm"), ("penduduk-buku", "population"))
)


@pytest.mark.parametrize("order", [(ONE, TWO), (TWO, ONE)])
def test_a_workbook_stays_until_each_of_its_feeds_took_its_sheet(
    tmp_path: Path, engine: Engine, order: tuple[object, ...]
) -> None:
    catalogue = sheet_catalogue().model_copy(update={"feeds": (ONE, TWO)})
    record_catalogue(engine, catalogue, LATER)
    path = tmp_path / "data/inbox/buku/buku.xlsx"
    path.parent.mkdir(parents=True)
    rows = [["Wilayah", "Tahun", "Nilai"], ["Paser", 2024, 70]]
    path.write_bytes(book({"name": "ipm-buku", "rows": rows}, {"name": "penduduk-buku", "rows": rows}))
    left = []
    for each in order:
        [report] = run_feed(job(engine, catalogue, tmp_path, LATER), each)  # type: ignore[arg-type]
        left.append((report.ending, path.exists()))
    assert left == [("loaded", True), ("loaded", False)]
    with engine.connect() as connection:
        vintage = queries.current_vintage(connection)
        assert vintage is not None
        assert {each.indicator for each in queries.observations(connection, vintage)} == {"ipm", "population"}
