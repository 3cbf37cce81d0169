"""Writing to the warehouse: catalogues and loads become sealed vintages, each in one transaction. For etl.jobs only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd
from sqlalchemy import Connection, Engine, func, insert, select

from etl.catalogue.canonical import catalogue_hash, to_json
from etl.catalogue.models import Catalogue
from etl.catalogue.observation import Vintage
from etl.warehouse import schema
from etl.warehouse.attempts import add_counts, finding_rows, finish_attempt, heartbeat, keep_findings, start_attempt
from etl.warehouse.contents import findings_hash, metadata, row_digests
from etl.warehouse.engine import appending, migrate, open_engine, writing
from etl.warehouse.merge import merge
from etl.warehouse.recompute import recompute, touched_regions
from etl.warehouse.schema import observation, run
from etl.warehouse.seal import GENESIS, Cell, content_hash, seal, text_hash
from etl.warehouse.stage import fill_stage, stage
from etl.warehouse.vintages import current_vintage
from etl.warehouse.withdraw import withdraw

__all__ = [
    "File",
    "Load",
    "Outcome",
    "StaleCatalogueError",
    "commit_load",
    "finish_attempt",
    "heartbeat",
    "migrate",
    "open_engine",
    "record_catalogue",
    "start_attempt",
]


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was sent: its name, the hash of its bytes, its size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Load:
    """What the pipeline made of the rows of one file. Places refer to the first of `files`.

    `accepted` and `findings` hold text columns (`row` is int), as etl.pipeline gives them. `repeats` counts rows that
    only say again what another row of the file says; they are unchanged. `complete` says that the file is the whole of
    what it was before and was understood as declared: a figure that it gave before and gives no more is withdrawn,
    unless the file has shrunk.
    """

    feed: str
    files: tuple[File, ...]
    started_at: dt.datetime
    rows_read: int
    accepted: pd.DataFrame
    findings: pd.DataFrame
    repeats: int = 0
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a load. `run` and `vintage` are None where nothing changed and so nothing was sealed."""

    run: int | None
    vintage: int | None
    rows_read: int
    accepted: int
    unchanged: int
    refused: int
    withdrawn: int = 0


class StaleCatalogueError(RuntimeError):
    """The load was read by a catalogue that is not the recorded one."""


class _NothingNewError(Exception):
    """Takes back the transaction of a load that changes nothing."""


def record_catalogue(engine: Engine, catalogue: Catalogue, now: dt.datetime) -> Vintage | None:
    """Store a changed catalogue as a vintage and recompute all scores by it; None where it is the current one."""
    document = to_json(catalogue)
    key = text_hash(document)
    with appending(engine) as connection:
        current = current_vintage(connection)
        if current is not None and current.catalogue == key:
            return None
        known = select(schema.catalogue.c.hash).where(schema.catalogue.c.hash == key)
        if connection.execute(known).first() is None:
            connection.execute(insert(schema.catalogue).values(hash=key, document=document))
        number = _open_vintage(connection, "catalogue", key, now)
        recompute(connection, catalogue, number, None)
        _close_vintage(connection, number, key)
        return current_vintage(connection)


def commit_load(engine: Engine, load: Load, catalogue: Catalogue, attempt_id: int, now: dt.datetime) -> Outcome:
    """Commit run, versions, findings, scores and seal together, or nothing.

    A load without new versions and with the findings of the last load of its file only adds to its attempt.
    Raises ValueError where rows are lost between read and accepted or two rows have one identity, and
    StaleCatalogueError where the catalogue is not the recorded one.
    """
    rows = finding_rows(load.findings)
    refused = len({(sheet, row) for _, severity, sheet, row, *_ in rows if severity == "refused" and row is not None})
    if load.rows_read != len(load.accepted) + load.repeats + refused:
        raise ValueError(
            f"feed {load.feed}, {load.files[0].name}: {load.rows_read} rows were read, but {len(load.accepted)} "
            f"accepted, {load.repeats} repeated and {refused} refused; every row must be one of these"
        )
    try:
        with appending(engine) as connection:
            outcome = _append(connection, load, catalogue, attempt_id, rows, refused, now)
            add_counts(connection, attempt_id, outcome.run, load.rows_read, refused)
            return outcome
    except _NothingNewError:
        with writing(engine) as connection:
            add_counts(connection, attempt_id, None, load.rows_read, refused)
        return Outcome(None, None, load.rows_read, 0, len(load.accepted) + load.repeats, refused)


