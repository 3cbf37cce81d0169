"""Writing to the warehouse: catalogues and loads become sealed vintages, each in one transaction. For etl.jobs only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import Connection, Engine, func, insert, select

from etl.catalogue.canonical import catalogue_form, catalogue_hash, to_json
from etl.catalogue.models import Catalogue
from etl.measures.observation import Vintage
from etl.warehouse import schema
from etl.warehouse.read.stored_records import record_digests
from etl.warehouse.read.vintages import catalogue_at, current_vintage
from etl.warehouse.schema import observation, run
from etl.warehouse.seal import content_hash, text_hash
from etl.warehouse.sealed_content import findings_hash, row_digests
from etl.warehouse.write.attempts import (
    end_load,
    finding_rows,
    keep_findings,
)
from etl.warehouse.write.decisions import Decision, record_acceptance
from etl.warehouse.write.gone import RULE, Gone, Treatment, treat_gone
from etl.warehouse.write.merge import merge
from etl.warehouse.write.merge_records import merge_records
from etl.warehouse.write.recompute import recompute, touched_scores
from etl.warehouse.write.stage import drop_stage, fill_stage
from etl.warehouse.write.transactions import appending, close_vintage, open_vintage, writing
from etl.warehouse.write.unchanged_check import are_those, last_run, newest_vintage, reading_at
from etl.warehouse.write.withdraw import withdraw

MIXED = (
    "Gudang data simulasi dan gudang data sebenarnya tidak boleh bercampur. Periksa PANTAU_DATABASE_URL: gudang itu "
    "dibuat dengan katalog yang lain."
)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was sent: its name, the hash of its bytes, its size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Load:
    """What the pipeline made of the rows of one file. Places refer to the first of `files`.

    `accepted` and `findings` hold text columns (`row` is int), as etl.pipeline gives them; `records` tells that they
    are no figures. `repeats` counts rows that only say again what another row of the file says; they are unchanged.
    `complete` says that the file is the whole of what it was before and was understood as declared: a figure that it
    gave before and gives no more is withdrawn, unless the file has shrunk. `reading` is the digest of the bytes and of
    all that decides how they are read; None where the same bytes must be read anew. `gone` says what becomes of
    figures that a source, read whole each time, no longer gives; `understood` that no row of it was returned for
    another reason than an empty figure.
    """

    feed: str
    files: tuple[File, ...]
    started_at: dt.datetime
    rows_read: int
    accepted: pd.DataFrame
    findings: pd.DataFrame
    repeats: int = 0
    records: bool = False
    complete: bool = False
    reading: str | None = None
    gone: Treatment | None = None
    understood: bool = False


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
    said: str = ""


class StaleCatalogueError(RuntimeError):
    """The load was read by a catalogue that is not the recorded one."""


class _NothingNewError(Exception):
    """Takes back the transaction of a load that changes nothing; `vintage` is the newest one."""

    def __init__(self, vintage: int) -> None:
        super().__init__()
        self.vintage = vintage


def record_catalogue(engine: Engine, catalogue: Catalogue, now: dt.datetime) -> Vintage | None:
    """Store a changed catalogue as a vintage and recompute all scores by it; None where it is the current one.

    Raises ValueError where made-up and real figures would come into one warehouse.
    """
    document = to_json(catalogue)
    key = text_hash(document)
    with appending(engine) as connection:
        current = current_vintage(connection)
        if current is not None and current.catalogue == key:
            return None
        if current is not None and catalogue_at(connection, current).simulation != catalogue.simulation:
            raise ValueError(MIXED)
        known = select(schema.catalogue.c.hash).where(schema.catalogue.c.hash == key)
        if connection.execute(known).first() is None:
            connection.execute(insert(schema.catalogue).values(hash=key, document=document, form=catalogue_form()))
        number = open_vintage(connection, "catalogue", key, now)
        recompute(connection, catalogue, number, None)
        close_vintage(connection, number, key)
        return current_vintage(connection)


def count_refused(load: Load) -> int:
    """Return how many rows of a load were refused.

    Raises ValueError where rows are lost: every row read must be accepted, repeated or refused.
    """
    rows = finding_rows(load.findings)
    refused = sum(severity == "refused" and row is not None for _, severity, _, row, *_ in rows)
    if load.rows_read != len(load.accepted) + load.repeats + refused:
        raise ValueError(
            f"feed {load.feed}, {load.files[0].name}: {load.rows_read} rows were read, but {len(load.accepted)} "
            f"accepted, {load.repeats} repeated and {refused} refused; every row must be one of these"
        )
    return refused


def commit_load(
    engine: Engine,
    load: Load,
    catalogue: Catalogue,
    attempt_id: int,
    now: dt.datetime,
    decision: Decision | None = None,
) -> Outcome:
    """Commit run, versions, findings, scores and seal together, or nothing.

    A load without new versions and with the findings of the last load of its file only adds to its attempt. With the
    steward's decision it is always sealed, and the decision with it.
    Raises ValueError where rows are lost between read and accepted or two rows have one identity, StaleCatalogueError
    where the catalogue is not the recorded one, and DecidedError where somebody decided before.
    """
    refused = count_refused(load)
    try:
        with appending(engine) as connection:
            outcome = _append(connection, load, catalogue, attempt_id, refused, now, decision)
            counts = (outcome.rows_read, outcome.accepted, outcome.unchanged, refused)
            end_load(connection, attempt_id, outcome.run, counts, now, _reading(load, newest_vintage(connection)))
            return outcome
    except _NothingNewError as nothing:
        same = len(load.accepted) + load.repeats
        with writing(engine) as connection:
            counts = (load.rows_read, 0, same, refused)
            end_load(connection, attempt_id, None, counts, now, _reading(load, nothing.vintage))
        return Outcome(None, None, load.rows_read, 0, same, refused)


def _reading(load: Load, vintage: int) -> str | None:
    return reading_at(load.reading, vintage) if load.reading else None


def _append(
    connection: Connection,
    load: Load,
    catalogue: Catalogue,
    attempt_id: int,
    refused: int,
    now: dt.datetime,
    decision: Decision | None,
) -> Outcome:
    key = catalogue_hash(catalogue)
    current = current_vintage(connection)
    if current is None or current.catalogue != key:
        raise StaleCatalogueError(
            f"feed {load.feed} was read by catalogue {key[:8]}, but {current.catalogue[:8] if current else 'none'} is "
            "recorded; record the catalogue and read the feed again"
        )
    last = int(connection.scalar(select(func.max(observation.c.id))) or 0)
    number = open_vintage(connection, "data", key, now)
    rows_before, findings_before, form = last_run(connection, load.feed, load.files[0].name)
    gone, withdrawn = Gone(), 0
    if load.records:
        accepted = merge_records(connection, load.accepted, number)
    else:
        fill_stage(connection, load.accepted)
        whole = load.complete and load.rows_read >= rows_before
        withdrawn = withdraw(connection, load.feed, load.files[0].name) if whole else 0
        if load.gone:
            gone = treat_gone(connection, load.feed, load.files[0].name, load.gone, load.understood)
        withdrawn += gone.changed if load.gone == "withdraw" else 0
        accepted = merge(connection, number, last, withdrawn) - withdrawn
        drop_stage(connection)
    marked = gone.changed if load.gone == "mark" else 0
    load = _with_gone(load, gone)
    findings = finding_rows(load.findings)
    if accepted == withdrawn == 0 and are_those(findings, findings_before, form) and decision is None:
        raise _NothingNewError(number - 1)
    accepted -= marked
    unchanged = len(load.accepted) - accepted + load.repeats
    outcome = Outcome(None, number, load.rows_read, accepted, unchanged, refused, withdrawn, gone.sentence)
    if decision is not None:
        record_acceptance(connection, attempt_id, number, decision, now)
    _write_run(connection, load, number, attempt_id, outcome, findings_hash(findings))
    keep_findings(connection, load.findings, attempt_id, attempt_id, load.files[0].name)
    recompute(connection, catalogue, number, touched_scores(connection, catalogue, last))
    written = record_digests(connection, number) if load.records else row_digests(connection, last)
    digests = (each for _, some in written for each in some)
    close_vintage(connection, number, content_hash(digests))
    return replace(outcome, run=attempt_id)


def _with_gone(load: Load, gone: Gone) -> Load:
    """Add the finding about what the source no longer gives."""
    if not gone.sentence:
        return load
    added = {"rule": RULE, "severity": "warning", "sheet": None, "row": None, "column": None, "raw": ""}
    frame = pd.DataFrame([{**added, "sentence": gone.sentence}], dtype=object)
    return replace(load, findings=pd.concat([load.findings, frame], ignore_index=True))


def _write_run(
    connection: Connection, load: Load, number: int, attempt_id: int, outcome: Outcome, findings: str
) -> None:
    values = {
        "id": attempt_id,  # one number for both
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
    connection.execute(insert(run).values(values))
    for ordinal, each in enumerate(load.files):
        key = {"run_id": attempt_id, "ordinal": ordinal, "file_id": _file_id(connection, each)}
        connection.execute(insert(schema.run_file).values(key))


def _file_id(connection: Connection, file: File) -> int:
    table = schema.file
    same = select(table.c.id).where(table.c.name == file.name, table.c.sha256 == file.sha256)
    found = connection.scalar(same)
    if found is None:
        values = {"name": file.name, "sha256": file.sha256, "size": file.size}
        found = connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
    return int(found)
