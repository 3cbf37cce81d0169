"""OpenDocument spreadsheets (LibreOffice): the values behind the cells, as far as their styles show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from etl.connectors.base import UnreadableError
from etl.connectors.formats.archive import open_archive, part
from etl.connectors.formats.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, TOO_LARGE, Cell, Place, build_sheet
from etl.connectors.formats.markup import Element, attribute, forget, local, walk, whole
from etl.connectors.formats.odf_styles import STYLES, Styles, cell_text
from etl.connectors.formats.shown import moment_text, number_cell, written_number
from etl.sheets.sheet import Range, Sheet

TAGS = (*STYLES, "table", "table-column", "table-row")
NUMBERS = {"float", "currency", "percentage"}
LOCKED = "Berkas ODS ini terkunci sandi. Simpan ulang tanpa sandi, lalu kirim lagi."


def read_ods(content: bytes) -> list[Sheet]:
    """Read every sheet of an .ods or flat .fods with content, hidden ones too.

    A formula without a result keeps its formula as text. Raises UnreadableError for a file that is damaged, encrypted
    or too large.
    """
    styles = Styles()
    sheets: list[Sheet] = []
    for each in _parts(content):
        sheets += _read_part(each, styles)
    return sheets


def _parts(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"PK"):
        yield content
        return
    archive = open_archive(content)
    if b"encryption-data" in part(archive, "META-INF/manifest.xml"):
        raise UnreadableError(LOCKED)
    for name in ("styles.xml", "content.xml"):
        if body := part(archive, name):
            yield body


def _read_part(content: bytes, styles: Styles) -> Iterator[Sheet]:
    tables: list[_OdsTable] = []  # one within another, where a cell's drawing holds one
    for event, element in walk(content, *TAGS):
        name = local(element)
        if event == "start":
            if name == "table":
                tables.append(_OdsTable(element, styles))
        elif name in STYLES:
            styles.keep(element)
        elif name == "table":
            table = tables.pop()
            sheet = table.sheet() if not tables and table.is_sheet else None
            yield from [] if sheet is None else [sheet]
        elif len(tables) == 1:
            tables[0].take(element)
            forget(element)


class _OdsTable:
    """One sheet while it is read: where the last row and column stood, and what was found."""

    def __init__(self, element: Element, styles: Styles) -> None:
        parent = element.getparent()
        self.is_sheet = parent is not None and local(parent) == "spreadsheet"
        self.name = attribute(element, "name") or ""
        self.styles = styles
        self.hidden = styles.hides(attribute(element, "style-name"))
        self.last_row = self.last_column = 0
        self.column_styles: dict[int, str | None] = {}
        self.cells: dict[Place, Cell] = {}
        self.merged: list[Range] = []
        self.hidden_rows: list[range] = []
        self.hidden_columns: list[range] = []

    def sheet(self) -> Sheet | None:
        rows, columns = chain.from_iterable(self.hidden_rows), chain.from_iterable(self.hidden_columns)
        return build_sheet(self.name, self.cells, self.merged, rows, columns, hidden=self.hidden)

    def take(self, element: Element) -> None:
        if local(element) == "table-column":
            span = self._span(self.last_column, attribute(element, "number-columns-repeated"), MOST_COLUMNS)
            self.last_column = span.stop - 1
            self.column_styles |= dict.fromkeys(span, attribute(element, "default-cell-style-name"))
            self.hidden_columns += [span] if _is_hidden(element) else []
            return
        rows = self._span(self.last_row, attribute(element, "number-rows-repeated"), MOST_ROWS)
        self.last_row = rows.stop - 1
        self.hidden_rows += [rows] if _is_hidden(element) else []
        self._row(element, rows)

    def _span(self, last: int, repeated: str | None, most: int) -> range:
        return range(last + 1, min(last + whole(repeated, 1, most), most) + 1)

    def _row(self, row: Element, rows: range) -> None:
        last, row_style = 0, attribute(row, "default-cell-style-name")
        for cell in row:
            if local(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            columns = self._span(last, attribute(cell, "number-columns-repeated"), MOST_COLUMNS)
            last = columns.stop - 1
            style = attribute(cell, "style-name") or row_style or self.column_styles.get(columns.start)
            read = _read_cell(cell, self.styles, style)
            if read[0].strip():
                self._fill(rows, columns, read)
            across = whole(attribute(cell, "number-columns-spanned"), 1, MOST_COLUMNS)
            down = whole(attribute(cell, "number-rows-spanned"), 1, MOST_ROWS)
            if across > 1 or down > 1:
                self.merged.append((rows.start, columns.start, rows.start + down - 1, columns.start + across - 1))

    def _fill(self, rows: range, columns: range, read: Cell) -> None:
        if len(self.cells) + len(rows) * len(columns) > MOST_CELLS:
            raise UnreadableError(f"Lembar “{self.name}” terlalu besar: lebih dari {MOST_CELLS} sel. {TOO_LARGE}")
        self.cells |= {(row, column): read for row in rows for column in columns}


def _is_hidden(element: Element) -> bool:
    return attribute(element, "visibility") in {"collapse", "filter"}


def _read_cell(cell: Element, styles: Styles, style: str | None) -> Cell:
    kind, formula = attribute(cell, "value-type"), attribute(cell, "formula")
    if kind is None and formula is not None:
        return formula, False
    text = cell_text(cell, styles) or attribute(cell, "string-value") or ""
    shown = styles.shown(style)
    if kind in NUMBERS:
        number = written_number(attribute(cell, "value") or "")
        percent = kind == "percentage" and "%" not in shown
        return (text, False) if number is None else number_cell(number, "0%" if percent else shown)
    if kind == "date":
        return _moment(attribute(cell, "date-value") or text, shown), False
    if kind == "boolean":
        return (attribute(cell, "boolean-value") or text).upper(), False
    return text, False


def _moment(text: str, shown: str) -> str:
    try:
        return moment_text(dt.datetime.fromisoformat(text), shown)
    except ValueError:
        return text
