"""A warehouse of the first form, with data in it, becomes one of the present form and stays whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, insert, select, text

from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.read import queries
from etl.warehouse.read.schedule_state import answered_until
from etl.warehouse.revision import alembic_config, schema_is_current
from etl.warehouse.verify import verify
from etl.warehouse.write.transactions import appending
from tests.integration.warehouse.loads import CATALOGUE, House, load, refusal, row

FIRST_FORM = "0001"


def build_first_form(engine: Engine) -> None:
    config = alembic_config()
    with appending(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST_FORM)


def copy_rows(source: Engine, target: Engine) -> None:
    """Write into the target's tables what the source holds of their columns."""
    tables = MetaData()
    tables.reflect(target)
    with source.connect() as reader, appending(target) as writer:
        for table in tables.sorted_tables:
            if table.name == "alembic_version":
                continue
            found = [dict(each._mapping) for each in reader.execute(select(table))]
            if found:
                writer.execute(insert(table), found)
        if target.dialect.name == "postgresql":
            for name in ("attempt", "run", "file", "finding", "observation", "score"):
                writer.execute(text(f"SELECT setval('{name}_id_seq', (SELECT max(id) + 1 FROM {name}))"))


def fill(engine: Engine) -> House:
    house = House(engine)
    house.record(CATALOGUE)
    house.commit(load(row("70.10"), row("70.15", region="64.08"), refused=(refusal(9),)))
    house.commit(load(row("71.25"), row("70.15", region="64.08")))
    return house


@pytest.fixture
def new_database(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Callable[[], str]:
    """Give the address of one more empty database of the same kind."""

    def make() -> str:
        if database_url.startswith("sqlite"):
            return f"sqlite:///{tmp_path / 'lain.sqlite'}"
        name = f"{database_url.rpartition('?')[0].rpartition('/')[2]}_lain"
        server = open_engine(database_url)
        with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        server.dispose()
        return str(request.getfixturevalue("postgres_server")) % name

    return make


def test_a_warehouse_of_the_first_form_is_brought_up_to_date_whole(
    database_url: str, new_database: Callable[[], str]
) -> None:
    filled, old = open_engine(new_database()), open_engine(database_url)
    migrate(filled)
    fill(filled)
    build_first_form(old)
    copy_rows(filled, old)
    assert not schema_is_current(old)
    migrate(old)
    assert schema_is_current(old)
    assert verify(old) == []
    with old.connect() as connection, filled.connect() as reference:
        assert queries.vintages(connection, 10) == queries.vintages(reference, 10)
        tries = queries.attempts(connection)
        assert [(each.outcome, each.accepted, each.holder) for each in tries] == [("loaded", 0, None)] * 2
        assert answered_until(connection) == {"ipm": tries[0].started_at}
    later = House(old, days=30)
    later.commit(load(row("72.00"), name="baru.csv"))
    assert verify(old) == []
    filled.dispose()
    old.dispose()
