"""Tries of feeds, and the periods they brought. They commit on their own: a failed or killed one leaves its trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

import pandas as pd
from sqlalchemy import Connection, Engine, and_, case, insert, or_, select, update

from etl.measures.observation import AttemptOutcome
from etl.warehouse.read.delivered_periods import TAKEN
from etl.warehouse.schema import attempt, delivered, due, finding
from etl.warehouse.seal import Cell
from etl.warehouse.seal_forms import CURRENT, FORMS
from etl.warehouse.write.transactions import writing

FINDING = FORMS[CURRENT]["finding"]
Outcome = AttemptOutcome
Counts = tuple[int, int, int, int]  # rows read, accepted, unchanged, refused


def start_attempt(
    engine: Engine,
    feed: str,
    now: dt.datetime,
    holder: str | None = None,
    dues: Sequence[dt.datetime] = (),
    replays: bool = False,
) -> int:
    """Record that a feed is being tried by `holder`, and for which due times; return the attempt's id.

    Due times whose attempt was interrupted pass to this one, unless it `replays` old bytes: then the source still has
    to be asked. A due time that is answered for already is an IntegrityError.
    """
    with writing(engine) as connection:
        values = {"feed": feed, "started_at": now, "heartbeat_at": now, "holder": holder}
        number = int(connection.execute(insert(attempt).values(values).returning(attempt.c.id)).scalar_one())
        if not replays:
            lost = select(attempt.c.id).where(attempt.c.feed == feed, attempt.c.outcome == "interrupted")
            passed = update(due).where(due.c.feed == feed, due.c.attempt_id.in_(lost))
            connection.execute(passed.values(attempt_id=number))
        if dues:
            connection.execute(insert(due), [{"feed": feed, "due_at": each, "attempt_id": number} for each in dues])
        return number


def heartbeat(engine: Engine, attempt_id: int, now: dt.datetime) -> None:
    """Record that the attempt is alive, if it has not ended."""
    with writing(engine) as connection:
        alive = update(attempt).where(attempt.c.id == attempt_id, attempt.c.outcome.is_(None))
        connection.execute(alive.values(heartbeat_at=now))


def end_orphans(
    engine: Engine, feed: str, now: dt.datetime, outcome: Literal["interrupted", "failed"], message: str
) -> list[int]:
    """End the open attempts of a feed; return those that had loaded nothing. For the holder of the feed's lock.

    One that had committed its run is `loaded`: only the last word on it was lost.
    """
    theirs = and_(attempt.c.feed == feed, attempt.c.outcome.is_(None))
    with engine.connect() as connection:  # most often there is none, and a reader waits for nobody
        if connection.scalar(select(attempt.c.id).where(theirs).limit(1)) is None:
            return []
    sealed = attempt.c.run_id.is_not(None)
    ended = {
        "finished_at": now,
        "outcome": case((sealed, "loaded"), else_=outcome),
        "message": case((sealed, None), else_=message),
    }
    with writing(engine) as connection:
        query = update(attempt).where(theirs).values(ended).returning(attempt.c.id, attempt.c.run_id)
        return [row.id for row in connection.execute(query) if row.run_id is None]


def finish_attempt(
    engine: Engine,
    attempt_id: int,
    outcome: Outcome,
    message: str | None,
    now: dt.datetime,
    findings: pd.DataFrame | None = None,
    file: str = "",
) -> None:
    """Record how an attempt ended.

    `findings` are those of a load of `file` that was not sealed; commit_load keeps the others itself.
    """
    with writing(engine) as connection:
        record_end(connection, attempt_id, outcome, now, message=message)
        if findings is not None:
            keep_findings(connection, findings, attempt_id, None, file)


def record_end(connection: Connection, attempt_id: int, outcome: Outcome, now: dt.datetime, **said: str | None) -> None:
    """Write into a transaction how an attempt ended; `said` are further columns of it."""
    ended = {"heartbeat_at": now, "finished_at": now, "outcome": outcome, **said}
    connection.execute(update(attempt).where(attempt.c.id == attempt_id).values(ended))


def name_file(engine: Engine, attempt_id: int, name: str, sha256: str) -> None:
    """Record which file an attempt is about, under the hash of its bytes."""
    with writing(engine) as connection:
        connection.execute(update(attempt).where(attempt.c.id == attempt_id).values(file=name, sha256=sha256))


def add_counts(connection: Connection, attempt_id: int, run: int | None, counts: Counts) -> None:
    """Add the rows read, accepted, unchanged and refused of one load to its attempt, which may load several files."""
    names = ("rows_read", "accepted", "unchanged", "refused")
    values = {name: attempt.c[name] + count for name, count in zip(names, counts, strict=True)}
    query = update(attempt).where(attempt.c.id == attempt_id).values(values)
    connection.execute(query if run is None else query.values(run_id=run))


def end_load(
    connection: Connection, attempt_id: int, run: int | None, counts: Counts, now: dt.datetime, reading: str | None
) -> None:
    """End the attempt of a load in the load's own transaction, so that a kill right after it loses nothing."""
    add_counts(connection, attempt_id, run, counts)
    record_end(connection, attempt_id, "unchanged" if run is None else "loaded", now, reading=reading)


