"""The figures now in force that new ones are compared with before they are accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select, text

from etl.warehouse import schema
from etl.warehouse.period_keys import first_key_ending, period_of
from etl.warehouse.schema import REALISATION

COLUMNS = ["indicator", "series", "region", "period", "producer", "publication", "value"]
# An outer join keeps both planners from starting with all figures of a region; the table of the last periods is short.
_STANDING = f"""
SELECT observation.series_id, observation.region_id, observation.period_id, observation.source_id, observation.value
FROM latest LEFT JOIN observation ON observation.region_id = latest.region_id
    AND observation.series_id = latest.series_id AND observation.kind = {REALISATION}
    AND observation.superseded_in IS NULL AND {{periods}}
WHERE latest.series_id IN ({{series}}) AND observation.value IS NOT NULL
"""  # noqa: S608 - names of our own columns and whole numbers


def standing_values(
    connection: Connection, cumulative: Collection[str], since: dt.date, indicators: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the realised numbers of the last period of each line (indicator, series, region), by all sources.

    Of `cumulative` indicators those of every period that ends at `since` or later come too. `indicators` limits what
    is looked at; None is all. The frame has COLUMNS; values are canonical text.
    """
    series = select(schema.series.c.id, schema.indicator.c.code, schema.series.c.code).join(schema.indicator)
    if indicators is not None:
        series = series.where(schema.indicator.c.code.in_(tuple(indicators)))
    named = {key: (indicator, code) for key, indicator, code in connection.execute(series)}
    grown = [key for key, (indicator, _) in named.items() if indicator in cumulative]
    rows = _read(connection, list(named), "observation.period_id = latest.period_id")
    rows |= _read(connection, grown, f"observation.period_id >= {first_key_ending(since)}")
    regions = _texts(connection, schema.region.c.id, schema.region.c.code)
    sources = _texts(connection, schema.source.c.id, schema.source.c.producer, schema.source.c.publication)
    found = [
        (*named[serie], *regions[region], period_of(period).code, *sources[source], value)
        for serie, region, period, source, value in sorted(rows)
    ]
    return pd.DataFrame(found, columns=COLUMNS, dtype=object)


def _read(connection: Connection, series: list[int], periods: str) -> set[tuple[Any, ...]]:
    if not series:
        return set()
    query = _STANDING.format(periods=periods, series=",".join(map(str, series)))
    return {(*row[:4], str(row[4])) for row in connection.execute(text(query))}


def _texts(connection: Connection, *columns: Any) -> dict[int, tuple[str, ...]]:
    return {row[0]: tuple(row[1:]) for row in connection.execute(select(*columns))}
