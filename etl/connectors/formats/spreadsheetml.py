"""SpreadsheetML 2003, the XML that Excel opens under any name: DJPK's budget file, reports of Java programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from etl.connectors.base import UnreadableError
from etl.connectors.formats.grid import MOST_COLUMNS, MOST_ROWS, Cell, Place, build_sheet, raised
from etl.connectors.formats.markup import Element, attribute, forget, local, mend, walk, whole
from etl.connectors.formats.shown import moment_text, number_cell, unsure_formula, written_number
from etl.sheets.sheet import Range, Sheet

NAMED_FORMATS = {
    **{"Percent": "0.00%", "Short Date": "dd/mm/yyyy", "Medium Date": "dd-mmm-yy", "Long Date": "d mmmm yyyy"},
    **{"General Number": "", "General Date": "", "General": ""},
}
OVERLAP = "dua sel menempati satu tempat. Buka di Excel, simpan sebagai .xlsx, lalu kirim lagi."
TAGS = ("Style", "Worksheet", "Column", "Row", "Visible")


def read_spreadsheetml(content: bytes) -> list[Sheet]:
    """Read every worksheet with content, hidden ones too; numbers keep their exact text.

    A formula without a result keeps its formula as text. Raises UnreadableError for broken XML and for a sheet that
    is too large.
    """
    formats: dict[str, str] = {}
    sheets: list[Sheet] = []
    table = _XmlTable("", formats)
    known = False
    for event, element in walk(mend(content), *TAGS):
        name = local(element)
        if event == "start":
            if name == "Worksheet":
                table, known = _XmlTable(attribute(element, "Name") or f"Lembar {len(sheets) + 1}", formats), True
            continue
        if name == "Style":
            _keep_format(element, formats)
        elif name == "Visible":
            table.hidden = (element.text or "").strip() != "SheetVisible"
        elif name == "Column":
            table.column(element)
        elif name == "Row":
            table.row(element)
            forget(element)
        else:
            sheets += table.sheet()
    if not known:
        raise UnreadableError("Berkas XML ini tidak memuat lembar kerja. Simpan sebagai .xlsx, lalu kirim lagi.")
    return sheets


def _keep_format(style: Element, formats: dict[str, str]) -> None:
    shown = formats.get(attribute(style, "Parent") or "Default", "")
    for child in style:
        if local(child) == "NumberFormat":
            written = attribute(child, "Format") or ""
            shown = NAMED_FORMATS.get(written, written)
    formats[attribute(style, "ID") or ""] = shown


@dataclass
class _XmlTable:
    """One worksheet while it is read: where the last row and column stood, and what was found."""

    name: str
    formats: Mapping[str, str]
    hidden: bool = False
    last_row: int = 0
    last_column: int = 0
    styles: dict[int, str] = field(default_factory=dict)  # of columns
    covered: dict[int, int] = field(default_factory=dict)  # column -> last row that a cell above reaches down to
    cells: dict[Place, Cell] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def sheet(self) -> list[Sheet]:
        lines = (self.hidden_rows, self.hidden_columns)
        found = build_sheet(self.name, self.cells, self.merged, *lines, hidden=self.hidden)
        return [] if found is None else [found]

    def column(self, element: Element) -> None:
        first = whole(attribute(element, "Index"), self.last_column + 1, MOST_COLUMNS)
        self.last_column = min(first + whole(attribute(element, "Span"), 0, MOST_COLUMNS), MOST_COLUMNS)
        for number in range(first, self.last_column + 1):
            self.styles[number] = attribute(element, "StyleID") or ""
            if attribute(element, "Hidden") == "1":
                self.hidden_columns.add(number)

    def row(self, element: Element) -> None:
        number = whole(attribute(element, "Index"), self.last_row + 1, MOST_ROWS)
        if number <= self.last_row:
            raise UnreadableError(f"Lembar “{self.name}”: nomor baris {number} muncul dua kali. Simpan sebagai .xlsx.")
        self.last_row = number + whole(attribute(element, "Span"), 0, MOST_ROWS)
        if attribute(element, "Hidden") == "1":
            self.hidden_rows |= set(range(number, self.last_row + 1))
        row_style = attribute(element, "StyleID")
        for column, cell in self._placed(element, number):
            if self.covered.get(column, 0) >= number and _read_cell(cell, "")[0].strip():
                raise UnreadableError(f"Lembar “{self.name}” baris {number}: {OVERLAP}")
            own = attribute(cell, "StyleID") or row_style or self.styles.get(column) or "Default"
            self.cells[number, column] = _read_cell(cell, self.formats.get(own, ""))

    def _placed(self, row: Element, number: int) -> Iterator[tuple[int, Element]]:
        column = 0
        for cell in row:
            if local(cell) != "Cell":
                continue
            at = whole(attribute(cell, "Index"), column + 1, MOST_COLUMNS)
            if at <= column:
                raise UnreadableError(f"Lembar “{self.name}” baris {number}: {OVERLAP}")
            column = at + whole(attribute(cell, "MergeAcross"), 0, MOST_COLUMNS)
            bottom = number + whole(attribute(cell, "MergeDown"), 0, MOST_ROWS)
            if column > at or bottom > number:
                self.merged.append((number, at, bottom, column))
            yield at, cell
            self.covered |= dict.fromkeys(range(at, column + 1), bottom) if bottom > number else {}


def _read_cell(cell: Element, number_format: str) -> Cell:
    data = next((child for child in cell if local(child) == "Data"), None)
    text = "" if data is None else _text(data)
    if data is None or not text.strip():
        return (attribute(cell, "Formula") or "", False)
    kind = attribute(data, "Type")
    number = written_number(text) if kind == "Number" else None
    formula = attribute(cell, "Formula")
    if number == 0 and formula:  # exporters write 0 and leave the sum to Excel
        return unsure_formula(formula, text), False
    if number is not None:
        return number_cell(number, number_format)
    if kind == "DateTime":
        return _moment(text, number_format), False
    if kind == "Boolean":
        return {"1": "TRUE", "0": "FALSE"}.get(text.strip(), text), False
    return text, False


def _text(data: Element) -> str:
    parts = [data.text or ""]
    for child in data:
        inner = _text(child)
        parts += [raised(inner) if local(child).casefold() == "sup" else inner, child.tail or ""]
    return "".join(parts)


def _moment(text: str, number_format: str) -> str:
    try:
        return moment_text(dt.datetime.fromisoformat(text.strip()), number_format)
    except ValueError:
        return text
