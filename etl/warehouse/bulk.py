"""Many rows into a table and out of a query, by each database's own fast way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table

CHUNK = 20_000
Rows = list[tuple[Any, ...]]
_SPECIAL = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class RowText:
    """What stands for NULL in rows to append, and how their texts are written."""

    null: str | None
    write: Callable[[str], str]


def _escape(text: str) -> str:
    return text.translate(_SPECIAL)


_PLAIN, _COPY = RowText(None, str), RowText("\\N", _escape)


def row_text(connection: Connection) -> RowText:
    """Return the form of rows for `append_rows`: with PostgreSQL that of its COPY."""
    return _COPY if connection.dialect.name == "postgresql" else _PLAIN


def append_rows(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Append rows of some columns of a table: whole numbers, and texts and NULL in the connection's form."""
    driver: Any = connection.connection.driver_connection
    into = f"{table.name} ({', '.join(names)})"
    if connection.dialect.name == "postgresql":
        line = "\t".join(["%s"] * len(names)) + "\n"
        remaining = iter(rows)
        with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            while block := "".join([line % row for row in islice(remaining, CHUNK)]):
                copy.write(block)
    else:
        marks = ",".join("?" * len(names))
        driver.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608 - our own names


def query_rows(connection: Connection, query: str) -> Iterator[Rows]:
    """Give the rows of a query without parameters in lists, some thousands at a time."""
    driver: Any = connection.connection.driver_connection
    server = connection.dialect.name == "postgresql"
    # A cursor of the server hands rows over in parts, and numbers in binary need not be read from text.
    with closing(driver.cursor("bulk", binary=True) if server else driver.cursor()) as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(CHUNK):
            yield rows
