"""From a sheet of a declared shape to rows of our fields: one row for each cell of figures, each with its own place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
from openpyxl.utils import get_column_letter

from etl.catalogue.declared_layout import Layout
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.batch import Batch, file_finding
from etl.pipeline.layout.body import Body, BodyReader, ends
from etl.pipeline.layout.cells import Doubt
from etl.pipeline.layout.doubts import doubt_mixed, doubt_percents, doubt_sums, doubt_twins
from etl.pipeline.layout.heads import Header, HeadReader, show_path
from etl.pipeline.layout.lines import Lines
from etl.pipeline.layout.records import Record, RecordMaker, to_frame
from etl.pipeline.layout.text import is_footer
from etl.pipeline.parse import OWN_SHEETS, LayoutError
from etl.sheets.sheet import Sheet


def read_layout(grids: Sequence[Sheet], feed: Feed, catalogue: Catalogue) -> tuple[Batch, list[pd.DataFrame]]:
    """Read the declared table of each sheet; return its rows and total rows, and warnings of what is left unread.

    Raises LayoutError where no sheet holds the table, or one holds it twice.
    """
    layout = feed.layout or Layout()
    absent = [name for name in layout.sheets if name not in {grid.name for grid in grids}]
    if absent:
        there = ", ".join(str(grid.name) for grid in grids)
        raise LayoutError(f"Lembar “{absent[0]}” tidak ada pada berkas ini. Yang ada: {there}.")
    batches: list[Batch] = []
    warnings: list[pd.DataFrame] = []
    for grid in grids:
        if layout.sheets and grid.name not in layout.sheets:
            continue
        if grid.hidden:
            warnings.append(hidden_sheet(grid.name))
            continue
        sheet = _SheetReader(grid, feed, layout, catalogue)
        if sheet.headers:
            batches.append(sheet.batch())
            warnings += sheet.warnings
        elif grid.name not in OWN_SHEETS and sheet.lines.has_figures:
            warnings.append(file_finding("lembar-tanpa-judul", NO_TABLE.format(grid.name), grid.name))
    if not batches:
        raise LayoutError(_not_found(feed, layout))
    return Batch.join(batches), warnings


def hidden_sheet(name: str | None) -> pd.DataFrame:
    """Warn of a sheet that its sender may have forgotten."""
    sentence = f"Lembar “{name}” tersembunyi, jadi tidak dibaca. Tampilkan bila angkanya memang dikirim."
    return file_finding("lembar-tersembunyi", sentence, name)


NO_TABLE = "Lembar “{}” tidak memuat tabel yang dinyatakan pada `layout` kiriman ini, jadi tidak dibaca."


def _not_found(feed: Feed, layout: Layout) -> str:
    wanted = [*feed.columns.values(), *(each.head or f"judul berupa {each.reads}" for each in layout.values)]
    return (
        f"Tabel yang dinyatakan pada `layout` tidak ditemukan. Diharapkan {layout.header_rows} baris judul dengan: "
        f"{'; '.join(wanted)}. Samakan judul pada berkas, atau lihat bentuknya dengan: python -m etl inspect BERKAS"
    )


class _SheetReader:
    """Reads one sheet."""

    def __init__(self, grid: Sheet, feed: Feed, layout: Layout, catalogue: Catalogue) -> None:
        self.grid, self.feed, self.layout, self.catalogue = grid, feed, layout, catalogue
        self.lines = Lines(grid)
        self.reader = HeadReader(self.lines, feed, layout, catalogue, notes(self.lines))
        self.headers = self.reader.find()
        self.warnings: list[pd.DataFrame] = []
        self.maker = RecordMaker(self.lines, self.reader, feed, layout, catalogue)

    def batch(self) -> Batch:
        """Read all parts of the table; what is doubtful is refused, the totals stand apart."""
        records: list[Record] = []
        totals: list[Record] = []
        for header, until in ends(self.headers, self.lines):
            body = BodyReader(self.lines, header, self.feed, self.layout, self.catalogue).read(until)
            self._warn(header, body)
            records += self._bad_heads(header)
            mine = [row for row in body.rows if row.total == (self.layout.totals == "read")]
            read = [record for row in mine for record in self.maker.records(row, header)]
            if self.layout.totals == "read":
                every = [record for row in body.rows for record in self.maker.records(row, header)]
                doubt_sums(read, every, self.feed, self.catalogue)
            records += read
            if self.layout.totals == "check":
                totals += [record for row in body.rows if row.total for record in self.maker.records(row, header)]
        doubt_mixed(records, self.feed.decimal)
        doubt_percents(records)
        doubt_twins(records)
        letters = {name: get_column_letter(at) for name, at in self.headers[0].keys.items()}
        batch = Batch(to_frame(records), {self.grid.name: letters})
        for rule in dict.fromkeys(each["doubt"].rule for each in records if each["doubt"]):
            self._refuse(batch, rule)
        batch.rows = batch.rows.drop(columns=["doubt", "label"])
        whole = [each for each in totals if each["doubt"] is None]
        batch.totals = to_frame(whole).drop(columns=["doubt", "label"]) if whole else batch.totals
        return batch

    def _refuse(self, batch: Batch, rule: str) -> None:
        doubts = batch.rows["doubt"]
        for name in dict.fromkeys(each.field for each in doubts if each and each.rule == rule):
            hit = doubts.map(lambda each, name=name: bool(each) and (each.rule, each.field) == (rule, name)).astype(
                bool
            )
            batch.refuse(hit, rule, name, lambda row: str(row["doubt"].sentence))

    def _bad_heads(self, header: Header) -> Iterator[Record]:
        """Return a column whose head ought to be a period or a region as one faulty row, at the head's own cell."""
        for column, path in header.columns.bad:
            sentence = (
                f"judul kolom “{show_path(path)}” tidak terbaca sebagai periode atau wilayah, jadi kolom ini tidak "
                "dimuat. Perbaiki judulnya, atau sebutkan pada `skip` bila kolom ini memang tidak dibaca."
            )
            row = header.bottom
            while row > header.top and not self.lines.text(row, column):
                row -= 1
            yield {
                **self.maker.blank(row, column),
                "period": show_path(path),
                "places": {"period": (row, get_column_letter(column))},
                "doubt": Doubt("judul-tak-dikenal", "period", sentence),
            }

    def _warn(self, header: Header, body: Body) -> None:
        name = self.grid.name
        if header.columns.unused:
            heads = ", ".join(f"“{show_path(path)}”" for _, path in header.columns.unused)
            sentence = (
                f"Kolom {heads} tidak dinyatakan pada layout dan tidak dibaca. Sebutkan pada `skip` bila memang begitu."
            )
            self.warnings.append(file_finding("kolom-tak-dipakai", sentence, name))
        if body.left:
            sentence = (
                f"Baris {body.left[0]} dan sesudahnya memuat angka di bawah catatan atau judul lain; tidak dibaca."
            )
            self.warnings.append(file_finding("baris-di-bawah-tabel", sentence, name))
        parts = [row for row in body.rows if not row.total]
        if self.layout.totals == "read" and parts:
            sentence = f"{len(parts)} baris bagian tidak dimuat; yang dibaca hanya baris jumlahnya."
            self.warnings.append(file_finding("hanya-jumlah", sentence, name))


def notes(lines: Lines) -> list[str]:
    """List the lines of notes and sources under the tables of a sheet."""
    rows = (lines.texts(row) for row in range(lines.first, lines.last + 1))
    return [" ".join(texts) for texts in rows if texts and is_footer(texts, silent=len(texts) == 1)]
