"""What became of the sheets of a delivery while they were read: rows, tables, and what must be said of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
from openpyxl.utils import get_column_letter

from etl.catalogue.feeds import Feed
from etl.pipeline.batch import Batch, file_finding
from etl.pipeline.column_marks import ColumnMarks
from etl.pipeline.layout.head_words import words
from etl.pipeline.layout.part_columns import Unread
from etl.pipeline.layout.sheet_lines import Lines, Path
from etl.pipeline.layout.table_header import Header, show_path
from etl.pipeline.layout.table_rows import TableBody
from etl.sheets.sheet import RowFault

NOT_ON_LIST = "tidak dikenal kiriman ini dan tidak dibaca. Bila diperlukan, kabari walidata."


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table as it was read: its sheet, line by line, its header, and of a declared one its rows."""

    sheet: str | None
    lines: Lines
    header: Header
    body: TableBody


@dataclass
class Reading:
    """What became of the sheets of a delivery: rows, warnings, columns left unread, the tables."""

    own_columns: bool = False  # the source names its columns itself: a feed maps a few
    batches: list[Batch] = field(default_factory=list)
    warnings: list[pd.DataFrame] = field(default_factory=list)
    marks: ColumnMarks = field(default_factory=ColumnMarks)
    unread: Unread = field(default_factory=Unread)
    tables: list[ReadTable] = field(default_factory=list)
    first_row: list[str] = field(default_factory=list)  # of the delivery: the texts that a sentence may name
    faults: dict[tuple[str | None, int], RowFault] = field(default_factory=dict)  # of connectors, by sheet and row

    @property
    def plain_heads(self) -> dict[str | None, tuple[Path, tuple[str, ...]]]:
        """Give for each sheet of a plain table what its figures stand under: their head, and the lines above it."""
        plain = [each for each in self.tables if "value" in each.header.keys]
        return {each.sheet: (each.header.paths[each.header.keys["value"]], each.header.titles) for each in plain}

    @property
    def lines_above(self) -> dict[str | None, list[str]]:
        """Give for each sheet the lines above its tables, and its own name: what tells of region and period."""
        found: dict[str | None, list[str]] = {}
        for each in self.tables:
            found.setdefault(each.sheet, [each.sheet] if each.sheet else []).extend(each.header.titles)
        return found

    def warn(self, rule: str, sentence: str, sheet: str | None) -> None:
        self.warnings.append(file_finding(rule, sentence, sheet))

    def note_unread(self, header: Header, feed: Feed, sheet: str | None, width: int) -> list[str]:
        """Say which columns nobody declared; return the letters of those whose words may speak against a row.

        These are also what seems a total, what is only filled down, and columns without a head up to `width`.
        """
        unused = header.columns.unused
        shown = [words(path[0]) if feed.layout is None else show_path(path) for _, path in unused]
        if any(shown):
            named = ", ".join(f"“{text}”" for text in shown if text)
            self.warn("kolom-tak-dipakai", f"Kolom {named} {NOT_ON_LIST}", sheet)
        headless = dict.fromkeys(set(range(1, width + 1)) - header.paths.keys(), ("",))
        totals = {at: header.paths[at] for at in header.columns.totals}
        filled = {at: header.paths[at] for at in header.downs - {*header.keys.values(), header.parent}}
        others = sorted((dict(unused) | totals | headless | filled).items())
        return self.unread.begin(sheet, {get_column_letter(at): path[-1] for at, path in others})
