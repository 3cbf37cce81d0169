"""A copy of a file as sent, with each fault as a comment in its cell and a list of all in front."""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter, quote_sheetname
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from etl.connectors.formats.kinds import extension
from etl.sheets.sheet import Sheet
from etl.sheets.template_sheets import RETURN_SHEET

MOST_FAULTS = 2000  # in one copy; whoever mends these sees the rest next time
MOST_ROWS = 5000  # of a sheet that is copied whole; of a longer one its head and its faulty rows
HEAD_ROWS = 30
MOST_KEPT_BYTES = 3_000_000  # of a workbook that is copied with its looks; a row of it takes kilobytes of memory
MOST_SHEET_ROWS = 1_048_576  # that a workbook can hold
NO_NAME = "Data"  # of a sheet in a file that has none, as CSV
FAULTY = PatternFill("solid", fgColor="FFD9D9")
AUTHOR = "Pantau"
HEADERS = ("No.", "Lembar", "Sel", "Isi", "Yang perlu diperbaiki")
WIDTHS = (6, 22, 10, 32, 100)


def commented_copy(content: bytes, sheets: Iterable[Sheet], findings: pd.DataFrame) -> Workbook:
    """Copy a delivery with its findings written into it; cells keep their places, texts never become formulas.

    `findings` has the columns of FINDING_COLUMNS. A workbook keeps its looks and formulas, but no macros; of any other
    kind only the grid is copied.
    """
    findings = findings.drop_duplicates(["sheet", "row", "column", "sentence"])  # twelve months of one wrong region
    faults = findings.head(MOST_FAULTS)
    book = _as_sent(content) or _grid_copy(sheets, faults)
    if RETURN_SHEET in book.sheetnames:  # a copy that came back with its list
        book.remove(book[RETURN_SHEET])
    for fault in faults.to_dict("records"):
        _comment(book, fault)
    _list_faults(book, faults, len(findings) - len(faults))
    return book


def _as_sent(content: bytes) -> Workbook | None:
    if extension(content) != "xlsx" or len(content) > MOST_KEPT_BYTES:
        return None
    try:
        return load_workbook(io.BytesIO(content), keep_links=False, rich_text=True)
    except Exception:  # noqa: BLE001 - openpyxl fails in any way on what our own reader takes
        return None


def _grid_copy(sheets: Iterable[Sheet], faults: pd.DataFrame) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, parts in groupby(sheets, key=lambda each: each.name):
        target = book.create_sheet(_title(name or NO_NAME))
        at = faults["sheet"].isna() if name is None else faults["sheet"].eq(name)
        rows = {int(row) for row in faults.loc[at, "row"].dropna()}
        for part in parts:
            _copy_cells(target, part, rows)
            for top, left, bottom, right in part.merged:
                target.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    return book


def _title(name: str) -> str:
    """Return a name that a workbook may give a sheet; other kinds of files allow more."""
    return INVALID_TITLE_REGEX.sub("_", ILLEGAL_CHARACTERS_RE.sub("", name))[:31]


def _copy_cells(target: Worksheet, part: Sheet, faulty: set[int]) -> None:
    whole = int(part.cells.index[-1]) <= MOST_ROWS
    for row, texts in zip(part.cells.index, part.cells.itertuples(index=False), strict=True):
        if not (whole or row <= HEAD_ROWS or row in faulty) or row > MOST_SHEET_ROWS:
            continue
        kinds = [False] * len(texts) if part.typed is None else part.typed.loc[row]
        for column, (text, typed) in enumerate(zip(texts, kinds, strict=True), 1):
            if text:
                _write(target.cell(int(row), column), str(text), bool(typed))


def _write(cell: Any, text: str, typed: bool) -> None:
    """Write a number as one, anything else as text that no spreadsheet takes for a formula."""
    if typed and text.endswith("%"):
        cell.value = Decimal(text[:-1]) / 100
        cell.number_format = "0." + "0" * max(len(text.partition(".")[2]) - 1, 0) + "%" if "." in text else "0%"
    elif typed:
        cell.value = Decimal(text)
    else:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_767]
        cell.data_type = "s"
        cell.number_format = "@"


def _comment(book: Workbook, fault: dict[Any, Any]) -> None:
    place = _place(book, fault)
    if place is None:
        return
    sheet, row, column = place
    merged = next((each for each in sheet.merged_cells.ranges if _covers(each, row, column)), None)
    cell = sheet.cell(*(merged.min_row, merged.min_col) if merged else (row, column))
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    text = ILLEGAL_CHARACTERS_RE.sub("", f"{before}{fault['sentence']}")
    cell.comment = Comment(text, AUTHOR, width=420, height=max(60, 20 * (len(text) // 55 + text.count("\n") + 2)))
    cell.fill = FAULTY


def _covers(merged: CellRange, row: int, column: int) -> bool:
    return bool(merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col)


def _place(book: Workbook, fault: dict[Any, Any]) -> tuple[Worksheet, int, int] | None:
    """Find the cell of a fault, the row's first one where it names none; None where it is about a whole sheet."""
    name = fault["sheet"] or (NO_NAME if NO_NAME in book.sheetnames else book.sheetnames[0] if book.sheetnames else "")
    name = name if name in book.sheetnames else _title(name)
    if pd.isna(fault["row"]) or name not in book.sheetnames or fault["row"] > MOST_SHEET_ROWS:
        return None
    column = fault["column"]
    return book[name], int(fault["row"]), column_index_from_string(column) if isinstance(column, str) else 1


def _list_faults(book: Workbook, faults: pd.DataFrame, left_out: int) -> None:
    sheet = book.create_sheet(RETURN_SHEET, 0)
    for column, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True), 1):
        sheet.cell(1, column, header).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, fault in enumerate(faults.to_dict("records"), 1):
        _list_fault(book, sheet, number, fault)
    if left_out:
        _write(sheet.cell(len(faults) + 2, 5), f"… dan {left_out} lagi, yang dikembalikan setelah ini.", typed=False)
    sheet.freeze_panes = "A2"
    book.active = 0
    for each in book.worksheets[1:]:
        each.sheet_view.tabSelected = False


def _list_fault(book: Workbook, sheet: Worksheet, number: int, fault: dict[Any, Any]) -> None:
    place = _place(book, fault)
    where = "" if place is None else f"{get_column_letter(place[2])}{place[1]}"
    sheet.cell(number + 1, 1, number)
    for column, text in enumerate((fault["sheet"] or "", where, fault["raw"] or "", fault["sentence"]), 2):
        _write(sheet.cell(number + 1, column), str(text), typed=False)
        sheet.cell(number + 1, column).alignment = Alignment(wrap_text=True, vertical="top")
    if place is not None:
        link = sheet.cell(number + 1, 3)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{quote_sheetname(place[0].title)}!{where}")
        link.font = Font(color="0563C1", underline="single")


def as_bytes(book: Workbook) -> bytes:
    """Pack a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
