"""The rows of a plain table: below one header, each names one figure. Read by whole columns, a million as one."""

from __future__ import annotations

import numpy as np
import pandas as pd
from openpyxl.utils import column_index_from_string

from etl.catalogue.feeds import FEED_FIELDS, Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.batch import NUMBERS, Batch
from etl.pipeline.layout.head_words import is_mean, is_total
from etl.pipeline.layout.table_header import Header
from etl.pipeline.layout.value_cells import HIDDEN, MERGED
from etl.sheets.categorical import by_word, choose, compact_columns, constant, said, true_where
from etl.sheets.sheet import Sheet

BEYOND = (
    "baris memuat lebih banyak sel daripada judulnya, mungkin koma tanpa tanda kutip. "
    "Beri tanda kutip pada teks atau angka yang memuat pemisah kolom."
)
SHORT = "baris memuat kurang dari {} sel, mungkin terpotong. Lengkapi barisnya, lalu kirim lagi."


def read_plain_rows(sheet: Sheet, header: Header, feed: Feed, catalogue: Catalogue) -> Batch:
    """Take the rows under the header, name their cells by our fields, fill in the feed's defaults.

    Blank rows are no rows. A delimited row with cells missing or beyond the header is refused: its values may have
    slipped into the wrong column. A row "Jumlah" is no region: it stands apart as a total. Returns a batch whose rows
    carry every field (None where nobody says it), `sheet`, `row` and `column` (of the value), and for each of NUMBERS
    whether its cell is a typed number (`value_typed`, …).
    """
    letters = header.letters
    body = sheet.cells.loc[sheet.cells.index > header.bottom]
    words = compact_columns(body, list(body.columns))
    filled = [true_where(words[letter], lambda text: bool(text and text.strip())) for letter in words.columns]
    words = words[np.logical_or.reduce(filled)] if filled else words
    nothing = constant(None, words.index)
    rows = pd.DataFrame({field: words[letters[field]] if field in letters else nothing for field in FEED_FIELDS})
    rows["row"] = words.index.to_numpy(dtype=np.int64)
    rows["sheet"] = constant(sheet.name, rows.index)
    rows["column"] = constant(letters.get("value"), rows.index)
    for field in NUMBERS:
        letter = letters.get(field, "")
        rows[f"{field}_typed"] = False if sheet.typed is None or not letter else sheet.typed.loc[rows.index, letter]
    batch = Batch(rows, {sheet.name: letters})
    if sheet.typed is None:
        _refuse_slipped(batch, words, header)
    _fill(batch, feed)
    _refuse_unsure_cells(batch, sheet, letters.get("value"))
    if "region" in letters and not feed.rules:
        _set_totals_apart(batch, words, letters["region"], catalogue)
    return batch


def _set_totals_apart(batch: Batch, words: pd.DataFrame, letter: str, catalogue: Catalogue) -> None:
    """Take out the rows that name a total instead of a region, or before a blank one; averages are no sums.

    A bare "Kabupaten" may be the regency's own row, and is returned as a region that nobody knows.
    """

    def totals(text: str | None) -> bool:
        return bool(text) and is_total(str(text), catalogue) and not str(text).casefold().startswith("kab")

    label, named = batch.rows["region"], said(batch.rows["region"])
    for left in words.columns[: words.columns.get_loc(letter)]:
        beside = words[left].loc[batch.rows.index]
        label = choose(named | ~true_where(beside, totals), label, beside)
    total = true_where(label, totals)
    if total.any():
        batch.totals = batch.rows[total & ~true_where(label, lambda text: is_mean(text or ""))]
        batch.rows = batch.rows[~total]


def _refuse_unsure_cells(batch: Batch, sheet: Sheet, letter: str | None) -> None:
    """Refuse figures that the sender does not see, and one that stands for several rows: nobody knows for which."""
    if sheet.hidden_rows or letter in sheet.hidden_columns:
        hit = batch.rows["row"].isin(sheet.hidden_rows) | (letter in sheet.hidden_columns)
        batch.refuse(hit, "tersembunyi", "value", f"sel ini {HIDDEN}")
    merged = [
        row
        for top, left, bottom, right in sheet.merged
        for row in range(top, bottom + 1)
        if letter and left <= column_index_from_string(letter) <= right
    ]
    if merged:
        batch.refuse(batch.rows["row"].isin(merged), "sel-gabung", "value", f"sel ini {MERGED}")


def _refuse_slipped(batch: Batch, words: pd.DataFrame, header: Header) -> None:
    for letter in words.columns:
        if letter not in header.titled and not _numbers_rows(words, letter, header):
            batch.refuse(said(words[letter]), "kolom-berlebih", None, BEYOND, letter)
    for letter in header.titled:
        batch.refuse(words[letter].isna(), "kolom-kurang", None, SHORT.format(len(header.titled)), letter)


def _numbers_rows(words: pd.DataFrame, letter: str, header: Header) -> bool:
    """Tell a first column without a head that every row fills: what slipped would stand beyond the last head."""
    return letter == "A" and header.width > 1 and bool(said(words[letter]).all())


def _fill(batch: Batch, feed: Feed) -> None:
    rows = batch.rows.copy(deep=False)
    for field in FEED_FIELDS:
        default = feed.defaults.get(field)
        if field in feed.columns:
            rows[field] = by_word(rows[field], lambda text: text and text.strip("\u00a0 \t\r\n"))
        if default is not None:
            rows[field] = choose(said(rows[field]), rows[field], constant(default, rows.index))
    batch.rows = rows
