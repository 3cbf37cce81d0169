"""HTML tables under an .xls name, as PHP programs export them: cells at their places, text as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree, html

from etl.connectors.base import UnreadableError
from etl.connectors.formats.grid import MOST_COLUMNS, MOST_ROWS, Cell, Place, build_sheet
from etl.connectors.formats.html_parts import join_parts
from etl.connectors.formats.html_text import ADVICE, decode_html, is_hidden, seen_text
from etl.connectors.formats.markup import Element, whole
from etl.connectors.formats.shown import number_cell, written_number
from etl.sheets.sheet import Range, Sheet

MOST_SPAN = 1000  # columns, as browsers have it


def read_html(content: bytes) -> list[Sheet]:
    """Read every table with content, nested ones too, each as a sheet of its own; parts of one table as one.

    Cells are text in the source's own decimal mark; numbers only where the file gives them exactly beside the text.
    Raises UnreadableError where there is no table, or the file is cut off.
    """
    text = decode_html(content)
    lowered = re.sub(r"<!--.*?-->|<script\b.*?</script\s*>", "", text.casefold(), flags=re.DOTALL)
    if len(re.findall(r"<table\b", lowered)) > len(re.findall(r"</table\s*>", lowered)):
        raise UnreadableError(f"Berkas HTML terpotong: tabelnya tidak ditutup (</table>). Unduh ulang. {ADVICE}")
    tables = list(_parse(text).iter("table"))
    if not tables:
        raise UnreadableError(
            "Berkas ini halaman HTML tanpa tabel, mungkin halaman masuk atau pesan galat dari aplikasinya. "
            f"Unduh ulang dari aplikasi. {ADVICE}"
        )
    found = [_HtmlTable(table, f"Tabel {place}" if len(tables) > 1 else None) for place, table in enumerate(tables, 1)]
    return join_parts([sheet for table in found if (sheet := table.sheet()) is not None])


def _parse(text: str) -> Element:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(f"Berkas HTML rusak. {ADVICE}") from error
    if any(entry.level >= etree.ErrorLevels.FATAL for entry in parser.error_log):  # what follows was not read
        raise UnreadableError(f"Berkas HTML rusak atau tabelnya bersarang terlalu dalam. {ADVICE}")
    return root


class _HtmlTable:
    """One table: its cells placed as a browser places them, spans included."""

    def __init__(self, table: Element, name: str | None) -> None:
        self.name = name
        self.cells: dict[Place, Cell] = {}
        self.merged: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns = set(_hidden_columns(table))
        self.covered: dict[int, int] = {}  # column -> last row that a cell above reaches down to
        for number, (row, cells) in enumerate(_rows(table), 1):
            if row is not None and is_hidden(row):
                self.hidden_rows.add(number)
            self._place(number, cells)

    def sheet(self) -> Sheet | None:
        return build_sheet(self.name, self.cells, self.merged, self.hidden_rows, self.hidden_columns)

    def _place(self, number: int, cells: list[Element]) -> None:
        column = 1
        for cell in cells:
            while self.covered.get(column, 0) >= number:
                column += 1
            across = max(whole(cell.get("colspan"), 1, MOST_SPAN), 1)
            down = whole(cell.get("rowspan"), 1, MOST_ROWS) or MOST_ROWS  # 0: to the table's end
            bottom, right = min(number + down - 1, MOST_ROWS), column + across - 1
            if right > MOST_COLUMNS:
                raise UnreadableError(f"Tabel HTML lebih lebar dari {MOST_COLUMNS} kolom. {ADVICE}")
            self.cells[number, column] = _read_cell(cell)
            if across > 1 or down > 1:
                self.merged.append((number, column, bottom, right))
            self.covered |= dict.fromkeys(range(column, right + 1), bottom)
            column = right + 1


def _rows(table: Element) -> Iterator[tuple[Element | None, list[Element]]]:
    """Yield each row with its cells; cells that stand outside a row make one, as in a browser."""
    rows: list[tuple[Element | None, list[Element]]] = []
    for element in table.iterdescendants("tr", "td", "th"):
        holder = next(element.iterancestors("table"))
        if holder is not table:
            continue
        if element.tag == "tr":
            rows.append((element, []))
            continue
        row = next(element.iterancestors("tr", "table"))
        if row.tag == "table" and (not rows or rows[-1][0] is not None):
            rows.append((None, []))
        if not is_hidden(element):
            rows[-1][1].append(element)
    yield from rows


def _hidden_columns(table: Element) -> Iterator[int]:
    column = 1
    for element in table.iterdescendants("col"):
        after = column + max(whole(element.get("span"), 1, MOST_SPAN), 1)
        yield from range(column, after) if is_hidden(element) else ()
        column = after


def _read_cell(cell: Element) -> Cell:
    text = seen_text(cell)
    if text and cell.find(".//table") is not None:  # what a reader sees here is not this text alone
        text += " [tabel]"
    exact = written_number(cell.get("x:num") or cell.get("sdval") or "")
    if exact is None or not _agrees(exact * 100 if text.endswith("%") else exact, text):
        return text, False
    return number_cell(exact, "0%" if text.endswith("%") else "")


def _agrees(exact: Decimal, shown: str) -> bool:
    """Tell whether the text shows this number, rounded or not: a date's or a thousands' display does not."""
    digits = re.sub("[^0-9]", "", shown).lstrip("0")
    places = (Decimal((0, (1,), -each)) for each in range(15))
    rounded = (format(abs(exact).quantize(step, ROUND_HALF_UP), "f") for step in places if abs(exact) < 10**12)
    return any(text.replace(".", "").lstrip("0") == digits for text in rounded)
