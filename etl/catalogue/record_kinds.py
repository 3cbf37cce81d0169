"""Records: what offices tell that is no figure. Actions on an indicator, and evidence for a level of an instrument."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from etl.catalogue.feeds import RecordKind

Sort = Literal["indicator", "region", "item", "level", "date", "status", "text"]
ACTION_STATUSES = ("rencana", "berjalan", "selesai", "tertunda", "batal")


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of a kind of record: what it may hold, and whether it must and whether it tells records apart."""

    name: str
    sort: Sort
    required: bool = False
    key: bool = False


RECORDS: dict[RecordKind, tuple[RecordField, ...]] = {
    "action": (
        RecordField("indicator", "indicator", required=True, key=True),
        RecordField("region", "region", required=True, key=True),
        RecordField("cause", "text", required=True),
        RecordField("action", "text", required=True, key=True),
        RecordField("responsible", "text", required=True),
        RecordField("deadline", "date", required=True),
        RecordField("status", "status", required=True),
        RecordField("note", "text"),
    ),
    "evidence": (
        RecordField("item", "item", required=True, key=True),
        RecordField("region", "region", required=True, key=True),
        RecordField("level", "level", required=True, key=True),
        RecordField("title", "text", required=True, key=True),
        RecordField("reference", "text", required=True),
        RecordField("issued", "date", required=True),
        RecordField("expires", "date"),
        RecordField("note", "text"),
    ),
}
RECORD_FIELDS = tuple(dict.fromkeys(field.name for fields in RECORDS.values() for field in fields))


@dataclass(frozen=True, slots=True)
class Record:
    """One version of a record. `content` maps its fields to text: codes of the catalogue, ISO dates, or words."""

    id: int
    kind: RecordKind
    content: dict[str, str]
    feed: str
    vintage: int
    version: int
    recorded_at: dt.datetime
    file: str
    sheet: str | None
    row: int
