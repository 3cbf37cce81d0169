"""The one reader of sheets: it finds a feed's table, its rows and figures, and says what it leaves unread.

A feed without a `layout` has the default one: a plain table, one header row with a head for each field, one figure in
each row. Its rows are read by whole columns and part by part; a declared table is read cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

import pandas as pd

from etl.catalogue.declared_layout import Layout
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.batch import NUMBERS, Batch
from etl.pipeline.column_marks import place_marks
from etl.pipeline.layout.declared_table import DeclaredTable
from etl.pipeline.layout.heads import HEADS_WITHIN, HeadReader
from etl.pipeline.layout.plain_rows import read_plain_rows
from etl.pipeline.layout.sheet_lines import Lines
from etl.pipeline.layout.sheet_reading import Reading, ReadTable
from etl.pipeline.layout.table_header import Header, LayoutError
from etl.pipeline.layout.table_rows import TableBody
from etl.pipeline.record_fields import to_records
from etl.sheets.categorical import split
from etl.sheets.sheet import Sheet
from etl.sheets.template_sheets import MARK_SHEET, OWN_SHEETS

HIDDEN_SHEET = "Lembar “{}” tersembunyi, jadi tidak dibaca. Tampilkan bila angkanya memang dikirim."


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
    for name, parts in groupby(_sheets_of_values(sheets, feed, reading), key=lambda each: each.name):
        if not layout.sheets or name in layout.sheets:
            _read_sheet(parts, feed, catalogue, reading)
    if not reading.batches:
        raise LayoutError(_not_found(feed, layout) if feed.layout else _no_header(feed, reading.first_row))
    batch = Batch.join(reading.batches)
    reading.batches.clear()
    if not feed.records:
        place_marks(batch, reading.marks, feed)
    return batch, reading


def _sheets_of_values(sheets: Iterable[Sheet], feed: Feed, reading: Reading) -> Iterator[Sheet]:
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
        DeclaredTable(_whole([part, *parts]), feed, feed.layout, catalogue, reading).read()


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
    letters = [] if reading.own_columns else reading.note_unread(header, feed, part.name, lines.width)
    for each in chain([part], others):
        one = to_records(each, header, feed) if feed.records else read_plain_rows(each, header, feed, catalogue)
        reading.batches.append(one)
        if not feed.records:
            _note_marks(each, header, reading)
        if letters and not feed.records:
            reading.unread.add(each.name, each.cells.loc[each.cells.index > header.bottom, letters])


def _note_marks(part: Sheet, header: Header, reading: Reading) -> None:
    """Keep what the cells of each column of figures prove of its decimal mark."""
    for letter in {header.letters[name] for name in NUMBERS if name in header.letters}:
        texts = part.cells.loc[part.cells.index > header.bottom, letter]
        if part.typed is not None:
            texts = texts[~part.typed.loc[texts.index, letter].astype(bool)]
        reading.marks.add((part.name, letter), split(texts)[1])


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
        f"Samakan judul kolom, atau minta templatnya kepada walidata."
    )


def _not_found(feed: Feed, layout: Layout) -> str:
    wanted = [*feed.columns.values(), *(each.head or f"judul berupa {each.reads}" for each in layout.values)]
    return (
        f"Tabel kiriman ini tidak ditemukan. Diharapkan {layout.header_rows} baris judul dengan: "
        f"{'; '.join(wanted)}. Samakan judul pada berkas, atau tanyakan kepada walidata."
    )
