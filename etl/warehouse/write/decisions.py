"""Deliveries that are held for the steward, and what the steward decides: once, for good, sealed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, Engine, delete, insert, update

from etl.warehouse.read.held_deliveries import Cause, Held, Verdict, already_decided, held
from etl.warehouse.read.vintages import current_vintage
from etl.warehouse.schema import attempt, decision, finding, review
from etl.warehouse.seal import content_hash
from etl.warehouse.write.attempts import add_counts, keep_findings, record_end
from etl.warehouse.write.transactions import appending, close_vintage, open_vintage, writing


@dataclass(frozen=True, slots=True)
class Decision:
    """What the steward says of a held delivery; `reason` where it is returned."""

    verdict: Verdict
    by: str
    reason: str | None = None


class DecidedError(Exception):
    """Somebody has decided already; the message is an Indonesian sentence."""


def hold(
    engine: Engine,
    attempt_id: int,
    cause: Cause,
    content: str,
    name: str,
    findings: pd.DataFrame,
    counts: tuple[int, int, int, int],
    now: dt.datetime,
) -> None:
    """Let an attempt wait for the steward, with the findings of its file. Nothing of it is a figure yet.

    `counts` are the rows read, accepted (if the steward agrees), unchanged and refused.
    """
    with writing(engine) as connection:
        values = {"attempt_id": attempt_id, "cause": cause, "content": content, "opened_at": now}
        connection.execute(insert(review).values(values))
        keep_findings(connection, findings, attempt_id, None, name)
        add_counts(connection, attempt_id, None, counts)
        record_end(connection, attempt_id, "waiting", now)


def record_acceptance(connection: Connection, attempt_id: int, number: int, said: Decision, now: dt.datetime) -> None:
    """Write the acceptance of a held attempt into the transaction that loads it as a vintage.

    What was kept with the attempt while it waited gives way to what the load keeps. Raises DecidedError.
    """
    _decide(connection, attempt_id, number, said, now)
    connection.execute(delete(finding).where(finding.c.attempt_id == attempt_id, finding.c.run_id.is_(None)))
    counts = dict.fromkeys(("rows_read", "accepted", "unchanged", "refused"), 0)
    connection.execute(update(attempt).where(attempt.c.id == attempt_id).values(counts))
    record_end(connection, attempt_id, "loaded", now, message=None)


def return_delivery(
    engine: Engine, found: Held, said: Decision, findings: pd.DataFrame, message: str, now: dt.datetime
) -> int:
    """Seal that a held delivery goes back; return the vintage's number. Raises DecidedError."""
    with appending(engine) as connection:
        current = current_vintage(connection)
        number = open_vintage(connection, "review", current.catalogue if current else "", now)
        _decide(connection, found.attempt, number, said, now)
        keep_findings(connection, findings, found.attempt, None, found.file)
        record_end(connection, found.attempt, "returned", now, message=message)
        close_vintage(connection, number, content_hash([]))
        return number


def _decide(connection: Connection, attempt_id: int, number: int, said: Decision, now: dt.datetime) -> None:
    """Write a decision; the chain's lock has been taken, so that of two stewards the second one sees the first."""
    known = held(connection, attempt_id)
    if known is None or known.verdict is not None:
        raise DecidedError(already_decided(known, attempt_id))
    values = {"attempt_id": attempt_id, "vintage_no": number, "verdict": said.verdict, "by": said.by}
    connection.execute(insert(decision).values(values | {"reason": said.reason, "decided_at": now}))
