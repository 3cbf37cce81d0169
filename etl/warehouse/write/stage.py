"""From a frame of texts to temporary tables of keys, so that the database can compare whole loads at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, select

from etl.catalogue.period import from_code
from etl.measures.conflict import base_region
from etl.sheets.categorical import Codes, combine, split
from etl.warehouse import schema
from etl.warehouse.bulk import RowText, append_rows, row_text
from etl.warehouse.period_keys import period_key
from etl.warehouse.schema import IDENTITY, KINDS, REALISATION, observation
from etl.warehouse.seal import digest
from etl.warehouse.stored_fields import ANNOTATION, FIGURE

CHUNK = 50_000
WHOLE = (*IDENTITY, "annotation_id", "position_id", "row")
Intern = Mapping[tuple[Any, ...], int]
Keys = dict[str, Codes]
Row = dict[str, Any]
Texts = Callable[[Codes], list[str | None]]


def fill_stage(connection: Connection, accepted: pd.DataFrame) -> None:
    """Create the tables `stage` and `line` and fill them with the rows of a load, their texts interned.

    The rows of `stage` stand in the order of their identity; `line` says what they speak about, far fewer. Raises
    ValueError where two rows have one identity: the pipeline must have returned one of them.
    """
    keys = _keys(connection, accepted) | {"row": accepted["row"].to_numpy(dtype=np.int64)}
    order = np.lexsort([keys[name] for name in reversed(IDENTITY)])
    _assert_unique(keys, order, accepted)
    tables = MetaData()
    stage, line = _stage(tables, keys), _line(tables)
    tables.create_all(connection)
    written = row_text(connection)
    given = [each.name for each in stage.c if each.server_default is None]
    said = [name for name in FIGURE if name in accepted and accepted[name].notna().any()]
    texts = {name: _texts(accepted[name], written) for name in said}
    names = [name for name in given if name in keys or name in texts]
    append_rows(connection, stage, names, _staged(keys, texts, names, order, written.null))
    append_rows(connection, line, line.c.keys(), _lines(keys, accepted, written))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE stage")
        connection.exec_driver_sql("ANALYZE line")


def _stage(tables: MetaData, keys: Keys) -> Table:
    """Describe `stage`; what all rows of the load share is its column's default, and is not written again and again."""
    shared = {name: str(keys[name][0]) for name in WHOLE if len(keys[name]) and (keys[name] == keys[name][0]).all()}

    def whole(name: str) -> Column[int]:
        return Column(name, Integer, nullable=False, server_default=shared.get(name))

    return Table(
        "stage",
        tables,
        *(whole(name) for name in IDENTITY),
        *(Column(name, observation.c[name].type) for name in FIGURE),
        *(whole(name) for name in WHOLE[len(IDENTITY) :]),
        prefixes=["TEMPORARY"],
    )


def _line(tables: MetaData) -> Table:
    """Describe `line`; the newest realised period is NULL where there is none."""
    keys = (Column(name, Integer, nullable=False) for name in ("region_id", "series_id", "source_id"))
    return Table("line", tables, *keys, Column("period_id", Integer), prefixes=["TEMPORARY"])


def drop_stage(connection: Connection) -> None:
    """Drop the tables of `fill_stage`."""
    for name in ("stage", "line"):
        connection.exec_driver_sql(f"DROP TABLE {name}")


def _staged(
    keys: Keys, texts: Mapping[str, Texts], names: Sequence[str], order: Codes, null: str | None
) -> Iterator[tuple[Any, ...]]:
    """Give the columns `names` of the rows of `stage`; a printed text that only repeats the value is NULL."""
    for start in range(0, len(order), CHUNK):
        part = order[start : start + CHUNK]
        read = {name: texts[name](part) if name in texts else keys[name][part].tolist() for name in names}
        plain = read.get("value", read.get("category", ()))
        if "value" in read and "category" in read:
            plain = [one if one != null else other for one, other in zip(plain, read["category"], strict=True)]
        read["printed"] = [null if text == same else text for text, same in zip(read["printed"], plain, strict=True)]
        yield from zip(*read.values(), strict=True)


def _texts(column: pd.Series[Any], written: RowText) -> Texts:
    """Return how to read the texts of some places of a column, those of a coded one written once."""
    write, null = written.write, written.null
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, words = split(column)
        texts = np.array([*map(write, words), null], dtype=object)
        return lambda part: texts[codes[part]].tolist()
    values = column.to_numpy(dtype=object)
    return lambda part: [write(each) if isinstance(each, str) else null for each in values[part]]


