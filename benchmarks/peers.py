"""What else would write a million rows: each takes rows from memory into one plain table with a key, and no more.

A row is (indicator, region, period, value as decimal text, unit). Nothing is checked, versioned, traced or sealed.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg
from sqlalchemy import Column, Engine, MetaData, Numeric, Table, Text, create_engine
from sqlalchemy.dialects import postgresql, sqlite

Row = tuple[str, str, str, str, str]
COLUMNS = ("indicator", "region", "period", "value", "unit")
KEY = COLUMNS[:3]
CREATE = "CREATE TABLE plain (indicator TEXT, region TEXT, period TEXT, value NUMERIC, unit TEXT, PRIMARY KEY ({}))"
UPSERT = """
INSERT INTO plain {rows} ON CONFLICT ({key}) DO UPDATE SET value = excluded.value, unit = excluded.unit
WHERE plain.value IS DISTINCT FROM excluded.value OR plain.unit IS DISTINCT FROM excluded.unit
"""
PART = 10_000


def read_rows(path: Path) -> list[Row]:
    """Read the rows of a delivery."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter=";")
        next(lines)
        return [(one, two, three, value.replace(",", "."), unit) for one, two, three, value, unit in lines]


def _key() -> str:
    return ", ".join(KEY)


def copy_and_merge(url: str, rows: Sequence[Row]) -> None:
    """PostgreSQL: COPY as text into a staging table, then one upsert."""
    with psycopg.connect(_plain_url(url)) as connection, connection.cursor() as cursor:
        cursor.execute(CREATE.format(_key()))
        cursor.execute("CREATE TEMPORARY TABLE staging (LIKE plain)")
        with cursor.copy("COPY staging FROM STDIN") as copy:
            for start in range(0, len(rows), PART):
                copy.write("".join(["%s\t%s\t%s\t%s\t%s\n" % row for row in rows[start : start + PART]]))  # noqa: UP031
        cursor.execute(UPSERT.format(rows="SELECT * FROM staging WHERE true", key=_key()))


def executemany(url: str, rows: Sequence[Row]) -> None:
    """SQLite: the driver's own executemany of an upsert."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    connection.execute("PRAGMA journal_mode=WAL")
    with connection:
        connection.execute(CREATE.format(_key()))
        connection.executemany(UPSERT.format(rows="VALUES (?, ?, ?, ?, ?)", key=_key()), rows)
    connection.close()


def sqlalchemy_upsert(url: str, rows: Sequence[Row]) -> None:
    """SQLAlchemy: executemany of an upsert, ten thousand rows at a time."""
    engine = create_engine(url)
    plain = _table(engine)
    insert: Any = (postgresql if engine.dialect.name == "postgresql" else sqlite).insert(plain)
    changed = {name: insert.excluded[name] for name in ("value", "unit")}
    upsert = insert.on_conflict_do_update(
        index_elements=list(KEY), set_=changed, where=plain.c.value.is_distinct_from(insert.excluded.value)
    )
    with engine.begin() as connection:
        for start in range(0, len(rows), PART):
            connection.execute(upsert, [dict(zip(COLUMNS, row, strict=True)) for row in rows[start : start + PART]])
    engine.dispose()


def pandas_to_sql(url: str, rows: Sequence[Row]) -> None:
    """pandas: to_sql, appending."""
    engine = create_engine(url)
    _table(engine)
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    exact = engine.dialect.name == "postgresql"
    frame["value"] = frame["value"].map(Decimal if exact else float)
    types = {"value": Numeric()} if exact else None
    with engine.begin() as connection:
        frame.to_sql("plain", connection, if_exists="append", index=False, chunksize=PART, dtype=types)
    engine.dispose()


def _table(engine: Engine) -> Table:
    exact = Numeric().with_variant(Text(), "sqlite")
    columns = [Column(name, exact if name == "value" else Text(), primary_key=name in KEY) for name in COLUMNS]
    table = Table("plain", MetaData(), *columns)
    table.create(engine)
    return table


def _plain_url(url: str) -> str:
    return url.replace("+psycopg", "")


PEERS: dict[str, dict[str, Callable[[str, Sequence[Row]], None]]] = {
    "sqlite": {
        "sqlite3 executemany upsert": executemany,
        "SQLAlchemy executemany upsert": sqlalchemy_upsert,
        "pandas.to_sql": pandas_to_sql,
    },
    "postgresql": {
        "COPY into staging and merge": copy_and_merge,
        "SQLAlchemy executemany upsert": sqlalchemy_upsert,
        "pandas.to_sql": pandas_to_sql,
    },
}
