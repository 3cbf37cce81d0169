"""From rows of integer keys to typed observations: one narrow query, and texts that each connection keeps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Connection, Select, and_, or_, select

from etl.catalogue.decimals import canonical
from etl.catalogue.reference import Mark, Status
from etl.measures.observation import Observation, Place
from etl.warehouse import schema
from etl.warehouse.engine import INTERNED
from etl.warehouse.period_keys import period_of
from etl.warehouse.schema import KINDS, observation

# By name: a table may get more columns than are read here.
_VERSION = (
    *("id", "region_id", "series_id", "kind", "period_id", "source_id", "vintage_no", "superseded_in", "version"),
    *("value", "category", "printed", "numerator", "denominator", "annotation_id", "position_id", "row"),
)
_ANNOTATION = ("id", "unit", "printed_unit", "step", "status", "marks", "note", "plan")
# A version without value and category takes a figure back; readers never see it.
VERSIONS: Select[Any] = select(*(observation.c[name] for name in _VERSION)).where(
    or_(observation.c.value.is_not(None), observation.c.category.is_not(None))
)


def observations_of(connection: Connection, query: Select[Any]) -> list[Observation]:
    """Run a query built on VERSIONS and return its observations in the query's order."""
    rows: Sequence[Any] = connection.execute(query).all()
    texts = connection.info.setdefault(INTERNED, Texts())
    try:
        return _typed(texts, rows)
    except KeyError:  # a text that came since this connection last looked
        texts.read_new(connection)
        return _typed(texts, rows)


class Texts:
    """The texts that keys stand for. They never change and keys only grow, so a connection reads each one once."""

    def __init__(self) -> None:
        self.regions: dict[int, tuple[Any, ...]] = {}
        self.series: dict[int, tuple[Any, ...]] = {}
        self.sources: dict[int, tuple[Any, ...]] = {}
        self.positions: dict[int, tuple[Any, ...]] = {}
        self.annotations: dict[int, tuple[Any, ...]] = {}
        self.receipts: dict[int, tuple[Any, ...]] = {}

    def read_new(self, connection: Connection) -> None:
        """Read what was added to the tables since the last time."""
        _add(connection, self.regions, select(schema.region.c.id, schema.region.c.code))
        series = select(schema.series.c.id, schema.indicator.c.code, schema.series.c.code)
        _add(connection, self.series, series.join(schema.indicator))
        source, position = schema.source.c, schema.position.c
        _add(connection, self.sources, select(source.id, source.producer, source.publication))
        _add(connection, self.positions, select(position.id, position.sheet, position.column))
        first = max(self.annotations, default=0)
        _add(connection, self.annotations, select(*(schema.annotation.c[name] for name in _ANNOTATION)))
        for key in [each for each in self.annotations if each > first]:
            self.annotations[key] = _annotation(*self.annotations[key])
        _add(connection, self.receipts, _receipts())


def _add(connection: Connection, known: dict[int, tuple[Any, ...]], query: Select[Any]) -> None:
    key = query.selected_columns[0]
    known.update((row[0], tuple(row[1:])) for row in connection.execute(query.where(key > max(known, default=0))))


def _annotation(
    unit: str, printed_unit: str, step: str, status: str, marks: str, note: str, plan: str
) -> tuple[Any, ...]:
    marked = frozenset(cast("list[Mark]", marks.split(","))) if marks else frozenset()
    return unit, printed_unit, Decimal(step) if step else None, status, marked, note or None, plan or None


def _receipts() -> Select[Any]:
    """Select (vintage number, feed, run, recorded_at, file name, file hash)."""
    first = and_(schema.run_file.c.run_id == schema.run.c.id, schema.run_file.c.ordinal == 0)
    return (
        select(
            schema.vintage.c.no,
            schema.run.c.feed,
            schema.run.c.id,
            schema.vintage.c.recorded_at,
            schema.file.c.name,
            schema.file.c.sha256,
        )
        .join(schema.run, schema.run.c.vintage_no == schema.vintage.c.no)
        .join(schema.run_file, first)
        .join(schema.file, schema.file.c.id == schema.run_file.c.file_id)
    )


def _repeated(value: Any, category: str | None) -> Any:
    """Return the printed text that was not stored, because it only repeats the value."""
    if value is None:
        return category
    return value if isinstance(value, str) else canonical(value)


def _typed(texts: Texts, rows: Sequence[Any]) -> list[Observation]:
    found = []
    for (
        key, region, serie, kind, period, source, vintage, _later, version, value, category, printed,
        numerator, denominator, annotation, position, row,
    ) in rows:  # fmt: skip
        indicator, series_code = texts.series[serie]
        producer, publication = texts.sources[source]
        unit, printed_unit, step, status, marks, note, plan = texts.annotations[annotation]
        sheet, column = texts.positions[position]
        feed, run, recorded_at, name, sha256 = texts.receipts[vintage]
        number = None if value is None else Decimal(value)
        found.append(
            Observation(
                key,
                indicator,
                series_code,
                texts.regions[region][0],
                period_of(period),
                KINDS[kind],
                number,
                category,
                step,
                unit,
                _repeated(value, category) if printed is None else printed,
                printed_unit,
                cast(Status, status),
                marks,
                note,
                producer,
                publication,
                plan,
                None if numerator is None else Decimal(numerator),
                None if denominator is None else Decimal(denominator),
                feed,
                run,
                vintage,
                version,
                recorded_at,
                Place(name, sha256, sheet or None, row, column or None),
            )
        )
    return found
