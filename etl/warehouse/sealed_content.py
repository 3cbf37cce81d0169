"""What the tables say about a vintage: its rows, findings, scores and metadata, without ids and clocks of their own.

Sealing and verifying both read this, so a seal always speaks of what was really stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Numeric, Row, Select, select

from etl.warehouse import schema
from etl.warehouse.bulk import query_rows
from etl.warehouse.schema import KINDS, observation, run
from etl.warehouse.seal import Cell, content_hash, digest, encode_cells, encode_text, text_digest
from etl.warehouse.seal_forms import CURRENT, FORMS, SealForm, added


def sealed_columns(form: SealForm, table: str) -> list[Column[Any]]:
    """Return the columns of a table that a form covers, in its order."""
    columns = schema.metadata.tables[table].c
    return [columns[name] for name in form[table]]


class Fragments:
    """The interned texts by key as they stand in the text that a row's digest is made of, read once for a form.

    A key without a text gives "?", which no seal was made of.
    """

    def __init__(self, connection: Connection, form: SealForm) -> None:
        def texts(table: str) -> _Known:
            key = schema.metadata.tables[table].c["id"]
            return _by_key(connection, select(key, *sealed_columns(form, table)))

        self.added = len(added(form, "observation"))
        self.kinds = _Known((place, encode_cells([kind])) for place, kind in enumerate(KINDS))
        named = (*sealed_columns(form, "indicator"), *sealed_columns(form, "series"))
        series = select(schema.series.c.id, *named).where(schema.indicator.c.id == schema.series.c.indicator_id)
        self.series = _by_key(connection, series)
        self.regions, self.periods, self.sources = texts("region"), texts("period"), texts("source")
        self.annotations, self.positions = texts("annotation"), texts("position")
        files = (
            select(run.c.vintage_no, schema.file.c.name)
            .join(schema.run_file, schema.run_file.c.run_id == run.c.id)
            .join(schema.file, schema.file.c.id == schema.run_file.c.file_id)
            .where(schema.run_file.c.ordinal == 0)
        )
        self.files = _by_key(connection, files)

    def digests(self, rows: Iterable[Sequence[Any]]) -> list[bytes]:
        """Return the digests of rows, at least one, with the columns of ROW and then those of later forms."""
        kinds, series, regions, periods = self.kinds, self.series, self.regions, self.periods
        sources, annotations, files, positions = self.sources, self.annotations, self.files, self.positions
        every, width = list(rows), len(ROW)
        plain = every if len(every[0]) == width else [each[:width] for each in every]
        texts = [
            f"[{kinds[kind]},{series[serie]},{regions[region]},{periods[period]},{sources[source]},"
            f"{_value_text(value, category, printed, numerator, denominator)},"
            f"{annotations[annotation]},{files[vintage]},{positions[position]},"
            f"{place if type(place) is int else encode_cells([place])}]"
            for (
                region, serie, kind, period, source, vintage, value, category, printed,
                numerator, denominator, annotation, position, place,
            ) in plain
        ]  # fmt: skip
        if self.added:
            later = (encode_cells(each[width : width + self.added]) for each in every)
            texts = [f"{text[:-1]},{cells}]" for text, cells in zip(texts, later, strict=True)]
        return [text_digest(each) for each in texts]


def _value_text(value: str | None, category: str | None, printed: str | None, *parts: str | None) -> str:
    if value is not None and category is None and parts == (None, None):  # nearly all are
        number = encode_text(value)
        return f"{number},null,{number if printed is None else encode_text(printed)},null,null"
    return encode_cells([value, category, value or category if printed is None else printed, *parts])


def _by_key(connection: Connection, query: Select[Any]) -> _Known:
    return _Known((row[0], encode_cells(row[1:])) for row in connection.execute(query))


class _Known(dict[Any, str]):
    def __missing__(self, key: Any) -> str:
        return '"?"'


ROW = (
    *("region_id", "series_id", "kind", "period_id", "source_id", "vintage_no"),
    *("value", "category", "printed", "numerator", "denominator"),
    *("annotation_id", "position_id", "row"),
)


def row_digests(
    connection: Connection, after: int = 0, forms: Mapping[int, int] | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """Give (vintage number, digests of its rows) for the observations with an id greater than `after`, by id.

    Digests come joined, many at a time, as `content_hash` takes them. `forms` says by which form a vintage was sealed,
    where that is not the current one.
    """
    known = forms or {}
    fragments = {form: Fragments(connection, FORMS[form]) for form in {CURRENT, *known.values()}}
    names = ", ".join(_as_text(name) for name in (*ROW, *added(FORMS[CURRENT], "observation")))
    query = f"SELECT {names} FROM observation WHERE id > {int(after)} ORDER BY id"  # noqa: S608 - our own names
    number = itemgetter(ROW.index("vintage_no"))
    parts = (
        (int(vintage), b"".join(fragments[known.get(vintage, CURRENT)].digests(group)))
        for rows in query_rows(connection, query)
        for vintage, group in groupby(rows, key=number)
    )
    for vintage, group in groupby(parts, key=itemgetter(0)):
        yield vintage, [digests for _, digests in group]


def _as_text(name: str) -> str:
    return f"CAST({name} AS TEXT)" if isinstance(observation.c[name].type, Numeric) else name


def findings_hash(findings: Iterable[tuple[Cell, ...]]) -> str:
    """Return the hash of findings, each with the cells that a form covers."""
    return content_hash(digest(each) for each in findings)


def stored_findings_hash(connection: Connection, run_id: int, form: SealForm) -> str:
    """Return the hash of the findings of a run as stored."""
    query = select(*sealed_columns(form, "finding")).where(schema.finding.c.run_id == run_id)
    return findings_hash(tuple(row) for row in connection.execute(query))


def scores_hash(connection: Connection, number: int, form: SealForm) -> str:
    """Return the hash of the scores that begin and of those that end at a vintage."""
    table = schema.score
    began = connection.execute(select(*sealed_columns(form, "score")).where(table.c.vintage_no == number))
    key = (table.c.region, table.c.period, table.c.dimension)
    ended = connection.execute(select(*key).where(table.c.superseded_in == number))
    return content_hash(digest(tuple(row)) for rows in (began, ended) for row in rows)


def metadata(connection: Connection, number: int, form_number: int) -> dict[str, object]:
    """Return what a vintage's seal of a form covers beside its content, in JSON types."""
    form, catalogue = FORMS[form_number], schema.catalogue.c
    vintage = connection.execute(select(schema.vintage).where(schema.vintage.c.no == number)).one()
    columns = (catalogue.form, *(catalogue[name] for name in added(form, "catalogue")))  # not its long document
    document = connection.execute(select(*columns).where(catalogue.hash == vintage.catalogue_hash)).first()
    found: dict[str, object] = {
        "number": number,
        "kind": vintage.kind,
        "recorded_at": _moment(vintage.recorded_at),
        "catalogue": vintage.catalogue_hash,
        "scores": scores_hash(connection, number, form),
    }
    found |= _later(vintage, form, "vintage") | _later(document, form, "catalogue")
    # A first form has no number in a seal: it was made before there were others.
    numbers = {"form": form_number, "catalogue_form": document.form if document else 1}
    found |= {name: given for name, given in numbers.items() if given != 1}
    load = connection.execute(select(run).where(run.c.vintage_no == number)).first()
    if load is not None:
        found |= _load(connection, load, form)
    decided = _decision(connection, number, form)
    if decided is not None:
        found["decision"] = decided
    return found


