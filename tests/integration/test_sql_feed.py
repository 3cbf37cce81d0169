"""A query on an office's database: read only, exact, bounded, and silent about its address."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from etl.catalogue.feeds import Feed
from etl.connectors.database.query import single_select
from etl.connectors.sql import SqlConnector
from tests.intake import Intake, open_copy, web_feed

QUERY = "SELECT wilayah, tahun, nilai FROM spbe WHERE wilayah LIKE 'Pa%' ORDER BY tahun;"
RIGHT = {("64.01", "2022"): "2.83", ("64.01", "2023"): "2.9"}


def feed_of(query: str = QUERY, **changes: Any) -> Feed:
    return web_feed("sql", {"url": "PANTAU_UJI_DB", "query": query}, **changes)


@pytest.fixture
def intake(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Intake]:
    engine = open_copy(migrated_sqlite, tmp_path)
    yield Intake(tmp_path, engine)
    engine.dispose()


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make an office's database with two figures and a gap, and put its address into the environment."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE spbe (wilayah text, tahun integer, nilai numeric(6,2), pada date)")
        connection.exec_driver_sql("INSERT INTO spbe VALUES ('Paser', 2022, 2.83, '2022-12-31')")
        connection.exec_driver_sql("INSERT INTO spbe VALUES ('Paser', 2023, 2.90, '2023-12-31')")
        connection.exec_driver_sql("INSERT INTO spbe VALUES ('Paser', 2024, NULL, '2024-12-31')")
        connection.exec_driver_sql("INSERT INTO spbe VALUES ('Berau', 2024, 9, '2024-12-31')")
    engine.dispose()
    address = database_url.replace("pantau@", "pantau:sandi-rahasia@")
    monkeypatch.setenv("PANTAU_UJI_DB", address)
    return database_url


def rows_of(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM spbe").scalar_one()
    engine.dispose()
    return int(count)


def test_a_query_is_loaded_exactly_and_null_is_no_zero(intake: Intake, office: str) -> None:
    report = intake.run(feed_of())
    assert (report.ending, report.file, report.rows_read, report.refused) == ("loaded", "sql:PANTAU_UJI_DB", 3, 1)
    assert intake.values() == RIGHT


def test_the_same_result_again_changes_nothing(intake: Intake, office: str) -> None:
    intake.run(feed_of())
    report = intake.run(feed_of())
    assert (report.ending, report.unchanged) == ("unchanged", 2)


def test_a_date_and_a_text_number_are_read_as_declared(intake: Intake, office: str) -> None:
    query = "SELECT wilayah, tahun, '2,5' AS nilai, pada FROM spbe WHERE tahun = 2022"
    intake.run(feed_of(query, columns={"region": "wilayah", "period": "tahun", "value": "nilai", "note": "pada"}))
    [figure] = intake.observations()
    assert (str(figure.value), figure.note) == ("2.5", "2022-12-31")


WRITING = {
    "two": ("SELECT 1; DELETE FROM spbe", "lebih dari satu perintah"),
    "delete": ("DELETE FROM spbe", "bukan SELECT"),
    "hidden": ("WITH x AS (DELETE FROM spbe RETURNING *) SELECT * FROM x", "memuat DELETE"),
    "into": ("SELECT * INTO baru FROM spbe", "memuat INTO"),
}


@pytest.mark.parametrize(("query", "words"), WRITING.values(), ids=WRITING)
def test_a_query_that_would_change_data_is_not_sent(intake: Intake, office: str, query: str, words: str) -> None:
    assert words in intake.fails(feed_of(query))
    assert rows_of(office) == 4


def test_words_within_texts_and_comments_do_not_count() -> None:
    query = "/* hapus; lalu */ SELECT 'delete; it' AS \"drop\", replace(a, ',', '.') -- update\nFROM t;"
    assert single_select(query) == query.removesuffix(";")


def test_the_database_itself_refuses_what_the_words_hide(
    intake: Intake, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE catatan (isi text)")
        connection.exec_driver_sql(
            "CREATE FUNCTION curang() RETURNS text LANGUAGE sql AS $$INSERT INTO catatan VALUES ('x') RETURNING isi$$"
        )
    monkeypatch.setenv("PANTAU_UJI_DB", postgres_url)
    assert "mencoba mengubah data" in intake.fails(feed_of("SELECT curang() AS wilayah"))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM catatan").scalar_one() == 0
    engine.dispose()


SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS nilai FROM n",
    "postgresql": "SELECT pg_sleep(60)::text AS nilai",
}


def test_a_query_without_end_is_stopped(intake: Intake, office: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.connectors.sql.CONNECTOR", SqlConnector(seconds=1))
    assert "melewati 1 detik" in intake.fails(feed_of(SLOW[office.split(":")[0].split("+")[0]]))


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
def test_a_server_that_never_answers_is_left_before_the_time_of_its_feed(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("PANTAU_UJI_DB", f"{kind}://opd:rahasia@127.0.0.1:{silent.getsockname()[1]}/simpus")
        assert "tidak menjawab dalam 1 detik" in intake.fails(feed_of(timeout=1))


def test_more_rows_than_a_delivery_may_have_are_none(
    intake: Intake, office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.connectors.sql.CONNECTOR", SqlConnector(most=2))
    assert "lebih dari 2 baris" in intake.fails(feed_of())


def test_a_wrong_query_says_what_is_wrong(intake: Intake, office: str) -> None:
    said = intake.fails(feed_of("SELECT wilayah, tahun, capaian FROM spbe"))
    assert "keliru" in said
    assert "capaian" in said


def test_a_value_that_is_neither_text_number_nor_date_is_named(
    intake: Intake, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_UJI_DB", postgres_url)
    assert "kolom “nilai” berisi list" in intake.fails(feed_of("SELECT ARRAY[1, 2] AS nilai"))
    assert "kolom “nilai” berisi Decimal" in intake.fails(feed_of("SELECT 'NaN'::numeric AS nilai"))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "belum diisi"),
        ("bukan alamat rahasia", "bukan alamat basis data"),
        ("oracle://opd:rahasia@server/simpus", "jenis “oracle”"),
        ("mysql://opd:rahasia@127.0.0.1:1/simpus", "tidak dapat dibaca"),
        ("sqlite:////tidak/ada/rahasia.sqlite", "tidak ada"),
        ("postgresql://opd:rahasia@127.0.0.1:1/simpus", "tidak dapat dibaca"),
    ],
)
def test_an_address_that_leads_nowhere_is_not_repeated(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, address: str, words: str
) -> None:
    monkeypatch.setenv("PANTAU_UJI_DB", address)
    said = intake.fails(feed_of())
    assert words in said
    assert "PANTAU_UJI_DB" in said
    assert "rahasia" not in str(intake.attempts())


def test_a_file_that_is_no_database_is_a_clear_failure(
    intake: Intake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "opd.sqlite").write_text("bukan basis data" * 100)
    monkeypatch.setenv("PANTAU_UJI_DB", f"sqlite:///{tmp_path / 'opd.sqlite'}")
    assert "tidak dapat dibaca" in intake.fails(feed_of())
