"""What a change costs (CONTRIBUTING.md): an indicator and a feed are indicators.yaml alone, a page is one file."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.app import create_app
from dashboard.data import open_read_only
from dashboard.settings import Settings
from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.feed_run import run_feed, run_feeds
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read import queries

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)
INDICATOR = """
  - id: panjang-drainase
    name: {id: Panjang drainase kondisi baik, en: Length of drainage in good condition}
    short: {id: Drainase baik, en: Good drainage}
    definition: {id: Panjang saluran drainase yang berfungsi, en: Length of working drainage channels}
    subdimension: harmony
    unit: km
    decimals: 1
    direction: higher
    frequency: year
    producer: bps
    provenance: uji
"""
FEED = """
  - id: drainase-paser
    name: {id: Drainase Paser, en: Drainage of Paser}
    connector: file
    path: data/inbox/drainase-paser/*.csv
    decimal: ","
    columns: {indicator: indikator, region: wilayah, period: tahun, value: nilai, unit: satuan, publication: sumber}
    schedule: "0 6 * * mon"
"""
PAGE = """
import dash
from dash import html


def register() -> None:
    dash.register_page(__name__, path="/contoh", layout=layout)


def layout(**query: str) -> html.Main:
    return html.Main("halaman contoh")
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Copy what declares the figures."""
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    shutil.copytree(ROOT / "data" / "published", tmp_path / "data" / "published")
    text = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    (tmp_path / "indicators.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def declare(tree: Path, section: str, entry: str) -> None:
    """Put an entry at the head of a section of indicators.yaml."""
    path = tree / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(f"\n{section}:\n") == 1
    path.write_text(text.replace(f"\n{section}:\n", f"\n{section}:\n{entry}"), encoding="utf-8")


def warehouse(tree: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tree / 'warehouse.sqlite'}")
    migrate(engine)
    return engine


def test_a_new_indicator_is_one_entry_in_the_catalogue(tree: Path) -> None:
    declare(tree, "indicators", INDICATOR)
    engine = warehouse(tree)
    list(run_feeds(engine, load_catalogue(tree, CONNECTORS), [], tree, lambda: NOW))
    settings = Settings(database_url=str(engine.url))
    client = create_app(settings, open_read_only(str(engine.url))).server.test_client()
    assert client.get("/indikator/panjang-drainase?wilayah=64.01").status_code == 200
    assert client.get("/indikator/panjang-drainasi?wilayah=64.01").status_code == 404
    listed = {each["id"] for each in client.get("/api/v1/indicators").get_json()}
    assert "panjang-drainase" in listed


def test_a_new_feed_on_a_known_transport_is_one_entry_in_the_catalogue(tree: Path) -> None:
    declare(tree, "indicators", INDICATOR)
    declare(tree, "feeds", FEED)
    folder = tree / "data" / "inbox" / "drainase-paser"
    folder.mkdir(parents=True)
    publication = load_catalogue(tree, CONNECTORS).publications[0].id
    rows = f"indikator;wilayah;tahun;nilai;satuan;sumber\npanjang-drainase;Kab. Paser;2025;1.234,5;km;{publication}\n"
    (folder / "drainase.csv").write_text(rows, encoding="utf-8")
    engine, catalogue = warehouse(tree), load_catalogue(tree, CONNECTORS)
    list(run_feeds(engine, catalogue, [], tree, lambda: NOW))
    (report,) = run_feed(engine, catalogue, catalogue.feed["drainase-paser"], tree, lambda: NOW)
    assert (report.ending, report.rows_read, report.accepted, report.refused) == ("loaded", 1, 1, 0)
    with engine.connect() as connection:
        vintage = queries.current_vintage(connection)
        assert vintage is not None
        (figure,) = queries.observations(connection, vintage, indicator="panjang-drainase")
    assert (str(figure.value), figure.printed, figure.region, figure.period.code) == (
        "1234.5",
        "1.234,5",
        "64.01",
        "2025",
    )


def test_a_new_page_is_one_file(tree: Path) -> None:
    shutil.copytree(ROOT / "dashboard", tree / "dashboard", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "etl", tree / "etl", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "assets", tree / "assets")
    (tree / "dashboard" / "pages" / "example.py").write_text(PAGE, encoding="utf-8")
    engine = warehouse(tree)
    script = (
        "import json; from dashboard.app import create_app; from dashboard.data import open_read_only;"
        "from dashboard.settings import Settings;"
        f"url = {json.dumps(str(engine.url))};"
        "client = create_app(Settings(database_url=url), open_read_only(url)).server.test_client();"
        "print([client.get(path).status_code for path in ('/contoh', '/contoh-lain')])"
    )
    outcome = subprocess.run([sys.executable, "-c", script], cwd=tree, capture_output=True, text=True, check=False)
    assert outcome.stdout.strip() == "[200, 404]", outcome.stderr