def _append(
    connection: Connection,
    load: Load,
    catalogue: Catalogue,
    attempt_id: int,
    findings: list[tuple[Cell, ...]],
    refused: int,
    now: dt.datetime,
) -> Outcome:
    key = catalogue_hash(catalogue)
    current = current_vintage(connection)
    if current is None or current.catalogue != key:
        raise StaleCatalogueError(
            f"feed {load.feed} was read by catalogue {key[:8]}, but {current.catalogue[:8] if current else 'none'} is "
            "recorded; record the catalogue and read the feed again"
        )
    last = int(connection.scalar(select(func.max(observation.c.id))) or 0)
    number = _open_vintage(connection, "data", key, now)
    fill_stage(connection, load.accepted)
    rows_before, findings_before = _last_run(connection, load)
    whole = load.complete and load.rows_read >= rows_before
    withdrawn = withdraw(connection, load.feed, load.files[0].name) if whole else 0
    accepted = merge(connection, number, withdrawn) - withdrawn
    stage.drop(connection)
    found = findings_hash(findings)
    if accepted == withdrawn == 0 and found == findings_before:
        raise _NothingNewError
    unchanged = len(load.accepted) - accepted + load.repeats
    outcome = Outcome(None, number, load.rows_read, accepted, unchanged, refused, withdrawn)
    run_id = _write_run(connection, load, number, attempt_id, outcome, found)
    keep_findings(connection, findings, attempt_id, run_id, load.files[0].name)
    touched = touched_regions(connection, catalogue, last)
    recompute(connection, catalogue, number, touched)
    digests = [each for _, some in row_digests(connection, last) for each in some]
    _close_vintage(connection, number, content_hash(digests))
    return replace(outcome, run=run_id)


def _open_vintage(connection: Connection, kind: Literal["data", "catalogue"], catalogue: str, now: dt.datetime) -> int:
    number = int(connection.scalar(select(func.max(schema.vintage.c.no))) or 0) + 1
    values = {"no": number, "kind": kind, "recorded_at": now, "catalogue_hash": catalogue}
    connection.execute(insert(schema.vintage).values(values))
    return number


def _close_vintage(connection: Connection, number: int, content: str) -> None:
    """Seal a vintage; the last statement of its transaction."""
    previous = connection.scalar(select(schema.seal.c.seal).where(schema.seal.c.vintage_no == number - 1)) or GENESIS
    values = {"vintage_no": number, "content": content, "seal": seal(previous, content, metadata(connection, number))}
    connection.execute(insert(schema.seal).values(values))


def _last_run(connection: Connection, load: Load) -> tuple[int, str]:
    """Return rows read and hash of the findings of the feed's last run of the file; those of nothing without one."""
    query = (
        select(run.c.rows_read, run.c.findings_hash)
        .join(schema.run_file, schema.run_file.c.run_id == run.c.id)
        .join(schema.file, schema.file.c.id == schema.run_file.c.file_id)
        .where(run.c.feed == load.feed, schema.run_file.c.ordinal == 0, schema.file.c.name == load.files[0].name)
        .order_by(run.c.id.desc())
    )
    last = connection.execute(query.limit(1)).first()
    return (last[0], last[1]) if last else (0, findings_hash([]))


def _write_run(
    connection: Connection, load: Load, number: int, attempt_id: int, outcome: Outcome, findings: str
) -> int:
    values = {
        "vintage_no": number,
        "attempt_id": attempt_id,
        "feed": load.feed,
        "started_at": load.started_at,
        "rows_read": outcome.rows_read,
        "accepted": outcome.accepted,
        "unchanged": outcome.unchanged,
        "refused": outcome.refused,
        "findings_hash": findings,
    }
    run_id = int(connection.execute(insert(run).values(values).returning(run.c.id)).scalar_one())
    for ordinal, each in enumerate(load.files):
        key = {"run_id": run_id, "ordinal": ordinal, "file_id": _file_id(connection, each)}
        connection.execute(insert(schema.run_file).values(key))
    return run_id


def _file_id(connection: Connection, file: File) -> int:
    table = schema.file
    same = select(table.c.id).where(table.c.name == file.name, table.c.sha256 == file.sha256)
    found = connection.scalar(same)
    if found is None:
        values = {"name": file.name, "sha256": file.sha256, "size": file.size}
        found = connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
    return int(found)
