"""Deliveries that wait for the steward, and what the steward decides: once, for good, sealed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Select, select

from etl.catalogue.decimals import canonical
from etl.warehouse.read.observation_records import VERSIONS, observations_of
from etl.warehouse.schema import attempt, decision, file, observation, review, run, run_file

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


def later_values(connection: Connection, feed: str, attempt_id: int) -> dict[tuple[str, ...], str | None]:
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


def already_decided(found: Held | None, attempt_id: int) -> str:
    """Say why a delivery can no longer be decided on, or never could."""
    if found is None:
        return f"Pemuatan data {attempt_id} tidak menunggu pemeriksaan. Yang menunggu tampak pada: python -m etl today"
    word = "diterima" if found.verdict == "accept" else "dikembalikan"
    reason = f" dengan alasan: {found.reason}" if found.reason else ""
    return f"Pemuatan data {attempt_id} sudah {word} oleh {found.by}{reason}. Satu pemuatan data diputuskan satu kali."
