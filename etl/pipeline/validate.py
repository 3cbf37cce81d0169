"""What a figure may be: inside its sanity range, not of the future, one value per key in one delivery."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd

from etl.catalogue.models import Catalogue, Sanity
from etl.pipeline.sieve import Row, Sieve, place

IDENTITY = ["kind", "indicator_id", "series_id", "region_code", "period_code", "producer_id", "publication"]
TWINS_SHOWN = 3


def refuse_future(sieve: Sieve, today: dt.date) -> None:
    """Refuse realisations of periods that have not begun; targets and plans lie ahead by nature."""
    ahead = sieve.rows["period_start"].map(lambda start: start > today).astype(bool)
    sieve.refuse(
        ahead & sieve.rows["kind"].eq("realisation"),
        "periode-depan",
        "period",
        lambda row: (
            f"periode “{row['period']}” belum dimulai pada {today.isoformat()}, jadi belum mungkin ada realisasinya. "
            "Periksa tahunnya, atau kirim sebagai target."
        ),
    )


def refuse_insane(sieve: Sieve, catalogue: Catalogue) -> None:
    """Refuse numbers outside the indicator's declared range, bounds included in it."""
    limits = {each.id: each.sanity for each in catalogue.indicators}
    pairs = zip(sieve.rows["number"], sieve.rows["indicator_id"], strict=True)
    outside = [isinstance(number, str) and not _within(Decimal(number), limits[each]) for number, each in pairs]
    sieve.refuse(
        pd.Series(outside, index=sieve.rows.index, dtype=bool),
        "di-luar-batas",
        "value",
        lambda row: _range_sentence(row, catalogue),
    )


def _within(number: Decimal, sanity: Sanity) -> bool:
    return (sanity.min is None or number >= sanity.min) and (sanity.max is None or number <= sanity.max)


def _range_sentence(row: Row, catalogue: Catalogue) -> str:
    indicator = catalogue.indicator[row["indicator_id"]]
    low, high = (str(bound) if bound is not None else "…" for bound in (indicator.sanity.min, indicator.sanity.max))
    return (
        f"{row['value']} {row['printed_unit']} = {row['number']} {indicator.unit}, di luar batas wajar "
        f"{indicator.short.id} ({low} sampai {high}). Periksa angka, satuan dan tanda desimalnya."
    )


def refuse_parts(sieve: Sieve) -> None:
    """Refuse a denominator of zero or a numerator without its denominator."""
    rows = sieve.rows
    half = rows["numerator"].notna() ^ rows["denominator"].notna()
    sieve.refuse(
        half | rows["denominator"].eq("0"),
        "pembilang-penyebut",
        "denominator",
        "pembilang dan penyebut harus diisi keduanya, dan penyebut tidak boleh nol.",
    )


def settle_duplicates(sieve: Sieve) -> pd.Index:
    """Refuse keys that one delivery gives two values; return the index of identical repeats.

    A repeat of equal value changes nothing: it is counted as unchanged, not refused.
    """
    rows = sieve.rows
    said = rows["number"].where(rows["number"].notna(), rows["category"])
    keys = pd.Series(list(zip(*(rows[each] for each in IDENTITY), strict=True)), index=rows.index, dtype=object)
    torn = said.groupby(keys, sort=False).transform("nunique").gt(1) if len(rows) else keys.notna()
    twins: dict[object, list[str]] = {}
    for key, row in zip(keys[torn], rows[torn].to_dict("records"), strict=True):
        there = place(row["sheet"], row["row"], None).lower()
        twins.setdefault(key, []).append(f"{there} berisi “{row['value']}”")
    sieve.refuse(torn, "kunci-ganda", "value", lambda row: _twin_sentence(row, twins[keys[row["at"]]]))
    left = sieve.rows
    return left.index[left.duplicated(IDENTITY)]


def _twin_sentence(row: Row, twins: list[str]) -> str:
    own = f"{place(row['sheet'], row['row'], None).lower()} berisi “{row['value']}”"
    others = [text for text in twins if text != own]
    more = f" dan {len(others) - TWINS_SHOWN} baris lain" if len(others) > TWINS_SHOWN else ""
    return (
        "kunci ganda: indikator, wilayah, periode dan sumber yang sama, tetapi "
        f"{'; '.join(others[:TWINS_SHOWN])}{more}. Tidak ada yang dimuat; sisakan satu baris yang benar."
    )
