"""Tables beside one another: blocks of columns of one sheet, parted by columns that are blank from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd
from openpyxl.utils import column_index_from_string

from etl.sheets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Block:
    """A sheet with the cells of one block alone, at their own places; the letters of its first and last column."""

    sheet: Sheet
    first: str
    last: str


def side_by_side(sheet: Sheet) -> list[Block]:
    """Part a sheet at its blank columns; none where there is no such column between others."""
    filled = sheet.cells.map(lambda text: bool(text and text.strip())).astype(bool)
    runs = groupby(filled.columns, key=lambda letter: bool(filled[letter].any()))
    blocks = [list(letters) for full, letters in runs if full]
    return [_block(sheet, filled, letters) for letters in blocks] if len(blocks) > 1 else []


def _block(sheet: Sheet, filled: pd.DataFrame, letters: list[str]) -> Block:
    """Keep the block's own cells, and the lines above it that stand alone in their row: titles of the whole sheet."""
    begins = filled.index[filled[letters].any(axis=1)][0]
    shared = (filled.index < begins) & (filled.sum(axis=1) == 1)
    cells, others = sheet.cells.copy(), [letter for letter in filled.columns if letter not in letters]
    # An empty text, not none: a row of a delimited file did not end here.
    cells.loc[~shared, others] = cells.loc[~shared, others].where(cells.loc[~shared, others].isna(), "")
    typed = None if sheet.typed is None else sheet.typed.copy()
    if typed is not None:
        typed.loc[~shared, others] = False
    left, right = column_index_from_string(letters[0]), column_index_from_string(letters[-1])
    merged = tuple(each for each in sheet.merged if each[1] <= right and each[3] >= left)
    return Block(replace(sheet, cells=cells, typed=typed, merged=merged), letters[0], letters[-1])
