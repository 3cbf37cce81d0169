"""Both databases behave alike: the same seals of content, one writer at a time, readers that cannot write."""

from __future__ import annotations

import random
from pathlib import Path
from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError

from etl.warehouse import schema
from etl.warehouse.engine import open_engine, open_reader
from etl.warehouse.migration import migrate
from etl.warehouse.read import queries
from etl.warehouse.revision import problems, schema_is_current
from etl.warehouse.verify import verify
from tests.integration.warehouse.loads import CATALOGUE, House, load, row


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "data #1 100%"
    folder.mkdir()
    engine = open_engine(f"sqlite:///{folder / 'gudang.sqlite'}")
    migrate(engine)
    engine.dispose()
    reader = open_reader(f"sqlite:///{folder / 'gudang.sqlite'}")
    assert problems(reader) == []
    reader.dispose()


def rows(count: int) -> list[dict[str, object]]:
    periods = [f"{year}-{month:02d}" for year in range(2000, 2020) for month in range(1, 13)]
    return [
        row(f"{60 + place}.{place}5", period=periods[place], row=place + 2, note="é\U0001f600" if place % 7 else None)
        for place in range(count)
    ]


def contents(url: str, lines: list[dict[str, object]]) -> list[str]:
    """Load the rows, then half of them changed, into a fresh warehouse; give the content hashes."""
    engine = open_engine(url)
    migrate(engine)
    house = House(engine)
    house.record(CATALOGUE)
    house.commit(load(*lines))
    house.commit(load(*(each | {"value": "1.5", "printed": "1,50"} for each in lines if int(str(each["row"])) % 2)))
    assert verify(engine) == []
    with engine.connect() as connection:
        hashes = [each.content for each in queries.vintages(connection, 10)]
    engine.dispose()
    return hashes


def test_content_hashes_do_not_depend_on_the_database_or_the_order(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    lines = rows(40)
    shuffled = random.Random(7).sample(lines, len(lines))
    expected = contents(sqlite_url, lines)
    assert contents(postgres_url, lines) == expected
    assert contents(f"sqlite:///{tmp_path / 'shuffled.sqlite'}", shuffled) == expected
    assert contents(f"sqlite:///{tmp_path / 'other.sqlite'}", lines[1:]) != expected


def test_writers_take_turns(house: House) -> None:
    start = Barrier(3)
    errors: list[BaseException] = []

    def write(place: int) -> None:
        own = House(house.engine, days=10 * place)
        start.wait()
        try:
            for value in range(3):
                own.commit(load(row(str(value), region=f"64.0{place}"), row(str(place), period=f"200{value}")))
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)

    threads = [Thread(target=write, args=(place,)) for place in (1, 8, 9)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert errors == []
    assert verify(house.engine) == []
    with house.engine.connect() as connection:
        numbers = [each.number for each in queries.vintages(connection, 100)]
    assert numbers == list(range(len(numbers), 0, -1))


def test_a_reader_keeps_one_state_while_others_write(house: House) -> None:
    house.commit(load(row("70")))
    with house.engine.connect() as connection:
        before = queries.current_vintage(connection)
        house.commit(load(row("71", period="2025")))
        assert queries.current_vintage(connection) == before
        assert before is not None
        assert [each.period.code for each in queries.latest(connection, before, "64.01")] == ["2024"]


def test_the_reader_cannot_write(warehouse_url: str, house: House) -> None:
    house.commit(load(row("70")))
    reader = queries.open_reader(warehouse_url)
    with reader.connect() as connection:
        assert queries.current_vintage(connection) is not None
        with pytest.raises(DBAPIError, match=r"read-?only"):
            connection.execute(text("DELETE FROM observation"))
    reader.dispose()


def test_a_warehouse_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    reader = queries.open_reader(f"sqlite:///{tmp_path / 'tidak-ada.sqlite'}")
    assert "tidak terjangkau" in problems(reader)[0]
    assert list(tmp_path.iterdir()) == []


def test_an_old_form_is_told_and_migrated(database_url: str) -> None:
    engine = open_engine(database_url)
    assert not schema_is_current(engine)
    assert "migrate" in problems(engine)[0]
    migrate(engine)
    migrate(engine)
    assert problems(engine) == []
    engine.dispose()


def test_migrations_lead_to_the_tables_the_code_knows(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, schema.metadata) == []
        assert connection.execute(select(schema.observation.c.value)).all() == []
