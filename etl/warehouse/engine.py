"""Opening the warehouse, and bringing its tables to the current form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

CHAIN_LOCK = 0x70616E746175  # "pantau"; whoever holds it may append to the chain
BUSY_MILLISECONDS = 30_000
MAPPED_BYTES = 4 << 30  # pages of the file are read from memory instead of copied; more than the file is no harm
INTERNED = "interned"  # where a connection keeps the texts it has read


def open_engine(url: str) -> Engine:
    """Open a warehouse for reading and writing; SQLite files are created.

    Readers see one snapshot per connection; `appending` takes the chain lock.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(create_engine(url), "journal_mode=WAL")
    return create_engine(url, isolation_level="REPEATABLE READ", pool_pre_ping=True)


def open_reader(url: str) -> Engine:
    """Open an existing warehouse that this engine cannot change."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        path = Path(parts.database or "").resolve()
        return _sqlite(create_engine(f"sqlite:///file:{path}?mode=rw&uri=true"), "query_only=ON")
    options = {"postgresql_readonly": True}
    return create_engine(url, isolation_level="REPEATABLE READ", pool_pre_ping=True, execution_options=options)


def _sqlite(engine: Engine, *pragmas: str) -> Engine:
    """Leave BEGIN to us: the driver's own would open no snapshot for readers and lock writers too late."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        settings = (f"busy_timeout={BUSY_MILLISECONDS}", f"mmap_size={MAPPED_BYTES}", "foreign_keys=ON")
        for pragma in (*settings, *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction that may write; all of it commits or nothing."""
    # In PostgreSQL a snapshot taken while waiting for a lock would not see what the lock's holder committed.
    options = {"writes": True} if engine.dialect.name == "sqlite" else {"isolation_level": "READ COMMITTED"}
    with engine.connect().execution_options(**options) as connection:
        try:
            with connection.begin():
                yield connection
        finally:
            connection.info.pop(INTERNED, None)  # a rollback frees keys that then stand for other texts


@contextmanager
def appending(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction that alone may append to the chain; others wait."""
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
        yield connection


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def migrate(engine: Engine) -> None:
    """Bring the tables to the current form; nothing happens when they are."""
    config = _config()
    with appending(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def schema_is_current(engine: Engine) -> bool:
    """Tell whether the tables have the form this version of Pantau works with."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def problems(engine: Engine) -> list[str]:
    """Return why the warehouse cannot serve, as sentences; empty when it can."""
    try:
        if not schema_is_current(engine):
            return ["Susunan gudang data belum mutakhir; jalankan: python -m etl migrate."]
    except DBAPIError as error:
        return [f"Gudang data tidak terjangkau: {error.orig}. Periksa PANTAU_DATABASE_URL."]
    return []
