"""Records of a CKAN DataStore: from page to page without losing one, and as a grid under their field names."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from etl.connectors.base import FetchError, UnreadableError
from etl.connectors.formats.json_rows import MISSING, find, to_sheet
from etl.connectors.formats.json_text import JsonNumber
from etl.sheets.sheet import Sheet

LIMIT = 5_000  # rows that are asked for at once; a server may give fewer
MOST_PAGES = 5_000
ROW_NUMBER = "_id"
NUMBER_TYPE = re.compile(r"_?(?:int|float|numeric|double|real|decimal)")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
CHANGED = "Barisnya berubah selagi dibaca. Tidak ada yang dimuat; coba lagi nanti."


class Records:
    """Counts the records of each page in and tells what to ask for next."""

    def __init__(self) -> None:
        self._count = self._pages = self._last = 0
        self._total: int | None = None
        self._by_key = False

    def take(self, result: Any) -> dict[str, str] | None:
        """Return the parameters of the next page, None where all records are here.

        `result` is that of datastore_search, sorted by _id. Raises FetchError where records are missing or come
        again, or their number changes.
        """
        records, fresh = _records(result), self._pages == 0
        self._note_total(result, fresh)
        for each in records:
            number = int(each[ROW_NUMBER])
            if number <= self._last:
                raise FetchError(f"Portal memberi baris _id {number} lagi sesudah _id {self._last}. {CHANGED}")
            self._last = number
        self._pages, self._count = self._pages + 1, self._count + len(records)
        if not records or self._ended(result, len(records)):
            self._check_whole()
            return None
        if self._pages >= MOST_PAGES:
            raise FetchError(f"Portal tidak berhenti memberi halaman (lebih dari {MOST_PAGES}). Laporkan kepadanya.")
        return self._next(result, fresh)

    def _ended(self, result: Any, came: int) -> bool:
        """Judge by the announced number; without one only an empty page ends, for a limit may be lowered in silence."""
        limit = _whole(result.get("limit"))
        short = limit is not None and came < limit and find(result, ("next_page",)) is MISSING
        return self._total is not None and (self._count >= self._total or short)

    def _note_total(self, result: Any, fresh: bool) -> None:
        """Keep the announced number of records; with a key filter a server may announce those that are left."""
        total = None if result.get("total_was_estimated") else _whole(result.get("total"))
        if fresh:
            self._total = total
        elif total is not None and self._total is not None:
            left = self._total - self._count
            if total != self._total and not (self._by_key and total == left):
                raise FetchError(f"Portal menyebut {self._total} baris, lalu {total} (tersisa {left}). {CHANGED}")

    def _check_whole(self) -> None:
        if self._total is not None and self._count != self._total:
            raise FetchError(f"Portal menyebut {self._total} baris, tetapi yang datang {self._count}. {CHANGED}")

    def _next(self, result: Any, fresh: bool) -> dict[str, str] | None:
        """Go on behind the last key where the server offers that, else by offset."""
        offered = find(result, ("next_page", ROW_NUMBER, "gt"))
        if _whole(offered) == self._last:
            self._by_key = True
            return {"filters": json.dumps({ROW_NUMBER: {"gt": self._last}})}
        if self._by_key:
            self._check_whole()
            return None
        return {"offset": str(self._count)}


def _records(result: Any) -> list[Any]:
    records = find(result, ("records",))
    if not isinstance(records, list) or not all(_whole(find(each, (ROW_NUMBER,))) is not None for each in records):
        raise FetchError("Portal tidak memberi daftar records dengan _id. Pakai mode: download untuk sumber daya ini.")
    return records


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value) else None


def records_sheet(results: Sequence[Any], needed: Sequence[str]) -> Sheet:
    """Lay the records of all pages out under their fields, without _id, as the uploaded file had them.

    Fields of a number type hold numbers, even where the portal writes them as text. Raises UnreadableError where
    the pages have different fields.
    """
    fields = [(str(each["id"]), str(each.get("type", ""))) for each in _fields(results)]
    records = [record for result in results for record in _records(result)]
    numeric = [name for name, kind in fields if NUMBER_TYPE.match(kind) and not _has_comma(records, name)]
    rows = [_typed(record, numeric) for record in records]
    return to_sheet(rows, [(name, (name,)) for name, _ in fields if name != ROW_NUMBER], needed)


def _fields(results: Sequence[Any]) -> list[Any]:
    fields = find(results[0], ("fields",))
    if not isinstance(fields, list) or not all(isinstance(find(each, ("id",)), str) for each in fields):
        raise UnreadableError("Portal tidak menyebut nama kolomnya (fields).")
    if any(find(each, ("fields",)) not in (fields, MISSING) for each in results):
        raise UnreadableError(f"Kolom sumber daya tidak sama di semua halaman. {CHANGED}")
    return fields


def _has_comma(records: Sequence[Any], name: str) -> bool:
    """Tell whether a column belies its number type: with one comma its points may stand between thousands."""
    texts = (record.get(name) for record in records)
    return any(isinstance(text, str) and "," in text for text in texts)


def _typed(record: dict[str, Any], numeric: Sequence[str]) -> dict[str, Any]:
    """Take digits between quotes for the number that the field's type says they are: its mark is always a point."""
    written = {name: record[name] for name in numeric if isinstance(record.get(name), str)}
    return record | {name: JsonNumber(text) for name, text in written.items() if NUMBER.fullmatch(text)}
