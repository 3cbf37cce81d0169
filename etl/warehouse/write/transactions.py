"""Transactions that write: whole or not at all, and one at a time where they append to the chain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from etl.warehouse.engine import INTERNED

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
