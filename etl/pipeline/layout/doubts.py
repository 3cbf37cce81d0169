"""What only the other cells of a sheet make doubtful: mixed decimal marks, totals that do not add up, twins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from etl.catalogue.decimals import rounding_slack
from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name
from etl.pipeline.layout.row_values import Record
from etl.pipeline.layout.value_cells import Doubt
from etl.pipeline.numbers import DecimalMark, NumberError, parse_number

MarkOf = Callable[[str], DecimalMark]  # by which mark the column of a letter is read


def doubt_percents(records: list[Record]) -> None:
    """Doubt a typed fraction of an indicator whose other cells a percent format multiplies: 0.274 may be 27.4%."""
    typed = [each for each in records if each["value_typed"]]
    signed = {each["indicator"] for each in typed if each["value"].endswith("%")}
    for record in typed:
        bare = record["indicator"] in signed and not record["value"].endswith("%")
        if bare and record["doubt"] is None and 0 < abs(parse_number(record["value"], ".").value) <= 1:
            sentence = (
                f"sel ini berisi {record['value']} tanpa format persen, sedangkan sel lain indikator ini memakainya; "
                "tidak jelas apakah angkanya perlu dikali seratus. Samakan formatnya."
            )
            record["doubt"] = Doubt("persen-campur", "value", sentence)


def doubt_sums(totals: list[Record], every: list[Record], marks: MarkOf, catalogue: Catalogue) -> None:
    """Doubt a total that is read where the rows since the one before it do not add up to it."""
    additive = {each.id for each in catalogue.indicators if each.additive}
    rows = {total["row"] for total in totals}
    for total in (each for each in totals if each["doubt"] is None and each["indicator"] in additive):
        since = max((row for row in rows if row < total["row"]), default=0)
        parts = [each for each in every if since < each["row"] < total["row"] and each["column"] == total["column"]]
        if not parts or any(each["doubt"] and each["doubt"].rule != "tanpa-nilai" for each in parts):
            continue
        added = _added_up([each for each in parts if each["doubt"] is None], marks)
        given = _added_up([total], marks)
        if None not in (added, given) and added != given:
            sentence = f"jumlah tertulis {given}, sedangkan {len(parts)} baris di atasnya berjumlah {added}."
            total["doubt"] = Doubt("jumlah-tidak-cocok", "value", f"{sentence} Betulkan yang salah.")


def doubt_total_column(records: Sequence[Record], total: Record, marks: MarkOf, catalogue: Catalogue) -> None:
    """Doubt the figures of one row that do not add up to its total column under the same head."""
    parts = [each for each in records if each["head"] == total["head"]]
    indicators = {each["indicator"] for each in parts}
    known = [catalogue.indicator.get(each or "") for each in indicators]
    summable = len(known) == 1 and known[0] is not None and known[0].additive and not known[0].cumulative
    if not summable or len(parts) < LEAST or any(each["doubt"] for each in parts):
        return
    added, given = _added_up(parts, marks), _added_up([total], marks)
    if added is None or given is None or abs(added - given) <= _slack([*parts, total], marks):
        return
    sentence = (
        f"jumlah di kolom {total['column']} tertulis {given}, sedangkan {len(parts)} angka sebaris berjumlah {added}. "
        "Betulkan yang salah."
    )
    for each in parts:
        each["doubt"] = Doubt("jumlah-tidak-cocok", "value", sentence)


def _slack(records: Sequence[Record], marks: MarkOf) -> Decimal:
    """Return by how much rounding may part a total from its figures; whole numbers allow nothing."""
    read = [(each["value"], "." if each["value_typed"] else marks(each["column"])) for each in records]
    steps = [parse_number(text, mark).step for text, mark in read]
    return rounding_slack(steps, min(steps) >= 1)


LEAST = 2  # parts of a total


def _added_up(records: Sequence[Record], marks: MarkOf) -> Decimal | None:
    """Add figures exactly; None where one of them is no number."""
    try:
        numbers = [
            parse_number(each["value"], "." if each["value_typed"] else marks(each["column"])) for each in records
        ]
    except NumberError:
        return None
    return sum((each.value for each in numbers), Decimal(0))


def doubt_twins(records: list[Record]) -> None:
    """Doubt figures of one key that stand in rows of different names: what tells the rows apart is not declared."""
    labels: dict[tuple[Any, ...], set[tuple[object, ...]]] = {}
    keys = [tuple(fold_name(str(each[name] or "")) for name in KEY) for each in records]
    for key, record in zip(keys, records, strict=True):
        labels.setdefault(key, set()).add(record["label"])
    for key, record in zip(keys, records, strict=True):
        if record["doubt"] is None and len(labels[key]) > 1:
            record["doubt"] = Doubt("kunci-ganda", "value", TWINS)


KEY = ("indicator", "series", "region", "period", "kind", "name")
TWINS = (
    "beberapa baris atau kolom dengan keterangan berbeda memberi angka untuk indikator, wilayah dan periode yang sama. "
    "Tulis pada berkas apa yang membedakannya, atau kabari walidata."
)
