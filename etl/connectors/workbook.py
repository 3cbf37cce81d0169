"""XLSX bytes to grids of text: typed cells keep their exact decimal text, never a float's rounding noise."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from decimal import Context, Decimal
from typing import Any

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from etl.connectors.base import Sheet, UnreadableError

MOST_CELLS = 5_000_000  # of a sheet, which stands in memory whole; 1,048,576 rows of four
MOST_UNPACKED = 100_000_000  # bytes; a small archive may swell to more than the machine's memory
EXCEL_DIGITS = Context(prec=15)  # a spreadsheet holds 15 significant digits; what follows is noise of the float
UNSEEN = re.compile(r"[_*].|\[[^\]]*\]")  # of a number format: padding, fill, colour, locale
QUOTED = re.compile(r'"[^"]*"|\\.')
Cell = tuple[str, bool]  # text, and whether it is a number
EMPTY: Cell = ("", False)


def read_workbook(content: bytes) -> list[Sheet]:
    """Read every sheet with content; hidden ones too, for they carry the feed's mark.

    A formula without a stored result keeps its formula as text, so that it is refused instead of read as empty.
    Raises UnreadableError for a file that is damaged, encrypted or too large.
    """
    values, formulas = _open(content, data_only=True), _open(content, data_only=False)
    found = [_sheet(sheet, formulas[sheet.title]) for sheet in values.worksheets]
    return [sheet for sheet in found if sheet is not None]


def _open(content: bytes, data_only: bool) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
        if unpacked <= MOST_UNPACKED:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of styles and extensions, which hold no figures
                return load_workbook(io.BytesIO(content), data_only=data_only)
    except Exception as error:  # a broken part makes openpyxl fail in any way
        raise UnreadableError(
            "Berkas XLSX rusak. Buka di Excel, simpan ulang sebagai .xlsx tanpa sandi, lalu kirim lagi."
        ) from error
    raise UnreadableError(
        f"Berkas XLSX terlalu besar: isinya {unpacked // 1_000_000} MB, paling besar {MOST_UNPACKED // 1_000_000} MB. "
        "Hapus lembar dan gambar yang tidak perlu, atau bagi menjadi beberapa berkas."
    )


def _sheet(values: Any, formulas: Any) -> Sheet | None:
    # The cells themselves: walking by rows and columns would make every empty one between two far apart.
    stored = {place: _cell(cell, formulas._cells.get(place)) for place, cell in values._cells.items()}
    filled = {place: cell for place, cell in stored.items() if cell[0].strip()}
    if not filled:
        return None
    height, width = max(row for row, _ in filled), max(column for _, column in filled)
    if height * width > MOST_CELLS:
        raise UnreadableError(
            f"Lembar “{values.title}” terlalu besar: {height} baris kali {width} kolom. "
            "Hapus isi yang jauh dari tabelnya, atau bagi menjadi beberapa berkas."
        )
    grid = [[filled.get((row, column), EMPTY) for column in range(1, width + 1)] for row in range(1, height + 1)]
    index, letters = range(1, height + 1), [get_column_letter(number + 1) for number in range(width)]
    cells = pd.DataFrame([[text for text, _ in row] for row in grid], index, letters, dtype=object)
    typed = pd.DataFrame([[kind for _, kind in row] for row in grid], index, letters, dtype=bool)
    return Sheet(values.title, cells, typed)


def _cell(cell: Any, formula: Any) -> Cell:
    value = cell.value
    if value is None:
        written = getattr(formula, "value", None)
        return ("" if written is None else str(getattr(written, "text", written)), False)
    if isinstance(value, bool):
        return str(value).upper(), False
    if isinstance(value, int | float):
        return _number(value, cell.number_format or ""), True
    if isinstance(value, dt.datetime):
        return _moment(value, cell.number_format or ""), False
    return str(value), False


def _moment(value: dt.datetime, number_format: str) -> str:
    """Write a date as far as its cell shows it: "Agt 2024" stands in a cell as 1 August."""
    shown = QUOTED.sub("", UNSEEN.sub("", number_format)).casefold()
    if "y" in shown and "d" not in shown:
        return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
    return value.date().isoformat() if value.time() == dt.time() else value.isoformat()


def _number(value: int | float, number_format: str) -> str:
    """Write a number exactly; a percent sign of its format multiplies, one that is quoted there only stands beside."""
    shown = UNSEEN.sub("", number_format)
    number = Decimal(repr(value))
    if isinstance(value, float):
        number = EXCEL_DIGITS.plus(number)
    text = format(number * 100 if "%" in QUOTED.sub("", shown) else number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + "%" if "%" in shown else text
