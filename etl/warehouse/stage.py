"""From a frame of texts to a temporary table of keys, so that the database can compare whole loads at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, insert, select

from etl.catalogue.conflict import base_region
from etl.catalogue.period import from_code
from etl.warehouse import schema
from etl.warehouse.keys import period_key
from etl.warehouse.schema import EXACT, IDENTITY, KINDS
from etl.warehouse.seal import digest

ANNOTATION = ("unit", "printed_unit", "step", "status", "marks", "note", "plan")
stage = Table(
    "stage",
    MetaData(),
    *(Column(name, Integer, nullable=False) for name in IDENTITY),
    Column("value", EXACT),
    Column("category", Text),
    Column("printed", Text),
    Column("numerator", EXACT),
    Column("denominator", EXACT),
    *(Column(name, Integer, nullable=False) for name in ("annotation_id", "position_id", "row")),
    prefixes=["TEMPORARY"],
)
Intern = Mapping[tuple[Any, ...], int]


def fill_stage(connection: Connection, accepted: pd.DataFrame) -> None:
    """Create the table `stage` and fill it with the rows of a load, their texts interned.

    Raises ValueError where two rows have one identity: the pipeline must have returned one of them.
    """
    keys = _keys(connection, accepted)
    _assert_unique(keys, accepted)
    stage.create(connection)
    columns = [keys[name].tolist() for name in IDENTITY]
    columns += [_nullable(accepted[name]) for name in ("value", "category")]
    columns += [_printed(accepted), *(_nullable(accepted[name]) for name in ("numerator", "denominator"))]
    columns += [keys["annotation_id"].tolist(), keys["position_id"].tolist(), accepted["row"].astype(int).tolist()]
    _copy(connection, zip(*columns, strict=True))


def _nullable(column: pd.Series[Any]) -> list[Any]:
    return column.astype(object).where(column.notna(), None).tolist()


def _printed(accepted: pd.DataFrame) -> list[Any]:
    """Return the printed texts, None where they only repeat the value."""
    plain = accepted["value"].astype(object).where(accepted["value"].notna(), accepted["category"])
    return [None if text == same else text for text, same in zip(accepted["printed"], plain, strict=True)]


def _assert_unique(keys: pd.DataFrame, accepted: pd.DataFrame) -> None:
    twice = keys.duplicated(subset=list(IDENTITY)).to_numpy()
    if twice.any():
        names = ["kind", "indicator", "series", "region", "period", "producer", "publication", "row"]
        raise ValueError(
            f"{int(twice.sum())} accepted rows repeat the identity of another row of the load, first "
            f"{accepted.loc[twice, names].iloc[0].to_dict()}; the pipeline must refuse all but one of them"
        )


def _copy(connection: Connection, rows: Iterator[tuple[Any, ...]]) -> None:
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy("COPY stage FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        connection.exec_driver_sql("ANALYZE stage")
    else:
        marks = ",".join("?" * len(stage.c))
        driver = connection.connection.driver_connection
        driver.executemany(f"INSERT INTO stage VALUES ({marks})", rows)  # noqa: S608 - marks only


def _keys(connection: Connection, accepted: pd.DataFrame) -> pd.DataFrame:
    """Return the integer keys of a load, interning what is new."""
    keys = pd.DataFrame(index=accepted.index)
    keys["kind"] = accepted["kind"].map({kind: place for place, kind in enumerate(KINDS)})

    def intern(columns: Sequence[str], row: Any, table: Table, names: Sequence[str]) -> pd.Series[int]:
        codes, distinct = _distinct(accepted, columns)
        wanted = [row(*each) for each in distinct]
        known = intern_rows(connection, table, names, wanted)
        places = pd.Series([known[tuple(each[name] for name in names)] for each in wanted], dtype="int64")
        return pd.Series(places.to_numpy()[codes.to_numpy()], index=accepted.index)

    keys["region_id"] = intern(["region"], _region, schema.region, ["code"])
    keys["period_id"] = intern(["period"], _period, schema.period, ["id"])
    keys["source_id"] = intern(["producer", "publication"], _source, schema.source, ["producer", "publication"])
    keys["annotation_id"] = intern(ANNOTATION, _annotation, schema.annotation, ["key"])
    keys["position_id"] = intern(["sheet", "column"], _position, schema.position, ["sheet", "column"])
    indicators = sorted(set(accepted["indicator"]))
    known = intern_rows(connection, schema.indicator, ["code"], [{"code": code} for code in indicators])
    keys["series_id"] = intern(
        ["indicator", "series"],
        lambda indicator, code: {"indicator_id": known[(indicator,)], "code": code},
        schema.series,
        ["indicator_id", "code"],
    )
    return keys


def _distinct(accepted: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.Series[int], list[tuple[str, ...]]]:
    """Return for each row the number of its combination of texts, and the combinations; missing ones are ""."""
    texts = accepted[list(columns)].astype(object).fillna("")
    codes = texts.groupby(list(columns), sort=False).ngroup()
    first = ~codes.duplicated()
    return codes, list(texts.loc[first].itertuples(index=False, name=None))


def intern_rows(connection: Connection, table: Table, names: Sequence[str], wanted: Sequence[dict[str, Any]]) -> Intern:
    """Return the key of each row by its natural columns, adding those the table lacks."""
    key = table.primary_key.columns[0]
    query = select(key, *(table.c[name] for name in names))
    known = {tuple(row[1:]): int(row[0]) for row in connection.execute(query)}
    missing = [each for each in wanted if tuple(each[name] for name in names) not in known]
    if missing:
        connection.execute(insert(table), missing)
        known |= {tuple(row[1:]): int(row[0]) for row in connection.execute(query)}
    return known


def _region(code: str) -> dict[str, Any]:
    return {"code": code, "base": base_region(code)}


def _period(code: str) -> dict[str, Any]:
    period = from_code(code)
    return {"id": period_key(code), "code": code, "start": period.start, "end": period.end}


def _source(producer: str, publication: str) -> dict[str, Any]:
    return {"producer": producer, "publication": publication}


def annotation_row(**texts: str) -> dict[str, Any]:
    """Return the row of an annotation, keyed by the digest of its texts in the order of ANNOTATION."""
    return texts | {"key": digest(tuple(texts[name] for name in ANNOTATION)).hex()}


def _annotation(*texts: str) -> dict[str, Any]:
    return annotation_row(**dict(zip(ANNOTATION, texts, strict=True)))


def _position(sheet: str, column: str) -> dict[str, Any]:
    return {"sheet": sheet, "column": column}
