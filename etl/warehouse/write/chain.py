"""Appending to the chain of vintages: opened first in its transaction, sealed last."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sqlalchemy import Connection, func, insert, select

from etl.warehouse import schema
from etl.warehouse.seal import GENESIS, seal
from etl.warehouse.seal_forms import CURRENT
from etl.warehouse.sealed_content import metadata


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
