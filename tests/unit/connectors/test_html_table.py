"""HTML tables: cells stand where a browser shows them, and their text is what a reader sees."""

from __future__ import annotations

import pytest

from etl.connectors.base import UnreadableError
from etl.connectors.formats.html_table import read_html
from etl.sheets.sheet import Sheet


def read(text: str) -> Sheet:
    [sheet] = read_html(text.encode())
    return sheet


def grid(text: str) -> list[list[str]]:
    return list(read(text).cells.to_numpy().tolist())


def cell(inner: str, attributes: str = "") -> tuple[str, bool]:
    sheet = read(f"<table><tr><td {attributes}>{inner}</td></tr></table>")
    assert sheet.typed is not None
    return str(sheet.cells.iat[0, 0]), bool(sheet.typed.iat[0, 0])


def test_a_bare_table_of_a_php_program_is_read_as_text() -> None:
    sheet = read(
        '<table border="1"><tr><th colspan="2">Laporan Bulanan Puskesmas</th></tr>'
        "<tr><td>Kunjungan</td><td>1.204</td></tr><tr><td>Rujukan</td><td>NA</td></tr></table>"
    )
    assert sheet.cells.to_numpy().tolist() == [
        ["Laporan Bulanan Puskesmas", ""],
        ["Kunjungan", "1.204"],
        ["Rujukan", "NA"],
    ]
    assert (sheet.name, sheet.merged) == (None, ((1, 1, 1, 2),))
    assert not sheet.typed.to_numpy().any()  # type: ignore[union-attr]


def test_spans_push_cells_to_where_they_are_seen() -> None:
    sheet = read(
        "<TABLE><TR><TD ROWSPAN=2>No<TD ROWSPAN=2>Kecamatan<TD COLSPAN=2>Balita</TD></TR>"
        "<TR><TD>L<TD>P</TR><TR><TD>1<TD>Kuaro<TD>335,58<TD>2</TABLE>"
    )
    assert sheet.cells.to_numpy().tolist() == [
        ["No", "Kecamatan", "Balita", ""],
        ["", "", "L", "P"],
        ["1", "Kuaro", "335,58", "2"],
    ]
    assert sheet.merged == ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4))


def test_sections_forms_and_forgotten_row_tags_keep_their_rows() -> None:
    text = "<table><thead><tr><th>a</th></tr></thead><form><tr><td>1</td></tr></form><td>2</td><td>3</td></table>"
    assert grid(text) == [["a", ""], ["1", ""], ["2", "3"]]


def test_a_cell_that_spans_to_the_end_covers_every_row_below() -> None:
    assert grid("<table><tr><td rowspan=0>x<td>1<tr><td>2<tr><td>3</table>") == [["x", "1"], ["", "2"], ["", "3"]]


def test_nested_and_several_tables_are_sheets_of_their_own() -> None:
    text = (
        "<table><tr><td>luar<table><tr><td>dalam</td><td>1</td></tr></table></td></tr></table>"
        "<table></table><table><tr><td>lagi</td></tr></table>"
    )
    sheets = read_html(text.encode())
    assert [(each.name, each.cells.to_numpy().tolist()) for each in sheets] == [
        ("Tabel 1", [["luar [tabel]"]]),
        ("Tabel 2", [["dalam", "1"]]),
        ("Tabel 4", [["lagi"]]),
    ]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("&nbsp;1.204&nbsp;", "\xa01.204\xa0"),
        ("335,<!-- 9 -->58<script>1</script><style>2</style>", "335,58"),
        ("<b>Kab.</b>\n  Paser", "Kab. Paser"),
        ("Kecamatan<br>Subdistrict", "Kecamatan\nSubdistrict"),
        ("12<sup>1</sup>", "12¹"),
        ("<del>12</del>15", "~12~15"),
        ('<span style="display:none">0000012</span>12', "12"),
        ("Rp&nbsp;388.250.500.000,00", "Rp\xa0388.250.500.000,00"),
        ("&lt;5", "<5"),
        ("<div>1</div><div>2</div>", "1\n2"),
    ],
)
def test_a_cell_holds_what_a_reader_sees(inner: str, text: str) -> None:
    assert cell(inner) == (text, False)


@pytest.mark.parametrize(
    ("inner", "attributes", "expected"),
    [
        ("68,4%", 'x:num="0.684"', ("68.4%", True)),
        ("1,204", 'sdval="1204" sdnum="1033;0;#,##0"', ("1204", True)),
        ("68.43", 'x:num="68.4267"', ("68.4267", True)),
        ("(12)", 'x:num="-12"', ("-12", True)),
        ("0", 'x:num="0"', ("0", True)),
        ("335,58", "x:num", ("335,58", False)),
        ("388", 'x:num="388250"', ("388", False)),
        ("31/08/2024", 'x:num="45535"', ("31/08/2024", False)),
    ],
)
def test_the_exact_number_behind_the_text_is_taken_where_the_text_shows_it(
    inner: str, attributes: str, expected: tuple[str, bool]
) -> None:
    assert cell(inner, attributes) == expected


def test_hidden_rows_and_columns_are_told_and_hidden_cells_are_not_there() -> None:
    sheet = read(
        '<table><col><col style="display:none" span=2><tr hidden><td>a<td>b<td>c</tr>'
        "<tr style='mso-x:1;display: none'><td>1</tr><tr><td style='display:none'>x</td><td>2</table>"
    )
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({1, 2}, {"B", "C"})
    assert sheet.cells.at[3, "A"] == "2"


@pytest.mark.parametrize(
    "content",
    [
        "<table><tr><td>Kutai–Timur</table>".encode(),
        "<table><tr><td>Kutai–Timur</table>".encode("cp1252"),
        "<meta charset=iso-8859-1><table><tr><td>Kutai–Timur</table>".encode("cp1252"),
        "<meta http-equiv=x content='text/html; charset=utf-8'><table><tr><td>Kutai–Timur</table>".encode(),
        "<table><tr><td>Kutai–Timur</table>".encode("utf-16"),
        "\ufeff<table><tr><td>Kutai–Timur</table>".encode(),
    ],
)
def test_the_charset_is_that_of_the_page(content: bytes) -> None:
    assert read_html(content)[0].cells.iat[0, 0] == "Kutai–Timur"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<html><body>Silakan masuk</body></html>", "tanpa tabel"),
        ("<table><tr><td>12", "terpotong"),
        ("<table><tr><td>12</td></tr>", "terpotong"),
        ("<table><tr><td>12</td></tr></table><table><tr><td>1</td>", "terpotong"),
        ("<table><tr><td>" + "<div>" * 400 + "1</table><table><tr><td>2</table>", "bersarang"),
        ("<table><tr>" + "<td colspan=1000>" * 20 + "</table>", "lebar"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(text: str, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_html(text.encode())
