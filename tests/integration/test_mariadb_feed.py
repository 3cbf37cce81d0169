"""A query on a real MariaDB, as most applications of offices run on: its types, its marks of nothing, its limits."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymysql
import pytest

from etl.catalogue.feeds import Feed
from etl.connectors.database.query import single_select
from etl.connectors.sql import SqlConnector
from tests.intake import Intake, open_copy, web_feed

TABLE = """
CREATE TABLE spbe (wilayah varchar(40) CHARACTER SET latin1, tahun year, nilai decimal(8,3), pada date, aktif bit(1),
    ket varchar(50) CHARACTER SET utf8mb4, berkas varbinary(5)) ENGINE=InnoDB
"""
ROWS = [
    ("Paser", 2022, "2.830", "2022-12-31", 1, "Pasér 😀", b"\xff"),
    ("Paser", 2023, "2.900", "0000-00-00", 0, "é", None),
    ("Paser", 2024, None, None, None, None, None),
    ("Berau", 2024, "9", "2024-12-31", 1, "lain", None),
]
SELECT = "SELECT wilayah, tahun, nilai, {} AS ket FROM spbe WHERE wilayah LIKE 'Pa%' ORDER BY tahun"
VALUES = {("64.01", "2022"): "2.83", ("64.01", "2023"): "2.9"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Start a MariaDB of its own; yield its port and its process."""
    folder = tmp_path_factory.mktemp("maria")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = ["--no-defaults", f"--user={getpass.getuser()}", f"--datadir={folder / 'data'}"]
    install = ["mariadb-install-db", *own, "--skip-test-db", "--auth-root-authentication-method=normal"]
    subprocess.run(install, check=True, capture_output=True)
    run = ["/usr/sbin/mariadbd", *own, f"--socket={folder / 's'}", f"--port={port}", "--bind-address=127.0.0.1"]
    process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _fill(folder / "s")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _fill(place: Path) -> None:
    ends = time.monotonic() + 30
    while not place.exists() and time.monotonic() < ends:
        time.sleep(0.05)
    with pymysql.connect(unix_socket=str(place), user="root", charset="utf8mb4") as connection:
        cursor = connection.cursor()
        for line in ("SET sql_mode = ''", "CREATE DATABASE opd CHARACTER SET latin1", "USE opd", TABLE,
                     "CREATE USER opd@'127.0.0.1' IDENTIFIED BY 'sandi-rahasia'",
                     "GRANT ALL ON opd.* TO opd@'127.0.0.1'"):  # fmt: skip
            cursor.execute(line)
        cursor.executemany("INSERT INTO spbe VALUES (%s, %s, %s, %s, %s, %s, %s)", ROWS)
        connection.commit()


@pytest.fixture
def intake(
    tmp_path: Path, migrated_sqlite: Path, server: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Intake]:
    monkeypatch.setenv("PANTAU_UJI_DB", f"mysql://opd:sandi-rahasia@127.0.0.1:{server[0]}/opd")
    engine = open_copy(migrated_sqlite, tmp_path)
    yield Intake(tmp_path, engine)
    engine.dispose()


def feed_of(query: str, **changes: Any) -> Feed:
    columns = {"region": "wilayah", "period": "tahun", "value": "nilai", "note": "ket"}
    return web_feed("sql", {"url": "PANTAU_UJI_DB", "query": query}, columns=columns, **changes)


NOTES = {
    "ket": ["Pasér 😀", "é"],
    "pada": ["2022-12-31", "0000-00-00"],
    "aktif": ["1", "0"],
    "CAST('2.50' AS DECIMAL(5,2))": ["2.50", "2.50"],
    "aktif + 0": ["1", "0"],
}


@pytest.mark.parametrize("column", NOTES)
def test_each_type_arrives_as_it_stands_there(intake: Intake, column: str) -> None:
    report = intake.run(feed_of(SELECT.format(column)))
    assert (report.ending, report.rows_read, report.refused) == ("loaded", 3, 1)
    assert intake.values() == VALUES
    assert [each.note for each in intake.observations()] == NOTES[column]


def test_a_zero_date_is_no_period(intake: Intake) -> None:
    report = intake.run(feed_of("SELECT wilayah, pada AS tahun, nilai, ket FROM spbe WHERE tahun = 2023"))
    assert (report.accepted, report.refused) == (0, 1)


REFUSED = {
    "SELECT wilayah, tahun, capaian FROM spbe": "capaian",
    "SELECT wilayah FROM tidak_ada": "keliru",
    "SELECT wilayah, FROM spbe": "keliru",
    "SELECT berkas AS wilayah FROM spbe": "kolom “wilayah” berisi bytes",
    "SELECT SEC_TO_TIME(90) AS nilai": "berisi timedelta",
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_read_is_named(intake: Intake, query: str) -> None:
    said = intake.fails(feed_of(query))
    assert REFUSED[query] in said
    assert "rahasia" not in str(intake.attempts())


def test_the_database_itself_refuses_to_write(intake: Intake, server: tuple[int, int]) -> None:
    with pymysql.connect(host="127.0.0.1", port=server[0], user="opd", password="sandi-rahasia", database="opd") as one:
        one.cursor().execute("CREATE TABLE catatan (n int)")
        one.cursor().execute("CREATE FUNCTION curang() RETURNS int BEGIN INSERT INTO catatan VALUES (1); RETURN 1; END")
    assert "mencoba mengubah data" in intake.fails(feed_of("SELECT curang() AS nilai"))


def test_a_comment_that_mysql_runs_is_refused() -> None:
    with pytest.raises(Exception, match="yang dijalankan MySQL"):
        single_select("SELECT 1 /*!50000 INTO OUTFILE '/tmp/x' */")


def test_a_query_without_end_is_stopped_by_the_database(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.connectors.sql.CONNECTOR", SqlConnector(seconds=1))
    assert "melewati 1 detik" in intake.fails(
        feed_of("SELECT SLEEP(60) AS nilai, BENCHMARK(9000000000, MD5('a')) AS b")
    )


def test_a_server_that_falls_silent_is_left(
    intake: Intake, server: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.connectors.sql.GRACE", 1)
    monkeypatch.setattr("etl.connectors.sql.CONNECTOR", SqlConnector(seconds=1))
    os.kill(server[1], signal.SIGSTOP)
    try:
        assert "tidak menjawab dalam 2 detik" in intake.fails(feed_of(SELECT.format("ket")))
    finally:
        os.kill(server[1], signal.SIGCONT)
