"""XLSX bytes to grids of text: typed cells keep their exact decimal text, never a float's rounding noise."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from etl.connectors.base import UnreadableError
from etl.connectors.formats.archive import open_archive, part
from etl.connectors.formats.grid import EMPTY, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, TOO_LARGE, Cell, Place, build_sheet
from etl.connectors.formats.markup import Element, forget, local, walk, whole
from etl.connectors.formats.ooxml import YES, Book, open_book, rich_text
from etl.connectors.formats.shown import moment_text, number_cell, unsure_formula, written_number
from etl.sheets.sheet import Range, Sheet

COORDINATE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
BROKEN = "Berkas XLSX rusak. Buka di Excel, simpan ulang sebagai .xlsx tanpa sandi, lalu kirim lagi."


def read_workbook(content: bytes) -> list[Sheet]:
    """Read every sheet with content; hidden ones too, for they carry the feed's mark.

    A formula without a stored result keeps its formula as text, so that it is refused instead of read as empty.
    Raises UnreadableError for a file that is damaged, encrypted or too large.
    """
    try:
        book = open_book(open_archive(content))
        found = [_read_sheet(book, *each) for each in book.sheets]
    except (ValueError, LookupError) as error:  # an address, an index or a count that leads nowhere
        raise UnreadableError(BROKEN) from error
    return [sheet for sheet in found if sheet is not None]


def _read_sheet(book: Book, name: str, path: str, hidden: bool) -> Sheet | None:
    cells: dict[Place, Cell] = {}
    merged: list[Range] = []
    hidden_rows, hidden_columns, last = set(), set(), 0
    body = part(book.archive, path)
    for _, element in walk(body, "col", "row", "mergeCell", events=("end",)) if body else ():
        kind = local(element)
        if kind == "row":
            last = whole(element.get("r"), last + 1, MOST_ROWS)
            cells.update(_read_row(book, element, last))
            if element.get("hidden") in YES:
                hidden_rows.add(last)
            forget(element)
            if len(cells) > MOST_CELLS:
                raise UnreadableError(f"Lembar “{name}” terlalu besar: lebih dari {MOST_CELLS} sel. {TOO_LARGE}")
        elif kind == "col" and element.get("hidden") in YES:
            hidden_columns |= set(range(whole(element.get("min"), 1, MOST_COLUMNS), _last_column(element) + 1))
        elif kind == "mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref") or "")
            merged.append((int(top or 1), int(left or 1), int(bottom or MOST_ROWS), int(right or MOST_COLUMNS)))
    return build_sheet(name, cells, merged, hidden_rows, hidden_columns, hidden=hidden)


def _last_column(element: Element) -> int:
    return whole(element.get("max"), 1, MOST_COLUMNS)


def _read_row(book: Book, row: Element, number: int) -> Iterator[tuple[Place, Cell]]:
    column = 0
    for cell in row:
        if written := cell.get("r"):
            match = COORDINATE.fullmatch(written)
            if match is None or int(match[2]) != number:
                raise ValueError(f"cell {written} in row {number}")
            column = column_index_from_string(match[1])
        else:
            column += 1
        read = _read_cell(book, cell)
        if read is not EMPTY:
            yield (number, column), read


def _read_cell(book: Book, cell: Element) -> Cell:
    value, formula, text = None, None, None
    for child in cell:
        name = local(child)
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = "=" + (child.text or "rumus").removeprefix("=")
        elif name == "is":
            text = rich_text(child)
    kind = cell.get("t", "n")
    if text is not None and kind == "inlineStr":
        return text, False
    if not value:
        computed = kind == "str" and value is not None  # an empty text is a result: there is nothing to say
        return EMPTY if formula is None or computed else (formula, False)
    if kind == "s":
        return book.texts[int(value)]
    if kind == "n":
        return _number(book, value, whole(cell.get("s"), 0, 10**6), formula)
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, value), False
    return (_iso_moment(value) if kind == "d" else value), False


def _number(book: Book, value: str, style: int, formula: str | None) -> Cell:
    number = written_number(value)
    if number is None:
        return value, False
    shown = book.formats[style] if style < len(book.formats) else ""
    if formula and number == 0 and book.uncomputed:
        return unsure_formula(formula, value), False
    if style not in book.dates:
        return number_cell(number, shown)
    moment = from_excel(float(number), MAC_EPOCH if book.from_1904 else WINDOWS_EPOCH)
    return (moment_text(moment, shown) if isinstance(moment, dt.datetime) else str(moment)), False


def _iso_moment(value: str) -> str:
    try:
        return moment_text(dt.datetime.fromisoformat(value.removesuffix("Z")), "")
    except ValueError:
        return value
