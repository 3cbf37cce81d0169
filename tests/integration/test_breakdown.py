"""Sources whose breakdown the feed leaves out: no part is loaded as the regency's figure, whatever the transport."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from etl.catalogue.feeds import Feed
from etl.connectors.http_json import HttpJsonConnector
from etl.connectors.web.patience import Limits, Pace
from tests.intake import Intake, open_copy, web_feed
from tests.replay import Replay, Reply

ROWS = (
    ("Paser", 2022, "2,5", "Jumlah"),
    ("Paser", 2023, "2,9", "Perempuan"),
    ("Kutai Timur", 2023, "2,7", "Laki-laki"),
    ("Kutai Timur", 2023, "2,7", "Perempuan"),
)
NAMES = ("wilayah", "tahun", "nilai", "jenis_kelamin")


@pytest.fixture
def intake(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Intake]:
    engine = open_copy(migrated_sqlite, tmp_path)
    yield Intake(tmp_path, engine)
    engine.dispose()


def check(intake: Intake) -> None:
    """See that the whole alone is loaded and each part returned with its cell and a sentence."""
    assert intake.values() == {("64.01", "2022"): "2.5"}
    found = [each for each in intake.findings() if each.rule == "rincian-belum-dipilih"]
    assert [(each.row, each.column, each.raw) for each in found] == [
        (3, "D", "Perempuan"),
        (4, "D", "Laki-laki"),
        (5, "D", "Perempuan"),
    ]
    assert all("bukan keseluruhan Kabupaten" in each.sentence for each in found)


def test_a_file_with_parts_gives_them_back(intake: Intake, tmp_path: Path) -> None:
    inbox = tmp_path / "data" / "inbox" / "portal"
    inbox.mkdir(parents=True)
    lines = [";".join(NAMES), *(";".join(map(str, row)) for row in ROWS)]
    (inbox / "rincian.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    plain = web_feed("sql", {"url": "X", "query": "SELECT 1"}).model_dump(exclude={"sql"})
    report = intake.run(Feed.model_validate(plain | {"connector": "file", "path": "data/inbox/portal/*"}))
    assert (report.ending, report.rows_read, report.refused) == ("loaded", 4, 3)
    check(intake)


def test_a_query_with_parts_gives_them_back(intake: Intake, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE rinci (wilayah text, tahun integer, nilai text, jenis_kelamin text)")
        for region, year, value, part in ROWS:
            connection.exec_driver_sql(f"INSERT INTO rinci VALUES ('{region}', {year}, '{value}', '{part}')")
    engine.dispose()
    monkeypatch.setenv("PANTAU_UJI_DB", database_url.replace("pantau@", "pantau:sandi-rahasia@"))
    report = intake.run(web_feed("sql", {"url": "PANTAU_UJI_DB", "query": f"SELECT {', '.join(NAMES)} FROM rinci"}))
    assert (report.ending, report.rows_read, report.refused) == ("loaded", 4, 3)
    check(intake)


def test_a_portal_with_parts_gives_them_back(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "etl.connectors.http_json.CONNECTOR", HttpJsonConnector(Limits(attempts=1), Pace(sleep=lambda _: None))
    )
    with Replay().running() as portal:
        rows = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
        portal.script["/api"] = Reply(content=json.dumps({"data": rows}).encode())
        intake.run(web_feed("http_json", {"address": f"{portal.address}/api"}))
    check(intake)
