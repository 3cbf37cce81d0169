"""JSON text with exact numbers: a Decimal is written digit for digit, never through a binary float."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from etl.catalogue.decimals import canonical


def exact(value: Fraction | None) -> str | None:
    """Write a fraction as `n/d` in lowest terms, also where the denominator is 1."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def utc_text(moment: dt.datetime) -> str:
    """Write a moment as ISO 8601 in UTC with a Z; a moment without zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def to_json(value: object) -> str:
    """Encode rows of dicts, lists, texts, whole numbers, Decimals and None.

    Raises TypeError for anything else, floats among them: no figure of Pantau is a float. Raises ValueError for NaN
    and infinities, which JSON has no word for.
    """
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"angka {value} tidak dapat ditulis sebagai JSON; harus angka berhingga")
        return canonical(value)
    if value is None or isinstance(value, str | bool | int):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(key))}: {to_json(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(to_json, value)) + "]"
    raise TypeError(f"nilai berjenis {type(value).__name__} tidak dikenal API; ubah dahulu menjadi teks atau Decimal")
