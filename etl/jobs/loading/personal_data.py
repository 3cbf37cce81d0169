"""Sheets on their way to the pipeline: looked through for personal data, their source's remarks kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

import pandas as pd

from etl.pipeline.batch import file_finding
from etl.pipeline.personal import personal_columns, personal_place
from etl.sheets.sheet import Sheet


class Screen:
    """Passes sheets on, one at a time, and remembers what must be said of the whole delivery."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self.empty = True
        self.remarks: list[pd.DataFrame] = []
        self._personal: dict[str | None, dict[str, None]] = {}
        self.sheets = self._watched(sheets)

    def _watched(self, sheets: Iterable[Sheet]) -> Iterator[Sheet]:
        for sheet in sheets:
            self.empty = False
            self._personal.setdefault(sheet.name, {}).update(dict.fromkeys(personal_columns(sheet.cells)))
            self.remarks += [file_finding(rule, sentence, sheet.name) for rule, sentence in sheet.remarks]
            yield sheet

    def personal(self) -> str | None:
        """Look through the sheets that nobody took too; say where personal data stand, by column letters and
        censored names only."""
        deque(self.sheets, maxlen=0)
        return "; ".join(filter(None, map(personal_place, self._personal, self._personal.values()))) or None
