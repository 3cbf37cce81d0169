"""The one reader of sheets: it finds a feed's table, its rows and figures, and says what it leaves unread.

A feed without a `layout` has the default one: a plain table, one header row with a head for each field, one figure in
each row. Its rows are read by whole columns and part by part; a declared table is read cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby

import pandas as pd
from openpyxl.utils import column_index_from_string, get_column_letter

from etl.catalogue.declared_layout import Layout
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.batch import Batch, file_finding
from etl.pipeline.layout.doubts import doubt_mixed, doubt_percents, doubt_sums, doubt_twins
from etl.pipeline.layout.figure_cells import Doubt
from etl.pipeline.layout.head_words import words
from etl.pipeline.layout.heads import HEADS_WITHIN, HeadReader
from etl.pipeline.layout.part_columns import Unread
from etl.pipeline.layout.plain_rows import read_plain_rows
from etl.pipeline.layout.row_values import Record, RecordMaker, to_frame
from etl.pipeline.layout.sheet_lines import Lines, Path
from etl.pipeline.layout.table_header import Header, LayoutError, show_path
from etl.pipeline.layout.table_rows import BodyReader, TableBody, ends
from etl.pipeline.record_fields import to_records
from etl.sheets.sheet import RowFault, Sheet
from etl.sheets.template_sheets import MARK_SHEET, OWN_SHEETS

NO_TABLE = "Lembar “{}” tidak memuat tabel yang dinyatakan pada `layout` kiriman ini, jadi tidak dibaca."

HIDDEN_SHEET = "Lembar “{}” tersembunyi, jadi tidak dibaca. Tampilkan bila angkanya memang dikirim."


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
    unread: Unread = field(default_factory=Unread)
    tables: list[ReadTable] = field(default_factory=list)
    first_row: list[str] = field(default_factory=list)  # of the delivery: the texts that a sentence may name
    faults: dict[tuple[str | None, int], RowFault] = field(
        default_factory=dict
    )  # what connectors say, by sheet and row

    @property
    def plain_heads(self) -> dict[str | None, tuple[Path, tuple[str, ...]]]:
        """Give for each sheet of a plain table what its figures stand under: their head, and the lines above it."""
        plain = [each for each in self.tables if "value" in each.header.keys]
        return {each.sheet: (each.header.paths[each.header.keys["value"]], each.header.titles) for each in plain}

    def warn(self, rule: str, sentence: str, sheet: str | None) -> None:
        self.warnings.append(file_finding(rule, sentence, sheet))


def read_sheets(
    sheets: Iterable[Sheet], feed: Feed, catalogue: Catalogue, own_columns: bool = False
) -> tuple[Batch, Reading]:
    """Read the feed's table of each sheet; of a plain table no more than one part of a sheet is held.

    With `own_columns` what the feed does not map is no reason to warn.
    Raises LayoutError where no sheet holds the table, one holds it twice, or a workbook was made for another feed.
    """
    layout, reading = feed.layout or Layout(), Reading(own_columns)
    if layout.sheets:
        sheets = list(sheets)
        _require(layout.sheets, [each.name for each in sheets if each.name != MARK_SHEET])
    for name, parts in groupby(_figures(sheets, feed, reading), key=lambda each: each.name):
        if not layout.sheets or name in layout.sheets:
            _read_sheet(parts, feed, catalogue, reading)
    if not reading.batches:
        raise LayoutError(_not_found(feed, layout) if feed.layout else _no_header(feed, reading.first_row))
    batch = Batch.join(reading.batches)
    reading.batches.clear()
    return batch, reading


def _figures(sheets: Iterable[Sheet], feed: Feed, reading: Reading) -> Iterator[Sheet]:
    """Pass on the sheets that may hold figures, check a template's mark and note what connectors say on the way."""
    for sheet in sheets:
        reading.faults |= {(sheet.name, fault.row): fault for fault in sheet.faults}
        if sheet.name == MARK_SHEET:
            _check_mark(sheet.cells, feed)
        else:
            yield sheet


def _check_mark(cells: pd.DataFrame, feed: Feed) -> None:
    if len(cells) and "B" in cells and cells["B"].iloc[0] != feed.id:
        raise LayoutError(
            f"Berkas ini dibuat dari templat kiriman “{cells['B'].iloc[0]}”, bukan “{feed.id}”. "
            "Taruh di folder kirimannya sendiri."
        )


def _read_sheet(parts: Iterator[Sheet], feed: Feed, catalogue: Catalogue, reading: Reading) -> None:
    part = next(parts)
    reading.first_row = reading.first_row or _texts_of_first_row(part)
    if part.hidden:
        if part.name not in OWN_SHEETS:
            reading.warn("lembar-tersembunyi", HIDDEN_SHEET.format(part.name), part.name)
    elif feed.layout is None:
        _read_plain(part, parts, feed, catalogue, reading)
    else:
        _DeclaredTable(_whole([part, *parts]), feed, feed.layout, catalogue, reading).read()


def _require(wanted: Sequence[str], there: Sequence[str | None]) -> None:
    absent = [name for name in wanted if name not in there]
    if absent:
        raise LayoutError(f"Lembar “{absent[0]}” tidak ada pada berkas ini. Yang ada: {', '.join(map(str, there))}.")


