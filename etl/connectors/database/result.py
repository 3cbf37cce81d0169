"""The result of a query as JSON text, which is kept and read like any other delivery."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

from etl.connectors.base import FetchError

BIT = 16  # MySQL's number of that type


def write_result(names: Sequence[str], rows: Sequence[Any]) -> bytes:
    """Write a result as JSON, one row a line; the same result gives the same bytes."""
    lines = [
        "[" + ", ".join(_cell(value, name, number) for name, value in zip(names, row, strict=True)) + "]"
        for number, row in enumerate(rows, 1)
    ]
    heads = json.dumps(list(names), ensure_ascii=False)
    return "".join(['{"columns": ', heads, ', "rows": [\n', ",\n".join(lines), "\n]}\n"]).encode()


def plain_bits(cursor: Any, rows: Sequence[Any]) -> Sequence[Any]:
    """Return the rows with MySQL's BIT columns as whole numbers: its driver gives them as bytes."""
    bits = {place for place, column in enumerate(getattr(cursor, "description", None) or ()) if column[1] == BIT}
    if not bits or not any(isinstance(row[place], bytes) for row in rows for place in bits):
        return rows
    return [[_bit(each) if place in bits else each for place, each in enumerate(row)] for row in rows]


def _bit(value: Any) -> Any:
    return int.from_bytes(value) if isinstance(value, bytes) else value


def _cell(value: Any, name: str, number: int) -> str:
    """Write one value: numbers by their exact digits, a date without a time of day as a date."""
    if value is None or isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        return repr(value)
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, dt.datetime):
        midnight = value.tzinfo is None and value.time() == dt.time()
        return json.dumps((value.date() if midnight else value).isoformat())
    if isinstance(value, dt.date | uuid.UUID):
        return json.dumps(str(value))
    raise FetchError(
        f"Hasil kueri baris {number}, kolom “{name}” berisi {type(value).__name__}, bukan teks, angka atau tanggal. "
        "Ubah dengan CAST atau to_char di dalam kueri."
    )
