"""Deliveries that wait for the steward, and what the steward decides: once, for good, sealed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from sqlalchemy import Connection, Engine, Select, delete, insert, select, update

from etl.catalogue.exact import canonical
from etl.warehouse.attempts import add_counts, keep_findings
from etl.warehouse.chain import close_vintage, open_vintage
from etl.warehouse.engine import appending, writing
from etl.warehouse.rows import VERSIONS, observations_of
from etl.warehouse.schema import attempt, decision, file, finding, observation, review, run, run_file
from etl.warehouse.seal import content_hash
from etl.warehouse.vintages import current_vintage

Cause = Literal["steward", "shrunk"]
Verdict = Literal["accept", "return"]


@dataclass(frozen=True, slots=True)
class Held:
    """A delivery that was held back: `content` is the hash of what would be loaded. `verdict` None while it waits."""

    attempt: int
    feed: str
    file: str
    sha256: str
    cause: Cause
    content: str
    opened_at: dt.datetime
    verdict: Verdict | None
    by: str | None
    reason: str | None
    decided_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the steward says of a held delivery; `reason` where it is returned."""

    verdict: Verdict
    by: str
    reason: str | None = None


class DecidedError(Exception):
    """Somebody has decided already; the message is an Indonesian sentence."""


def _held() -> Select[Any]:
    return (
        select(
            *(review.c.attempt_id, attempt.c.feed, attempt.c.file, attempt.c.sha256, review.c.cause, review.c.content),
            *(review.c.opened_at, decision.c.verdict, decision.c.by, decision.c.reason, decision.c.decided_at),
        )
        .join(attempt, attempt.c.id == review.c.attempt_id)
        .outerjoin(decision, decision.c.attempt_id == review.c.attempt_id)
        .order_by(review.c.attempt_id.desc())
    )


def held(connection: Connection, attempt_id: int) -> Held | None:
    """Return what was held back in an attempt, decided or not; None where nothing was."""
    row = connection.execute(_held().where(review.c.attempt_id == attempt_id)).first()
    return Held(*row) if row else None


def last_held(connection: Connection, feed: str, name: str) -> Held | None:
    """Return the newest delivery of a file of a feed that was held back."""
    row = connection.execute(_held().where(attempt.c.feed == feed, attempt.c.file == name).limit(1)).first()
    return Held(*row) if row else None


def rows_last_loaded(connection: Connection, feed: str, name: str | None) -> int:
    """Return how many rows the last sealed load of a feed read, of one file or (None) of any; 0 without one.

    A load whose rows were all returned says nothing of how many rows there should be.
    """
    query = select(run.c.rows_read).where(run.c.feed == feed, run.c.accepted + run.c.unchanged > 0)
    query = query.order_by(run.c.id.desc())
    if name is not None:
        query = query.join(run_file, run_file.c.run_id == run.c.id).join(file, file.c.id == run_file.c.file_id)
        query = query.where(run_file.c.ordinal == 0, file.c.name == name)
    return int(connection.scalar(query.limit(1)) or 0)


def later_figures(connection: Connection, feed: str, attempt_id: int) -> dict[tuple[str, ...], str | None]:
    """Return the figures in force that later attempts of a feed loaded: value or category by (kind, indicator, series,
    region, period, producer, publication)."""
    ids = select(run.c.vintage_no).where(run.c.feed == feed, run.c.attempt_id > attempt_id)
    query = VERSIONS.where(observation.c.vintage_no.in_(ids), observation.c.superseded_in.is_(None))
    return {
        (each.kind, each.indicator, each.series, each.region, each.period.code, each.producer, each.publication): (
            each.category if each.value is None else canonical(each.value)
        )
        for each in observations_of(connection, query)
    }


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
        _end(connection, attempt_id, "waiting", None, now)


def record_acceptance(connection: Connection, attempt_id: int, number: int, said: Decision, now: dt.datetime) -> None:
    """Write the acceptance of a held attempt into the transaction that loads it as a vintage.

    What was kept with the attempt while it waited gives way to what the load keeps. Raises DecidedError.
    """
    _decide(connection, attempt_id, number, said, now)
    connection.execute(delete(finding).where(finding.c.attempt_id == attempt_id, finding.c.run_id.is_(None)))
    counts = dict.fromkeys(("rows_read", "accepted", "unchanged", "refused"), 0)
    connection.execute(update(attempt).where(attempt.c.id == attempt_id).values(counts))
    _end(connection, attempt_id, "loaded", None, now)


def return_delivery(
    engine: Engine, found: Held, said: Decision, findings: pd.DataFrame, message: str, now: dt.datetime
) -> int:
    """Seal that a held delivery goes back; return the vintage's number. Raises DecidedError."""
    with appending(engine) as connection:
        current = current_vintage(connection)
        number = open_vintage(connection, "review", current.catalogue if current else "", now)
        _decide(connection, found.attempt, number, said, now)
        keep_findings(connection, findings, found.attempt, None, found.file)
        _end(connection, found.attempt, "returned", message, now)
        close_vintage(connection, number, content_hash([]))
        return number


def _decide(connection: Connection, attempt_id: int, number: int, said: Decision, now: dt.datetime) -> None:
    """Write a decision; the chain's lock has been taken, so that of two stewards the second one sees the first."""
    known = held(connection, attempt_id)
    if known is None or known.verdict is not None:
        raise DecidedError(already_decided(known, attempt_id))
    values = {"attempt_id": attempt_id, "vintage_no": number, "verdict": said.verdict, "by": said.by}
    connection.execute(insert(decision).values(values | {"reason": said.reason, "decided_at": now}))


def already_decided(found: Held | None, attempt_id: int) -> str:
    """Say why a delivery can no longer be decided on, or never could."""
    if found is None:
        return f"Penerimaan {attempt_id} tidak menunggu pemeriksaan. Yang menunggu tampak pada: python -m etl today"
    word = "diterima" if found.verdict == "accept" else "dikembalikan"
    reason = f" dengan alasan: {found.reason}" if found.reason else ""
    return f"Penerimaan {attempt_id} sudah {word} oleh {found.by}{reason}. Satu penerimaan diputuskan satu kali."


def _end(connection: Connection, attempt_id: int, outcome: str, message: str | None, now: dt.datetime) -> None:
    ended = {"heartbeat_at": now, "finished_at": now, "outcome": outcome, "message": message}
    connection.execute(update(attempt).where(attempt.c.id == attempt_id).values(ended))
