"""The list of returned rows as a workbook: one row for each, the sentence beside its cell and as its comment."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from etl.catalogue.observation import Finding

WIDTHS = {
    **{"Nomor penerimaan": 10, "Kiriman": 22, "Berkas": 36, "Lembar": 14, "Baris": 8, "Kolom": 8},
    **{"Isi sel": 28, "Aturan": 22, "Jenis": 14, "Penjelasan": 90},
}
SEVERITIES = {"refused": "dikembalikan", "warning": "peringatan"}
ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])  # control characters that a workbook cannot hold


def returned_rows(findings: Sequence[Finding]) -> Workbook:
    """Make the workbook. Texts of files are written as texts, so that none of them is taken for a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Baris dikembalikan")
    for letter, width in zip("ABCDEFGHIJ", WIDTHS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, head) for head in WIDTHS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for each in findings:
        place = (each.attempt, each.feed, each.file, each.sheet, each.row, each.column)
        said = (each.raw, each.rule, SEVERITIES[each.severity], each.sentence)
        sheet.append([_cell(sheet, text, each) for text in (*place, *said)])
    return book


def _cell(sheet: WriteOnlyWorksheet, text: str | int | None, finding: Finding) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, text.translate(ILLEGAL) if isinstance(text, str) else text)
    if isinstance(text, str):
        cell.data_type = "s"
    if text == finding.raw:
        cell.comment = Comment(finding.sentence.translate(ILLEGAL), "Pantau", width=360, height=140)
    if text == finding.sentence:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
