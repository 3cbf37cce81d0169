"""Actions in the warehouse: versioned, sealed, and never of two minds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.catalogue.record_kinds import Record
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import run_feed
from etl.warehouse.read import queries
from etl.warehouse.verify import verify
from etl.warehouse.write.commits import record_catalogue
from tests.jobs import job

NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)
HEADS = "Indikator;Wilayah;Penyebab;Tindakan;Penanggung jawab;Tenggat;Status;Catatan"
ROW = "Stunting;64.01;Posyandu sepi;Kunjungan rumah;Dinas Kesehatan;31-12-2026;{};"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Path(__file__).resolve().parents[3], CONNECTORS)


class Desk:
    """The office that sends its actions."""

    def __init__(self, engine: Engine, catalogue: Catalogue, root: Path) -> None:
        self.engine, self.catalogue, self.root = engine, catalogue, root
        record_catalogue(engine, catalogue, NOW)

    def send(self, *rows: str) -> Report:
        path = self.root / "data/inbox/tindak_lanjut/tindakan.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([HEADS, *rows]) + "\n", encoding="utf-8")
        feed = self.catalogue.feed["tindak_lanjut"]
        [report] = run_feed(job(self.engine, self.catalogue, self.root, NOW), feed)
        return report

    def known(self) -> list[Record]:
        with self.engine.connect() as connection:
            vintage = queries.current_vintage(connection)
            assert vintage is not None
            return queries.records(connection, "action", vintage.number, region="64.01")


@pytest.fixture
def desk(engine: Engine, catalogue: Catalogue, tmp_path: Path) -> Desk:
    return Desk(engine, catalogue, tmp_path)


def test_an_action_is_loaded_with_its_place_and_its_office_s_words(desk: Desk) -> None:
    report = desk.send(ROW.format("berjalan"), ROW.format("entah"))
    assert (report.ending, report.rows_read, report.accepted, report.refused) == ("loaded", 2, 1, 1)
    [action] = desk.known()
    assert (action.content["indicator"], action.content["deadline"]) == ("stunting", "2026-12-31")
    assert (action.file, action.row, action.version) == ("data/inbox/tindak_lanjut/tindakan.csv", 2, 1)
    assert verify(desk.engine) == []


def test_a_new_state_is_a_new_version_and_the_same_one_changes_nothing(desk: Desk) -> None:
    desk.send(ROW.format("berjalan"))
    assert desk.send(ROW.format("berjalan") + " ").ending == "unchanged"
    assert desk.send(ROW.format("selesai")).accepted == 1
    [action] = desk.known()
    assert (action.content["status"], action.version) == ("selesai", 2)
    assert verify(desk.engine) == []


@pytest.mark.parametrize(
    "change",
    [
        """UPDATE record SET content = replace(content, 'berjalan', 'selesai')""",
        """UPDATE record SET superseded_in = 1""",
        """UPDATE record SET version = 2""",
        """DELETE FROM record""",
    ],
)
def test_a_changed_record_is_found(desk: Desk, change: str) -> None:
    desk.send(ROW.format("berjalan"))
    with desk.engine.begin() as connection:
        connection.execution_options(writes=True).execute(text(change))
    assert any(each.feed == "tindak_lanjut" for each in verify(desk.engine))
