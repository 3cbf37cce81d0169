"""Figures whose row now means something else: withdrawn by a version without a figure, so that nothing is erased.

A collected file stands whole in the checkout and its meaning is declared beside it. Where a declaration changes, a row
gets another identity, and the figure read from it before would stay in force for ever: a wrong number on a wall.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from etl.warehouse import schema
from etl.warehouse.schema import IDENTITY
from etl.warehouse.stored_fields import ANNOTATION
from etl.warehouse.write.stage import annotation_row, intern_rows

WITHDRAWN = dict.fromkeys(ANNOTATION, "") | {"status": "withdrawn"}
KEY = ", ".join(f"observation.{name}" for name in IDENTITY)
_STAGED = " AND ".join(f"stage.{name} = observation.{name}" for name in IDENTITY)
# The standing figures of a feed's file that the staged load no longer gives.
LEFT_OUT = f"""
FROM observation
JOIN run ON run.vintage_no = observation.vintage_no
JOIN run_file ON run_file.run_id = run.id AND run_file.ordinal = 0
JOIN file ON file.id = run_file.file_id
WHERE run.feed = :feed AND file.name = :file AND observation.superseded_in IS NULL
    AND (observation.value IS NOT NULL OR observation.category IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM stage WHERE {_STAGED})
"""  # noqa: S608 - names of our own columns
_WITHDRAW = f"""
INSERT INTO stage ({", ".join(IDENTITY)}, annotation_id, position_id, row)
SELECT {KEY}, :annotation, observation.position_id, observation.row {LEFT_OUT}
"""


def withdraw(connection: Connection, feed: str, file: str) -> int:
    """Stage an empty version for every standing figure of a feed's file that the staged load no longer gives.

    Returns how many. Call it between filling the stage and merging, for loads of complete files only.
    """
    row = annotation_row(**WITHDRAWN)
    key = intern_rows(connection, schema.annotation, ANNOTATION, [row])[tuple(row[name] for name in ANNOTATION)]
    return connection.execute(text(_WITHDRAW), {"annotation": key, "feed": feed, "file": file}).rowcount
