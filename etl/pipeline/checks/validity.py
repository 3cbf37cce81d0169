"""What a figure may be: inside its sanity range, of its indicator's kind of period, not of the future, said once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import islice

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.catalogue.decimals import indonesian
from etl.catalogue.feeds import Feed
from etl.catalogue.indicator_parts import Sanity
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import MONTHS_PER, PeriodKind, from_code
from etl.pipeline.batch import Batch, Row, place
from etl.sheets.categorical import by_word, combine, number, plain

IDENTITY = ["kind", "indicator_id", "series_id", "region_code", "period_code", "producer_id", "publication"]
SAID = ["number", "category", "status", "numerator", "denominator"]
TWINS_SHOWN = 3
STATUS_WORDS = {
    "revised": "angka revisi",
    "estimate": "estimasi",
    "preliminary": "angka sementara",
    "very_preliminary": "angka sangat sementara",
    "progress": "angka berjalan",
}
FORMS: dict[PeriodKind, tuple[str, str]] = {
    "year": ("tahun", "2024"),
    "semester": ("semester", "2024-S1"),
    "quarter": ("triwulan", "2024-Q2"),
    "month": ("bulan", "2024-08"),
    "day": ("tanggal", "2024-08-31"),
}


def sizes(rows: pd.DataFrame) -> pd.Series:
    """Return the figures as floats, nan where there is none; for comparing magnitudes, never for what is stored."""
    return rows["size"] if "size" in rows else pd.to_numeric(rows["number"].astype(object), errors="coerce")


def refuse_future(batch: Batch, today: dt.date) -> None:
    """Refuse realisations of periods that have not begun; targets and plans lie ahead by nature."""
    periods = batch.rows["period_code"]
    ahead = periods.map({code: from_code(code).start > today for code in periods.unique()}).astype(bool)
    batch.refuse(
        ahead & batch.rows["kind"].eq("realisation"),
        "periode-depan",
        "period",
        lambda row: (
            f"periode “{row['period']}” belum dimulai pada {today.isoformat()}, jadi belum mungkin ada realisasinya. "
            "Periksa tahunnya, atau kirim sebagai target."
        ),
    )


def refuse_other_periods(batch: Batch, feed: Feed, catalogue: Catalogue) -> None:
    """Refuse realisations of a kind of period that neither the indicator, nor its series, nor the feed is about.

    A cumulative figure is what it says at the end of any month. Collected figures stay as their sources print them.
    """
    rows = batch.rows
    if feed.rules or rows.empty:
        return
    forms = {code: from_code(code).kind for code in rows["period_code"].unique()}
    told = rows[["indicator_id", "series_id", "kind"]].assign(form=by_word(rows["period_code"], forms.get))
    codes, distinct = combine(told, list(told.columns))
    wrong = [
        kind == "realisation" and form not in _kinds(feed, catalogue.indicator[indicator], series)
        for indicator, series, kind, form in distinct
    ]
    hit = pd.Series(np.array(wrong)[codes], index=rows.index)
    batch.refuse(hit, "jenis-periode", "period", lambda row: _kind_sentence(row, catalogue, forms[row["period_code"]]))


def _kinds(feed: Feed, indicator: Indicator, series: str) -> set[PeriodKind]:
    kinds: set[PeriodKind] = {_own_kind(indicator, series)}
    if feed.frequency:
        kinds.add(feed.frequency)
    if indicator.month:
        kinds.add("month")
    if indicator.cumulative:
        kinds |= set(MONTHS_PER)
    return kinds


def _own_kind(indicator: Indicator, series: str) -> PeriodKind:
    named = {each.id: each.frequency for each in indicator.series}
    return named.get(series) or indicator.frequency


def _kind_sentence(row: Row, catalogue: Catalogue, form: PeriodKind) -> str:
    indicator = catalogue.indicator[row["indicator_id"]]
    word, example = FORMS[_own_kind(indicator, row["series_id"])]
    return (
        f"“{row['period']}” adalah {FORMS[form][0]}, sedangkan {indicator.short.id} dilaporkan per {word}. "
        f"Tulis {word}nya, misalnya {example}. Bila angka ini memang per {FORMS[form][0]}, kabari walidata "
        "agar dicatat pada kiriman ini."
    )


def refuse_insane(batch: Batch, catalogue: Catalogue) -> None:
    """Refuse numbers outside the indicator's declared range, bounds included in it."""
    rows, size = batch.rows, sizes(batch.rows).to_numpy(dtype=float)
    limits = {each.id: each.sanity for each in catalogue.indicators}
    low, high = (
        rows["indicator_id"]
        .map({key: np.nan if getattr(each, end) is None else float(getattr(each, end)) for key, each in limits.items()})
        .to_numpy(dtype=float)
        for end in ("min", "max")
    )
    doubted = rows.loc[(size <= low) | (size >= high), ["number", "indicator_id"]]  # binary only narrows it down
    pairs = zip(doubted["number"], doubted["indicator_id"], strict=True)
    outside = [not is_sane(Decimal(number), limits[each]) for number, each in pairs]
    batch.refuse(
        pd.Series(outside, index=doubted.index, dtype=bool),
        "di-luar-batas",
        "value",
        lambda row: _range_sentence(row, catalogue),
    )


