"""Tries of feeds. They commit on their own, so that a failed or killed one leaves its trace and its findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Connection, Engine, insert, update

from etl.catalogue.observation import AttemptOutcome
from etl.warehouse.contents import FINDING
from etl.warehouse.engine import writing
from etl.warehouse.schema import attempt, finding
from etl.warehouse.seal import Cell

Outcome = AttemptOutcome


def start_attempt(engine: Engine, feed: str, now: dt.datetime) -> int:
    """Record that a feed is being tried; return the attempt's id."""
    with writing(engine) as connection:
        query = insert(attempt).values(feed=feed, started_at=now, heartbeat_at=now)
        return int(connection.execute(query.returning(attempt.c.id)).scalar_one())


def heartbeat(engine: Engine, attempt_id: int, now: dt.datetime) -> None:
    """Record that the attempt is alive."""
    with writing(engine) as connection:
        connection.execute(update(attempt).where(attempt.c.id == attempt_id).values(heartbeat_at=now))


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
        ended = {"heartbeat_at": now, "finished_at": now, "outcome": outcome, "message": message}
        connection.execute(update(attempt).where(attempt.c.id == attempt_id).values(ended))
        if findings is not None:
            keep_findings(connection, finding_rows(findings), attempt_id, None, file)


def add_counts(connection: Connection, attempt_id: int, run: int | None, rows_read: int, refused: int) -> None:
    """Add the counts of one load to its attempt; an attempt may load several files."""
    values = {"rows_read": attempt.c.rows_read + rows_read, "refused": attempt.c.refused + refused}
    query = update(attempt).where(attempt.c.id == attempt_id).values(values)
    connection.execute(query if run is None else query.values(run_id=run))


def finding_rows(findings: pd.DataFrame) -> list[tuple[Cell, ...]]:
    """Return findings as plain tuples in the order of FINDING, missing cells as None."""
    columns = [findings[name].astype(object).where(findings[name].notna(), None).tolist() for name in FINDING]
    return [
        (rule, severity, sheet, None if row is None else int(row), column, raw or "", sentence)
        for rule, severity, sheet, row, column, raw, sentence in zip(*columns, strict=True)
    ]


def keep_findings(
    connection: Connection, rows: Iterable[tuple[Cell, ...]], attempt_id: int, run: int | None, file: str
) -> None:
    """Write findings of a file, in the order given."""
    about = {"attempt_id": attempt_id, "run_id": run, "file": file}
    values = [dict(zip(FINDING, row, strict=True)) | about for row in rows]
    if values:
        connection.execute(insert(finding), values)
