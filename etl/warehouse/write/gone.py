"""Figures whose row left its source: said with their places, and marked or withdrawn as the feed declares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, text

from etl.warehouse import schema
from etl.warehouse.schema import IDENTITY
from etl.warehouse.stored_fields import ANNOTATION, FIGURE
from etl.warehouse.write.stage import annotation_row, intern_rows
from etl.warehouse.write.withdraw import KEY, LEFT_OUT, WITHDRAWN

Treatment = Literal["mark", "withdraw"]
MARK, RULE, SHOWN = "gone", "tidak-lagi-di-sumber", 20
UNSURE = "atau barisnya kini dikembalikan, jadi angkanya tetap berlaku"
DONE = {"mark": "angkanya tetap berlaku dan ditandai", "withdraw": "angkanya ditarik; keadaan lama tetap terbaca"}
_FIGURE = ", ".join(f"observation.{name}" for name in FIGURE)
_LIST = f"""
SELECT indicator.code, series.code, region.code, period.code, gone.printed, gone.annotation_id
FROM (SELECT {KEY}, coalesce(observation.printed, CAST(observation.value AS TEXT), observation.category)
    AS printed,
    observation.annotation_id {LEFT_OUT}) AS gone
JOIN series ON series.id = gone.series_id JOIN indicator ON indicator.id = series.indicator_id
JOIN region ON region.id = gone.region_id JOIN period ON period.id = gone.period_id
ORDER BY 1, 2, 3, 4
"""  # noqa: S608 - names of our own columns
_STAGE = f"""
INSERT INTO stage ({", ".join((*IDENTITY, *FIGURE))}, annotation_id, position_id, row)
SELECT {KEY}, {_FIGURE}, :fresh, observation.position_id, observation.row {LEFT_OUT}
    AND observation.annotation_id = :stood
"""
_EMPTY = _STAGE.replace(_FIGURE, ", ".join(["NULL"] * len(FIGURE)))


@dataclass(frozen=True, slots=True)
class Gone:
    """What a load no longer gives: how many figures, how many of them changed by it, and the sentence."""

    count: int = 0
    changed: int = 0
    sentence: str = ""


def treat_gone(connection: Connection, feed: str, file: str, how: Treatment, sure: bool) -> Gone:
    """Stage a marked or an empty version of every standing figure of a file that the staged load no longer gives.

    Where rows were returned one cannot be `sure` that a figure is gone: then it is only said. Call it between filling
    the stage and merging, for sources that are read whole each time.
    """
    about = {"feed": feed, "file": file}
    found = connection.execute(text(_LIST), about).all()
    if not found:
        return Gone()
    stood = {int(each[-1]) for each in found} if sure else set()
    changed = sum(_stage(connection, key, how, about) for key in sorted(stood))
    places = [
        f"{indicator} {region} {period} ({printed})" for indicator, _, region, period, printed, _ in found[:SHOWN]
    ]
    more = f", dan {len(found) - SHOWN} lain" if len(found) > SHOWN else ""
    done = DONE[how] if sure else UNSURE
    return Gone(len(found), changed, f"{len(found)} angka tidak lagi ada di sumber; {done}: {', '.join(places)}{more}.")


def _stage(connection: Connection, stood: int, how: Treatment, about: dict[str, Any]) -> int:
    """Stage what one annotation's figures become; one that is marked already stays as it is."""
    query = f"SELECT {', '.join(ANNOTATION)} FROM annotation WHERE id = :id"  # noqa: S608 - our own columns
    texts = dict(connection.execute(text(query), {"id": stood}).one()._mapping)
    marks = set(filter(None, texts["marks"].split(",")))
    if how == "mark" and MARK in marks:
        return 0
    row = annotation_row(**(texts | {"marks": ",".join(sorted(marks | {MARK}))} if how == "mark" else WITHDRAWN))
    fresh = intern_rows(connection, schema.annotation, ANNOTATION, [row])[tuple(row[name] for name in ANNOTATION)]
    statement = text(_STAGE if how == "mark" else _EMPTY)
    return connection.execute(statement, about | {"fresh": fresh, "stood": stood}).rowcount
