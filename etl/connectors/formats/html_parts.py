"""One table that a page holds in parts: BPS's export puts heads, names of rows and figures into tables of their own.

Parts are put together only where nothing is left open: heads without a figure over figures of the same width, names of
rows beside figures of the same height. Anything else stays apart, and its heads are missed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile

import pandas as pd
from openpyxl.utils import get_column_letter

from etl.sheets.sheet import Sheet

FIGURE = re.compile(r"(?:Rp\.? ?)?[+\-\u2212(]?\d[\d.,]*\)?(?: ?%)?")
NO_FIGURE = re.compile(r"(?:19|20)\d{2}|\(\d{1,2}\)")  # a year over a column, the number of a column
MARK = re.compile(r"[-–—.…*]*|n/?a", re.IGNORECASE)
MOST_HEADS, MOST_NAMES = 5, 3  # rows of heads, columns that name a row


def join_parts(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Put the parts of tables together, step by step; tables that are whole stay as they are."""
    left, at = list(sheets), 0
    while at + 1 < len(left):
        if joined := _joined(left[at], left[at + 1], left[at + 2 :]):
            left[at : at + 2] = [joined]
            at = 0
        else:
            at += 1
    return _titled(left)


def _titled(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Put a title that stands in a table of its own above the figures after it: it may tell their unit or year."""
    found: list[Sheet] = []
    for sheet in sheets:
        above = found[-1] if found else None
        whole = len(sheet.cells.columns) > 1 and not _begins_with_figures(sheet) and not _is_silent(sheet)
        if above is not None and whole and _is_title(above):
            found[-1] = _put(above, sheet, len(above.cells), 0)
        else:
            found.append(sheet)
    return found


def _is_title(sheet: Sheet) -> bool:
    return len(sheet.cells.columns) == 1 and len(sheet.cells) <= MOST_HEADS and _is_silent(sheet)


def _joined(one: Sheet, two: Sheet, later: Sequence[Sheet]) -> Sheet | None:
    rows, columns = (len(one.cells), len(two.cells)), (len(one.cells.columns), len(two.cells.columns))
    beside = rows[0] == rows[1] and columns[0] <= MOST_NAMES
    above = columns[0] == columns[1] > 1 and rows[0] <= MOST_HEADS
    if not (beside or above) or not _is_silent(one):
        return None
    if beside and rows[0] > 1 and _has_figures_alone(two):
        return _put(one, two, 0, columns[0])
    if above and _begins_with_figures(two):
        return _put(one, two, rows[0], 0)
    corner = beside and rows[0] <= MOST_HEADS and bool(later) and _is_silent(two)
    if corner and len(later[0].cells.columns) == sum(columns) and _begins_with_figures(later[0]):
        return _put(one, two, 0, columns[0])
    return None


def _is_silent(sheet: Sheet) -> bool:
    """Tell whether a table holds texts and no figure; years, and the numbers of rows and columns, are none."""
    for letter in sheet.cells:
        figures = [text for text in _texts(sheet.cells[letter]) if _is_figure(text)]
        if figures and figures != [str(number) for number in range(1, len(figures) + 1)]:
            return False
    return True


def _begins_with_figures(sheet: Sheet) -> bool:
    return any(map(_is_figure, _texts(sheet.cells.iloc[0])))


def _has_figures_alone(sheet: Sheet) -> bool:
    """Tell whether no row names itself, from the first row with figures on."""
    rows = [_texts(sheet.cells.iloc[at]) for at in range(len(sheet.cells))]
    body = list(dropwhile(lambda texts: not any(map(_is_figure, texts)), rows))
    return bool(body) and all(_is_figure(text) or MARK.fullmatch(text) for texts in body for text in texts)


def _is_figure(text: str) -> bool:
    return FIGURE.fullmatch(text) is not None and NO_FIGURE.fullmatch(text) is None


def _texts(cells: pd.Series) -> list[str]:
    return [text.strip() for text in cells if isinstance(text, str) and text.strip()]


def _put(one: Sheet, two: Sheet, down: int, right: int) -> Sheet:
    """Put a table below or beside another: as one grid, with merged ranges and hidden rows at their new places."""
    shifted = {letter: get_column_letter(place + right) for place, letter in enumerate(two.cells.columns, 1)}
    below = _moved(two.cells, down, shifted)
    upper = one.cells if right else one.cells.reindex(columns=below.columns, fill_value="")
    typed = None
    if one.typed is not None and two.typed is not None:
        firsts = one.typed if right else one.typed.reindex(columns=below.columns, fill_value=False)
        typed = pd.concat([firsts, _moved(two.typed, down, shifted)], axis=1 if right else 0)
    cells = pd.concat([upper, below], axis=1 if right else 0)
    moved = [(top + down, left + right, bottom + down, last + right) for top, left, bottom, last in two.merged]
    return replace(
        one,
        cells=cells,
        typed=typed,
        merged=(*one.merged, *moved),
        hidden_rows=one.hidden_rows | {row + down for row in two.hidden_rows},
        hidden_columns=one.hidden_columns | {shifted[letter] for letter in two.hidden_columns},
    )


def _moved(frame: pd.DataFrame, down: int, letters: dict[str, str]) -> pd.DataFrame:
    return frame.rename(columns=letters).set_axis(frame.index + down)
