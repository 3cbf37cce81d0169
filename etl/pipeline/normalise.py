"""From printed words to the catalogue's: regions, periods, units, marks, and who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, get_args

import numpy as np
import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import fold_name, normalise_name
from etl.catalogue.period import Period, PeriodKind, ended_by, month_of_first_day, parse_period
from etl.catalogue.reference import Kind, Status
from etl.catalogue.units import SHORT_SCALES, agrees, catalogue_word, is_shown, settles, unit_factor
from etl.pipeline.batch import Batch
from etl.pipeline.identify import Nearest, join_marks
from etl.pipeline.layout.head_words import worded_kind
from etl.pipeline.numbers import parse_numbers, scale, short_scale
from etl.pipeline.region_scope import word_region
from etl.pipeline.region_words import FACILITY_NAME, code_unread
from etl.sheets.categorical import by_word, choose, combine, said, split, spread, true_where

PPU = "64.09"
IKN_MARKS = {"ikn_included", "ikn_excluded", "ikn_unknown"}
KINDS: dict[str, str] = {word: word for word in get_args(Kind)} | {
    "realisasi": "realisation",
    "rencana": "plan",
}
STATUSES: dict[str, str] = {word: word for word in get_args(Status)} | {
    "angka tetap": "final",
    "tetap": "final",
    "revisi": "revised",
    "estimasi": "estimate",
    "sementara": "preliminary",
    "angka sementara": "preliminary",
    "sangat sementara": "very_preliminary",
    "angka sangat sementara": "very_preliminary",
    "berjalan": "progress",
}
NO_UNIT = "“{}” memuat satuan. Tulis angkanya saja; pembilang dan penyebut memakai satuan yang sama."
TWO_UNITS = "sel memuat “{0}”, sedangkan satuannya “{1}”. Tulis angkanya dalam {1} saja, atau samakan satuannya."
Outcome = tuple[Any, str | None]  # what was read, or why not


def place_regions(batch: Batch, feed: Feed, catalogue: Catalogue) -> None:
    """Add `region_code`; a name that does not match exactly is refused, never guessed."""
    rows = batch.rows.copy(deep=False)
    found = by_word(rows["region"], lambda text: word_region(text or "", feed, catalogue))
    rows["region_code"] = choose(rows["rule_region"].notna(), rows["rule_region"], found)
    batch.rows = rows
    nearest = Nearest({name for each in catalogue.regions for name in (each.short, each.name)})
    batch.refuse(
        ~rows["region_code"].isin(list(catalogue.region)),
        "wilayah-tak-dikenal",
        "region",
        lambda row: _unplaced(str(row["region"] or ""), feed, catalogue, nearest),
    )


def _unplaced(text: str, feed: Feed, catalogue: Catalogue, nearest: Nearest) -> str:
    """Say why a word is no region: nobody bears it, or several do."""
    if not text.strip():
        return "wilayah kosong. Isi nama wilayahnya, atau kode Kemendagri bertitik (64.01)."
    if sentence := code_unread(text.strip(), feed.region_codes, catalogue):
        return sentence
    bearers = catalogue.named.get(normalise_name(text), ())
    if len(bearers) > 1:
        return (
            f"“{text}” adalah nama {len(bearers)} wilayah ({', '.join(bearers[:4])}), jadi tidak pasti yang mana. "
            f"Pakai kode Kemendagri bertitik, misalnya {bearers[0]}."
        )
    if FACILITY_NAME.match(fold_name(text)):
        return f"“{text}” adalah fasilitas, bukan wilayah. Kirim angka seluruh kecamatan atau kabupatennya."
    return (
        f"wilayah “{text}” tidak ada di daftar wilayah.{nearest(text)} "
        "Pakai nama resmi atau kode Kemendagri bertitik (64.01); nama lain yang memang dipakai dicatat walidata."
    )


def place_periods(batch: Batch, feed: Feed, catalogue: Catalogue) -> None:
    """Add `period_code`, `period_start` and `cumulative`; an annual realisation takes its declared month.

    Under a head "Bulan" a 1/2025 is January, also where the indicator is quarterly. A row with neither period nor value
    is one of a template that nobody filled in: it lacks its value.
    """
    head = None if feed.layout else worded_kind([feed.columns.get("period", "")])
    rows = batch.rows.copy(deep=False)
    rows["period_text"] = choose(rows["rule_period"].notna(), rows["rule_period"], rows["period"])
    batch.rows = rows
    _refuse_missing(batch, feed, ~said(rows["period_text"]))
    rows = batch.rows.copy(deep=False)
    codes, keys = combine(rows, ("indicator_id", "period_text", "kind"))
    whole = _WholePeriods([text or "" for _, text, _ in keys])
    read = [
        _period(
            catalogue, indicator, whole.of(text or "", head or catalogue.indicator[indicator].frequency), kind, head
        )
        for indicator, text, kind in keys
    ]
    rows["period_code"] = spread(codes, [period and period.code for period, _ in read], rows.index)
    rows["period_start"] = spread(codes, [period and period.start for period, _ in read], rows.index)
    rows["problem"] = spread(codes, [problem for _, problem in read], rows.index)
    batch.rows = rows
    batch.refuse(rows["problem"].notna(), "periode-tak-dikenal", "period", lambda row: str(row["problem"]))


class _WholePeriods:
    """Reads a date column: the first of a month, or the last day of a period, is that whole one.

    Other days beside them would make each the figure of one day.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        days = {text: day for text in texts if (day := _day(text))}
        self.firsts = all(month_of_first_day(text) for text in days)
        self.days = days if all(ended_by(day, "month") for day in days.values()) else {}

    def of(self, text: str, kind: PeriodKind) -> str:
        first = month_of_first_day(text) if self.firsts and kind == "month" else None
        last = ended_by(self.days[text], kind) if text in self.days else None
        return first or last or text


