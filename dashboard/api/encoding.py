"""JSON text with exact numbers: a Decimal is written digit for digit, never through a binary float."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from json.encoder import encode_basestring
from typing import Any

from etl.catalogue.decimals import canonical


def exact(value: Fraction | None) -> str | None:
    """Write a fraction as `n/d` in lowest terms, also where the denominator is 1."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def utc_text(moment: dt.datetime) -> str:
    """Write a moment as ISO 8601 in UTC with a Z; a moment without zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def to_json(value: object) -> str:
    """Encode rows of dicts, lists, texts, whole numbers, Decimals, dates, moments and None.

    A frozenset becomes a sorted list. Raises TypeError for anything else, floats among them: no figure of Pantau is a
    float. Raises ValueError for NaN and infinities, which JSON has no word for.
    """
    write = WRITERS.get(type(value))
    if write is None:
        raise TypeError(
            f"nilai berjenis {type(value).__name__} tidak dikenal API; ubah dahulu menjadi teks atau Decimal"
        )
    return write(value)


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"angka {value} tidak dapat ditulis sebagai JSON; harus angka berhingga")
    return canonical(value)


def _object(value: Mapping[str, object]) -> str:
    return "{" + ", ".join([f"{encode_basestring(key)}: {to_json(each)}" for key, each in value.items()]) + "}"


def _list(value: Iterable[object]) -> str:
    return "[" + ", ".join(map(to_json, value)) + "]"


WRITERS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    int: str,
    Decimal: _number,
    dt.datetime: lambda value: f'"{utc_text(value)}"',
    dt.date: lambda value: f'"{value.isoformat()}"',
    dict: _object,
    list: _list,
    tuple: _list,
    frozenset: lambda value: _list(sorted(value)),
}
