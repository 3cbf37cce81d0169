"""One read-only query on an office's database; what it gives is kept and read like any other delivery."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from etl.catalogue.feeds import Feed
from etl.catalogue.reference import Model
from etl.connectors.base import Connector, Delivery, FetchError, Reach
from etl.connectors.database.query import single_select
from etl.connectors.database.result import write_result
from etl.connectors.formats.json_rows import to_sheet
from etl.connectors.formats.json_text import read_json
from etl.sheets.sheet import Sheet

TIMED_OUT, READ_ONLY = "57014", "25006"


class Sql(Model, title="Satu kueri baca pada basis data Perangkat Daerah."):
    """One read-only query on an office's database."""

    url: str
    """Nama variabel lingkungan yang memuat alamat basis data."""
    query: str
    """Kueri SELECT."""


@dataclass(frozen=True, slots=True)
class SqlConnector(Connector):
    """Asks the database that an environment variable names. `seconds` and `most` bound the time and the rows."""

    model: ClassVar = Sql
    seconds: int = 120
    most: int = 500_000

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield the result as one JSON delivery; raises FetchError, which never repeats the address."""
        source = Sql.model_validate(feed.configuration)
        query = single_select(source.query)
        engine = _open(reach.secret(source.url), source.url, self.seconds)
        try:
            with engine.connect() as connection:
                content = self._ask(connection, query, source.url)
        except SQLAlchemyError as error:
            raise _fault(error, source.url, self.seconds) from None
        finally:
            engine.dispose()
        yield Delivery(f"sql:{source.url}", content, dt.datetime.now(dt.UTC))

    def read(self, delivery: Delivery, feed: Feed) -> list[Sheet]:
        """Lay the result out under the query's column names; raises UnreadableError."""
        result = read_json(delivery.content)
        columns = [(str(name), (str(place),)) for place, name in enumerate(result["columns"])]
        return [to_sheet(result["rows"], columns)]

    def _ask(self, connection: Connection, query: str, variable: str) -> bytes:
        if connection.dialect.name == "postgresql":
            # The session too: a transaction that a query smuggles in behind a semicolon may not write either.
            connection.exec_driver_sql("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {self.seconds * 1000}")
        # Without parameters a percent sign is one: LIKE '%…' is a common query.
        asking = connection.execution_options(stream_results=True, no_parameters=True)
        with asking.exec_driver_sql(query) as result:
            names, rows = list(result.keys()), result.fetchmany(self.most + 1)
        if len(rows) > self.most:
            raise FetchError(f"Kueri pada {variable} memberi lebih dari {self.most} baris. Persempit dengan WHERE.")
        return write_result(names, rows)


def _open(address: str, variable: str, seconds: int) -> Engine:
    try:
        url = make_url(address)
        kind = url.get_backend_name()
        if kind == "sqlite":
            return _open_file(url, variable, seconds)
        if kind == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
            return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 10}, hide_parameters=True)
    except (ArgumentError, ValueError):
        raise FetchError(
            f"Isi {variable} bukan alamat basis data. Bentuknya: postgresql://pengguna:sandi@server/nama."
        ) from None
    raise FetchError(
        f"Basis data jenis “{kind}” pada {variable} belum dapat dibaca; yang dapat: postgresql dan sqlite. "
        "Mintalah ekspor CSV dari aplikasinya, dan kirim lewat data/inbox."
    )


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


def _fault(error: SQLAlchemyError, variable: str, seconds: int) -> FetchError:
    """Say what went wrong; of the database's own words only those about the query, which hold no data."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    state, words = getattr(cause, "sqlstate", None) or "", str(cause).strip().split("\n")[0]
    if state == TIMED_OUT or words == "interrupted":
        return FetchError(f"Kueri pada {variable} melewati {seconds} detik dan dihentikan. Persempit kuerinya.")
    if state == READ_ONLY or "readonly" in words:
        return FetchError(f"Kueri pada {variable} mencoba mengubah data, jadi ditolak. Kiriman sql hanya membaca.")
    if state.startswith("42") or words.startswith(("no such", "near ", "ambiguous ", "wrong number of arguments")):
        return FetchError(f"Kueri pada {variable} keliru: {words[:160]}. Perbaiki `query` kiriman ini.")
    if state and not state.startswith(("08", "28", "3D", "57", "53")):
        return FetchError(f"Kueri pada {variable} gagal (galat {state}). Periksa `query` kiriman ini.")
    return FetchError(
        f"Basis data pada {variable} tidak dapat dibaca. Periksa server, alamat, pengguna dan sandinya, lalu coba lagi."
    )


CONNECTOR = SqlConnector()