def finding_rows(findings: pd.DataFrame) -> list[tuple[Cell, ...]]:
    """Return findings as plain tuples in the order of FINDING, missing cells as None."""
    whole = findings.reindex(columns=list(FINDING)).astype(object)
    columns = [whole[name].where(whole[name].notna(), None).tolist() for name in FINDING]
    return [
        (rule, severity, sheet, None if row is None else int(row), column, raw or "", sentence, *later)
        for rule, severity, sheet, row, column, raw, sentence, *later in zip(*columns, strict=True)
    ]


def keep_findings(connection: Connection, findings: pd.DataFrame, attempt_id: int, run: int | None, file: str) -> None:
    """Write findings of a file, in the order given, with the indicator they speak about where that is known."""
    about = {"attempt_id": attempt_id, "run_id": run, "file": file}
    known = findings["indicator"].tolist() if "indicator" in findings else [None] * len(findings)
    values = [
        dict(zip(FINDING, row, strict=True)) | about | {"indicator": indicator if isinstance(indicator, str) else None}
        for row, indicator in zip(finding_rows(findings), known, strict=True)
    ]
    if values:
        connection.execute(insert(finding), values)


def note_periods(engine: Engine, feed: str, attempt_id: int, periods: Iterable[str], received_at: dt.datetime) -> None:
    """Keep which periods an attempt brought, where no earlier delivery that stands has brought them.

    Bytes that are run again, after a mishap of ours or a mended catalogue, count from the day they came first. Call it
    before the attempt ends: how it ends decides whether its periods count.
    """
    wanted = sorted(set(periods))
    if not wanted:
        return
    with writing(engine) as connection:
        stands = or_(attempt.c.outcome.in_(TAKEN), attempt.c.id == attempt_id)
        joined = select(delivered.c.period).join(attempt, attempt.c.id == delivered.c.attempt_id)
        known = set(connection.scalars(joined.where(delivered.c.feed == feed, stands)))
        came = min(received_at, _first_sent(connection, feed, attempt_id) or received_at)
        common = {"feed": feed, "attempt_id": attempt_id, "received_at": came}
        rows = [common | {"period": each} for each in wanted if each not in known]
        if rows:
            connection.execute(insert(delivered), rows)


def _first_sent(connection: Connection, feed: str, attempt_id: int) -> dt.datetime | None:
    """Return when the bytes of an attempt were first tried and not given back; None where they were not."""
    digest = select(attempt.c.sha256).where(attempt.c.id == attempt_id).scalar_subquery()
    kept = attempt.c.outcome.is_distinct_from("returned")
    query = select(attempt.c.started_at).where(attempt.c.feed == feed, attempt.c.sha256 == digest, kept)
    return connection.scalar(query.order_by(attempt.c.id).limit(1))
