"""Records in the warehouse: versions like those of figures, superseded by what the same key says later."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, func, select

from etl.catalogue.feeds import RecordKind
from etl.catalogue.record_kinds import Record
from etl.warehouse import schema
from etl.warehouse.period_keys import known_at
from etl.warehouse.schema import record, run
from etl.warehouse.seal import digest
from etl.warehouse.seal_forms import CURRENT, FORMS, added


def _placed() -> Select[Any]:
    position = schema.position.c
    later = (position[name].label(f"position.{name}") for name in added(FORMS[CURRENT], "position"))
    return (
        select(
            *(record, position.sheet, schema.file.c.name.label("file"), run.c.feed, schema.vintage.c.recorded_at),
            *later,
        )
        .join(schema.position, schema.position.c.id == record.c.position_id)
        .join(schema.vintage, schema.vintage.c.no == record.c.vintage_no)
        .join(run, run.c.vintage_no == record.c.vintage_no)
        .join(schema.run_file, schema.run_file.c.run_id == run.c.id)
        .join(schema.file, schema.file.c.id == schema.run_file.c.file_id)
        .where(schema.run_file.c.ordinal == 0)
    )


def record_digests(
    connection: Connection, number: int | None = None, forms: Mapping[int, int] | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """Give (vintage number, digests of its records), of one vintage or of all.

    `forms` says by which form a vintage was sealed, where that is not the current one.
    """
    query = _placed().order_by(record.c.vintage_no, record.c.id)
    if number is not None:
        query = query.where(record.c.vintage_no == number)
    for vintage, group in groupby(connection.execute(query), key=lambda each: int(each.vintage_no)):
        form = FORMS[(forms or {}).get(vintage, CURRENT)]
        names = ("kind", "key", "content", "file", "sheet", "row", *added(form, "record"))
        names = (*names, *(f"position.{name}" for name in added(form, "position")))
        yield vintage, [digest([each._mapping[name] for name in names]) for each in group]


def count_records(connection: Connection) -> dict[int, int]:
    """Return how many records each vintage brought."""
    query = select(record.c.vintage_no, func.count()).group_by(record.c.vintage_no)
    return {int(number): int(count) for number, count in connection.execute(query)}


def broken_records(connection: Connection) -> list[int]:
    """Return the vintages whose records do not follow the version before them, or do not end where the next begins."""
    query = select(record.c.kind, record.c.key, record.c.vintage_no, record.c.superseded_in, record.c.version)
    rows = connection.execute(query.order_by(record.c.kind, record.c.key, record.c.vintage_no)).all()
    broken = set()
    for _, group in groupby(rows, key=lambda each: (each.kind, each.key)):
        line = list(group)
        ends = [*(each.vintage_no for each in line[1:]), None]
        for version, (each, end) in enumerate(zip(line, ends, strict=True), 1):
            broken |= {each.vintage_no} if (each.version, each.superseded_in) != (version, end) else set()
    return sorted(broken)


def records(connection: Connection, kind: RecordKind, vintage: int, **content: str) -> list[Record]:
    """Return the records of a kind as known at a vintage number, by deadline or day of issue; `content` narrows."""
    rows = connection.execute(_placed().where(record.c.kind == kind, known_at(record, vintage)))
    found = [
        Record(
            each.id, kind, json.loads(each.content), each.feed, each.vintage_no, each.version, each.recorded_at,
            each.file, each.sheet or None, each.row,
        )
        for each in rows
    ]  # fmt: skip
    chosen = [each for each in found if all(each.content.get(name) == text for name, text in content.items())]
    return sorted(chosen, key=lambda each: (each.content.get("deadline") or each.content.get("issued") or "", each.id))
