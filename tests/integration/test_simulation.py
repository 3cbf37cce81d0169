"""A made-up regency: its own folder and warehouse, the same for the same seed, and marked wherever it is seen."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask, g
from sqlalchemy import text

from dashboard.app import create_app
from dashboard.data import open_read_only
from dashboard.pages import home, methodology, sources
from dashboard.settings import from_environment
from etl.__main__ import main
from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.warehouse.engine import open_engine
from etl.warehouse.verify import verify
from tests.unit.dashboard.rendered import words

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "indicators.yaml", folder)
    for name in ("reference", "published"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    assert main(["simulate", "--months", "4"], {}, folder) == 0
    return folder


@pytest.fixture(scope="module")
def url(checkout: Path) -> str:
    return f"sqlite:///{checkout / 'data/simulasi/warehouse.sqlite'}"


def test_the_warehouse_is_whole_and_holds_figures_returned_rows_and_records(url: str) -> None:
    engine = open_engine(url)
    assert verify(engine) == []
    with engine.connect() as connection:
        counts = [
            connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("observation", "finding", "record")
        ]
    engine.dispose()
    assert all(counts), counts


def test_the_real_warehouse_and_the_inbox_stay_untouched(checkout: Path) -> None:
    assert sorted(path.name for path in (checkout / "data").iterdir()) == ["published", "reference", "simulasi"]


def test_a_second_one_is_not_made_over_the_first(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate"], {}, checkout) == 2
    assert "data/simulasi sudah ada" in capsys.readouterr().err


def test_real_figures_are_never_loaded_into_it(checkout: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "published-living"], {"PANTAU_DATABASE_URL": url}, checkout) == 2
    assert "tidak boleh bercampur" in capsys.readouterr().err


@pytest.fixture(scope="module")
def server(url: str) -> Iterator[Flask]:
    engine = open_read_only(url)
    yield create_app(from_environment({"PANTAU_DATABASE_URL": url}), engine).server
    engine.dispose()


@pytest.mark.parametrize("page", [home, sources, methodology])
def test_every_page_says_simulasi(server: Flask, page: ModuleType) -> None:
    with server.test_request_context("/"):
        shown = words(page.layout())
        assert shown.startswith("SIMULASI: semua angka di halaman ini buatan")
        assert g.title.startswith("SIMULASI · ")


def test_an_export_says_simulasi_in_its_name_and_in_every_row(server: Flask) -> None:
    answer = server.test_client().get("/api/v1/observations?indicator=lapor-received&format=csv")
    assert answer.headers["X-Pantau-Simulation"] == "true"
    assert "SIMULASI-pantau" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert {row["simulation"] for row in rows} == {"SIMULASI"}


def test_the_catalogue_of_the_checkout_is_no_simulation() -> None:
    assert load_catalogue(ROOT, CONNECTORS).simulation is False
