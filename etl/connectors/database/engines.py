"""The databases that offices run: how each is opened for reading only, how long it may take, what its errors mean."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Dialect, Engine, NullPool, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from etl.connectors.base import FetchError

CONNECT = 10  # seconds
DRIVERS = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql"}
# SQLSTATE of PostgreSQL and error numbers of MySQL and MariaDB.
TIMED_OUT, READ_ONLY = ("57014", 1969, 3024, 1317), ("25006", 1792)
WRONG_QUERY = (1054, 1064, 1109, 1146, 1052, 1055, 1305, 1582, 1222, 1247)
UNREACHED = (1040, 1044, 1045, 1049, 1129, 1130, 1203, 2002, 2003, 2005, 2006, 2013, 2055)
SQLITE_WORDS = ("no such", "near ", "ambiguous ", "wrong number of arguments")


def open_database(address: str, variable: str, seconds: int) -> Engine:
    """Make the engine of an address, which no message repeats; raises FetchError."""
    try:
        url = make_url(address)
        kind = url.get_backend_name()
        if kind == "sqlite":
            return _open_file(url, variable, seconds)
        if kind in DRIVERS:
            given = _connecting(kind, seconds)
            url = url.set(drivername=DRIVERS[kind])
            return create_engine(url, poolclass=NullPool, connect_args=given, hide_parameters=True)
    except (ArgumentError, ValueError):
        raise FetchError(
            f"Isi {variable} bukan alamat basis data. Bentuknya: postgresql://pengguna:sandi@server/nama atau "
            "mysql://pengguna:sandi@server/nama."
        ) from None
    raise FetchError(
        f"Basis data jenis “{kind}” pada {variable} belum dapat dibaca; yang dapat: postgresql, mysql, mariadb dan "
        "sqlite. Mintalah ekspor CSV dari aplikasinya, dan kirim lewat data/inbox."
    )


def _connecting(kind: str, seconds: int) -> dict[str, Any]:
    if kind == "postgresql":
        return {"connect_timeout": CONNECT}
    return {"connect_timeout": CONNECT, "read_timeout": seconds + CONNECT, "charset": "utf8mb4"}


def _open_file(url: URL, variable: str, seconds: int) -> Engine:
    """Open a SQLite file that must exist, for reading only, and stop a query that takes too long."""
    path = Path(url.database or "").resolve()
    if not path.is_file():
        raise FetchError(f"Berkas basis data pada {variable} tidak ada. Periksa alamatnya.")

    def connect() -> sqlite3.Connection:
        opened = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        opened.execute("PRAGMA query_only = ON")
        ends = time.monotonic() + seconds
        opened.set_progress_handler(lambda: time.monotonic() > ends, 10_000)
        return opened

    return create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)


def only_reading(dialect: Dialect, seconds: int) -> Iterator[str]:
    """Yield what makes a session read only and ends its query in time."""
    if dialect.name == "postgresql":
        # The session too: a transaction that a query smuggles in behind a semicolon may not write either.
        yield "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
        yield "SET TRANSACTION READ ONLY"
        yield f"SET LOCAL statement_timeout = {seconds * 1000}"
    if dialect.name in ("mysql", "mariadb"):
        # Texts end where SQL says, as the words of the query were judged.
        yield "SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')"
        maria = getattr(dialect, "is_mariadb", False)
        yield f"SET SESSION {f'max_statement_time = {seconds}' if maria else f'max_execution_time = {seconds * 1000}'}"
        yield "SET SESSION TRANSACTION READ ONLY"
        yield "START TRANSACTION READ ONLY"


def explain_fault(error: SQLAlchemyError, variable: str, seconds: int) -> FetchError:
    """Say what went wrong; of the database's own words only those about the query, which hold no data."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    state, words = _state(cause), _words(cause)
    if state in TIMED_OUT or words == "interrupted" or (state == 2013 and "timed out" in words):
        return FetchError(f"Kueri pada {variable} melewati {seconds} detik dan dihentikan. Persempit kuerinya.")
    if state in READ_ONLY or "readonly" in words:
        return FetchError(f"Kueri pada {variable} mencoba mengubah data, jadi ditolak. Kiriman sql hanya membaca.")
    if state in WRONG_QUERY or str(state).startswith("42") or words.startswith(SQLITE_WORDS):
        return FetchError(f"Kueri pada {variable} keliru: {words[:160]}. Perbaiki `query` kiriman ini.")
    if state and state not in UNREACHED and not str(state).startswith(("08", "28", "3D", "57", "53")):
        return FetchError(f"Kueri pada {variable} gagal (galat {state}). Periksa `query` kiriman ini.")
    return FetchError(
        f"Basis data pada {variable} tidak dapat dibaca. Periksa server, alamat, pengguna dan sandinya, lalu coba lagi."
    )


def _state(cause: BaseException | None) -> str | int:
    """Return MySQL's number, else PostgreSQL's SQLSTATE; "" where there is neither."""
    first = cause.args[0] if cause is not None and cause.args else ""
    return first if isinstance(first, int) else getattr(cause, "sqlstate", None) or ""


def _words(cause: BaseException | None) -> str:
    words = cause.args[1] if cause is not None and len(cause.args) > 1 else cause
    return str(words).strip().split("\n")[0]
