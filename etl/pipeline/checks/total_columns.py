"""The total column of a plain table against the columns beside it, of which the feed reads one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from openpyxl.utils import column_index_from_string, get_column_letter

from etl.catalogue.decimals import rounding_slack
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.batch import Batch, Row
from etl.pipeline.layout.head_words import is_mean, is_total
from etl.pipeline.layout.head_words import words as fold_words
from etl.pipeline.layout.part_columns import Unread, aligned, of_table
from etl.pipeline.layout.told_words import PARTS
from etl.pipeline.numbers import DecimalMark, NumberError, parse_number
from etl.sheets.categorical import plain

RULE = "jumlah-tidak-cocok"
LEAST = 2  # parts of a total, and rows that prove what is one


@dataclass(frozen=True, slots=True)
class _Columns:
    total: str
    parts: tuple[str, ...]
    heads: Mapping[str, str]

    @property
    def are_counterparts(self) -> bool:
        """Tell whether the heads alone say that the parts make the whole: laki-laki and perempuan."""
        return _are_counterparts([fold_words(self.heads[each]) for each in self.parts])


def _are_counterparts(said: Sequence[str]) -> bool:
    return any(
        len(said) == len(pair) and all(any(re.search(rf"\b(?:{word})\b", text) for text in said) for word in pair)
        for pair in PARTS
    )


def refuse_unequal_columns(batch: Batch, unread: Unread, feed: Feed, catalogue: Catalogue) -> None:
    """Refuse figures whose row does not add up, where the heads or most rows show that it should.

    `unread` holds the words of the columns that the feed leaves out. Only what is additive is summed.
    """
    if feed.layout is not None or feed.rules or "value" not in feed.columns:
        return
    additive = [each.id for each in catalogue.indicators if each.additive and not each.cumulative]
    for sheet, titles, words in unread.sheets():
        letter = batch.letter(sheet, "value") or ""
        columns = _find({**titles, letter: feed.columns["value"]}, letter, catalogue)
        own = of_table(batch, sheet, words)
        own = own[own["indicator_id"].isin(additive) & own["number"].notna()]
        if columns and len(own):
            _refuse(batch, own, columns, {each: aligned(own, words, each) for each in titles}, letter)


def _find(heads: Mapping[str, str], value: str, catalogue: Catalogue) -> _Columns | None:
    """Find the one total column and the columns that stand side by side left of it, the feed's own among them."""
    totals = [letter for letter, head in heads.items() if is_total(head, catalogue) and not is_mean(head)]
    if len(totals) != 1:
        return None
    parts: list[str] = []
    at = column_index_from_string(totals[0])
    while at > 1 and get_column_letter(at - 1) in heads:
        at -= 1
        parts.insert(0, get_column_letter(at))
    pair = parts[-LEAST:]
    if _are_counterparts([fold_words(heads[each]) for each in pair]):
        parts = pair  # what stands left of them is no part
    found = _Columns(totals[0], tuple(parts), heads)
    return found if len(parts) >= LEAST and value in (*parts, totals[0]) else None


def _refuse(batch: Batch, own: pd.DataFrame, columns: _Columns, words: Mapping[str, pd.Series], value: str) -> None:
    texts = pd.DataFrame({**words, value: own["value"]}, own.index, dtype=object)
    marks = zip(own["value_typed"], own["value_mark"], strict=True)
    told = list(_sums(plain(texts).to_dict("records"), ["." if typed else mark for typed, mark in marks], columns))
    judged = [(at, each) for at, each in zip(own.index, told, strict=True) if each is not None]
    unequal = {at: each for at, each in judged if each}
    if columns.are_counterparts or len(judged) - len(unequal) >= max(LEAST, len(unequal)):
        batch.refuse(pd.Series(True, list(unequal), dtype=bool), RULE, "value", lambda row: unequal[row["at"]])


def _sums(rows: Iterable[Row], marks: Sequence[DecimalMark], columns: _Columns) -> Iterator[str | None]:
    """Say of each row how it differs from its total, nothing where it does not; None where it cannot be added."""
    for row, mark in zip(rows, marks, strict=True):
        try:
            total = parse_number(row[columns.total] or "", mark)
            parts = [parse_number(row[each] or "", mark) for each in columns.parts]
        except NumberError:
            yield None
            continue
        added = sum((each.value for each in parts), Decimal(0))
        steps = [each.step for each in (total, *parts)]
        slack = rounding_slack(steps, min(steps) >= 1)
        yield "" if abs(added - total.value) <= slack else _sentence(row, added, columns)


def _sentence(row: Row, added: Decimal, columns: _Columns) -> str:
    shown = ", ".join(f"{each} “{row[each]}”" for each in columns.parts)
    return (
        f"“{columns.heads[columns.total]}” di kolom {columns.total} tertulis {row[columns.total]}, sedangkan bagiannya "
        f"({shown}) berjumlah {added:f}. Betulkan yang salah."
    )
