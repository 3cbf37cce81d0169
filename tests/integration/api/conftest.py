from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.api.api_blueprint import create_blueprint
from dashboard.data import Reader, open_read_only
from etl.catalogue.models import Catalogue
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.write import commits
from etl.warehouse.write.attempts import finish_attempt, start_attempt
from tests.unit.api.samples import catalogue

DAY_ONE = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
DAY_TWO = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)
ACCEPTED = (
    "indicator", "series", "region", "period", "kind", "value", "category", "step", "unit", "printed", "printed_unit",
    "status", "marks", "note", "sheet", "row", "column", "producer", "publication", "plan", "numerator", "denominator",
)  # fmt: skip
FINDING = ("rule", "severity", "sheet", "row", "column", "raw", "sentence")


def row(number: int, value: str, **changes: object) -> dict[str, object]:
    """One accepted row of the file."""
    fields: dict[str, object] = dict.fromkeys(ACCEPTED)
    fields |= {
        "indicator": "poverty-rate", "series": "utama", "region": "64.01", "period": "2024", "kind": "realisation",
        "value": value, "step": "0.01", "unit": "%", "printed": value, "printed_unit": "percent", "status": "final",
        "marks": "", "row": number, "column": "value", "producer": "bps", "publication": "bps-2024",
    }  # fmt: skip
    return fields | changes


def load(rows: list[dict[str, object]], now: dt.datetime) -> commits.Load:
    refused = {
        "rule": "undated", "severity": "refused", "sheet": None, "row": 99, "column": "period", "raw": "undated",
        "sentence": "Periode tidak ada.",
    }  # fmt: skip
    return commits.Load(
        "bps",
        (commits.File("bps.csv", "f" * 64, 1024),),
        now,
        len(rows) + 1,
        pd.DataFrame(rows, columns=list(ACCEPTED)),
        pd.DataFrame([refused], columns=list(FINDING)),
    )


def commit(engine: Engine, known: Catalogue, rows: list[dict[str, object]], now: dt.datetime) -> None:
    attempt = start_attempt(engine, "bps", now)
    commits.commit_load(engine, load(rows, now), known, attempt, now)
    finish_attempt(engine, attempt, "loaded", None, now)


@pytest.fixture(scope="session")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of two days: on the second, one figure was corrected and a rival source came."""
    path = tmp_path_factory.mktemp("two-days") / "warehouse.sqlite"
    url = f"sqlite:///{path}"
    engine = open_engine(url)
    migrate(engine)
    known = catalogue()
    commits.record_catalogue(engine, known, DAY_ONE)
    first = [
        row(2, "8.63"),
        row(3, "9.1", region="64.08"),
        row(4, "9.36", period="2023"),
        row(5, "4.53", indicator="tpt", series="sakernas", period="2024-08"),
        row(6, "4.1", indicator="rahasia"),
    ]
    commit(engine, known, first, DAY_ONE)
    rival = row(7, "11", publication="koran-2024", step="1", printed="11")
    commit(engine, known, [row(2, "8.6"), *first[1:], rival], DAY_TWO)
    engine.dispose()
    return path


@pytest.fixture
def database(two_days: Path, tmp_path: Path) -> str:
    """Copy the warehouse of two days."""
    return f"sqlite:///{shutil.copy(two_days, tmp_path / 'warehouse.sqlite')}"


@pytest.fixture
def client(database: str) -> FlaskClient:
    server = Flask("test")
    server.register_blueprint(create_blueprint(Reader(open_read_only(database))))
    return server.test_client()
