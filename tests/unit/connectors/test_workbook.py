"""XLSX as Excel, LibreOffice and writing libraries make it: what is hidden, merged, struck, broken, uncomputed."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from etl.connectors.base import UnreadableError
from etl.connectors.formats.workbook import read_workbook
from etl.sheets.sheet import Sheet

STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def saved(book: Workbook, changes: dict[bytes, bytes] | None = None) -> bytes:
    buffer, changed = io.BytesIO(), io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(changed, "w") as packed:
        for name in made.namelist():
            content = made.read(name)
            for before, after in (changes or {}).items():
                content = content.replace(before, after)
            packed.writestr(name, content)
    return changed.getvalue()


def read(book: Workbook, changes: dict[bytes, bytes] | None = None) -> Sheet:
    [sheet] = read_workbook(saved(book, changes))
    return sheet


def one(value: object, number_format: str = "General", changes: dict[bytes, bytes] | None = None) -> tuple[str, bool]:
    book = Workbook()
    cell = book.worksheets[0].cell(1, 1)
    cell.value, cell.number_format = value, number_format  # type: ignore[assignment]
    sheet = read(book, changes)
    assert sheet.typed is not None
    return str(sheet.cells.iat[0, 0]), bool(sheet.typed.iat[0, 0])


def test_merged_ranges_and_hidden_lines_are_told() -> None:
    book = Workbook()
    data = book.worksheets[0]
    for row in (["Kecamatan", "2023", "", "rahasia"], ["Kuaro", 1, 2, 3], ["Batu Sopang", 4, 5, 6]):
        data.append(row)
    data.merge_cells("B1:C1")
    data.row_dimensions[3].hidden = True
    data.column_dimensions["D"].hidden = True
    sheet = read(book)
    assert sheet.merged == ((1, 2, 1, 3),)
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns), sheet.hidden) == ({3}, {"D"}, False)


def test_what_a_merged_cell_covers_is_not_seen() -> None:
    book = Workbook()
    book.worksheets[0].append([1, 999])
    changes = {b"</sheetData>": b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'}
    assert read(book, changes).cells.to_numpy().tolist() == [["1"]]


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        ('<c r="A1"><f>SUM(B1:B2)</f><v></v></c>', "=SUM(B1:B2)"),
        ('<c r="A1"><f>SUM(B1:B2)</f></c>', "=SUM(B1:B2)"),
        ('<c r="A1"><f>SUM(B1:B2)</f><v>0</v></c>', "=SUM(B1:B2) (hasil tersimpan 0, belum tentu dihitung)"),
        ('<c r="A1"><f t="shared" si="0"/></c>', "=rumus"),
        ('<c r="A1" t="e"><f>A9</f><v>#REF!</v></c>', "#REF!"),
        ('<c r="A1" t="d"><v>2024-08-31T00:00:00</v></c>', "2024-08-31"),
        ('<c r="A1" t="inlineStr"><is><t>43.1</t></is></c>', "43.1"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
    ],
)
def test_no_formula_without_a_result_and_no_error_is_a_number(cell: str, read_as: str) -> None:
    assert one(7, changes={b'<c r="A1" t="n"><v>7</v></c>': cell.encode()}) == (read_as, False)


def test_a_computed_formula_is_a_number_and_a_computed_empty_text_is_empty() -> None:
    computed = {b'<c r="A1" t="n"><v>7</v></c>': b'<c r="A1"><f>3+4</f><v>7</v></c>'}
    assert one(7, changes=computed) == ("7", True)
    zero = {b'<c r="A1" t="n"><v>7</v></c>': b'<c r="A1"><f>0*7</f><v>0</v></c>', b'fullCalcOnLoad="1"': b""}
    assert one(7, changes=zero) == ("0", True)
    book = Workbook()
    book.worksheets[0].append([7, "x"])
    blank = {b'<c r="A1" t="n"><v>7</v></c>': b'<c r="A1" t="str"><f>IF(B1="","",1)</f><v></v></c>'}
    assert read(book, blank).cells.iat[0, 0] == ""


@pytest.mark.parametrize("shown", ["#,##0,", '0.0,,"M"', "0.0%;-0.0"])
def test_a_format_that_shows_another_number_makes_no_number(shown: str) -> None:
    text, typed = one(388250, shown)
    assert text == f"388250 (tampil dengan format {shown})"
    assert not typed


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        (388250, '_("Rp"* #,##0_);_("Rp"* (#,##0);_("Rp"* "-"_)', "388250"),
        (1234.5, "#,##0.00", "1234.5"),
        (0.684, '0.0%;-0.0%;"-"', "68.4%"),
        (-0.05, "[Red]0%", "-5%"),
        (2024, "0", "2024"),
        (1e15, "0.00E+00", "1000000000000000"),
    ],
)
def test_a_format_that_only_dresses_a_number_changes_nothing(value: float, shown: str, text: str) -> None:
    assert one(value, shown) == (text, True)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ('0.00" T"', "2.75 [T]"),
        (r"0.00\ \j\t", "2.75 [Jt]"),
        ('"Rp "0.00" M"', "2.75 [M Rp]"),
        ('0.0" Miliar"', "2.75 [miliar Rp]"),
        ('0.0" ribu jiwa"', "2.75 [ribu jiwa]"),
        ('0" orang"', "2.75 [orang]"),
        ("[$$-409]#,##0", "2.75 [us$]"),
        ('0" (sementara)"', "2.75"),
    ],
)
def test_a_unit_that_a_format_shows_stands_beside_the_number(shown: str, text: str) -> None:
    assert one(2.75, shown) == (text, True)


def test_a_raised_or_struck_part_of_a_text_joins_no_number() -> None:
    raised, struck = TextBlock(InlineFont(vertAlign="superscript"), "1)"), TextBlock(InlineFont(strike=True), "12")
    assert one(CellRichText("12", raised)) == ("12¹⁾", False)
    assert one(CellRichText(struck, " 15")) == ("~12~ 15", False)


def test_a_strict_workbook_is_read_like_any_other() -> None:
    assert one(335.58, changes=STRICT) == ("335.58", True)


def test_dates_count_from_the_workbooks_own_epoch() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = 44073
    book.worksheets[0]["A1"].number_format = "yyyy-mm-dd"
    assert read(book).cells.iat[0, 0] == "2020-08-30"
    assert read(book, {b"<workbookPr/>": b'<workbookPr date1904="1"/>'}).cells.iat[0, 0] == "2024-08-31"


@pytest.mark.parametrize("cell", ['<c r="B7"><v>1</v></c>', '<c r="A1" t="s"><v>99</v></c>', '<c r="1A"><v>1</v></c>'])
def test_a_cell_at_an_impossible_place_breaks_the_file(cell: str) -> None:
    with pytest.raises(UnreadableError, match="rusak"):
        one(7, changes={b'<c r="A1" t="n"><v>7</v></c>': cell.encode()})
