"""Declared sums: where no total stands, a figure is the sum of its declared parts, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from etl.catalogue.decimals import canonical
from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name
from etl.pipeline.layout.doubts import KEY, MarkOf
from etl.pipeline.layout.row_values import Record
from etl.pipeline.layout.value_cells import Doubt
from etl.pipeline.numbers import NumberError, parse_number

ABSENT = (
    "bagian “{}” tidak ada atau ada lebih dari sekali, jadi jumlah {} tidak dapat dihitung. Lengkapi, lalu kirim lagi."
)
STRANGE = (
    "“{}” bukan bagian yang dinyatakan kiriman ini. Betulkan isinya, atau kabari walidata bila bagian ini memang ada."
)
NO_SUM = "angka {} tidak boleh dijumlahkan dari bagian-bagiannya. Kirim angka keseluruhannya."

PLAIN = "bagian yang dijumlahkan memuat satuan di selnya. Tulis angkanya saja pada semua bagian, lalu kirim lagi."


def sum_parts(records: Sequence[Record], mark: MarkOf, catalogue: Catalogue) -> list[Record]:
    """Put one figure in the place of its parts; where a part is missing or doubtful, that goes back and no sum comes.

    `part` of a record is the part that it is, `parts` are all that were declared; records without are left.
    """
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for record in records:
        whole = () if record.get("parts") else (id(record),)
        key = (record.get("parts"), *(fold_name(str(record[name] or "")) for name in KEY), *whole)
        groups.setdefault(key, []).append(record)
    return [each for group in groups.values() for each in _one(group, mark, catalogue)]


def _one(group: list[Record], mark: MarkOf, catalogue: Catalogue) -> list[Record]:
    parts = group[0].get("parts")
    if not parts:
        return group
    if doubtful := [each for each in group if each["doubt"]]:
        return doubtful
    first, indicator = group[0], catalogue.indicator.get(group[0]["indicator"] or "")
    said = [each["part"] for each in group]
    if strange := [each for each in group if each["part"] not in parts]:
        return [
            each | {"doubt": Doubt("bagian-tak-dikenal", "value", STRANGE.format(each["part"]))} for each in strange
        ]
    if missing := next((part for part in parts if said.count(part) != 1), None):
        return [first | {"doubt": Doubt("bagian-kurang", "value", ABSENT.format(missing, " + ".join(parts)))}]
    if indicator is None or not indicator.additive:
        return [
            first | {"doubt": Doubt("bukan-jumlah", "value", NO_SUM.format(indicator.short.id if indicator else ""))}
        ]
    try:
        numbers = [parse_number(each["value"], "." if each["value_typed"] else mark(each["column"])) for each in group]
    except NumberError:
        return [each for each in (_unread(each, mark) for each in group) if each["doubt"]]
    if any(each.symbol for each in numbers):
        return [first | {"doubt": Doubt("bukan-angka", "value", PLAIN)}]
    total = canonical(sum((each.value for each in numbers), Decimal(0)))
    note = "; ".join(filter(None, (first["note"], f"jumlah dari {' + '.join(parts)}")))
    return [first | {"value": total, "value_typed": True, "note": note, "label": ()}]


def _unread(record: Record, mark: MarkOf) -> Record:
    try:
        parse_number(record["value"], "." if record["value_typed"] else mark(record["column"]))
    except NumberError as error:
        return record | {"doubt": Doubt(error.rule, "value", str(error))}
    return record
