"""What the tables say about a vintage: its rows, findings, scores and metadata, without ids and clocks of their own.

Sealing and verifying both read this, so a seal always speaks of what was really stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Numeric, Select, Text, cast, select

from etl.warehouse import schema
from etl.warehouse.schema import KINDS, observation, run
from etl.warehouse.seal import Cell, content_hash, digest

CHUNK = 20_000
FINDING = ("rule", "severity", "sheet", "row", "column", "raw", "sentence")


class Texts:
    """The interned texts by key, read once. A key without a text gives "?", which no seal was made of."""

    def __init__(self, connection: Connection) -> None:
        series = select(schema.series.c.id, schema.indicator.c.code, schema.series.c.code).join(
            schema.indicator, schema.indicator.c.id == schema.series.c.indicator_id
        )
        self.series = _by_key(connection, series)
        self.regions = _by_key(connection, select(schema.region.c.id, schema.region.c.code))
        self.periods = _by_key(connection, select(schema.period.c.id, schema.period.c.code))
        self.sources = _by_key(connection, select(schema.source))
        self.annotations = _by_key(connection, select(*(each for each in schema.annotation.c if each.name != "key")))
        self.positions = _by_key(connection, select(schema.position))
        files = (
            select(run.c.vintage_no, schema.file.c.name)
            .join(schema.run_file, schema.run_file.c.run_id == run.c.id)
            .join(schema.file, schema.file.c.id == schema.run_file.c.file_id)
            .where(schema.run_file.c.ordinal == 0)
        )
        self.files = _by_key(connection, files)


class _Known(dict[int, tuple[str, ...]]):
    def __missing__(self, key: int) -> tuple[str, ...]:
        return ("?",)


def _by_key(connection: Connection, query: Select[Any]) -> _Known:
    return _Known((row[0], tuple(row[1:])) for row in connection.execute(query))


def row_digests(connection: Connection, after: int = 0) -> Iterator[tuple[int, list[bytes]]]:
    """Give (vintage number, digests of its rows) for the observations with an id greater than `after`, by id."""
    texts = Texts(connection)
    columns = [cast(each, Text) if isinstance(each.type, Numeric) else each for each in observation.c]
    query = select(*columns).where(observation.c.id > after).order_by(observation.c.id)
    rows = connection.execute(query, execution_options={"yield_per": CHUNK})
    for number, group in groupby(rows, key=itemgetter(6)):
        yield number, [digest(_cells(texts, row)) for row in group]


def _cells(texts: Texts, row: Any) -> tuple[Cell, ...]:
    (
        _id, region, series, kind, period, source, vintage, _later, _version, value, category, printed,
        numerator, denominator, annotation, position, place,
    ) = row  # fmt: skip
    key = (KINDS[kind], *texts.series[series], *texts.regions[region], *texts.periods[period], *texts.sources[source])
    figure = (value, category, value or category if printed is None else printed, numerator, denominator)
    cell = (*texts.files[vintage], *texts.positions[position], place)
    return (*key, *figure, *texts.annotations[annotation], *cell)


def findings_hash(findings: Iterable[tuple[Cell, ...]]) -> str:
    """Return the hash of findings, each as a tuple in the order of FINDING."""
    return content_hash(digest(each) for each in findings)


def stored_findings_hash(connection: Connection, run_id: int) -> str:
    """Return the hash of the findings of a run as stored."""
    table = schema.finding
    query = select(*(table.c[name] for name in FINDING)).where(table.c.run_id == run_id)
    return findings_hash(tuple(row) for row in connection.execute(query))


def scores_hash(connection: Connection, number: int) -> str:
    """Return the hash of the scores that begin and of those that end at a vintage."""
    table = schema.score
    key = (table.c.region, table.c.period, table.c.dimension)
    began = connection.execute(select(*key, table.c.tree).where(table.c.vintage_no == number))
    ended = connection.execute(select(*key).where(table.c.superseded_in == number))
    return content_hash(digest(tuple(row)) for rows in (began, ended) for row in rows)


def metadata(connection: Connection, number: int) -> dict[str, object]:
    """Return what a vintage's seal covers beside its content, in JSON types."""
    vintage = connection.execute(select(schema.vintage).where(schema.vintage.c.no == number)).one()
    found: dict[str, object] = {
        "number": number,
        "kind": vintage.kind,
        "recorded_at": _moment(vintage.recorded_at),
        "catalogue": vintage.catalogue_hash,
        "scores": scores_hash(connection, number),
    }
    load = connection.execute(select(run).where(run.c.vintage_no == number)).first()
    if load is not None:
        files = (
            select(schema.file.c.name, schema.file.c.sha256, schema.file.c.size)
            .join(schema.run_file, schema.run_file.c.file_id == schema.file.c.id)
            .where(schema.run_file.c.run_id == load.id)
            .order_by(schema.run_file.c.ordinal)
        )
        found["feed"] = load.feed
        found["started_at"] = _moment(load.started_at)
        found["rows"] = [load.rows_read, load.accepted, load.unchanged, load.refused]
        found["findings"] = load.findings_hash
        found["files"] = [list(row) for row in connection.execute(files)]
    return found


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
