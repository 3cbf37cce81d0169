"""Columns that a feed leaves out and that say another unit, period, kind or indicator than their rows are read as."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import fold_name
from etl.catalogue.period import Period, PeriodKind, from_code, parse_period
from etl.catalogue.units import contradicts
from etl.pipeline.batch import Batch
from etl.pipeline.identify import indicator_words
from etl.pipeline.layout.head_words import worded_kind
from etl.pipeline.layout.head_words import words as fold_words
from etl.pipeline.layout.part_columns import Unread, aligned, of_table, refuse_beside
from etl.sheets.categorical import combine

KEY = ("indicator_id", "period_code", "kind", "unit")
UNIT = re.compile(r"(?:satuan|unit)(?: (?:ukuran|data|nilai|angka))?|sat|uom")
PERIOD = re.compile(
    r"(?:tahun|thn|year)(?: (?:data|anggaran|pelaporan))?|(?:periode|bulan|triwulan|tw|semester|month|period)(?: data)?"
)
KIND = re.compile(r"(?:jenis|kategori|tipe|sifat|status)(?: (?:angka|data|nilai))?|uraian|kind|type")
INDICATOR = re.compile(r"(?:nama )?(?:indikator|variabel|uraian|elemen|indicator|variable)(?: data)?")
NOTE = re.compile(r"(?:ket|keterangan|catatan|note|notes|remarks)(?: data)?")
SPOKEN = re.compile(r"^(?:(?:data|angka|keadaan|kondisi|posisi|per|tahun) )+")  # before the period that a note names
PLANNED = re.compile(r"(?:target|rencana|proyeksi|pagu|anggaran|usulan|prognosis)\b.*")
Tell = Callable[[Indicator, str, str, str | None, str], bool]  # indicator, period, kind, unit, the column's word


def refuse_other_words(batch: Batch, unread: Unread, catalogue: Catalogue) -> None:
    """Refuse rows against what a column beside them says of the very thing that the feed takes from elsewhere."""
    known = indicator_words(catalogue.indicators)
    for sheet, titles, words in unread.sheets():
        for letter, title in titles.items():
            for rule, head, tell in (
                ("satuan-kolom", UNIT, _other_unit),
                ("periode-kolom", PERIOD, partial(_other_period, worded_kind([title]))),
                ("jenis-kolom", KIND, _planned),
                ("indikator-kolom", INDICATOR, partial(_other_indicator, known)),
                ("jenis-kolom", NOTE, _planned),
                ("periode-kolom", NOTE, _noted_period),
            ):
                if head.fullmatch(fold_words(title)):
                    column = aligned(of_table(batch, sheet, words), words, letter)
                    _refuse(batch, column, letter, rule, title, tell, catalogue)


def _refuse(
    batch: Batch, column: pd.Series, letter: str, rule: str, title: str, tell: Tell, catalogue: Catalogue
) -> None:
    keyed = batch.rows.loc[column.index, list(KEY)].assign(word=column)
    codes, distinct = combine(keyed, (*KEY, "word"))
    told = [
        bool(word) and tell(catalogue.indicator[indicator], period, kind, unit, word)
        for indicator, period, kind, unit, word in distinct
    ]
    refuse_beside(
        batch,
        pd.Series(np.array(told, dtype=bool)[codes], column.index),
        column,
        letter,
        rule,
        lambda row: (
            f"kolom “{title}” berisi “{row['unread']}”, sedangkan kiriman ini membacanya sebagai "
            f"{catalogue.indicator[row['indicator_id']].short.id} {row['period_code']} "
            f"({row['unit'] or catalogue.indicator[row['indicator_id']].unit}). Betulkan barisnya, atau minta walidata "
            "membaca kolom itu."
        ),
    )


def _other_unit(indicator: Indicator, _: str, __: str, unit: str | None, word: str) -> bool:
    return contradicts(indicator, unit or indicator.unit, word)


def _planned(_: Indicator, __: str, kind: str, ___: str | None, word: str) -> bool:
    return kind == "realisation" and PLANNED.fullmatch(fold_words(word)) is not None


def _other_indicator(
    known: Mapping[str, str], indicator: Indicator, _: str, __: str, ___: str | None, word: str
) -> bool:
    return known.get(fold_name(word), indicator.id) != indicator.id


def _other_period(hint: PeriodKind | None, indicator: Indicator, code: str, _: str, __: str | None, word: str) -> bool:
    """Tell whether a word is a period apart from the row's, or a part of it that is not its end."""
    said, own = _read(word, hint, code), from_code(code)
    if said is None or said.end == own.end:
        return False
    whole = said.start <= own.start and own.end <= said.end
    return not whole and not (said.kind == "month" and said.end.month == indicator.month)


def _noted_period(indicator: Indicator, code: str, kind: str, unit: str | None, word: str) -> bool:
    """Tell whether a note is nothing but another period: "data tahun 2022", "Februari 2024"."""
    return _other_period(None, indicator, code, kind, unit, SPOKEN.sub("", word.casefold()))


def _read(word: str, hint: PeriodKind | None, code: str) -> Period | None:
    for text in (word, f"{word} {code[:4]}"):
        try:
            return parse_period(text, hint)
        except ValueError:
            continue
    return None