def _lines(keys: Keys, accepted: pd.DataFrame, written: RowText) -> Iterable[tuple[Any, ...]]:
    named = pd.DataFrame({name: keys[name] for name in ("region_id", "series_id", "source_id")}, copy=False)
    figure = accepted["value"].notna().to_numpy() | accepted["category"].notna().to_numpy()
    realised = figure & (keys["kind"] == REALISATION)
    newest = named.assign(period_id=np.where(realised, keys["period_id"], -1)).groupby(list(named), sort=False)
    lines = newest["period_id"].max().reset_index()
    columns = [lines[name].tolist() for name in lines.columns]
    columns[-1] = [written.null if period < 0 else period for period in columns[-1]]
    return zip(*columns, strict=True)


def _assert_unique(keys: Keys, order: Codes, accepted: pd.DataFrame) -> None:
    same = np.logical_and.reduce([np.diff(keys[name][order]) == 0 for name in IDENTITY])
    if same.any():
        names = ["kind", "indicator", "series", "region", "period", "producer", "publication", "row"]
        first = accepted.loc[accepted.index[order[1:][same].min()], names].to_dict()
        raise ValueError(
            f"{int(same.sum())} accepted rows repeat the identity of another row of the load, first "
            f"{first}; the pipeline must refuse all but one of them"
        )


def _keys(connection: Connection, accepted: pd.DataFrame) -> Keys:
    """Return the integer keys of a load, interning what is new. A column that the load lacks says nothing."""

    def intern(columns: Sequence[str], row: Callable[..., Row], table: Table, names: Sequence[str]) -> Codes:
        given = [name for name in columns if name in accepted]
        codes, distinct = combine(accepted, given)
        nothing = dict.fromkeys(columns, "")
        said = [{name: text or "" for name, text in zip(given, each, strict=True)} for each in distinct]
        wanted = [row(**(nothing | each)) for each in said]
        known = intern_rows(connection, table, names, wanted)
        return np.array([known[tuple(each[name] for name in names)] for each in wanted], dtype=np.int64)[codes]

    codes, kinds = combine(accepted, ["kind"])
    keys = {"kind": np.array([KINDS.index(kind) for (kind,) in kinds], dtype=np.int64)[codes]}
    keys["region_id"] = intern(["region"], _region, schema.region, ["code"])
    keys["period_id"] = intern(["period"], _period, schema.period, ["id"])
    keys["source_id"] = intern(["producer", "publication"], dict, schema.source, ["producer", "publication"])
    # By their texts, not by their key: one that stands keeps the key it was written with when a field comes.
    keys["annotation_id"] = intern(ANNOTATION, annotation_row, schema.annotation, ANNOTATION)
    keys["position_id"] = intern(["sheet", "column"], dict, schema.position, ["sheet", "column"])
    indicators = sorted(set(accepted["indicator"].unique()))
    known = intern_rows(connection, schema.indicator, ["code"], [{"code": code} for code in indicators])
    keys["series_id"] = intern(
        ["indicator", "series"],
        lambda indicator, series: {"indicator_id": known[(indicator,)], "code": series},
        schema.series,
        ["indicator_id", "code"],
    )
    return keys


def intern_rows(connection: Connection, table: Table, names: Sequence[str], wanted: Sequence[Row]) -> Intern:
    """Return the key of each row by its natural columns, adding those the table lacks."""
    key = table.primary_key.columns[0]
    query = select(key, *(table.c[name] for name in names))
    known = {tuple(row[1:]): int(row[0]) for row in connection.execute(query)}
    missing = [each for each in wanted if tuple(each[name] for name in names) not in known]
    if missing:
        connection.execute(insert(table), missing)
        known |= {tuple(row[1:]): int(row[0]) for row in connection.execute(query)}
    return known


def _region(region: str) -> Row:
    return {"code": region, "base": base_region(region)}


def _period(period: str) -> Row:
    read = from_code(period)
    return {"id": period_key(period), "code": period, "start": read.start, "end": read.end}


def annotation_row(**texts: str) -> Row:
    """Return the row of an annotation, keyed by the digest of its texts in the order of ANNOTATION."""
    return texts | {"key": digest(tuple(texts[name] for name in ANNOTATION)).hex()}
