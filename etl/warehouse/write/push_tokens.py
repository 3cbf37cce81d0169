"""Tokens of feeds that are pushed. A token is shown once, when it is made; only its digest is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from sqlalchemy import Engine, delete, insert

from etl.warehouse.schema import token
from etl.warehouse.write.transactions import writing

BYTES = 32


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