def is_sane(number: Decimal, sanity: Sanity) -> bool:
    """Tell whether a number lies within the declared range, bounds included."""
    return (sanity.min is None or number >= sanity.min) and (sanity.max is None or number <= sanity.max)


def _range_sentence(row: Row, catalogue: Catalogue) -> str:
    indicator = catalogue.indicator[row["indicator_id"]]
    bounds = (indicator.sanity.min, indicator.sanity.max)
    low, high = (indonesian(bound) if bound is not None else "…" for bound in bounds)
    return (
        f"“{row['value']}” terbaca {indonesian(row['number'], indicator.unit)}, di luar batas wajar "
        f"{indicator.short.id} ({low} sampai {high}). Periksa angka, satuan dan tanda desimalnya."
    )


def refuse_twins(batch: Batch) -> None:
    """Refuse keys of which one delivery says two things: another value, status, numerator or denominator."""
    several = batch.rows[pd.Series(number(batch.rows, IDENTITY)).duplicated(keep=False).to_numpy()]
    if several.empty:
        return
    said = pd.Series(number(several, SAID), index=several.index)
    names = [several[each].astype(object) for each in IDENTITY]
    keys = pd.Series(list(zip(*names, strict=True)), index=several.index, dtype=object)
    torn = said.groupby(keys, sort=False).transform("nunique").gt(1)
    twins: dict[object, list[str]] = {}
    for key, row in zip(keys[torn], plain(several[torn]).to_dict("records"), strict=True):
        twins.setdefault(key, []).append(_statement(row))
    batch.refuse(torn, "kunci-ganda", "value", lambda row: _twin_sentence(row, twins[keys[row["at"]]]))


def repeats(batch: Batch) -> pd.Index:
    """Return the index of the rows that say again what another one says: they change nothing and are not refused."""
    return batch.rows.index[are_repeats(batch.rows)]


def are_repeats(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which rows have the identity of an earlier one."""
    return pd.Series(number(rows, IDENTITY)).duplicated().to_numpy()


def _statement(row: Row) -> str:
    parts = f"{row['numerator']} dari {row['denominator']}" if row["numerator"] else None
    more = ", ".join(filter(None, (STATUS_WORDS.get(row["status"]), parts)))
    return f"{place(row['sheet'], row['row'], None).lower()} berisi “{row['value']}”{f' ({more})' if more else ''}"


def _twin_sentence(row: Row, twins: list[str]) -> str:
    own, count = _statement(row), len(twins) - 1  # each names its row, so it is its own once
    others = list(islice((text for text in twins if text != own), TWINS_SHOWN))
    more = f" dan {count - TWINS_SHOWN} baris lain" if count > TWINS_SHOWN else ""
    return (
        "kunci ganda: indikator, wilayah, periode dan sumber yang sama, tetapi "
        f"{'; '.join(others)}{more}. Tidak ada yang dimuat; sisakan satu baris yang benar."
    )
