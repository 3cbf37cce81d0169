"""Where the fields of the list stand: the tables that an observation's keys lead to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, FromClause, and_, or_

from etl.catalogue.observation_fields import FIELDS, GIVEN, ListedField
from etl.warehouse import schema
from etl.warehouse.schema import IDENTITY, observation

# A version without value and category takes a figure back; readers never see it.
HAS_VALUE = or_(observation.c.value.is_not(None), observation.c.category.is_not(None))
_FIRST_FILE = and_(schema.run_file.c.run_id == schema.run.c.id, schema.run_file.c.ordinal == 0)
# For each key: the column that holds it there, and the tables that say more.
LED: dict[str, tuple[Column[Any], FromClause]] = {
    "region_id": (schema.region.c.id, schema.region),
    "series_id": (schema.series.c.id, schema.series.join(schema.indicator)),
    "source_id": (schema.source.c.id, schema.source),
    "annotation_id": (schema.annotation.c.id, schema.annotation),
    "position_id": (schema.position.c.id, schema.position),
    "vintage_no": (
        schema.vintage.c.no,
        schema.vintage.join(schema.run, schema.run.c.vintage_no == schema.vintage.c.no)
        .join(schema.run_file, _FIRST_FILE)
        .join(schema.file, schema.file.c.id == schema.run_file.c.file_id),
    ),
}
_GIVEN = [each.stored for each in FIELDS if each.name in GIVEN]
# What a load says of one figure alone, and what many figures share.
FIGURE = tuple(each.column for each in _GIVEN if each.table == "observation" and each.column not in (*IDENTITY, "row"))
ANNOTATION = tuple(each.column for each in _GIVEN if each.table == "annotation")


def stored_column(each: ListedField) -> Column[Any]:
    """Return the column that a field stands in."""
    return schema.metadata.tables[each.stored.table].c[each.stored.column]


def fields_in(tables: FromClause) -> list[ListedField]:
    """Return the fields that stand in a table or in joined ones."""
    return [each for each in FIELDS if tables.is_derived_from(stored_column(each).table)]
