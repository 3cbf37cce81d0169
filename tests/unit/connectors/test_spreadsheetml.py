"""SpreadsheetML 2003: cells stand where Excel shows them, numbers keep their text, nothing empty becomes zero."""

from __future__ import annotations

import pytest

from etl.connectors.base import UnreadableError
from etl.connectors.formats.spreadsheetml import read_spreadsheetml
from etl.sheets.sheet import Sheet

HEAD = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)


def book(table: str, styles: str = "", after: str = "") -> bytes:
    return (
        f'{HEAD}<Styles>{styles}</Styles><Worksheet ss:Name="Data"><Table>{table}</Table>{after}</Worksheet></Workbook>'
    ).encode()


def data(kind: str, text: str, **attributes: str) -> str:
    said = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f'<Cell{said}><Data ss:Type="{kind}">{text}</Data></Cell>'


def read(table: str, styles: str = "", after: str = "") -> Sheet:
    [sheet] = read_spreadsheetml(book(table, styles, after))
    return sheet


def one(cell: str, styles: str = "") -> tuple[str, bool]:
    sheet = read(f"<Row>{cell}</Row>", styles)
    assert sheet.typed is not None
    return str(sheet.cells.iat[0, 0]), bool(sheet.typed.iat[0, 0])


def test_gaps_between_rows_and_cells_are_kept() -> None:
    sheet = read(f'<Row>{data("String", "a")}{data("String", "c", Index="3")}</Row><Row ss:Index="5">'
                 f'{data("Number", "7", Index="2")}</Row>')  # fmt: skip
    assert sheet.cells.to_numpy().tolist()[0] == ["a", "", "c"]
    assert sheet.cells.at[5, "B"] == "7"
    assert len(sheet.cells) == 5


def test_merged_cells_push_what_follows_to_the_right() -> None:
    sheet = read(f"<Row>{data('String', 'judul', MergeAcross='2', MergeDown='1')}{data('Number', '1')}</Row>")
    assert sheet.cells.at[1, "D"] == "1"
    assert sheet.merged == ((1, 1, 1, 3),)


def test_two_cells_in_one_place_are_refused() -> None:
    with pytest.raises(UnreadableError, match="satu tempat"):
        read(f"<Row>{data('String', 'a', MergeDown='1')}{data('String', 'b')}</Row><Row>{data('Number', '1')}</Row>")
    with pytest.raises(UnreadableError, match="satu tempat"):
        read(f"<Row>{data('String', 'a', Index='2')}{data('String', 'b', Index='1')}</Row>")
    with pytest.raises(UnreadableError, match="dua kali"):
        read('<Row ss:Index="2"/><Row ss:Index="1"/>')


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (data("Number", "3200000000000"), ("3200000000000", True)),
        (data("Number", "82.26"), ("82.26", True)),
        (data("Number", "7.75E1"), ("77.5", True)),
        (data("Number", "0.30000000000000004"), ("0.3", True)),
        (data("Number", "335,58"), ("335,58", False)),
        (data("String", "82.26"), ("82.26", False)),
        (data("Boolean", "1"), ("TRUE", False)),
        (data("DateTime", "2024-08-31T00:00:00.000"), ("2024-08-31", False)),
        (data("Error", "#REF!"), ("#REF!", False)),
        ('<Cell ss:Formula="=R1C1+1"/>', ("=R1C1+1", False)),
        (data("Number", "12", Formula="=SUM(R1C1)"), ("12", True)),
        ('<Cell><ss:Data ss:Type="String">12<html:Sup xmlns:html="x">1</html:Sup></ss:Data></Cell>', ("12¹", False)),
        ('<Cell><Comment><ss:Data>9</ss:Data></Comment><Data ss:Type="Number">5</Data></Cell>', ("5", True)),
    ],
)
def test_a_cell_is_read_by_its_type(cell: str, expected: tuple[str, bool]) -> None:
    assert one(cell) == expected


def test_a_stored_zero_of_a_formula_is_no_result() -> None:
    text, typed = one(data("Number", "0", Formula="=SUM(R1C1:R9C1)"))
    assert text.startswith("=SUM")
    assert not typed


def test_an_empty_text_is_not_zero() -> None:
    sheet = read(f"<Row>{data('String', '')}{data('Number', '')}{data('Number', '0')}</Row>")
    assert sheet.cells.to_numpy().tolist() == [["", "", "0"]]


def test_a_percent_style_of_cell_row_or_column_multiplies() -> None:
    styles = (
        '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="q" ss:Parent="p"/>'
        '<Style ss:ID="d"><NumberFormat ss:Format="mmm\\-yy"/></Style>'
    )
    number = data("Number", "0.684")
    sheet = read(
        '<Column ss:Index="2" ss:StyleID="p" ss:Hidden="1"/>'
        f'<Row>{number}{number}{data("Number", "0.684", StyleID="q")}</Row><Row ss:StyleID="p" ss:Hidden="1">{number}'
        f"{data('DateTime', '2024-08-01T00:00:00.000', StyleID='d')}</Row>",
        styles,
    )
    assert sheet.cells.to_numpy().tolist() == [["0.684", "68.4%", "68.4%"], ["68.4%", "2024-08", ""]]
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({2}, {"B"})


def test_a_hidden_sheet_is_told() -> None:
    options = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>'
        "</WorksheetOptions>"
    )
    assert read(f"<Row>{data('String', 'x')}</Row>", after=options).hidden
    assert not read(f"<Row>{data('String', 'x')}</Row>").hidden


def test_a_bare_ampersand_of_a_hand_written_export_is_read() -> None:
    assert one(data("String", "Gizi & KIA &amp; &#65;")) == ("Gizi & KIA & A", False)


BOMB = '<!DOCTYPE x [<!ENTITY a "99">]>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (book("<Row><Cell>"), "rusak"),
        (book("<Row>")[:-40], "rusak"),
        ((BOMB + book(f"<Row>{data('Number', '&a;')}</Row>").decode().split("?>\n", 2)[2]).encode(), "DOCTYPE"),
        (b"<Workbook/>", "lembar kerja"),
        (book(f'<Row ss:Index="900000">{data("Number", "1", Index="9000")}</Row>'), "terlalu besar"),
    ],
)
def test_what_cannot_be_read_with_certainty_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_spreadsheetml(content)