def _day(text: str) -> Period | None:
    try:
        period = parse_period(text)
    except ValueError:
        return None
    return period if period.kind == "day" and not period.cumulative else None


def _period(catalogue: Catalogue, indicator_id: str, text: str, kind: str, head: PeriodKind | None) -> Outcome:
    indicator = catalogue.indicator[indicator_id]
    try:
        period: Period = parse_period(text, head or indicator.frequency)
        if period.kind == "year" and indicator.month and kind == "realisation":
            period = parse_period(f"{period.code}-{indicator.month:02d}", "month")
    except ValueError as error:
        return None, str(error)
    if period.cumulative and not indicator.cumulative:
        return None, f"“{text}” berarti kumulatif, sedangkan {indicator.short.id} tidak. Kirim angka tiap periode."
    return period, None


def read_values(batch: Batch, feed: Feed, catalogue: Catalogue) -> None:
    """Add `number` and `step` (canonical text in the indicator's unit) or `category`, and `printed_unit`.

    `size` is the number as a float, nan where there is none: for comparing magnitudes, never for what is stored.
    """
    _refuse_missing(batch, feed)
    worded = [indicator.id for indicator in catalogue.indicators if indicator.direction == "category"]
    words = batch.rows["indicator_id"].isin(worded)
    categories = _read_categories(batch, catalogue, words)
    _read_numbers(batch, feed, ~words)
    if "unit" in feed.columns or feed.units:
        batch.refuse(
            ~said(batch.rows["unit"]) & batch.rows["symbol"].isna(),
            "satuan-kosong",
            "unit",
            lambda row: f"satuan kosong. Tulis satuannya, misalnya {catalogue.indicator[row['indicator_id']].unit}.",
        )
    _convert(batch, catalogue)
    rows = batch.rows.copy(deep=False)
    rows["category"] = categories.reindex(rows.index)
    rows["size"] = _sizes(rows["number"])
    batch.rows = rows


def _refuse_missing(batch: Batch, feed: Feed, among: pd.Series | bool = True) -> None:
    missing = {None, "", *feed.missing}
    batch.refuse(
        true_where(batch.rows["value"], missing.__contains__) & among,
        "tanpa-nilai",
        "value",
        lambda row: f"nilai kosong (“{row['value'] or ''}”): belum ada data, bukan nol. Isi bila sudah ada.",
    )


def _sizes(numbers: pd.Series) -> pd.Series:
    codes, words = split(numbers)
    return pd.Series(np.fromiter((*map(float, words), np.nan), dtype=float)[codes], index=numbers.index)


def _read_categories(batch: Batch, catalogue: Catalogue, words: pd.Series) -> pd.Series:
    rows = batch.rows[words]
    codes, keys = combine(rows, ("indicator_id", "value"))
    read = [_category(catalogue, *key) for key in keys]
    problems = spread(codes, [problem for _, problem in read], rows.index)
    batch.refuse(problems.notna(), "kategori-tak-dikenal", "value", lambda row: str(problems[row["at"]]))
    return spread(codes, [text for text, _ in read], rows.index)


def _category(catalogue: Catalogue, indicator_id: str, text: str) -> Outcome:
    score = catalogue.indicator[indicator_id].score
    if score is None or score.categories is None:
        return text, None
    order = score.categories.order
    known = score.categories.also | {each: each for each in order}
    found = {fold_name(each): meant for each, meant in known.items()}.get(fold_name(text))
    return found, None if found else f"kategori “{text}” tidak dikenal. Pilihannya: {', '.join(order)}."


def _read_numbers(batch: Batch, feed: Feed, numeric: pd.Series) -> None:
    rows = batch.rows.copy(deep=False)
    numeric = numeric.reindex(rows.index)
    numbers = rows if numeric.all() else rows.loc[numeric, ["value", "value_typed", "value_mark"]]
    read = parse_numbers(numbers["value"], numbers["value_typed"], numbers["value_mark"])
    for column in ("number", "step", "symbol"):
        rows[column] = read[column].reindex(rows.index)
    batch.rows = rows
    for rule in read["rule"].dropna().unique():
        batch.refuse(read["rule"].eq(rule), rule, "value", lambda row: str(read["problem"][row["at"]]))
    for field in ("numerator", "denominator"):
        _read_part(batch, field, feed)


