"""A cell of SIMDASI says its figure twice, as shown and bare of marks; where the two differ it is no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from etl.connectors.bps.bps_words import plain
from etl.connectors.formats.json_text import JsonNumber

Doubt = tuple[str, str] | None  # rule and sentence
MARKS = " *)erx"
TWO_FIGURES = (
    "sel ini berisi “{}” (value) dan “{}” (value_raw), dua angka yang berbeda. Angkanya tidak dimuat; tanyakan "
    "kepada BPS."
)


def value_of(cell: Mapping[str, Any]) -> tuple[Any, Doubt]:
    """Return the figure as shown, or bare of its mark; doubted where the two of a cell are different numbers."""
    shown, raw = cell.get("value"), cell.get("value_raw")
    if raw in (None, "") or shown in (None, ""):
        return (shown if raw in (None, "") else raw), None
    texts = plain(shown), plain(raw)
    if type(shown) is type(raw) and texts[1] in (texts[0], texts[0].rstrip(MARKS)):
        return raw, None
    if _rounds_to(_number(shown), (_number(raw), _machine_number(raw))):
        return shown, None
    return raw, ("angka-berbeda", TWO_FIGURES.format(*texts))


def _rounds_to(shown: Decimal | None, readings: Iterable[Decimal | None]) -> bool:
    """Tell whether one of the readings is the shown number, but for the decimals that are not shown."""
    if shown is None:
        return False
    half = Decimal((0, (5,), int(shown.as_tuple().exponent) - 1))
    return any(each is not None and abs(each - shown) <= half for each in readings)


def _number(value: Any) -> Decimal | None:
    """Read a figure as SIMDASI shows it: points between thousands, a comma before decimals."""
    if isinstance(value, JsonNumber):
        return _machine_number(value)
    text = plain(value)
    shown = re.fullmatch(r"-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,[0-9]+)?", text)
    return Decimal(text.replace(".", "").replace(",", ".")) if shown else None


def _machine_number(value: Any) -> Decimal | None:
    text = plain(value)
    return Decimal(text) if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text) else None
