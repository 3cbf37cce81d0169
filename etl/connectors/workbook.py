"""XLSX bytes to grids of text: typed cells keep their exact decimal text, never a float's rounding noise."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Context, Decimal
from typing import Any

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from etl.connectors.base import Sheet, UnreadableError

EXCEL_DIGITS = Context(prec=15)  # a spreadsheet holds 15 significant digits; what follows is noise of the float


def read_workbook(content: bytes) -> list[Sheet]:
    """Read every sheet with content; hidden ones too, for they carry the feed's mark.

    A formula without a stored result keeps its formula as text, so that it is refused instead of read as empty.
    Raises UnreadableError for a damaged or encrypted file.
    """
    try:
        values = load_workbook(io.BytesIO(content), data_only=True)
        formulas = load_workbook(io.BytesIO(content))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise UnreadableError(
            "Berkas XLSX rusak. Buka di Excel, simpan ulang sebagai .xlsx tanpa sandi, lalu kirim lagi."
        ) from error
    return [_sheet(sheet, formulas[sheet.title]) for sheet in values.worksheets if sheet.max_row]


def _sheet(values: Any, formulas: Any) -> Sheet:
    grid = [
        [_cell(cell, formulas.cell(cell.row, cell.column).value) for cell in row]
        for row in values.iter_rows(max_row=values.max_row, max_col=values.max_column)
    ]
    letters = [get_column_letter(number + 1) for number in range(values.max_column)]
    index = range(1, len(grid) + 1)
    cells = pd.DataFrame([[text for text, _ in row] for row in grid], index, letters, dtype=object)
    typed = pd.DataFrame([[kind for _, kind in row] for row in grid], index, letters, dtype=bool)
    return Sheet(values.title, cells, typed)


def _cell(cell: Any, formula: object) -> tuple[str, bool]:
    value = cell.value
    if value is None:
        return (str(formula), False) if isinstance(formula, str) and formula.startswith("=") else ("", False)
    if isinstance(value, bool):
        return str(value).upper(), False
    if isinstance(value, int | float):
        return _number(value, cell.number_format or ""), True
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(), False
    return str(value), False


def _number(value: int | float, number_format: str) -> str:
    number = Decimal(repr(value))
    if isinstance(value, float):
        number = EXCEL_DIGITS.plus(number)
    percent = "%" in number_format
    text = format(number * 100 if percent else number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + "%" if percent else text
