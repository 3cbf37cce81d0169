"""The shapes in which offices send: workbook, semicolon CSV with a BOM, HTML or XML under a spreadsheet's name."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Sequence
from random import Random

from openpyxl import Workbook

Grid = Sequence[Sequence[str]]
Shape = Callable[[Grid], bytes]
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def workbook(grid: Grid) -> bytes:
    """Write a workbook as a person does: a sheet with a name, numbers as text."""
    book = Workbook()
    [sheet] = book.worksheets
    sheet.title = "Data"
    for row in grid:
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def semicolons(grid: Grid) -> bytes:
    """Write CSV as a spreadsheet with Indonesian settings does."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(grid)
    return out.getvalue().encode("utf-8-sig")


def html_table(grid: Grid) -> bytes:
    """Write an HTML table, as web applications do under the name .xls."""
    rows = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in grid]
    return f"<table border='1'>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>".encode()


def spreadsheet_xml(grid: Grid) -> bytes:
    """Write the XML of old spreadsheets, as reporting servers do."""
    rows = ["".join(f'<Cell><Data ss:Type="String">{html.escape(cell)}</Data></Cell>' for cell in row) for row in grid]
    body = "".join(f"<Row>{row}</Row>" for row in rows)
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{SPREADSHEET}" xmlns:ss="{SPREADSHEET}">'
        f'<Worksheet ss:Name="Data"><Table>{body}</Table></Worksheet></Workbook>'
    ).encode()


SHAPES: tuple[tuple[str, Shape], ...] = (
    ("xlsx", workbook),
    ("csv", semicolons),
    ("xls", html_table),
    ("xls", spreadsheet_xml),
)


def pick_shape(dice: Random) -> tuple[str, Shape]:
    """Choose how an office sends: its extension, and what writes it."""
    return dice.choice(SHAPES)
