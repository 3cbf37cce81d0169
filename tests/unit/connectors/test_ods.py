"""OpenDocument: values as LibreOffice holds and shows them, repeated lines without their weight."""

from __future__ import annotations

import io
import zipfile

import pytest

from etl.connectors.base import UnreadableError
from etl.connectors.formats.ods import read_ods
from etl.sheets.sheet import Sheet

NAMES = {
    **{"office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle"},
    **{"draw": "drawing", "fo": "xsl-fo-compatible"},
}
HEAD = "".join(f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in NAMES.items())
CALC = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLES = (
    '<number:percentage-style style:name="N1"><number:number/><number:text>%</number:text></number:percentage-style>'
    '<number:date-style style:name="N2"><number:month number:textual="true"/><number:year/></number:date-style>'
    '<number:number-style style:name="N3"><number:number number:display-factor="1000"/></number:number-style>'
    '<number:number-style style:name="N4"><number:number/><number:text>%</number:text></number:number-style>'
    + "".join(
        f'<style:style style:name="ce{n}" style:family="table-cell" style:data-style-name="N{n}"/>' for n in "1234"
    )
    + '<style:style style:name="ta0" style:family="table"><style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    "</style:style>"
)


def content(body: str) -> str:
    return (
        f'<?xml version="1.0"?><office:document-content{HEAD}{CALC}><office:automatic-styles>{STYLES}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def packed(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", parts.get("manifest", ""))
        archive.writestr("content.xml", content(body))
    return buffer.getvalue()


def table(rows: str, attributes: str = "") -> str:
    return f'<table:table table:name="Data" {attributes}>{rows}</table:table>'


def read(rows: str, attributes: str = "") -> Sheet:
    [sheet] = read_ods(packed(table(rows, attributes)))
    return sheet


def number(value: str, shown: str = "", kind: str = "float", more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}" {more}>'
        f"<text:p>{shown or value}</text:p></table:table-cell>"
    )


def word(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (number("335.58", "335,58"), ("335.58", True)),
        (number("0.30000000000000004"), ("0.3", True)),
        (number("388250500000", "Rp 388.250.500.000,00", "currency"), ("388250500000", True)),
        (number("0.684", "68,4%", "percentage"), ("68.4%", True)),
        (number("5").replace("<table:table-cell ", '<table:table-cell calcext:value-type="error" '), ("5", True)),
        (number("0.684", "68,4%", "float", 'table:style-name="ce1"'), ("68.4%", True)),
        (number("12.5", "12,5%", "float", 'table:style-name="ce4"'), ("12.5%", True)),
        (word("43.1"), ("43.1", False)),
        (word('12<text:span text:style-name="T1">1</text:span>'), ("12¹", False)),
        (word('Long<text:s/>Ikis<text:line-break/>x<text:s text:c="2"/>y'), ("Long Ikis\nx  y", False)),
        ('<table:table-cell office:value-type="string"><office:annotation><text:p>9</text:p></office:annotation>'
         "<text:p>a</text:p><text:p>b</text:p></table:table-cell>", ("a\nb", False)),
        ('<table:table-cell table:formula="of:=SUM([.A1])"/>', ("of:=SUM([.A1])", False)),
        (number("12", "12", "float", 'table:formula="of:=6*2"'), ("12", True)),
        ('<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error" '
         'table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>', ("#DIV/0!", False)),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>BENAR</text:p>'
         "</table:table-cell>", ("TRUE", False)),
        ('<table:table-cell office:value-type="date" office:date-value="2024-08-31"><text:p>x</text:p>'
         "</table:table-cell>", ("2024-08-31", False)),
        ('<table:table-cell table:style-name="ce2" office:value-type="date" office:date-value="2024-08-01">'
         "<text:p>Agu 2024</text:p></table:table-cell>", ("2024-08", False)),
    ],
)  # fmt: skip
def test_a_cell_is_read_by_its_type_and_style(cell: str, expected: tuple[str, bool]) -> None:
    sheet = read(row(cell))
    assert sheet.typed is not None
    assert (sheet.cells.iat[0, 0], bool(sheet.typed.iat[0, 0])) == expected


def test_a_display_in_thousands_is_no_number() -> None:
    sheet = read(row(number("388250", "388", "float", 'table:style-name="ce3"')))
    assert sheet.typed is not None
    assert not sheet.typed.iat[0, 0]
    assert str(sheet.cells.iat[0, 0]).startswith("388250 (")


def test_repeated_cells_and_rows_stand_at_their_places() -> None:
    sheet = read(
        row(word("a"), '<table:table-cell table:number-columns-repeated="2"/>', word("d"))
        + row("<table:table-cell/>", more='table:number-rows-repeated="3"')
        + row(number("1", "1", "float", 'table:number-columns-repeated="2"'), more='table:number-rows-repeated="2"')
        + row('<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1048570"')
    )
    assert sheet.cells.iloc[0].tolist() == ["a", "", "", "d"]
    assert sheet.cells.to_numpy().tolist()[4:] == [["1", "1", "", ""]] * 2
    assert len(sheet.cells) == 6


def test_a_million_filled_repeats_are_refused() -> None:
    with pytest.raises(UnreadableError, match="terlalu besar"):
        read(row(number("1", "1", "float", 'table:number-columns-repeated="16384"'),
                 more='table:number-rows-repeated="1048576"'))  # fmt: skip


def test_merged_cells_hold_their_text_in_the_first_cell_only() -> None:
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    sheet = read(
        row(word("judul", spans), "<table:covered-table-cell><text:p>lama</text:p></table:covered-table-cell>")
        + row('<table:covered-table-cell table:number-columns-repeated="2"/>', word("x"))
    )
    assert sheet.cells.to_numpy().tolist() == [["judul", "", ""], ["", "", "x"]]
    assert sheet.merged == ((1, 1, 2, 2),)


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    rows = row(word("a"), word("b"), word("c"), more='table:visibility="filter"') + row(word("d"))
    sheet = read(columns + rows, 'table:style-name="ta0"')
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns), sheet.hidden) == ({1}, {"B", "C"}, True)


def test_tables_that_are_no_sheets_are_not_read() -> None:
    inner = table(row(word("dalam")))
    frame = f"<table:table-cell><draw:frame>{inner}</draw:frame><text:p>luar</text:p></table:table-cell>"
    links = f"<table:dde-links><table:dde-link>{table(row(number('9')))}</table:dde-link></table:dde-links>"
    [sheet] = read_ods(packed(table(row(frame)) + links))
    assert sheet.cells.to_numpy().tolist() == [["luar"]]


def test_a_flat_document_is_read_too() -> None:
    flat = content(table(row(number("5")))).replace("document-content", "document").encode()
    assert read_ods(flat)[0].cells.iat[0, 0] == "5"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (packed("", manifest="<x:encryption-data/>"), "sandi"),
        (packed("<table:table>"), "rusak"),
        (packed(table(row(number("5"))))[:-30], "rusak"),
        (content(table(row(number("&a;")))).replace("?>", '?><!DOCTYPE x [<!ENTITY a "1">]>').encode(), "DOCTYPE"),
    ],
)
def test_what_cannot_be_read_with_certainty_is_refused(file: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_ods(file)
