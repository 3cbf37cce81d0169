"""Many rows into a table and out of a query, by each database's own fast way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table

CHUNK = 20_000
Rows = list[tuple[Any, ...]]
_SPECIAL = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v"}


@dataclass(frozen=True, slots=True)
class Form:
    """How rows look on the way: what stands for NULL, and how texts are written and read.

    With PostgreSQL all cells are texts as its COPY has them, also those of whole numbers that are read.
    """

    null: str | None
    write: Callable[[str], str]
    read: Callable[[str], str]
    key: Callable[[int], int | str]


def _escape(text: str) -> str:
    return text.translate(_SPECIAL)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: _LETTERS.get(match[1], match[1]), text) if "\\" in text else text


_PLAIN = Form(None, str, str, int)
_COPY = Form("\\N", _escape, _unescape, str)


def form(connection: Connection) -> Form:
    """Return the form of rows for `append_rows` and of `query_rows`."""
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
    """Give the rows of a query without parameters in lists, in the connection's form."""
    cursor: Any = connection.connection.cursor()
    try:
        yield from (_copied if connection.dialect.name == "postgresql" else _fetched)(cursor, query)
    finally:
        cursor.close()


def _fetched(cursor: Any, query: str) -> Iterator[Rows]:
    cursor.execute(query)
    while rows := cursor.fetchmany(CHUNK):
        yield rows


def _copied(cursor: Any, query: str) -> Iterator[Rows]:
    with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
        lines = iter(copy)
        while block := b"".join(islice(lines, CHUNK)):
            yield [tuple(line.split("\t")) for line in block.decode().split("\n")[:-1]]
