"""Old Excel files (BIFF, .xls): xlrd gives what calamine leaves out, the format that makes 0.684 a 68.4%."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd

from etl.connectors.base import UnreadableError
from etl.connectors.formats.grid import EMPTY, Cell, Place, build_sheet, raised
from etl.connectors.formats.shown import moment_text, number_cell, unsure_formula
from etl.sheets.sheet import Sheet

FORMULA, BOF, EOF = 0x0006, (0x0009, 0x0209, 0x0409, 0x0809), 0x000A
CALCULATE_ON_LOAD = 0x0002
SIGNATURE = b"\xd0\xcf\x11\xe0"
BARE = tuple(bytes.fromhex(each) for each in ("09080800", "09081000", "09040600", "09020600", "09000400"))
LOCKED = "Berkas Excel ini terkunci sandi. Buka di Excel, hapus sandinya, simpan sebagai .xlsx, lalu kirim lagi."
FOREIGN = "Berkas ini bukan lembar kerja Excel (mungkin dokumen Word atau pesan). Simpan tabelnya sebagai .xlsx."
BROKEN = "Berkas Excel lama (.xls) rusak. Buka di Excel, simpan sebagai .xlsx, lalu kirim lagi."


def is_xls(content: bytes) -> bool:
    """Tell by the first bytes: an OLE container, or the bare stream that some PHP programs write."""
    return content.startswith((SIGNATURE, *BARE))


def read_xls(content: bytes) -> list[Sheet]:
    """Read every sheet with content, hidden ones too.

    A formula whose stored zero waits for Excel to compute it is kept as text. Raises UnreadableError for a file that
    is damaged, encrypted or no workbook.
    """
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableError(LOCKED)
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, on_demand=True, logfile=io.StringIO())
        stream = content if book.mem is None else book.mem  # a bare stream is freed at once
        return [sheet for number in range(book.nsheets) if (sheet := _sheet(book, number, stream)) is not None]
    except xlrd.XLRDError as error:
        reason = str(error).casefold()
        sentence = LOCKED if "encrypt" in reason else FOREIGN if "ole2" in reason else BROKEN
        raise UnreadableError(sentence) from error
    except UnreadableError:
        raise
    except Exception as error:  # a broken record makes xlrd fail in any way
        raise UnreadableError(BROKEN) from error


def _sheet(book: Any, number: int, stream: bytes) -> Sheet | None:
    sheet = book.sheet_by_index(number)
    waiting = set(_uncomputed(stream, book._sh_abs_posn[number]))
    cells: dict[Place, Cell] = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = _cell(book, sheet, row, column)
            cells[row + 1, column + 1] = (unsure_formula("rumus", cell[0]), False) if (row, column) in waiting else cell
    return build_sheet(
        sheet.name,
        cells,
        [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells],
        [row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden],
        [column + 1 for column, info in sheet.colinfo_map.items() if info.hidden and column < sheet.ncols],
        hidden=sheet.visibility != 0,
    )


def _cell(book: Any, sheet: Any, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return number_cell(cell.value, _format(book, cell))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(book, cell), False
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return ("TRUE" if cell.value else "FALSE"), False
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#ERROR"), False
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return _text(book, cell.value, sheet.rich_text_runlist_map.get((row, column))), False
    return EMPTY


def _format(book: Any, cell: Any) -> str:
    if cell.xf_index is None or cell.xf_index >= len(book.xf_list):
        return ""
    shown = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return "" if shown is None else str(shown.format_str)


def _date(book: Any, cell: Any) -> str:
    try:
        return moment_text(xlrd.xldate_as_datetime(cell.value, book.datemode), _format(book, cell))
    except (ValueError, OverflowError):
        return f"{cell.value} (bukan tanggal)"


def _text(book: Any, text: str, runs: list[tuple[int, int]] | None) -> str:
    """Write a text with its raised and struck runs set apart; a run holds until the next one begins."""
    if not runs:
        return text
    ends = [start for start, _ in runs[1:]] + [len(text)]
    parts = [text[: runs[0][0]]]
    for (start, font), end in zip(runs, ends, strict=True):
        look, part = book.font_list[font], text[start:end]
        parts.append(f"~{part}~" if look.struck_out else raised(part) if look.escapement else part)
    return "".join(parts)


def _uncomputed(stream: bytes, position: int) -> Iterator[Place]:
    """Walk a sheet's records for formulas that hold 0 and are to be computed when opened; yield 0-based places."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        depth += (kind in BOF) - (kind == EOF)
        if kind == FORMULA and length >= 16:
            row, column, _, result, flags = struct.unpack_from("<HHHdH", stream, position + 4)
            if result == 0 and flags & CALCULATE_ON_LOAD:
                yield row, column
        if depth <= 0:
            return
        position += 4 + length
