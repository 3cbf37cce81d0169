"""Who may push: a feed's token, handed out and taken back."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine

from etl.catalogue.feeds import Feed
from etl.stewardship.pushes import takes_pushes
from etl.warehouse.write.push_tokens import make_token, revoke_token


def hand_out(engine: Engine, feed: Feed, now: dt.datetime) -> str:
    """Make a feed's token; an earlier one is valid no more. Raises ValueError where the feed takes no pushes."""
    if not takes_pushes(feed):
        raise ValueError(
            f"Kiriman {feed.id} tidak menerima dorongan: path-nya harus berkas di data/inbox/{feed.id}/, "
            f"misalnya data/inbox/{feed.id}/*."
        )
    return make_token(engine, feed.id, now)


def take_back(engine: Engine, feed: Feed) -> bool:
    """Take a feed's token away; tell whether it had one."""
    return revoke_token(engine, feed.id)
