"""Levels of an instrument: whole where each level is gated by the ones below, decimals only where others set them."""

from __future__ import annotations

import numpy as np

from etl.catalogue.models import Catalogue
from etl.pipeline.batch import Batch
from etl.sheets.categorical import combine, true_where


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
