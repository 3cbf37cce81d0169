"""A grid of text as connectors hand it to the pipeline, and what the source itself says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # whoever only checks a catalogue asks connectors for their models
    import pandas as pd

Range = tuple[int, int, int, int]  # first row, first column, last row, last column; all 1-based


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row of a sheet that the connector itself refuses, because the source contradicts itself there.

    `sentence` says what was found, what is expected and the next step, in Indonesian.
    """

    row: int
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One grid of text as sent, or a part of it: parts of one sheet follow each other and go on counting rows.

    `cells`: object frame of str, index the 1-based row, columns the letters A, B, …; None where a delimited row
    ends before the widest one. `typed`: bool frame of the same shape, True where a spreadsheet holds a number
    (its text is exact, with a decimal point); None where nothing is typed. `merged` ranges hold their text in the
    first cell only. Hidden rows and columns are in the grid. `remarks` say what of the source is not in the grid, each
    as a rule's name and an Indonesian sentence; they become warnings. `faults` name rows that must not be loaded.
    """

    name: str | None
    cells: pd.DataFrame
    typed: pd.DataFrame | None = None
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[str] = frozenset()
    hidden: bool = False
    remarks: tuple[tuple[str, str], ...] = ()
    faults: tuple[RowFault, ...] = ()
    file: str | None = None  # the name of the file that it came in, without its ending
