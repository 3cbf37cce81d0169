"""A total column against the columns beside it, of which the feed reads one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import NamedTuple

import pandas as pd
from openpyxl.utils import column_index_from_string, get_column_letter

from etl.catalogue.decimals import rounding_slack
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.batch import Batch, Row
from etl.pipeline.layout.head_words import is_mean, is_total
from etl.pipeline.layout.head_words import words as fold_words
from etl.pipeline.layout.part_columns import WHOLE, Unread, aligned, of_table
from etl.pipeline.layout.sheet_lines import Lines
from etl.pipeline.layout.sheet_reading import ReadTable
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


class _Verdict(NamedTuple):
    """How a row differs from its total, nothing where it does not; telling where no part of it is nothing."""

    sentence: str
    telling: bool


def _are_counterparts(said: Sequence[str]) -> bool:
    return any(
        len(said) == len(pair) and all(any(re.search(rf"\b(?:{word})\b", text) for text in said) for word in pair)
        for pair in PARTS
    )


def refuse_unequal_columns(
    batch: Batch, unread: Unread, tables: Sequence[ReadTable], feed: Feed, catalogue: Catalogue
) -> None:
    """Refuse figures whose row does not add up, where the heads or most rows show that it should.

    `unread` holds the words of the columns that a plain feed leaves out. Only what is additive is summed.
    """
    if feed.rules or (feed.layout is None and "value" not in feed.columns):
        return
    additive = [each.id for each in catalogue.indicators if each.additive and not each.cumulative]
    found = _of_plain(batch, unread, feed, catalogue) if feed.layout is None else _of_layout(batch, tables, catalogue)
    for columns, letter, rows, beside in found:
        own = rows[rows["indicator_id"].isin(additive) & rows["number"].notna()]
        if len(own):
            _refuse(batch, own, columns, {at: beside(own, at) for at in (columns.total, *columns.parts)}, letter)


Beside = Callable[[pd.DataFrame, str], pd.Series]  # the words of a column for rows of the batch
Found = tuple[_Columns, str, pd.DataFrame, Beside]


def _of_plain(batch: Batch, unread: Unread, feed: Feed, catalogue: Catalogue) -> Iterator[Found]:
    for sheet, titles, words in unread.parted():
        letter = batch.letter(sheet, "value") or ""
        if columns := _find({**titles, letter: feed.columns["value"]}, letter, catalogue):
            yield columns, letter, of_table(batch, sheet, words), partial(_aligned, words)


def _aligned(words: pd.DataFrame, own: pd.DataFrame, letter: str) -> pd.Series:
    return aligned(own, words, letter) if letter in words else own["value"]


def _of_layout(batch: Batch, tables: Sequence[ReadTable], catalogue: Catalogue) -> Iterator[Found]:
    for table in tables:
        paths = {get_column_letter(at): path for at, path in table.header.paths.items() if at not in table.header.named}
        for value, _ in table.header.columns.values:
            letter = get_column_letter(value.column)
            above = paths.get(letter, ())[:-1]
            heads = {at: path[-1] for at, path in paths.items() if path and path[:-1] == above}
            columns = _find(heads, letter, catalogue) if value.part is None and heads else None
            if columns:
                numbers = [row.number for row in table.body.rows]
                own = batch.of_sheet(table.sheet) & batch.rows["column"].eq(letter) & batch.rows["row"].isin(numbers)
                yield columns, letter, batch.rows[own.astype(bool)], partial(_said, table.lines)


def _said(lines: Lines, own: pd.DataFrame, letter: str) -> pd.Series:
    column = column_index_from_string(letter)
    return pd.Series([lines.text(int(row), column) for row in own["row"]], own.index, dtype=object)


def _adds_up(head: str, catalogue: Catalogue) -> bool:
    return bool(WHOLE.fullmatch(fold_words(head))) or (is_total(head, catalogue) and not is_mean(head))


def _find(heads: Mapping[str, str], value: str, catalogue: Catalogue) -> _Columns | None:
    """Find the one total column and the columns that stand side by side left of it, the feed's own among them."""
    totals = [at for at, head in heads.items() if _adds_up(head, catalogue)]
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
    unequal = {at: each.sentence for at, each in zip(own.index, told, strict=True) if each and each.sentence}
    equal = [each for each in told if each and not each.sentence]
    least = 1 if any(each.telling for each in equal) else LEAST
    if columns.are_counterparts or len(equal) >= max(least, len(unequal)):
        batch.refuse(pd.Series(True, list(unequal), dtype=bool), RULE, "value", lambda row: unequal[row["at"]])


def _sums(rows: Iterable[Row], marks: Sequence[DecimalMark], columns: _Columns) -> Iterator[_Verdict | None]:
    """Judge each row; None where it cannot be added."""
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
        equal = abs(added - total.value) <= slack
        yield _Verdict("" if equal else _sentence(row, added, columns), all(each.value for each in parts))


def _sentence(row: Row, added: Decimal, columns: _Columns) -> str:
    shown = ", ".join(f"{each} “{row[each]}”" for each in columns.parts)
    return (
        f"“{columns.heads[columns.total]}” di kolom {columns.total} tertulis {row[columns.total]}, sedangkan bagiannya "
        f"({shown}) berjumlah {added:f}. Betulkan yang salah."
    )
