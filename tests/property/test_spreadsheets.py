"""Whatever a grid holds, every kind of file that holds it is read to the same cells at the same places."""

from __future__ import annotations

import html
import io
import zipfile
from decimal import Decimal
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from etl.connectors.formats.kinds import read_bytes
from etl.connectors.formats.shown import number_cell
from etl.sheets.sheet import Sheet

WORDS = st.text(st.sampled_from("abcXYZ 0123456789.,%=+-@&<>\"'éñ–"), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
NUMBERS = st.decimals(min_value=-(10**14), max_value=10**14, places=3, allow_nan=False, allow_infinity=False).filter(
    lambda number: len(number.as_tuple().digits) <= 15
)
GRIDS = st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 8)), WORDS.filter(bool) | NUMBERS, min_size=1)
Grid = dict[tuple[int, int], str | Decimal]


def xlsx(grid: Grid) -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    for place, value in grid.items():
        cell = book.worksheets[0].cell(*place)
        cell.value = value
        cell.data_type = "s" if isinstance(value, str) else "n"
    book.save(buffer)
    return buffer.getvalue()


def spreadsheetml(grid: Grid) -> bytes:
    rows = []
    for row in sorted({place[0] for place in grid}):
        cells = "".join(
            f'<Cell ss:Index="{column}"><Data ss:Type="{"String" if isinstance(value, str) else "Number"}">'
            f"{escape(str(value))}</Data></Cell>"
            for (at, column), value in sorted(grid.items())
            if at == row
        )
        rows.append(f'<Row ss:Index="{row}">{cells}</Row>')
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="Sheet"><Table>'
        f"{''.join(rows)}</Table></Worksheet></Workbook>"
    ).encode()


def ods(grid: Grid) -> bytes:
    rows, height = [], max(row for row, _ in grid)
    for row in range(1, height + 1):
        cells, last = [], 0
        for column in sorted(column for at, column in grid if at == row):
            if column - last > 1:
                cells.append(f'<table:table-cell table:number-columns-repeated="{column - last - 1}"/>')
            value, last = grid[row, column], column
            kind = "string" if isinstance(value, str) else "float"
            cells.append(
                f'<table:table-cell office:value-type="{kind}" office:value="{html.escape(str(value))}">'
                f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
            )
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f'<office:spreadsheet><table:table table:name="Sheet">{"".join(rows)}</table:table></office:spreadsheet>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:body>{body}</office:body></office:document-content>",
        )
    return buffer.getvalue()


def html_table(grid: Grid) -> bytes:
    height, width = max(row for row, _ in grid), max(column for _, column in grid)
    rows = (
        "".join(f"<td>{html.escape(str(grid.get((row, column), '')))}</td>" for column in range(1, width + 1))
        for row in range(1, height + 1)
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>".encode()


def cells_of(content: bytes) -> Sheet:
    [sheet] = read_bytes(content)
    return sheet


@given(GRIDS)
def test_every_kind_of_file_gives_the_same_cells(grid: Grid) -> None:
    first = cells_of(xlsx(grid))
    assert first.typed is not None
    for (row, column), value in grid.items():
        text = value if isinstance(value, str) else number_cell(value)[0]
        assert first.cells.iat[row - 1, column - 1] == text
        assert bool(first.typed.iat[row - 1, column - 1]) == (not isinstance(value, str))
    for write in (spreadsheetml, ods):
        other = cells_of(write(grid))
        assert other.cells.equals(first.cells)
        assert other.typed is not None
        assert other.typed.equals(first.typed)
    texts = {place: value if isinstance(value, str) else number_cell(value)[0] for place, value in grid.items()}
    assert cells_of(html_table({**texts})).cells.equals(first.cells)


@given(NUMBERS)
def test_a_number_keeps_its_value_to_the_last_digit(number: Decimal) -> None:
    for given_as in (number, float(number)):
        text, typed = number_cell(given_as)
        assert typed
        assert Decimal(text) == number
    shown, _ = number_cell(number, "0.0%")
    assert Decimal(shown.removesuffix("%")) == number * 100
