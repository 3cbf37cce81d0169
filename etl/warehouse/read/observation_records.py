"""From rows of integer keys to typed observations: one narrow query, and texts that each connection keeps."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Connection, Select, select

from etl.catalogue.decimals import canonical
from etl.catalogue.observation_fields import Observation, Place
from etl.catalogue.period import Period
from etl.catalogue.reference import Kind, Mark
from etl.warehouse.engine import INTERNED
from etl.warehouse.period_keys import period_of
from etl.warehouse.schema import KINDS, observation
from etl.warehouse.stored_fields import HAS_VALUE, LED, fields_in, stored_column

VERSIONS: Select[Any] = select(observation).where(HAS_VALUE)
Reader = Callable[[Any], Any]


def observations_of(connection: Connection, query: Select[Any]) -> list[Observation]:
    """Run a query built on VERSIONS and return its observations in the query's order."""
    rows = connection.execute(query).all()
    texts = connection.info.setdefault(INTERNED, Texts())
    try:
        return [_typed(texts, row) for row in rows]
    except KeyError:  # a text that came since this connection last looked
        texts.read_new(connection)
        return [_typed(texts, row) for row in rows]


def _decimal(cell: Any) -> Decimal | None:
    return None if cell is None or cell == "" else Decimal(cell)


def _marks(cell: str) -> frozenset[Mark]:
    return frozenset(cast("list[Mark]", cell.split(","))) if cell else frozenset()


def _as_it_is(cell: Any) -> Any:
    return cell


READERS: dict[Any, Reader] = {
    Decimal | None: _decimal,
    str | None: lambda cell: cell or None,
    frozenset[Mark]: _marks,
    Period: period_of,
    Kind: KINDS.__getitem__,
}


class Texts:
    """The fields that keys stand for. They never change and keys only grow, so a connection reads each one once."""

    def __init__(self) -> None:
        self.known: dict[str, dict[int, list[Any]]] = {name: {} for name in LED}
        self.by_place = [(_COLUMNS.index(name), known) for name, known in self.known.items()]

    def read_new(self, connection: Connection) -> None:
        """Read what was added to the tables since the last time."""
        for name, (key, tables) in LED.items():
            known, fields = self.known[name], fields_in(tables)
            query = select(key.label("key"), *(stored_column(each).label(each.name) for each in fields))
            for row in connection.execute(query.select_from(tables).where(key > max(known, default=0))).mappings():
                known[row["key"]] = [READERS.get(each.kind, _as_it_is)(row[each.name]) for each in fields]


# One row's cells, by name: its columns as they are, those that are read, what its keys stand for, at last its place.
_COLUMNS = tuple(observation.c.keys())
_OWN = fields_in(observation)
_READ = [each for each in _OWN if each.kind in READERS and each.kind != str | None]
_READING = [(_COLUMNS.index(each.stored.column), READERS[each.kind]) for each in _READ]
_VALUE, _CATEGORY, _PRINTED = (_COLUMNS.index(name) for name in ("value", "category", "printed"))
_LED = [each for _, tables in LED.values() for each in fields_in(tables)]
_CELLS = {each.name: _COLUMNS.index(each.stored.column) for each in _OWN}
_CELLS |= {name: place for place, name in enumerate([*(each.name for each in (*_READ, *_LED)), "place"], len(_COLUMNS))}


def _taken(record: type) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return how to take the fields of a record, by name and in its order, from a row's cells."""
    return itemgetter(*(_CELLS[each.name] for each in dataclasses.fields(record)))


_OF_PLACE, _OF_OBSERVATION = _taken(Place), _taken(Observation)


def _typed(texts: Texts, row: Sequence[Any]) -> Observation:
    cells = [*row, *[read(row[place]) for place, read in _READING]]
    for place, known in texts.by_place:
        cells += known[row[place]]
    if row[_PRINTED] is None:
        cells[_PRINTED] = _repeated(row[_VALUE], row[_CATEGORY])
    cells.append(Place(*_OF_PLACE(cells)))
    return Observation(*_OF_OBSERVATION(cells))


def _repeated(value: Any, category: str | None) -> Any:
    """Return the printed text that was not stored, because it only repeats the value."""
    if value is None:
        return category
    return value if isinstance(value, str) else canonical(value)
