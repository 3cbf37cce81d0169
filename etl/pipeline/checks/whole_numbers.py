"""What is whole by its nature: counts of people and things, and levels of an instrument that are gated."""

from __future__ import annotations

import numpy as np

from etl.catalogue.decimals import indonesian
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.units import unit_factor
from etl.pipeline.batch import Batch
from etl.sheets.categorical import combine, true_where


def refuse_broken_counts(batch: Batch, feed: Feed, catalogue: Catalogue) -> None:
    """Refuse counts with a fraction: "26.237 jiwa" was 26,237 before a program took its point for a decimal one.

    A count is what may be summed and is shown without decimals. One printed in thousands may have decimals, and
    collected figures stay as their sources print them.
    """
    counts = {each.id: each for each in catalogue.indicators if each.additive and each.decimals == 0}
    if feed.rules or not counts:
        return
    rows = batch.rows
    codes, keys = combine(rows, ("indicator_id", "printed_unit"))
    ones = [id_ in counts and _is_one(counts[id_], unit) for id_, unit in keys]
    whole = np.array([*ones, False])[codes] & rows["kind"].eq("realisation").to_numpy(dtype=bool)
    broken = true_where(rows.loc[whole, "number"], lambda number: number is not None and "." in number)
    batch.refuse(
        broken.reindex(rows.index, fill_value=False),
        "cacah-pecahan",
        "value",
        lambda row: (
            f"“{row['value']}” terbaca {indonesian(row['number'], row['printed_unit'])}, padahal jumlahnya pasti "
            "bulat. Mungkin titik atau koma ribuan terbaca sebagai desimal, atau satuannya ribuan. "
            "Tulis ulang, misalnya 1234."
        ),
    )


def _is_one(indicator: Indicator, unit: str) -> bool:
    """Tell whether a printed unit is the indicator's own or stands for just one of it."""
    return unit_factor(indicator, unit or "") == 1


def refuse_broken_levels(batch: Batch, catalogue: Catalogue) -> None:
    """Refuse a level with decimals of an indicator whose levels are gated."""
    gated, rows = gated_series(catalogue), batch.rows
    if not gated:
        return
    codes, keys = combine(rows, ("indicator_id", "series_id"))
    here = np.array([*(key in gated for key in keys), False])[codes]
    parted = true_where(rows.loc[here, "number"], lambda number: number is not None and "." in number)
    batch.refuse(
        parted.reindex(rows.index, fill_value=False),
        "tingkat-tidak-bulat",
        "value",
        lambda row: (
            f"tingkat {row['value']} bukan bilangan bulat. Tingkat kematangan ini 1 sampai 5 tanpa koma: tingkat yang "
            "lebih tinggi hanya berlaku bila semua di bawahnya terpenuhi."
        ),
    )


def gated_series(catalogue: Catalogue) -> set[tuple[str, str]]:
    """List the (indicator, series) whose values are gated levels of an instrument."""
    instruments = {each.id: each for each in catalogue.instruments}
    found = set()
    for indicator in catalogue.indicators:
        instrument = instruments.get(indicator.series_from or "")
        for item in instrument.indicators if instrument else ():
            if item.gated:
                found.add((indicator.id, f"i{item.no:02d}"))
    return found
