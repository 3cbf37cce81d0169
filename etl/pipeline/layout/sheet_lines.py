"""A sheet line by line: its texts, what merged ranges hold, the heads over its columns, the lines above a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from etl.pipeline.layout.head_words import BLANKS, is_footer
from etl.sheets.sheet import Sheet

Path = tuple[str, ...]
LABELLED = re.compile(
    r"(?:tahun|bulan|triwulan|semester|periode|keadaan|posisi|per|year|month|period)\b", re.IGNORECASE
)
FIGURE = re.compile(r"(?:(?:Rp|IDR)\.? ?)?[+\-\u2212]?\d[\d.,]*(?:(?<=,)-| ?%| \[[^\[\]]+\])?")
ACCOUNTED = re.compile(  # a negative sum or one in short, as books have them; "(1)" numbers a column
    r"\((?:Rp\.? ?)?(?=[\d.,]*[.,])\d[\d.,]*\)|\d[\d.,]* ?[\-\u2212]|[\-\u2212] ?(?:Rp\.? ?)?\d[\d.,]*|"
    r"(?:(?:Rp|IDR)\.? ?)?[+\-\u2212]?\d[\d.,]* ?(?:M|T|Jt|Rb|ribu|juta|mil[iy]ar|triliun)(?: rupiah)?",
    re.IGNORECASE,
)
TITLE_ROWS = 12


class Lines:
    """A grid of text by 1-based rows and columns, with what merged ranges hold in each of their cells."""

    def __init__(self, sheet: Sheet) -> None:
        self.name, self.file, self.hidden_rows = sheet.name, sheet.file, sheet.hidden_rows
        rows = sheet.cells.to_numpy().tolist() if sheet.typed is None else []
        self._lengths = [sum(text is not None for text in row) for row in rows]
        self._texts = [[_plain(text) for text in row] for row in sheet.cells.to_numpy().tolist()]
        self._typed = None if sheet.typed is None else sheet.typed.to_numpy().tolist()
        self.first = int(str(sheet.cells.index[0])) if len(sheet.cells) else 1
        self.last = self.first + len(self._texts) - 1
        self.width = len(sheet.cells.columns)
        self.merged = {
            (row, column): each
            for each in sheet.merged
            for row in range(each[0], each[2] + 1)
            for column in range(each[1], each[3] + 1)
        }
        self.hidden_columns = frozenset(
            number for number in range(1, self.width + 1) if get_column_letter(number) in sheet.hidden_columns
        )

    def text(self, row: int, column: int) -> str:
        """Return a cell's own text, blanks around it taken away."""
        return self._texts[row - self.first][column - 1] if self.first <= row <= self.last else ""

    def filled(self, row: int, column: int) -> str:
        """Return a cell's text, or that of the merged range it lies in."""
        top, left, *_ = self.merged.get((row, column), (row, column))
        return self.text(top, left)

    def typed(self, row: int, column: int) -> bool:
        return bool(self._typed and self._typed[row - self.first][column - 1])

    @property
    def has_values(self) -> bool:
        return any(numeric(text) for row in self._texts for text in row)

    def slipped(self, row: int, width: int) -> bool:
        """Tell whether a delimited row has fewer cells than its header is wide, or a text beyond it."""
        if not self._lengths:
            return False
        beyond = any(self.text(row, column) for column in range(width + 1, self.width + 1))
        return beyond or self._lengths[row - self.first] < width

    def texts(self, row: int) -> list[str]:
        """List the texts of a row that are not blank."""
        return [text for text in self._texts[row - self.first] if text] if self.first <= row <= self.last else []


def _plain(text: object) -> str:
    return text.strip(BLANKS) if isinstance(text, str) else ""


def numeric(text: str) -> bool:
    """Tell whether a text looks like a figure under one decimal mark or the other."""
    return bool(FIGURE.fullmatch(text) or ACCOUNTED.fullmatch(text))


def head_paths(lines: Lines, top: int, rows: int) -> dict[int, Path]:
    """Return each column's heads from the top down.

    Merged ranges count for all their cells. Where the header has none, a blank beside a head that spans columns takes
    it, so far as there is a head below.
    """
    grid = [[lines.filled(row, column) for column in range(1, lines.width + 1)] for row in range(top, top + rows)]
    if not any((row, column) in lines.merged for row in range(top, top + rows) for column in range(1, lines.width + 1)):
        _spread(grid)
    found = {}
    for column in range(1, lines.width + 1):
        path: list[str] = []
        for row, texts in enumerate(grid, top):
            here = lines.merged.get((row, column), (row, column))
            above = lines.merged.get((row - 1, column), (row - 1, column))
            if texts[column - 1] and (row == top or here != above):
                path.append(" ".join(texts[column - 1].split()) if "\n" not in texts[column - 1] else texts[column - 1])
        if path:
            found[column] = tuple(path)
    return found


def _spread(grid: list[list[str]]) -> None:
    for level, texts in enumerate(grid[:-1]):
        below = [any(lower[at] for lower in grid[level + 1 :]) for at in range(len(texts))]
        spanning = ""
        for at, text in enumerate(texts):
            spanning = (text or spanning) if below[at] else ""
            texts[at] = spanning or text


def title_lines(lines: Lines, top: int, floor: int) -> tuple[str, ...]:
    """List the lines above a header, nearest last, up to the table or the notes before it."""
    found: list[str] = []
    for row in range(top - 1, max(floor, lines.first, top - TITLE_ROWS) - 1, -1):
        texts = lines.texts(row)
        if not texts:
            continue
        if is_footer(texts, silent=True) or not _is_title(texts):
            break
        found.append(" ".join(texts))
    return tuple(reversed(found))


def _is_title(texts: Sequence[str]) -> bool:
    if LABELLED.match(texts[0]):
        return len(texts) <= 4
    return len(texts) <= 3 and not any(numeric(text) for text in texts[1:])


def note_lines(lines: Lines) -> list[str]:
    """List the lines of notes and sources under the tables of a sheet."""
    rows = (lines.texts(row) for row in range(lines.first, lines.last + 1))
    return [" ".join(texts) for texts in rows if texts and is_footer(texts, silent=len(texts) == 1)]
