"""The declared table of one sheet, read cell by cell: each figure with its own place and what is doubtful of it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from openpyxl.utils import column_index_from_string, get_column_letter

from etl.catalogue.declared_layout import Layout
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.batch import NUMBERS, Batch
from etl.pipeline.layout.doubts import doubt_percents, doubt_sums, doubt_total_column, doubt_twins
from etl.pipeline.layout.head_words import is_mean
from etl.pipeline.layout.heads import HeadReader
from etl.pipeline.layout.part_sums import sum_parts
from etl.pipeline.layout.row_values import Record, RecordMaker, to_frame
from etl.pipeline.layout.sheet_lines import Lines
from etl.pipeline.layout.sheet_reading import Reading, ReadTable
from etl.pipeline.layout.side_by_side import side_by_side
from etl.pipeline.layout.table_header import Header, LayoutError, show_path
from etl.pipeline.layout.table_rows import BodyReader, BodyRow, TableBody, ends
from etl.pipeline.layout.value_cells import Doubt
from etl.pipeline.numbers import DecimalMark
from etl.sheets.sheet import Sheet
from etl.sheets.template_sheets import OWN_SHEETS

NO_TABLE = "Lembar “{}” tidak memuat tabel yang dikenal kiriman ini, jadi tidak dibaca."

BESIDE = (
    "Tabel di kolom {} sampai {} bukan yang dinyatakan pada `layout` kiriman ini, jadi tidak dibaca. Bila diperlukan, "
    "walidata menyatakannya pada kiriman lain."
)


class DeclaredTable:
    """Reads the declared table of one sheet, cell by cell."""

    def __init__(self, sheet: Sheet, feed: Feed, layout: Layout, catalogue: Catalogue, reading: Reading) -> None:
        self.feed, self.layout, self.catalogue, self.reading = feed, layout, catalogue, reading
        self.sheet, self.name, self.lines = sheet, sheet.name, Lines(sheet)
        self.heads = HeadReader(self.lines, feed, catalogue)
        self.maker = RecordMaker(self.lines, self.heads.context, feed, layout, catalogue)

    def read(self) -> None:
        """Add what the sheet holds; say so where it holds figures and not the table.

        Where heads stand twice the table may go on beside itself: then each block is read as a sheet of its own.
        """
        try:
            headers = self.heads.find()
        except LayoutError:
            if not self._read_blocks():
                raise
            return
        self._add(headers)

    def _read_blocks(self) -> bool:
        given = self.feed, self.layout, self.catalogue, self.reading
        blocks = [(block, DeclaredTable(block.sheet, *given)) for block in side_by_side(self.sheet)]
        found = [(block, table, table.heads.find()) for block, table in blocks]
        if not any(headers for *_, headers in found):
            return False
        for block, table, headers in found:
            if headers:
                table._add(headers)
            elif table.lines.has_values:
                self.reading.warn("tabel-di-samping", BESIDE.format(block.first, block.last), self.name)
        return True

    def _add(self, headers: list[Header]) -> None:
        if headers:
            self.reading.batches.append(self._batch(headers))
        elif self.name not in OWN_SHEETS and self.lines.has_values:
            self.reading.warn("lembar-tanpa-judul", NO_TABLE.format(self.name), self.name)

    def _batch(self, headers: list[Header]) -> Batch:
        """Read all parts of the table; what is doubtful is refused, the totals stand apart."""
        records: list[Record] = []
        totals: list[Record] = []
        for header, until in ends(headers, self.lines):
            body = BodyReader(self.lines, header, self.feed, self.layout, self.catalogue).read(until)
            self.reading.tables.append(ReadTable(self.name, self.lines, header, body))
            self._add_unread(header, body)
            self._warn(body)
            records += self._bad_heads(header)
            mine = [row for row in body.rows if row.total == (self.layout.totals == "read")]
            read = [record for row in mine for record in self.maker.records(row, header)]
            every = [record for row in body.rows for record in self.maker.records(row, header)]
            self._note_marks(every, header)
            if self.layout.totals == "read":
                doubt_sums(read, every, self._mark, self.catalogue)
            self._check_total_columns(mine, read, header)
            records += read
            if self.layout.totals == "check":
                sums = [row for row in body.rows if row.total and not row.mean]
                totals += [record for row in sums for record in self.maker.records(row, header)]
        records = sum_parts(records, self._mark, self.catalogue)
        doubt_percents(records)
        doubt_twins(records)
        batch = Batch(to_frame(records), {self.name: headers[0].letters})
        for rule in dict.fromkeys(each["doubt"].rule for each in records if each["doubt"]):
            self._refuse(batch, rule)
        batch.rows = batch.rows.drop(columns=["doubt", "label"])
        whole = [each for each in sum_parts(totals, self._mark, self.catalogue) if each["doubt"] is None]
        batch.totals = to_frame(whole).drop(columns=["doubt", "label"]) if whole else batch.totals
        return batch

    def _check_total_columns(self, rows: list[BodyRow], records: list[Record], header: Header) -> None:
        """Hold the figures of each row against its total columns, under the same heads above."""
        columns = header.columns
        sums = [column for column in columns.totals if not is_mean(header.paths[column][-1])]
        if not sums:
            return
        heads = {get_column_letter(each.column): each.path[:-1] for each, _ in columns.values}
        of_row: dict[int, list[Record]] = {}
        for record in records:
            record["head"] = heads[record["column"]]
            of_row.setdefault(record["row"], []).append(record)
        for row in rows:
            for column in sums:
                total = self.maker.blank(row.number, column) | {
                    "value": self.lines.text(row.number, column),
                    "value_typed": self.lines.typed(row.number, column),
                    "head": header.paths[column][:-1],
                }
                doubt_total_column(of_row.get(row.number, []), total, self._mark, self.catalogue)

    def _note_marks(self, records: list[Record], header: Header) -> None:
        """Keep what the cells of each column of figures prove of its decimal mark."""
        letters = header.letters
        for record in records:
            places = {"value": record["column"]} | {name: letters[name] for name in NUMBERS if name in letters}
            for name, letter in places.items():
                if not record[f"{name}_typed"]:
                    self.reading.marks.add((self.name, letter), [record[name]])

    def _mark(self, letter: str) -> DecimalMark:
        return self.reading.marks.judge((self.name, letter), self.feed.decimal).mark

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
                "dimuat. Perbaiki judulnya, atau kabari walidata bila kolom ini memang tidak dibaca."
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

    def _warn(self, body: TableBody) -> None:
        if body.left:
            sentence = (
                f"Baris {body.left[0]} dan sesudahnya memuat angka di bawah catatan atau judul lain; tidak dibaca."
            )
            self.reading.warn("baris-di-bawah-tabel", sentence, self.name)
        parts = [row for row in body.rows if not row.total]
        if self.layout.totals == "read" and parts:
            sentence = f"{len(parts)} baris bagian tidak dimuat; yang dibaca hanya baris jumlahnya."
            self.reading.warn("hanya-jumlah", sentence, self.name)

    def _add_unread(self, header: Header, body: TableBody) -> None:
        letters = self.reading.note_unread(header, self.feed, self.name, self.lines.width)
        if letters and body.rows:
            numbers = [row.number for row in body.rows]
            texts = {each: [self._said(row, each) for row in numbers] for each in letters}
            self.reading.unread.add(self.name, pd.DataFrame(texts, index=numbers, dtype=object))

    def _said(self, row: int, letter: str) -> str | None:
        return self.lines.filled(row, column_index_from_string(letter)) or None
