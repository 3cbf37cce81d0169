"""Both databases the warehouse runs on: SQLite files, and a private PostgreSQL cluster in a temporary folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from benchmarks.server import create_database, postgres_server
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.schema import metadata

NUMBERS = count(1)


@pytest.fixture(scope="session", name="postgres_server")
def private_server() -> Iterator[str]:
    """Give the address of a private cluster up to the database's name."""
    with postgres_server() as address:
        yield address


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """Give the address of a fresh, empty database."""
    return create_database(postgres_server, f"uji_{next(NUMBERS)}")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'warehouse.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give an empty database of each kind in turn."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("migrated") / "warehouse.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """Give the address of a migrated database, emptied before each test: far cheaper than one database per test."""
    url = create_database(postgres_server, "migrated")
    _migrate(url)
    return url


def _migrate(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def warehouse_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty warehouse of each kind in turn."""
    if request.param == "sqlite":
        path = tmp_path / "warehouse.sqlite"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        return f"sqlite:///{path}"
    url = str(request.getfixturevalue("migrated_postgres"))
    server = create_engine(url)
    with server.begin() as connection:
        for table in reversed(metadata.sorted_tables):  # TRUNCATE would make new files for each table and index
            connection.execute(table.delete())
            if table.primary_key.columns.keys() == ["id"] and table.autoincrement_column is not None:
                connection.exec_driver_sql(f"ALTER SEQUENCE {table.name}_id_seq RESTART")
    server.dispose()
    return url


@pytest.fixture
def engine(warehouse_url: str) -> Iterator[Engine]:
    """Give an empty warehouse of each kind in turn."""
    opened = open_engine(warehouse_url)
    yield opened
    opened.dispose()