def _read_part(batch: Batch, field: str, feed: Feed) -> None:
    missing = {None, "", *feed.missing}
    rows = batch.rows.copy(deep=False)
    rows[field] = by_word(rows[field], lambda text: None if text in missing else text)
    given = rows.loc[rows[field].notna(), [field, f"{field}_typed", f"{field}_mark"]]
    read = parse_numbers(given[field], given[f"{field}_typed"], given[f"{field}_mark"])
    batch.rows = rows
    batch.refuse(read["rule"].notna(), "bukan-angka", field, lambda row: str(read["problem"][row["at"]]))
    scaled = true_where(read["symbol"], lambda sign: sign not in (None, "Rp") and not is_shown(sign))
    batch.refuse(scaled, "satuan-tak-dikenal", field, lambda row: NO_UNIT.format(row[field]))
    rows = batch.rows.copy(deep=False)
    rows[field] = read["number"].reindex(rows.index)
    batch.rows = rows


def _convert(batch: Batch, catalogue: Catalogue) -> None:
    rows = batch.rows.copy(deep=False)
    codes, keys = combine(rows, ("indicator_id", "unit", "symbol"))
    read = [_unit(catalogue.indicator[key[0]], *key[1:]) for key in keys]
    problems = spread(codes, [problem for _, problem in read], rows.index)
    rows["printed_unit"] = spread(codes, [found[0] if found else "" for found, _ in read], rows.index)
    factors = spread(codes, [found[1] if found and found[1] != 1 else None for found, _ in read], rows.index)
    for column in ("number", "step"):
        rows[column] = _scaled(rows[column], factors)
    batch.rows = rows
    short = true_where(rows["symbol"], _is_short) & problems.notna()
    batch.refuse(short, "singkatan-satuan", "value", lambda row: short_scale(str(row["value"])))
    problems = problems[batch.rows.index]
    batch.refuse(problems.notna(), "satuan-tak-dikenal", "unit", lambda row: str(problems[row["at"]]))


def _scaled(numbers: pd.Series, factors: pd.Series) -> pd.Series:
    """Multiply the numbers that have a factor, each distinct pair once."""
    both = numbers.notna() & factors.notna()
    if not both.any():
        return numbers
    codes, pairs = combine(pd.DataFrame({"number": numbers[both], "factor": factors[both]}), ("number", "factor"))
    scaled = spread(codes, [scale(Decimal(text), factor) for text, factor in pairs], numbers.index[both])
    return choose(both, scaled.reindex(numbers.index), numbers)


def _unit(indicator: Indicator, text: str | None, symbol: str | None) -> Outcome:
    """Find the printed unit and its factor; a sign in the cell must agree with the unit column."""
    word = text or (catalogue_word(indicator, symbol) if symbol else indicator.unit)
    short = _is_short(symbol)
    factor = None if short and not text else unit_factor(indicator, word)
    fits = settles(text, symbol or "") if short else symbol is None or agrees(indicator, word, symbol)
    if factor is not None and fits:
        return (word, factor), None
    if factor is not None and symbol and not short and unit_factor(indicator, symbol):
        return None, TWO_UNITS.format(symbol, word)
    found, choices = " dan ".join(filter(None, (text, symbol))), ", ".join({indicator.unit: 1, **indicator.units})
    return None, f"satuan “{found}” tidak cocok untuk {indicator.short.id}. Pilihannya: {choices}."


def _is_short(symbol: str | None) -> bool:
    return (symbol or "").split(" ")[0].casefold() in {*SHORT_SCALES, "mil", "k", "b"}


def mark_ikn(batch: Batch) -> None:
    """Mark PPU's realisations that do not say whether Sepaku and the capital are counted."""
    rows = batch.rows.copy(deep=False)
    silent = true_where(rows["marks"], lambda text: not IKN_MARKS & set((text or "").split(",")))
    hit = silent & rows["region_code"].eq(PPU) & rows["kind"].eq("realisation")
    marked = by_word(rows["marks"], lambda text: join_marks(text or "", ["ikn_unknown"]))
    rows["marks"] = choose(hit, marked, rows["marks"])
    batch.rows = rows


def translate(batch: Batch, field: str, words: Mapping[str, str], default: str, rule: str, noun: str) -> None:
    """Replace a field's words by the catalogue's, an empty one by `default`; refuse unknown ones."""
    found = by_word(batch.rows[field], lambda text: words.get(fold_name(text or default)))
    batch.refuse(
        found.isna(),
        rule,
        field,
        lambda row: f"{noun} “{row[field]}” tidak dikenal. Pilihannya: {', '.join(words)}.",
    )
    rows = batch.rows.copy(deep=False)
    rows[field] = found.reindex(rows.index)
    batch.rows = rows
