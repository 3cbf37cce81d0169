"""Records of a load against those that stand: new versions, superseded by what the same key says later."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, bindparam, insert, select, update

from etl.warehouse import schema
from etl.warehouse.schema import record
from etl.warehouse.write.stage import intern_rows


def merge_records(connection: Connection, rows: pd.DataFrame, vintage: int) -> int:
    """Write the records that are new or changed as versions of a vintage; return how many.

    `rows` has the columns kind, key, content, sheet, row, with each (kind, key) once.
    """
    standing = {
        (each.kind, each.key): (each.content, each.version)
        for each in connection.execute(select(record).where(record.c.superseded_in.is_(None)))
    }
    wanted = [{"sheet": sheet or "", "column": ""} for sheet in rows["sheet"].drop_duplicates().tolist()]
    places = intern_rows(connection, schema.position, ["sheet", "column"], wanted)
    fresh: list[dict[str, Any]] = []
    for each in rows.to_dict("records"):
        content, version = standing.get((each["kind"], each["key"]), (None, 0))
        if content != each["content"]:
            position = places[each["sheet"] or "", ""]
            own = {name: each[name] for name in ("kind", "key", "content", "row")}
            fresh.append(own | {"vintage_no": vintage, "version": version + 1, "position_id": position})
    if fresh:
        older = (record.c.kind == bindparam("_kind"), record.c.key == bindparam("_key"))
        ended = update(record).where(*older, record.c.superseded_in.is_(None)).values(superseded_in=vintage)
        connection.execute(ended, [{"_kind": each["kind"], "_key": each["key"]} for each in fresh])
        connection.execute(insert(record), fresh)
    return len(fresh)
