"""Cumulative figures within a year: a later one may not be lower than an earlier one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.catalogue.models import Catalogue
from etl.catalogue.period import from_code
from etl.pipeline.batch import Batch, place
from etl.pipeline.checks.validity import are_repeats, sizes
from etl.sheets.categorical import coded, number, plain, stack

LINE = ["indicator_id", "series_id", "region_code", "producer_id", "publication"]
STOOD = {
    "indicator": "indicator_id",
    "series": "series_id",
    "region": "region_code",
    "producer": "producer_id",
    "period": "period_code",
    "value": "number",
}
YEARS = 10_000


@dataclass(frozen=True, slots=True)
class _Standing:
    """A figure of a line's year; `at` is its label in the batch, None where it stands in the warehouse."""

    at: Hashable | None
    end: date
    value: Decimal
    said: str


def refuse_falls(batch: Batch, catalogue: Catalogue, standing: pd.DataFrame) -> None:
    """Refuse cumulative realisations that contradict the order of their year, in the file or with what stands.

    Of two that contradict each other the one with more contradictions falls, and both where they have as many: which
    is wrong cannot be told. What stands in the warehouse does not fall, and is replaced by the file's own figure.
    """
    cumulative = [each.id for each in catalogue.indicators if each.cumulative]
    rows = batch.rows[batch.rows["indicator_id"].isin(cumulative) & batch.rows["kind"].eq("realisation")]
    rows = rows[rows["number"].notna()]
    if rows.empty:
        return
    stood = standing[standing["indicator"].isin(cumulative)].rename(columns=STOOD)
    told: dict[Hashable, str] = {}
    for places in _falling(rows, stood):
        own = places[places < len(rows)]
        others = stood.iloc[places[places >= len(rows)] - len(rows)]
        told |= _contradicted(_standings(rows.iloc[own], others))
    fallen = pd.Series(True, index=pd.Index(list(told)), dtype=bool)
    batch.refuse(fallen, "kumulatif-turun", "value", lambda row: told[row["at"]])


def _falling(rows: pd.DataFrame, stood: pd.DataFrame) -> list[npt.NDArray[np.int64]]:
    """Give the years of lines in which a figure falls, each as places in `rows` and, beyond its end, in `stood`."""
    keys = stack([rows[[*LINE, "period_code"]], stood[[*LINE, "period_code"]]])
    size = np.concatenate([sizes(rows).to_numpy(dtype=float), sizes(stood).to_numpy(dtype=float)])
    periods = coded(keys["period_code"])
    ends = [from_code(str(code)).end for code in periods.cat.categories]
    at = periods.cat.codes.to_numpy()
    day, year = (
        np.array(each, dtype=np.int64)[at] for each in ([end.toordinal() for end in ends], [end.year for end in ends])
    )
    line = number(keys, LINE) * YEARS + year
    said = pd.Series(number(keys, [*LINE, "period_code"])).duplicated().to_numpy()
    kept = np.flatnonzero(~said | (np.arange(len(keys)) < len(rows)))
    order = kept[np.lexsort((size[kept], day[kept], line[kept]))]
    falls = (np.diff(size[order]) < 0) & (np.diff(line[order]) == 0)
    hit = order[np.isin(line[order], line[order][1:][falls])]
    return np.split(hit, np.flatnonzero(np.diff(line[hit])) + 1) if len(hit) else []


def _standings(part: pd.DataFrame, stood: pd.DataFrame) -> list[_Standing]:
    part = part[~are_repeats(part)]
    figures = [
        _Standing(
            row["at"],
            from_code(row["period_code"]).end,
            Decimal(row["number"]),
            f"{row['value']} ({row['period_code']}, {place(row['sheet'], row['row'], None).lower()})",
        )
        for row in plain(part.assign(at=part.index)).to_dict("records")
    ]
    figures += [
        _Standing(None, from_code(period).end, Decimal(value), f"{value} ({period}, sudah dimuat)")
        for period, value in zip(stood["period_code"], stood["number"], strict=True)
    ]
    return sorted(figures, key=lambda each: each.end)


def _contradicted(figures: Sequence[_Standing]) -> dict[Hashable, str]:
    """Return a sentence for each figure of the file that must fall."""
    pairs = [
        (early, late)
        for place_, early in enumerate(figures)
        for late in figures[place_ + 1 :]
        if late.end > early.end and late.value < early.value
    ]
    count = {id(each): sum(each in pair for pair in pairs) for each in figures}
    told: dict[Hashable, str] = {}
    for early, late in pairs:
        sentence = (
            f"angka kumulatif turun: {late.said} lebih kecil daripada {early.said}. Angka s.d. tidak dapat berkurang "
            "dalam satu tahun; periksa keduanya, lalu kirim lagi yang betul."
        )
        for each, other in ((early, late), (late, early)):
            if each.at is not None and (other.at is None or count[id(each)] >= count[id(other)]):
                told.setdefault(each.at, sentence)
    return told
