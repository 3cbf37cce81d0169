"""From rows of integer keys to typed observations: one narrow query, and texts that each connection keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Connection, Select, select

from etl.catalogue.decimals import canonical
from etl.catalogue.observation_fields import ListedField, Observation, Place
from etl.catalogue.period import Period
from etl.catalogue.reference import Kind, Mark
from etl.warehouse.engine import INTERNED
from etl.warehouse.period_keys import period_of
from etl.warehouse.schema import KINDS, observation
from etl.warehouse.stored_fields import HAS_FIGURE, LED, fields_in, stored_column

VERSIONS: Select[Any] = select(observation).where(HAS_FIGURE)
Fields = dict[str, Any]


def _decimal(cell: Any) -> Decimal | None:
    return None if cell is None or cell == "" else Decimal(cell)


def _marks(cell: str) -> frozenset[Mark]:
    return frozenset(cast("list[Mark]", cell.split(","))) if cell else frozenset()


READ: dict[Any, Callable[[Any], Any]] = {
    Decimal | None: _decimal,
    str | None: lambda cell: cell or None,
    frozenset[Mark]: _marks,
    Period: period_of,
    Kind: KINDS.__getitem__,
}


def _plan(fields: Iterable[ListedField], record: type) -> list[tuple[str, str, Callable[[Any], Any] | None]]:
    """Return (name, column, how to read it) of the fields that belong to a record."""
    return [(each.name, each.stored.column, READ.get(each.kind)) for each in fields if each.record is record]


_OWN, _OWN_PLACE = (_plan(fields_in(observation), record) for record in (Observation, Place))


def observations_of(connection: Connection, query: Select[Any]) -> list[Observation]:
    """Run a query built on VERSIONS and return its observations in the query's order."""
    result = connection.execute(query)
    names = tuple(result.keys())
    rows = result.all()
    texts = connection.info.setdefault(INTERNED, Texts())
    try:
        return [_typed(texts, dict(zip(names, row, strict=True))) for row in rows]
    except KeyError:  # a text that came since this connection last looked
        texts.read_new(connection)
        return [_typed(texts, dict(zip(names, row, strict=True))) for row in rows]


class Texts:
    """The fields that keys stand for, of the record and of its place. They never change and keys only grow, so a
    connection reads each one once.
    """

    def __init__(self) -> None:
        self.known: dict[str, dict[int, tuple[Fields, Fields]]] = {name: {} for name in LED}

    def read_new(self, connection: Connection) -> None:
        """Read what was added to the tables since the last time."""
        for name, (key, tables) in LED.items():
            known, fields = self.known[name], fields_in(tables)
            query = select(key.label("key"), *(stored_column(each).label(each.name) for each in fields))
            for row in connection.execute(query.select_from(tables).where(key > max(known, default=0))).mappings():
                read = {each.name: READ.get(each.kind, _as_it_is)(row[each.name]) for each in fields}
                place = {each.name: read.pop(each.name) for each in fields if each.record is Place}
                known[row["key"]] = (read, place)


def _as_it_is(cell: Any) -> Any:
    return cell


def _repeated(value: Any, category: str | None) -> Any:
    """Return the printed text that was not stored, because it only repeats the value."""
    if value is None:
        return category
    return value if isinstance(value, str) else canonical(value)


def _typed(texts: Texts, row: Mapping[str, Any]) -> Observation:
    own = {name: row[column] if read is None else read(row[column]) for name, column, read in _OWN}
    place = {name: row[column] for name, column, _ in _OWN_PLACE}
    for key, known in texts.known.items():
        said, placed = known[row[key]]
        own.update(said)
        place.update(placed)
    if own["printed"] is None:
        own["printed"] = _repeated(row["value"], row["category"])
    return Observation(**own, place=Place(**place))
