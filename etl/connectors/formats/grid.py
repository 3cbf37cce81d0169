"""Cells at their places to a sheet: what every spreadsheet reader ends with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
from openpyxl.utils import get_column_letter

from etl.connectors.base import UnreadableError
from etl.sheets.sheet import Range, Sheet

MOST_CELLS = 5_000_000  # of a sheet, which stands in memory whole; 1,048,576 rows of four
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # those of a spreadsheet
Cell = tuple[str, bool]  # text, and whether it is a number
Place = tuple[int, int]  # row and column, both 1-based
EMPTY: Cell = ("", False)
TOO_LARGE = "Hapus isi yang jauh dari tabelnya, atau bagi menjadi beberapa berkas."
RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")


def raised(text: str) -> str:
    """Write text that stands raised as raised signs: a footnote's digit must never lengthen a number."""
    return text.translate(RAISED)


def build_sheet(
    name: str | None,
    cells: Mapping[Place, Cell],
    merged: Iterable[Range] = (),
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
    hidden: bool = False,
) -> Sheet | None:
    """Make a sheet as large as its filled cells reach; None where there are none.

    Merges and hidden lines beyond them are left out. Raises UnreadableError for a sheet that is too large.
    """
    merged = tuple(merged)
    filled = {place: cell for place, cell in cells.items() if cell[0].strip()}
    for place in _covered(merged, filled):
        del filled[place]
    if not filled:
        return None
    height, width = max(row for row, _ in filled), max(column for _, column in filled)
    if height * width > MOST_CELLS:
        raise UnreadableError(
            f"Lembar “{name or 'berkas'}” terlalu besar: {height} baris kali {width} kolom. {TOO_LARGE}"
        )
    grid = [[filled.get((row, column), EMPTY) for column in range(1, width + 1)] for row in range(1, height + 1)]
    index, letters = range(1, height + 1), [get_column_letter(number + 1) for number in range(width)]
    return Sheet(
        name,
        pd.DataFrame([[text for text, _ in row] for row in grid], index, letters, dtype=object),
        pd.DataFrame([[kind for _, kind in row] for row in grid], index, letters, dtype=bool),
        tuple(sorted(_within(merged, height, width))),
        frozenset(row for row in hidden_rows if row <= height),
        frozenset(get_column_letter(column) for column in hidden_columns if column <= width),
        hidden,
    )


def _covered(merged: Iterable[Range], filled: Mapping[Place, Cell]) -> set[Place]:
    """Find what merged cells cover: a spreadsheet keeps it, and nobody sees it."""
    found: set[Place] = set()
    for top, left, bottom, right in merged:
        if (bottom - top + 1) * (right - left + 1) < len(filled):
            inside = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        else:
            inside = {each for each in filled if top <= each[0] <= bottom and left <= each[1] <= right}
        found |= inside & filled.keys() - {(top, left)}
    return found


def _within(merged: Iterable[Range], height: int, width: int) -> list[Range]:
    inside = [each for each in merged if each[0] <= height and each[1] <= width]
    return [(top, left, min(bottom, height), min(right, width)) for top, left, bottom, right in inside]