def _load(connection: Connection, load: Row[Any], form: SealForm) -> dict[str, object]:
    files = (
        select(*sealed_columns(form, "file"), *sealed_columns(form, "run_file"))
        .join(schema.run_file, schema.run_file.c.file_id == schema.file.c.id)
        .where(schema.run_file.c.run_id == load.id)
        .order_by(schema.run_file.c.ordinal)
    )
    return {
        "feed": load.feed,
        "started_at": _moment(load.started_at),
        "rows": [load.rows_read, load.accepted, load.unchanged, load.refused],
        "findings": load.findings_hash,
        "files": [list(row) for row in connection.execute(files)],
    } | _later(load, form, "run")


def _decision(connection: Connection, number: int, form: SealForm) -> list[Cell] | None:
    """Return what the steward decided in a vintage, and on what."""
    review, decision = schema.review, schema.decision
    query = select(*sealed_columns(form, "review"), *sealed_columns(form, "decision"))
    query = query.outerjoin_from(decision, review, review.c.attempt_id == decision.c.attempt_id)
    row = connection.execute(query.where(decision.c.vintage_no == number)).first()
    return None if row is None else [_cell(each) for each in row]


def _later(row: Row[Any] | None, form: SealForm, table: str) -> dict[str, object]:
    """Return what a row says in the columns that came after the first form."""
    if row is None:
        return {}
    return {f"{table}.{name}": _cell(row._mapping[name]) for name in added(form, table)}


def _cell(value: Any) -> Any:
    return _moment(value) if isinstance(value, dt.datetime) else value


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
