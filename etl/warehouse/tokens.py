"""Tokens of feeds that are pushed. A token is shown once, when it is made; only its digest is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from sqlalchemy import Connection, Engine, delete, insert, select

from etl.warehouse.engine import writing
from etl.warehouse.schema import token

BYTES = 32


def token_of(connection: Connection, feed: str) -> str | None:
    """Return the digest of a feed's token; None where it has none."""
    return connection.scalar(select(token.c.digest).where(token.c.feed == feed))


def make_token(engine: Engine, feed: str, now: dt.datetime) -> str:
    """Make a feed's token and return it; an earlier one is valid no more."""
    made = secrets.token_urlsafe(BYTES)
    digest = hashlib.sha256(made.encode()).hexdigest()
    with writing(engine) as connection:
        connection.execute(delete(token).where(token.c.feed == feed))
        connection.execute(insert(token).values(feed=feed, digest=digest, made_at=now))
    return made


def revoke_token(engine: Engine, feed: str) -> bool:
    """Take a feed's token away; tell whether it had one."""
    with writing(engine) as connection:
        return bool(connection.execute(delete(token).where(token.c.feed == feed)).rowcount)
