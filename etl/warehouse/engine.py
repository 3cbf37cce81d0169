"""Opening the warehouse, and bringing its tables to the current form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from etl.warehouse.trouble import explain

CHAIN_LOCK = 0x70616E746175  # "pantau"; whoever holds it may append to the chain
BUSY_MILLISECONDS = 30_000
MAPPED_BYTES = 4 << 30  # pages of the file are read from memory instead of copied; more than the file is no harm
UNUSABLE = "PANTAU_DATABASE_URL bukan alamat gudang data yang sah (SQLite atau PostgreSQL). Lihat README.md."
NEWER = "Gudang data dibentuk oleh Pantau yang lebih baru dari ini. Perbarui Pantau; gudangnya tidak diubah."
INTERNED = "interned"  # where a connection keeps the texts it has read


def open_engine(url: str) -> Engine:
    """Open a warehouse for reading and writing; SQLite files are created.

    Readers see one snapshot per connection; `appending` takes the chain lock.
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
    """Bring the tables to the current form; nothing happens when they are.

    Raises ValueError with a sentence where they already have a later form than this version of Pantau knows.
    """
    config = _config()
    # A table of SQLite is changed by writing it anew; its foreign keys would take that for a deletion.
    sqlite = engine.dialect.name == "sqlite"
    migrator = _sqlite(_create(engine.url), "journal_mode=WAL", "foreign_keys=OFF") if sqlite else engine
    with appending(migrator) as connection:
        if _is_newer(_revision(connection)):
            raise ValueError(NEWER)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
            raise ValueError(
                f"Susunan gudang data tidak dapat diperbarui: tabel {broken[0]} merujuk baris yang hilang."
            )
    if sqlite:
        migrator.dispose()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_newer(revision: str | None) -> bool:
    known = {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
    return revision is not None and revision not in known


def schema_is_current(engine: Engine) -> bool:
    """Tell whether the tables have the form this version of Pantau works with."""
    with engine.connect() as connection:
        found = _revision(connection)
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def problems(engine: Engine) -> list[str]:
    """Return why the warehouse cannot serve, as sentences; empty when it can."""
    try:
        if schema_is_current(engine):
            return []
        with engine.connect() as connection:
            newer = _is_newer(_revision(connection))
    except DBAPIError as error:
        return [f"Gudang data tidak terjangkau: {explain(error)}. Periksa PANTAU_DATABASE_URL."]
    return [NEWER if newer else "Susunan gudang data belum mutakhir; jalankan: python -m etl migrate."]
