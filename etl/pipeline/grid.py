"""A grid of text as connectors hand it to the pipeline, which knows nothing of where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pandas as pd

Range = tuple[int, int, int, int]  # first row, first column, last row, last column; all 1-based


class Fault(Protocol):
    """A row that the connector itself refuses: its number, the rule, and why in Indonesian."""

    @property
    def row(self) -> int: ...

    @property
    def rule(self) -> str: ...

    @property
    def sentence(self) -> str: ...


class Grid(Protocol):
    """One sheet, or a part of one: cells by row number and column letter, and what the spreadsheet says of them.

    `typed` is true where a cell holds a number, whose text is exact with a decimal point; None where nothing is typed.
    """

    @property
    def name(self) -> str | None: ...

    @property
    def cells(self) -> pd.DataFrame: ...

    @property
    def typed(self) -> pd.DataFrame | None: ...

    @property
    def merged(self) -> Sequence[Range]: ...

    @property
    def hidden_rows(self) -> frozenset[int]: ...

    @property
    def hidden_columns(self) -> frozenset[str]: ...

    @property
    def hidden(self) -> bool: ...

    @property
    def faults(self) -> Sequence[Fault]: ...
