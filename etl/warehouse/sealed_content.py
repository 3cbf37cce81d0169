"""What the tables say about a vintage: its rows, findings, scores and metadata, without ids and clocks of their own.

Sealing and verifying both read this, so a seal always speaks of what was really stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, select

from etl.warehouse import schema
from etl.warehouse.bulk import query_rows
from etl.warehouse.schema import KINDS, run
from etl.warehouse.seal import Cell, content_hash, digest, encode_cells, encode_text, text_digest

FINDING = ("rule", "severity", "sheet", "row", "column", "raw", "sentence")


class Fragments:
    """The interned texts by key as they stand in the text that a row's digest is made of, read once.

    A key without a text gives "?", which no seal was made of.
    """

    def __init__(self, connection: Connection) -> None:
        self.kinds = _Known((place, encode_cells([kind])) for place, kind in enumerate(KINDS))
        series = select(schema.series.c.id, schema.indicator.c.code, schema.series.c.code).join(
            schema.indicator, schema.indicator.c.id == schema.series.c.indicator_id
        )
        self.series = _by_key(connection, series)
        self.regions = _by_key(connection, select(schema.region.c.id, schema.region.c.code))
        self.periods = _by_key(connection, select(schema.period.c.id, schema.period.c.code))
        self.sources = _by_key(connection, select(schema.source))
        annotations = select(*(each for each in schema.annotation.c if each.name != "key"))
        self.annotations = _by_key(connection, annotations)
        self.positions = _by_key(connection, select(schema.position))
        files = (
            select(run.c.vintage_no, schema.file.c.name)
            .join(schema.run_file, schema.run_file.c.run_id == run.c.id)
            .join(schema.file, schema.file.c.id == schema.run_file.c.file_id)
            .where(schema.run_file.c.ordinal == 0)
        )
        self.files = _by_key(connection, files)

    def digests(self, rows: Iterable[Sequence[Any]]) -> list[bytes]:
        """Return the digests of rows with the columns of ROW: those that `digest` gives of their cells."""
        kinds, series, regions, periods = self.kinds, self.series, self.regions, self.periods
        sources, annotations, files, positions = self.sources, self.annotations, self.files, self.positions
        return [
            text_digest(
                f"[{kinds[kind]},{series[serie]},{regions[region]},{periods[period]},{sources[source]},"
                f"{_figure(value, category, printed, numerator, denominator)},"
                f"{annotations[annotation]},{files[vintage]},{positions[position]},"
                f"{place if type(place) is int else encode_cells([place])}]"
            )
            for (
                region, serie, kind, period, source, vintage, value, category, printed,
                numerator, denominator, annotation, position, place,
            ) in rows
        ]  # fmt: skip


def _figure(value: str | None, category: str | None, printed: str | None, *parts: str | None) -> str:
    if value is not None and category is None and parts == (None, None):  # nearly all are
        number = encode_text(value)
        return f"{number},null,{number if printed is None else encode_text(printed)},null,null"
    return encode_cells([value, category, value or category if printed is None else printed, *parts])


def _by_key(connection: Connection, query: Select[Any]) -> _Known:
    return _Known((row[0], encode_cells(row[1:])) for row in connection.execute(query))


class _Known(dict[Any, str]):
    def __missing__(self, key: Any) -> str:
        return '"?"'


EXACT = "CAST({} AS TEXT)"
ROW = (
    *("region_id", "series_id", "kind", "period_id", "source_id", "vintage_no"),
    *(EXACT.format("value"), "category", "printed", EXACT.format("numerator"), EXACT.format("denominator")),
    *("annotation_id", "position_id", "row"),
)


def row_digests(connection: Connection, after: int = 0) -> Iterator[tuple[int, list[bytes]]]:
    """Give (vintage number, digests of its rows) for the observations with an id greater than `after`, by id.

    Digests come joined, many at a time, as `content_hash` takes them.
    """
    fragments = Fragments(connection)
    query = f"SELECT {', '.join(ROW)} FROM observation WHERE id > {int(after)} ORDER BY id"  # noqa: S608 - our own names
    number = itemgetter(ROW.index("vintage_no"))
    parts = (
        (int(vintage), b"".join(fragments.digests(group)))
        for rows in query_rows(connection, query)
        for vintage, group in groupby(rows, key=number)
    )
    for vintage, group in groupby(parts, key=itemgetter(0)):
        yield vintage, [digests for _, digests in group]


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
    decided = _decision(connection, number)
    if decided is not None:
        found["decision"] = decided
    return found


def _decision(connection: Connection, number: int) -> list[Cell] | None:
    """Return what the steward decided in a vintage, and on what."""
    review, decision = schema.review, schema.decision
    query = select(review, decision).outerjoin_from(decision, review, review.c.attempt_id == decision.c.attempt_id)
    row = connection.execute(query.where(decision.c.vintage_no == number)).first()
    if row is None:
        return None
    return [_moment(cell) if isinstance(cell, dt.datetime) else cell for cell in row]


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
