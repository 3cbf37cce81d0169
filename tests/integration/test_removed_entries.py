"""Feeds, offices, publications and producers that leave the catalogue: their figures stay, and nothing stops."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from dashboard.api.api_blueprint import create_blueprint
from dashboard.components.selection import Selection
from dashboard.data import Reader, open_read_only, open_scene
from dashboard.pages import home, indicator, sources
from dashboard.urls import State
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.commands import looking, working
from etl.commands.context import CommandContext
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.job_context import JobContext
from etl.jobs.loading.feed_run import run_feed
from etl.settings import Settings
from etl.warehouse.engine import open_engine
from etl.warehouse.read import queries
from etl.warehouse.write.commits import record_catalogue
from tests.intake import web_feed
from tests.jobs import job
from tests.shipping import NOW, ROOT, copy_shipped

LATER = NOW + dt.timedelta(days=1)


class Desk(CommandContext):
    """The steward's commands over a catalogue that is given, not read."""

    def catalogue(self) -> Catalogue:
        return without_sources(load_catalogue(ROOT, CONNECTORS))

    def job(self, catalogue: Catalogue) -> JobContext:
        return job(self.warehouse(), catalogue, ROOT, LATER)


def without_sources(full: Catalogue) -> Catalogue:
    """Leave out all feeds, offices and publications, and the producers that no indicator names."""
    named = {each.producer for each in full.indicators}
    return full.model_copy(
        update={
            "feeds": (),
            "offices": (),
            "urusan": tuple(each.model_copy(update={"offices": {}}) for each in full.urusan),
            "producers": tuple(each for each in full.producers if each.id in named),
            "published": full.published.model_copy(update={"publications": ()}),
        }
    )


class Left:
    """A warehouse whose figures, returned rows and failed attempts come from what is no longer declared."""

    def __init__(self, url: str, root: Path) -> None:
        engine = open_engine(url)
        full = load_catalogue(ROOT, CONNECTORS)
        (root / "data/inbox/uji").mkdir(parents=True)
        (root / "data/inbox/uji/a.csv").write_text("wilayah;tahun;nilai\nKutai Timur;2024;2,51\nPasar;2023;1\n")
        said = {"indicator": "spbe", "unit": "indeks", "series": "instrumen-2020"}
        feed = web_feed("file", {}, id="uji", path="data/inbox/uji/*", defaults=said)
        list(run_feed(job(engine, full, root, NOW), feed))
        (root / "data/inbox/uji/b.csv").write_text("bukan;judul\n1;2\n")
        list(run_feed(job(engine, full, root, NOW), feed))
        with engine.connect() as connection:
            found = queries.current_vintage(connection)
        assert found is not None
        self.before = found
        record_catalogue(engine, without_sources(full), LATER)
        engine.dispose()
        self.url, self.reader = url, Reader(open_read_only(url))


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    return Left(copy_shipped(tmp_path_factory), tmp_path_factory.mktemp("root"))


@pytest.mark.parametrize("command", [looking.status, working.today, working.digest, working.notify])
def test_the_stewards_commands_go_on(
    left: Left, command: Callable[[CommandContext], int], capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(ROOT, left.url, "64.01", 1)
    assert command(Desk(settings, {}, Namespace(), lambda: LATER)) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("region", ["64.01", "64.08"])
def test_pages_show_the_figures_that_stand(left: Left, region: str) -> None:
    scene = open_scene(left.reader, State(wilayah=region), "64.01")
    assert scene is not None
    assert not scene.catalogue.feeds
    assert sources.build(scene, Selection(), "64.01", LATER).title
    assert home.build(scene).title
    for each in ("ipm", "spbe", "population", "stunting", "poverty-rate"):
        assert indicator.build(scene, each).title


@pytest.mark.parametrize(
    "path",
    ["observations?limit=1000", "conflicts", "offices", "feeds", "findings", "runs", "scores", "conflicts/counts"],
)
def test_the_api_answers(left: Left, path: str) -> None:
    server = Flask("uji")
    server.register_blueprint(create_blueprint(left.reader))
    assert server.test_client().get(f"/api/v1/{path}").status_code == 200


def test_a_figure_reads_as_it_did_before_by_date_and_now(left: Left) -> None:
    asked = {"indicator": "spbe", "region": "64.08", "limit": 50}
    before, now = left.before, left.reader.vintage()
    assert now is not None
    assert now.number > before.number
    then, still = left.reader.observations(before, **asked), left.reader.observations(now, **asked)
    assert then == still
    assert left.reader.catalogue(before).feeds
    assert {each.feed for each in still} >= {"uji"}
