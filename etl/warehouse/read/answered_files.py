"""Which feeds have looked into a file of the inbox that several of them take."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, or_, select

from etl.warehouse.schema import attempt, finding

TOOK = ("loaded", "unchanged", "waiting", "empty")


def answered(connection: Connection, sha256: str, since: dt.datetime) -> set[str]:
    """Return the feeds that took or returned these bytes since a moment; a try that broke off is no answer."""
    returned = select(finding.c.attempt_id).where(finding.c.attempt_id == attempt.c.id).exists()
    query = select(attempt.c.feed).where(
        attempt.c.sha256 == sha256, attempt.c.started_at >= since, or_(attempt.c.outcome.in_(TOOK), returned)
    )
    return set(connection.scalars(query))
