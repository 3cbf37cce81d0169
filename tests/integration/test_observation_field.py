"""CONTRIBUTING's recipe for a field of an observation, followed to the letter: it goes from a file to every reader."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from tests.recipes import follow, read_recipes, run

ROOT = Path(__file__).resolve().parents[2]
RECIPE = read_recipes((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))["Add a field to an observation"]
FEED = """
  - id: drainase-paser
    name: {id: Drainase Paser, en: Drainage of Paser}
    connector: file
    path: data/inbox/drainase-paser/*.csv
    decimal: ","
    columns: {indicator: indikator, region: wilayah, period: tahun, value: nilai, unit: satuan}
    defaults: {publication: bps-2020-ipm-2019, series: lf}
"""
ROWS = "indikator;wilayah;tahun;nilai;satuan\nipm;Kab. Paser;2025;74,15;indeks\nipm;Kab. Paser;2024;73,41;indeks\n"
LOADING = """
import datetime as dt, json, sys
from pathlib import Path
from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.job_context import JobContext
from etl.jobs.loading.feed_run import keep_catalogue, run_feed
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.verify import verify

engine = open_engine(sys.argv[1])
migrate(engine)
moment = lambda: dt.datetime(2026, 11, int(sys.argv[2]), 1, tzinfo=dt.UTC)
catalogue = load_catalogue(Path(), CONNECTORS)
job = JobContext(engine, catalogue, Path(), moment, "64.01", {})
keep_catalogue(job)
reports = run_feed(job, catalogue.feed["drainase-paser"])
print(json.dumps([(each.ending, each.accepted, each.unchanged) for each in reports] + [len(verify(engine))]))
"""
READING = """
import csv, io, json, sys
from flask import Flask
from sqlalchemy import text
from dashboard.api.api_blueprint import create_blueprint
from dashboard.api.openapi import document
from dashboard.data import Reader, open_read_only

engine = open_read_only(sys.argv[1])
server = Flask("uji")
server.register_blueprint(create_blueprint(Reader(engine)))
client = server.test_client()
rows = client.get("/api/v1/observations").get_json()
sheet = list(csv.DictReader(io.StringIO(client.get("/api/v1/observations?format=csv").get_data(as_text=True))))
with engine.connect() as connection:
    viewed = connection.execute(text("SELECT period, method FROM readable_observation WHERE superseded_in IS NULL"))
    view = dict(tuple(each) for each in viewed)
print(json.dumps({
    "api": {each["period"]: each["method"] for each in rows},
    "csv": {each["period"]: each["method"] for each in sheet},
    "view": view,
    "document": document()["components"]["schemas"]["Observation"]["properties"]["method"],
}))
"""


def house(folder: Path) -> Path:
    for name in ("etl", "dashboard", "data/reference", "data/published"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "assets", folder / "assets")
    catalogue = (ROOT / "indicators.yaml").read_text(encoding="utf-8").replace("\nfeeds:\n", f"\nfeeds:\n{FEED}")
    (folder / "indicators.yaml").write_text(catalogue, encoding="utf-8")
    (folder / "data/inbox/drainase-paser").mkdir(parents=True)
    return folder


def drop(tree: Path, name: str, text: str) -> None:
    (tree / "data/inbox/drainase-paser" / name).write_text(text, encoding="utf-8")


def test_a_new_field_goes_from_a_file_to_every_reader(tmp_path: Path) -> None:
    tree, url = house(tmp_path / "house"), f"sqlite:///{tmp_path / 'warehouse.sqlite'}"
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()
    drop(tree, "satu.csv", ROWS)
    assert json.loads(run(tree, "python", "-c", LOADING, url, "20")) == [["loaded", 2, 0], 0]

    follow(RECIPE, tree)
    assert RECIPE.files == len(RECIPE.touched)
    drop(tree, "dua.csv", ROWS.replace("74,15", "74,15 "))
    assert json.loads(run(tree, "python", "-c", LOADING, url, "21")) == [["unchanged", 0, 2], 0]

    catalogue = tree / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(
        text.replace("unit: satuan}\n    defaults: {pub", "unit: satuan, method: cara}\n    defaults: {pub")
    )
    with_method = ROWS.replace("satuan\n", "satuan;cara\n", 1).replace("indeks\n", "indeks;Sensus\n", 1)
    drop(tree, "tiga.csv", with_method.replace("73,41;indeks\n", "73,41;indeks;\n"))
    assert json.loads(run(tree, "python", "-c", LOADING, url, "22")) == [["loaded", 1, 1], 0]
    found = json.loads(run(tree, "python", "-c", READING, url))
    assert found["api"] == found["view"] == {"2025": "Sensus", "2024": None}
    assert found["csv"] == {"2025": "Sensus", "2024": ""}
    assert found["document"]["description"] == "Cara mengukurnya, sebagaimana ditulis pengirim."
