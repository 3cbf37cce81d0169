"""From printed words to the catalogue's: regions, periods, units, marks, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, get_args

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import fold_name
from etl.catalogue.period import Period, parse_period
from etl.catalogue.reference import Kind, Status
from etl.catalogue.region import resolve_region
from etl.pipeline.meaning import join_marks, nearest
from etl.pipeline.numbers import parse_numbers, scale
from etl.pipeline.sieve import Sieve

PPU = "64.09"
IKN_MARKS = {"ikn_included", "ikn_excluded", "ikn_unknown"}
SYMBOLS = {"%": ("%", "persen", "percent"), "Rp": ("Rp", "rupiah")}
KINDS: dict[str, str] = {each: each for each in get_args(Kind)} | {
    "realisasi": "realisation",
    "rencana": "plan",
}
STATUSES: dict[str, str] = {each: each for each in get_args(Status)} | {
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
Outcome = tuple[Any, str | None]  # what was read, or why not


def place_regions(sieve: Sieve, catalogue: Catalogue) -> None:
    """Add `region_code`; a name that does not match exactly is refused, never guessed."""
    rows = sieve.rows.copy()
    known = {text: resolve_region(str(text or ""), catalogue) for text in rows["region"].unique()}
    rows["region_code"] = rows["rule_region"].where(rows["rule_region"].notna(), rows["region"].map(known))
    sieve.rows = rows
    names = [each.short for each in catalogue.regions]
    sieve.refuse(
        ~rows["region_code"].isin(list(catalogue.region)),
        "wilayah-tak-dikenal",
        "region",
        lambda row: (
            f"wilayah “{row['region'] or ''}” tidak ada di daftar wilayah.{nearest(str(row['region'] or ''), names)} "
            "Pakai nama resmi atau kode Kemendagri bertitik (64.01), atau tambahkan alias."
        ),
    )


def place_periods(sieve: Sieve, catalogue: Catalogue) -> None:
    """Add `period_code`, `period_start` and `cumulative`; an annual realisation takes its declared month."""
    rows = sieve.rows.copy()
    rows["period_text"] = rows["rule_period"].where(rows["rule_period"].notna(), rows["period"]).fillna("")
    read = _once(rows, ("indicator_id", "period_text", "kind"), lambda *key: _period(catalogue, *key))
    rows["period_code"] = [each.code if each else None for each, _ in read]
    rows["period_start"] = [each.start if each else None for each, _ in read]
    rows["problem"] = pd.Series([problem for _, problem in read], index=rows.index, dtype=object)
    sieve.rows = rows
    sieve.refuse(rows["problem"].notna(), "periode-tak-dikenal", "period", lambda row: str(row["problem"]))


def _period(catalogue: Catalogue, indicator_id: str, text: str, kind: str) -> Outcome:
    indicator = catalogue.indicator[indicator_id]
    try:
        period: Period = parse_period(text, indicator.frequency)
        if period.kind == "year" and indicator.month and kind == "realisation":
            period = parse_period(f"{period.code}-{indicator.month:02d}", "month")
    except ValueError as error:
        return None, str(error)
    if period.cumulative and not indicator.cumulative:
        return None, f"“{text}” berarti kumulatif, sedangkan {indicator.short.id} tidak. Kirim angka tiap periode."
    return period, None


def read_values(sieve: Sieve, feed: Feed, catalogue: Catalogue) -> None:
    """Add `number` and `step` (canonical text in the indicator's unit) or `category`, and `printed_unit`."""
    missing = {"", *feed.missing}
    sieve.refuse(
        sieve.rows["value"].fillna("").isin(list(missing)),
        "tanpa-nilai",
        "value",
        lambda row: f"nilai kosong (“{row['value'] or ''}”): belum ada data, bukan nol. Isi bila sudah ada.",
    )
    words = sieve.rows["indicator_id"].map(lambda each: catalogue.indicator[each].direction == "category").astype(bool)
    categories = _read_categories(sieve, catalogue, words)
    _read_numbers(sieve, feed, ~words)
    if "unit" in feed.columns:
        sieve.refuse(
            sieve.rows["unit"].fillna("").eq("") & sieve.rows["symbol"].isna(),
            "satuan-kosong",
            "unit",
            lambda row: f"satuan kosong. Tulis satuannya, misalnya {catalogue.indicator[row['indicator_id']].unit}.",
        )
    _convert(sieve, catalogue)
    rows = sieve.rows.copy()
    rows["category"] = categories.reindex(rows.index).astype(object)
    rows["category"] = rows["category"].where(rows["category"].notna(), None)
    sieve.rows = rows


def _read_categories(sieve: Sieve, catalogue: Catalogue, words: pd.Series) -> pd.Series:
    rows = sieve.rows[words]
    read = _once(rows, ("indicator_id", "value"), lambda *key: _category(catalogue, *key))
    problems = pd.Series([problem for _, problem in read], index=rows.index, dtype=object)
    sieve.refuse(problems.notna(), "kategori-tak-dikenal", "value", lambda row: str(problems[row["at"]]))
    return pd.Series([text for text, _ in read], index=rows.index, dtype=object)


def _category(catalogue: Catalogue, indicator_id: str, text: str) -> Outcome:
    score = catalogue.indicator[indicator_id].score
    if score is None or score.categories is None:
        return text, None
    order = score.categories.order
    known = {fold_name(each): meant for each, meant in score.categories.also.items()}
    found = {**known, **{fold_name(each): each for each in order}}.get(fold_name(text))
    return found, None if found else f"kategori “{text}” tidak dikenal. Pilihannya: {', '.join(order)}."


def _read_numbers(sieve: Sieve, feed: Feed, numeric: pd.Series) -> None:
    rows = sieve.rows.copy()
    numeric = numeric.reindex(rows.index)
    read = parse_numbers(rows.loc[numeric, "value"], rows.loc[numeric, "value_typed"].astype(bool), feed.decimal)
    for column in ("value", "step", "symbol"):
        rows["number" if column == "value" else column] = read[column].reindex(rows.index).astype(object)
    sieve.rows = rows
    for rule in read["rule"].dropna().unique():
        sieve.refuse(read["rule"].eq(rule), rule, "value", lambda row: str(read["problem"][row["at"]]))
    for field in ("numerator", "denominator"):
        _read_part(sieve, field, feed)


def _read_part(sieve: Sieve, field: str, feed: Feed) -> None:
    rows = sieve.rows.copy()
    given = ~rows[field].fillna("").isin(["", *feed.missing])
    rows[field] = rows[field].where(given, None)
    read = parse_numbers(rows.loc[given, field], rows.loc[given, f"{field}_typed"].astype(bool), feed.decimal)
    sieve.rows = rows
    sieve.refuse(read["rule"].notna(), "bukan-angka", field, lambda row: str(read["problem"][row["at"]]))
    rows = sieve.rows.copy()
    exact = read["value"].reindex(rows.index)
    rows[field] = [None if pd.isna(each) else scale(each, Decimal(1)) for each in exact]
    sieve.rows = rows


def _convert(sieve: Sieve, catalogue: Catalogue) -> None:
    rows = sieve.rows.copy()
    read = _once(rows, ("indicator_id", "unit", "symbol"), lambda *key: _unit(catalogue.indicator[key[0]], *key[1:]))
    problems = pd.Series([problem for _, problem in read], index=rows.index, dtype=object)
    factors = [found[1] if found else Decimal(1) for found, _ in read]
    rows["printed_unit"] = pd.Series([found[0] if found else "" for found, _ in read], index=rows.index, dtype=object)
    for column in ("number", "step"):
        pairs = zip(rows[column], factors, strict=True)
        converted = [scale(each, factor) if isinstance(each, Decimal) else None for each, factor in pairs]
        rows[column] = pd.Series(converted, index=rows.index, dtype=object)
    sieve.rows = rows
    sieve.refuse(problems.notna(), "satuan-tak-dikenal", "unit", lambda row: str(problems[row["at"]]))


def _unit(indicator: Indicator, text: str | None, symbol: str | None) -> Outcome:
    """Find the printed unit and its factor; a sign in the cell must agree with the unit column."""
    declared = {indicator.unit: Decimal(1), **indicator.units}
    allowed = {fold_name(word): factor for word, factor in declared.items()}
    words = [text] if text else list(SYMBOLS[symbol] if symbol else [indicator.unit])
    factors = [(word, allowed[fold_name(word)]) for word in words if fold_name(word) in allowed]
    signs = {allowed[fold_name(word)] for word in SYMBOLS.get(symbol or "", ()) if fold_name(word) in allowed}
    if factors and (not symbol or factors[0][1] in signs):
        return factors[0], None
    found = " dan ".join(each for each in (text, symbol) if each)
    return None, f"satuan “{found}” tidak cocok untuk {indicator.short.id}. Pilihannya: {', '.join(declared)}."


def _once(rows: pd.DataFrame, columns: tuple[str, ...], read: Callable[..., Outcome]) -> list[Outcome]:
    """Read each distinct combination of words once."""
    known: dict[tuple[Any, ...], Outcome] = {}
    keys = list(zip(*(rows[column].where(rows[column].notna(), None) for column in columns), strict=True))
    for key in keys:
        if key not in known:
            known[key] = read(*key)
    return [known[key] for key in keys]


def mark_ikn(sieve: Sieve) -> None:
    """Mark PPU's realisations that do not say whether Sepaku and the capital are counted."""
    rows = sieve.rows.copy()
    silent = rows["marks"].map(lambda text: not IKN_MARKS & set(text.split(","))).astype(bool)
    hit = silent & rows["region_code"].eq(PPU) & rows["kind"].eq("realisation")
    rows.loc[hit, "marks"] = rows.loc[hit, "marks"].map(lambda text: join_marks(text, ["ikn_unknown"]))
    sieve.rows = rows


def translate(sieve: Sieve, field: str, words: Mapping[str, str], default: str, rule: str, noun: str) -> None:
    """Replace a field's words by the catalogue's, an empty one by `default`; refuse unknown ones."""
    rows = sieve.rows.copy()
    raw = rows[field]
    said = raw.where(raw.notna() & raw.ne(""), default)
    known = {text: words.get(fold_name(str(text))) for text in said.unique()}
    found = said.map(known).astype(object)
    sieve.refuse(
        found.isna(),
        rule,
        field,
        lambda row: f"{noun} “{row[field]}” tidak dikenal. Pilihannya: {', '.join(words)}.",
    )
    rows = sieve.rows.copy()
    rows[field] = found.reindex(rows.index)
    sieve.rows = rows
