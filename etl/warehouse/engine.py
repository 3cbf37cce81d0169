"""Opening the warehouse: for reading and writing, for reading alone, for changing its tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

BUSY_MILLISECONDS = 30_000
MAPPED_BYTES = 4 << 30  # pages of the file are read from memory instead of copied; more than the file is no harm
UNUSABLE = "PANTAU_DATABASE_URL bukan alamat gudang data yang sah (SQLite atau PostgreSQL). Lihat README.md."
INTERNED = "interned"  # where a connection keeps the texts it has read


def open_engine(url: str) -> Engine:
    """Open a warehouse for reading and writing; SQLite files are created.

    Readers see one snapshot per connection; writers take etl.warehouse.write.transactions.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(_create(address), "journal_mode=WAL")
    return _create(address, isolation_level="REPEATABLE READ", pool_pre_ping=True)


def open_reader(url: str) -> Engine:
    """Open an existing warehouse that this engine cannot change."""
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        path = quote(str(Path(address.database or "").resolve()))
        return _sqlite(
            _create(URL.create("sqlite", database=f"file:{path}", query={"mode": "rw", "uri": "true"})),
            "query_only=ON",
            f"mmap_size={MAPPED_BYTES}",
        )
    options = {"postgresql_readonly": True}
    return _create(address, isolation_level="REPEATABLE READ", pool_pre_ping=True, execution_options=options)


def open_migrator(engine: Engine) -> Engine:
    """Open a warehouse for changing its tables: SQLite writes a table anew, which foreign keys take for a deletion."""
    if engine.dialect.name != "sqlite":
        return engine
    return _sqlite(_create(engine.url), "journal_mode=WAL", "foreign_keys=OFF")


def _address(url: str) -> URL:
    """Read an address; raises ArgumentError, without repeating it, for a password may stand anywhere in a wrong one."""
    try:
        address = make_url(url)
    except ValueError:
        raise ArgumentError(UNUSABLE) from None
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise ArgumentError(UNUSABLE)
    return address


def _create(address: URL, **options: Any) -> Engine:
    try:
        return create_engine(address, **options)
    except ImportError:  # a driver that is not installed
        raise ArgumentError(UNUSABLE) from None


def _sqlite(engine: Engine, *pragmas: str) -> Engine:
    """Leave BEGIN to us: the driver's own would open no snapshot for readers and lock writers too late."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON", *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
