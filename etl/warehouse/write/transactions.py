"""Transactions that write: whole or not at all; and the chain of vintages, to which one at a time may append."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import Connection, Engine, func, insert, select, text

from etl.warehouse import schema
from etl.warehouse.engine import INTERNED
from etl.warehouse.seal import GENESIS, seal
from etl.warehouse.seal_forms import CURRENT
from etl.warehouse.sealed_content import metadata

CHAIN_LOCK = 0x70616E746175  # "pantau"; whoever holds it may append to the chain


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


def open_vintage(
    connection: Connection, kind: Literal["data", "catalogue", "review"], catalogue: str, now: dt.datetime
) -> int:
    """Write the next vintage, read by the catalogue of that hash; return its number."""
    number = int(connection.scalar(select(func.max(schema.vintage.c.no))) or 0) + 1
    values = {"no": number, "kind": kind, "recorded_at": now, "catalogue_hash": catalogue}
    connection.execute(insert(schema.vintage).values(values))
    return number


def close_vintage(connection: Connection, number: int, content: str) -> None:
    """Seal a vintage; the last statement of its transaction."""
    previous = connection.scalar(select(schema.seal.c.seal).where(schema.seal.c.vintage_no == number - 1)) or GENESIS
    sealed = seal(previous, content, metadata(connection, number, CURRENT))
    values = {"vintage_no": number, "form": CURRENT, "content": content, "seal": sealed}
    connection.execute(insert(schema.seal).values(values))
