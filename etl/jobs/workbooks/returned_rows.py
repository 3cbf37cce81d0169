"""The list of returned rows as a workbook: one row for each, the sentence beside its cell and as its comment."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from etl.measures.observation import Finding

WIDTHS = {
    **{"Nomor pemuatan data": 10, "Kiriman": 22, "Berkas": 36, "Lembar": 14, "Baris": 8, "Kolom": 8},
    **{"Isi sel": 28, "Aturan": 22, "Jenis": 14, "Penjelasan": 90},
}
MOST_ROWS = 1_048_575  # of a sheet below its head
MOST_COMMENTS = 5000  # a workbook writes them from memory; the sentence stands in its column anyway
SEVERITIES = {"refused": "dikembalikan", "warning": "peringatan"}
ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])  # control characters that a workbook cannot hold


def returned_rows(findings: Iterable[Finding]) -> tuple[Workbook, int]:
    """Make the workbook of the first MOST_ROWS; return it with their number.

    Texts of files are written as texts, so that none of them is taken for a formula.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Baris dikembalikan")
    for letter, width in zip("ABCDEFGHIJ", WIDTHS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, head) for head in WIDTHS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    count = 0
    for count, each in enumerate(islice(findings, MOST_ROWS), 1):
        sheet.append(_row(sheet, each, count <= MOST_COMMENTS))
    return book, count


def _row(sheet: WriteOnlyWorksheet, found: Finding, commented: bool) -> list[Cell]:
    place = (found.attempt, found.feed, found.file, found.sheet, found.row, found.column)
    raw, sentence = _cell(sheet, found.raw), _cell(sheet, found.sentence)
    if commented:
        raw.comment = Comment(found.sentence.translate(ILLEGAL), "Pantau", width=360, height=140)
    sentence.alignment = Alignment(wrap_text=True, vertical="top")
    kind = (found.rule, SEVERITIES[found.severity])
    return [*(_cell(sheet, text) for text in place), raw, *(_cell(sheet, text) for text in kind), sentence]


def _cell(sheet: WriteOnlyWorksheet, text: str | int | None) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, text.translate(ILLEGAL) if isinstance(text, str) else text)
    if isinstance(text, str):
        cell.data_type = "s"
    return cell
