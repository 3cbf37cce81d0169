"""Fractions under "%" go back with their likely value; what is merely unusual waits until the walidata confirms it."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd

from etl.catalogue.decimals import canonical, indonesian
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.batch import Batch, Row
from etl.pipeline.checks.validity import sizes
from etl.sheets.categorical import combine

KEY = ["indicator_id", "series_id", "region_code", "period_code", "number"]
HUNDRED = 100
CONFIRMABLE = frozenset(("pecahan", "di-luar-kebiasaan", "lompatan"))
FEW = 1.0  # a column of percentages of which none lies above is doubted where nothing is held to compare with
CLEAR = 5.0  # percentages from here on are no fractions
CONFIRM = "Perlu konfirmasi: bila memang benar, walidata melepasnya sekali dengan alasannya."


def is_confirmed(batch: Batch, catalogue: Catalogue) -> pd.Series:
    """Tell which rows are figures that the walidata has confirmed: the same value is never asked about again."""
    confirmed = {
        (each.indicator, each.series, each.region, each.period, canonical(each.value)) for each in catalogue.confirmed
    }
    if not confirmed or batch.rows.empty:
        return pd.Series(False, index=batch.rows.index, dtype=bool)
    codes, keys = combine(batch.rows, KEY)
    return pd.Series(np.array([key in confirmed for key in keys], dtype=bool)[codes], index=batch.rows.index)


def refuse_fractions(batch: Batch, feed: Feed, catalogue: Catalogue, standing: pd.DataFrame) -> None:
    """Refuse a fraction where a percentage is meant: below the usual range, and within it a hundred times as large.

    Where no range is known a whole column of one indicator, none above 1, is taken for fractions, and so is a figure
    far below the others of its indicator, in the file or among those that stand, which a hundredfold is like them.
    """
    if feed.rules or batch.rows.empty:
        return
    rows, size = batch.rows, sizes(batch.rows).abs().to_numpy(dtype=float)
    ranges = catalogue.plausible_range
    percents = {each.id for each in catalogue.indicators if each.unit == "%"}
    measured = {key for key in percents if key in ranges}
    low, high = (
        rows["indicator_id"].map({key: float(getattr(ranges[key], end)) for key in measured}).to_numpy(dtype=float)
        for end in ("low", "high")
    )
    known = (size > 0) & (size < low) & (size * HUNDRED >= low) & (size * HUNDRED <= high)
    unknown = _unsigned(percents - measured, catalogue)
    small = unknown | _usually_large(percents - _unsigned(percents, catalogue), standing)
    hit = pd.Series(known, rows.index) | _small_columns(rows, size, small) | _unlike(rows, size, unknown, standing)
    batch.refuse(hit & ~is_confirmed(batch, catalogue), "pecahan", "value", _fraction_sentence)


def _unsigned(indicators: set[str], catalogue: Catalogue) -> set[str]:
    return {each for each in indicators if (low := catalogue.indicator[each].sanity.min) is None or low >= 0}


def _usually_large(signed: set[str], standing: pd.DataFrame) -> set[str]:
    """Return the measures with either sign, growth or inflation, of whose held figures half lie beyond ±1."""
    held = standing[standing["indicator"].isin(list(signed))]
    values = pd.to_numeric(held["value"].astype(object), errors="coerce").abs()
    middle = values.groupby(held["indicator"].astype(object).to_numpy()).median()
    return set(middle.index[middle >= FEW])


def _unlike(rows: pd.DataFrame, size: np.ndarray, unknown: set[str], standing: pd.DataFrame) -> pd.Series:
    """Tell which figures are not a tenth of the least other, and a hundredfold from half of it to twice the greatest.

    Others are those from CLEAR on, of the same indicator. Leaving one out of 534 held percentages, none was doubted,
    and 512 of their fractions were.
    """
    mine = rows["indicator_id"].isin(list(unknown)).to_numpy(dtype=bool)
    names = pd.concat([rows.loc[mine, "indicator_id"], standing["indicator"]]).astype(object)
    held = pd.to_numeric(standing["value"].astype(object), errors="coerce").to_numpy(dtype=float)
    values = np.concatenate([size[mine], held])
    like = pd.Series(values).where(values >= CLEAR).groupby(names.to_numpy()).agg(["min", "max"])
    least, greatest = (rows["indicator_id"].astype(object).map(like[end]).to_numpy(dtype=float) for end in like)
    full = size * HUNDRED
    hit = mine & (size > 0) & (size * 10 <= least) & (full >= least / 2) & (full <= greatest * 2)
    return pd.Series(hit, rows.index)


def _small_columns(rows: pd.DataFrame, size: np.ndarray, unknown: set[str]) -> pd.Series:
    """Tell which figures stand in a column of an indicator without a usual range of which none is above 1."""
    mine = rows["indicator_id"].isin(list(unknown)).to_numpy(dtype=bool) & (size > 0)
    if not mine.any():
        return pd.Series(False, index=rows.index, dtype=bool)
    told = pd.Series(size, rows.index).where(mine)
    codes, _ = combine(rows, ["sheet", "indicator_id"])
    return pd.Series(mine, rows.index) & (told.groupby(codes).transform("max") <= FEW)


def _fraction_sentence(row: Row) -> str:
    read, likely = indonesian(row["number"], "%"), indonesian(Decimal(row["number"]) * HUNDRED, "%")
    return (
        f"“{row['value']}” terbaca {read}, mungkin {likely}: sel berisi pecahan. "
        f"Tulis angkanya dalam persen, lalu kirim lagi. {CONFIRM}"
    )


def refuse_unusual(batch: Batch, feed: Feed, catalogue: Catalogue) -> None:
    """Refuse figures of regencies outside the usual range, until they are confirmed. Collected figures stay."""
    if feed.rules or batch.rows.empty:
        return
    rows, size, ranges = batch.rows, sizes(batch.rows).to_numpy(dtype=float), catalogue.plausible_range
    low, high = (
        rows["indicator_id"].map({key: float(getattr(each, end)) for key, each in ranges.items()}).to_numpy(dtype=float)
        for end in ("low", "high")
    )
    regencies = [each.code for each in catalogue.regions if each.level in ("regency", "city")]
    of_regency = rows["region_code"].isin(regencies) & rows["kind"].eq("realisation")
    outside = pd.Series((size < low) | (size > high), rows.index) & of_regency.astype(bool)
    batch.refuse(
        outside & ~is_confirmed(batch, catalogue), "di-luar-kebiasaan", "value", lambda row: _unusual(row, catalogue)
    )


def _unusual(row: Row, catalogue: Catalogue) -> str:
    known, indicator = catalogue.plausible_range[row["indicator_id"]], catalogue.indicator[row["indicator_id"]]
    low, high = indonesian(known.low), indonesian(known.high)
    return (
        f"“{row['value']}” terbaca {indonesian(row['number'], indicator.unit)}, di luar yang biasa untuk "
        f"{indicator.short.id} "
        f"({low} sampai {high}, dari {known.values} angka {known.basis}). Periksa angka, satuan dan tanda desimalnya. "
        f"{CONFIRM}"
    )