def _texts_of_first_row(sheet: Sheet) -> list[str]:
    return [str(text or "").strip() for text in sheet.cells.iloc[0]] if len(sheet.cells) else []


def _whole(parts: Sequence[Sheet]) -> Sheet:
    """Put the parts of a sheet together."""
    if len(parts) == 1:
        return parts[0]
    typed = [part.typed for part in parts if part.typed is not None]
    return replace(parts[0], cells=pd.concat([part.cells for part in parts]), typed=pd.concat(typed) if typed else None)


def _read_plain(part: Sheet, others: Iterator[Sheet], feed: Feed, catalogue: Catalogue, reading: Reading) -> None:
    top = replace(part, cells=part.cells.head(HEADS_WITHIN), typed=None)
    lines = Lines(top)
    found = HeadReader(lines, feed, catalogue).find()
    if not found:
        if part.name not in OWN_SHEETS:
            reading.warn("lembar-tanpa-judul", _no_heads_here(part.name, feed), part.name)
        return
    [header] = found
    reading.tables.append(ReadTable(part.name, lines, header, TableBody()))
    letters = [] if reading.own_columns else _warn_of_unread(header, feed, part.name, reading)
    for each in chain([part], others):
        reading.batches.append((to_records if feed.records else read_plain_rows)(each, header, feed))
        if letters and not feed.records:
            reading.unread.add(each.name, each.cells.loc[each.cells.index > header.bottom, letters])


def _warn_of_unread(header: Header, feed: Feed, sheet: str | None, reading: Reading) -> list[str]:
    """Say which columns nobody declared; return the letters of those that may tell parts of a whole apart."""
    if not header.columns.unused:
        return []
    shown = [words(path[0]) if feed.layout is None else show_path(path) for _, path in header.columns.unused]
    remedy = (
        "tidak dikenal kiriman ini dan tidak dibaca. Petakan pada `columns` di indicators.yaml bila diperlukan."
        if feed.layout is None
        else "tidak dinyatakan pada layout dan tidak dibaca. Sebutkan pada `skip` bila memang begitu."
    )
    named = ", ".join(f"“{text}”" for text in shown if text)
    if named:
        reading.warn("kolom-tak-dipakai", f"Kolom {named} {remedy}", sheet)
    return reading.unread.begin(sheet, {get_column_letter(at): path[-1] for at, path in header.columns.unused})


def _no_heads_here(sheet: str | None, feed: Feed) -> str:
    return (
        f"Lembar “{sheet}” tidak memuat baris judul kiriman ini, jadi tidak dibaca. Bila lembar itu memuat angka, "
        f"samakan judul kolomnya: {', '.join(feed.columns.values())}."
    )


def _no_header(feed: Feed, first_row: Sequence[str]) -> str:
    """Say which headers were expected and which stand in the first row."""
    return (
        f"Baris judul tidak ditemukan. Diharapkan kolom: {', '.join(feed.columns.values())}. "
        f"Baris pertama memuat: {', '.join(text for text in first_row if text) or '(kosong)'}. "
        f"Samakan judul kolom, atau buat templat dengan: python -m etl template {feed.id}"
    )


def _not_found(feed: Feed, layout: Layout) -> str:
    wanted = [*feed.columns.values(), *(each.head or f"judul berupa {each.reads}" for each in layout.values)]
    return (
        f"Tabel yang dinyatakan pada `layout` tidak ditemukan. Diharapkan {layout.header_rows} baris judul dengan: "
        f"{'; '.join(wanted)}. Samakan judul pada berkas, atau lihat bentuknya dengan: python -m etl inspect BERKAS"
    )


class _DeclaredTable:
    """Reads the declared table of one sheet, cell by cell."""

    def __init__(self, sheet: Sheet, feed: Feed, layout: Layout, catalogue: Catalogue, reading: Reading) -> None:
        self.feed, self.layout, self.catalogue, self.reading = feed, layout, catalogue, reading
        self.name, self.lines = sheet.name, Lines(sheet)
        self.heads = HeadReader(self.lines, feed, catalogue)
        self.maker = RecordMaker(self.lines, self.heads.context, feed, layout, catalogue)

    def read(self) -> None:
        """Add what the sheet holds; say so where it holds figures and not the table."""
        headers = self.heads.find()
        if headers:
            self.reading.batches.append(self._batch(headers))
        elif self.name not in OWN_SHEETS and self.lines.has_figures:
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
            if self.layout.totals == "read":
                every = [record for row in body.rows for record in self.maker.records(row, header)]
                doubt_sums(read, every, self.feed, self.catalogue)
            records += read
            if self.layout.totals == "check":
                totals += [record for row in body.rows if row.total for record in self.maker.records(row, header)]
        doubt_mixed(records, self.feed.decimal)
        doubt_percents(records)
        doubt_twins(records)
        batch = Batch(to_frame(records), {self.name: headers[0].letters})
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
        letters = _warn_of_unread(header, self.feed, self.name, self.reading)
        if letters and body.rows:
            numbers = [row.number for row in body.rows]
            texts = {each: [self._said(row, each) for row in numbers] for each in letters}
            self.reading.unread.add(self.name, pd.DataFrame(texts, index=numbers, dtype=object))

    def _said(self, row: int, letter: str) -> str | None:
        return self.lines.filled(row, column_index_from_string(letter)) or None
