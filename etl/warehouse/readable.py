"""The view `readable_observation`: every version of every figure with its fields in words, for other programs.

It follows the list of fields, so that it is made anew whenever the tables get another form.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Text, case, cast, func, select

from etl.catalogue.observation_fields import FIELDS, ListedField
from etl.warehouse.schema import EXACT, KINDS, observation, period, seal
from etl.warehouse.stored_fields import HAS_VALUE, LED, stored_column

VIEW = "readable_observation"
# Fields whose column holds a key or leaves out what repeats another one.
SAID: dict[str, ColumnElement[Any]] = {
    "period": period.c.code,
    "kind": case(dict(enumerate(KINDS)), value=observation.c.kind),
    "printed": func.coalesce(observation.c.printed, cast(observation.c.value, Text), observation.c.category),
}
# What is known beside the list; the API gives it too, but for the last one.
BESIDE = (
    period.c.start.label("period_start"),
    period.c.end.label("period_end"),
    seal.c.seal.label("seal"),
    observation.c.superseded_in,
)


def drop_view(connection: Connection) -> None:
    """Drop the view: tables that it reads could not be changed under it."""
    connection.exec_driver_sql(f"DROP VIEW IF EXISTS {VIEW}")


def create_view(connection: Connection) -> None:
    """Create the view for the tables as they are now."""
    query = readable().compile(connection, compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(f"CREATE VIEW {VIEW} AS {query}")


def readable() -> Select[Any]:
    """Select every version with a figure, its texts in the words of the API; "" is NULL where the API says null."""
    columns = [_said(each).label(each.name) for each in FIELDS]
    joined: FromClause = observation.join(period, period.c.id == observation.c.period_id)
    for name, (key, tables) in LED.items():
        joined = joined.join(tables, key == observation.c[name])
    joined = joined.join(seal, seal.c.vintage_no == observation.c.vintage_no)
    return select(*columns, *BESIDE).select_from(joined).where(HAS_VALUE)


def _said(each: ListedField) -> ColumnElement[Any]:
    column = stored_column(each)
    if each.name in SAID:
        return SAID[each.name]
    if column.table is observation or type(None) not in get_args(each.kind):
        return column
    text = func.nullif(column, "")
    return cast(text, EXACT) if Decimal in get_args(each.kind) else text
