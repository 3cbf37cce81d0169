"""The copy that goes back: every fault in its own cell, a list in front, nothing that a spreadsheet would run."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from etl.connectors.formats.kinds import read_bytes
from etl.jobs.workbooks.commented_copy import HEAD_ROWS, MOST_ROWS, as_bytes, commented_copy
from etl.pipeline.batch import FINDING_COLUMNS


def findings(*found: tuple[str | None, int | None, str | None, str]) -> pd.DataFrame:
    rows = [
        {**dict.fromkeys(FINDING_COLUMNS), "rule": "uji", "severity": "refused", "sheet": sheet, "row": row}
        | {"column": column, "raw": raw, "sentence": f"Baris {row}: perbaiki {raw}"}
        for sheet, row, column, raw in found
    ]
    return pd.DataFrame(rows, columns=FINDING_COLUMNS, dtype=object)


def copy(content: bytes, *found: tuple[str | None, int | None, str | None, str]) -> Workbook:
    """Give the copy as Excel would open it."""
    made = commented_copy(content, read_bytes(content), findings(*found))
    return load_workbook(io.BytesIO(as_bytes(made)))


def note(book: Workbook, sheet: str, cell: str) -> str:
    comment = book[sheet][cell].comment
    return "" if comment is None else str(comment.text)


HTML = b"<table><tr><td colspan=2>Judul</td></tr><tr><td>=1+1</td><td>335,58</td></tr></table>"


@pytest.mark.parametrize(
    ("content", "sheet"),
    [
        (b"a;b\n=1+1;335,58\n", "Data"),
        (HTML, "Data"),
        (b'[{"a": "=1+1", "b": "335,58"}]', "Data"),
    ],
)
def test_a_fault_stands_in_its_own_cell_and_in_the_list(content: bytes, sheet: str) -> None:
    book = copy(content, (None, 2, "B", "335,58"))
    assert book.sheetnames == ["Dikembalikan", sheet]
    assert note(book, sheet, "B2") == "Baris 2: perbaiki 335,58"
    assert [cell.value for cell in book["Dikembalikan"][2]] == [1, None, "B2", "335,58", "Baris 2: perbaiki 335,58"]
    assert book["Dikembalikan"]["C2"].hyperlink.location == "'Data'!B2"


def test_no_text_of_a_foreign_file_becomes_a_formula() -> None:
    book = copy(b"a;b\n=cmd|x;@SUM\n+1;-2\n", (None, 2, "A", "=cmd|x"))
    cells = [cell for row in book["Data"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert book["Data"]["A2"].value == "=cmd|x"
    assert book["Dikembalikan"]["D2"].data_type == "s"


def test_the_copy_reads_as_the_file_did() -> None:
    for content in (
        (Path(__file__).parents[1] / "connectors/files/excel97.xls").read_bytes(),
        HTML,
    ):
        before = {each.name or "Data": each for each in read_bytes(content)}
        after = {
            each.name: each for each in read_bytes(as_bytes(commented_copy(content, read_bytes(content), findings())))
        }
        assert after.pop("Dikembalikan") is not None
        for name, sheet in before.items():
            assert after[name].cells.equals(sheet.cells)
            assert after[name].merged == sheet.merged
            assert after[name].typed is not None
            assert sheet.typed is not None
            assert after[name].typed.equals(sheet.typed)  # type: ignore[union-attr]


def test_a_workbook_keeps_its_looks_and_a_second_return_replaces_the_list() -> None:
    book = Workbook()
    book.worksheets[0].title = "Laporan"
    book.worksheets[0]["A1"], book.worksheets[0]["B2"] = "judul", 5
    book.worksheets[0]["B2"].number_format = "0.00"
    book.worksheets[0].merge_cells("A1:C1")
    first = copy(as_bytes(book), ("Laporan", 2, "B", "5"), ("Laporan", 1, "C", "judul"), ("Laporan", 3, None, ""))
    assert first["Laporan"]["B2"].number_format == "0.00"
    assert note(first, "Laporan", "A1").startswith("Baris 1")
    assert note(first, "Laporan", "A3").startswith("Baris 3")
    again = copy(as_bytes(first), ("Laporan", 2, "B", "5"))
    assert again.sheetnames == ["Dikembalikan", "Laporan"]
    assert again["Dikembalikan"].max_row == 2
    assert note(again, "Laporan", "B2").count("perbaiki") == 2


def test_of_a_long_file_the_head_and_the_faulty_rows_are_copied() -> None:
    content = "a;b\n" + "".join(f"x;{row}\n" for row in range(2, MOST_ROWS + 100))
    book = copy(content.encode(), (None, MOST_ROWS + 50, "B", "x"))
    kept = [row for row in range(1, MOST_ROWS + 99) if book["Data"].cell(row, 1).value]
    assert kept == [*range(1, HEAD_ROWS + 1), MOST_ROWS + 50]


def test_a_fault_of_a_whole_file_is_in_the_list_only() -> None:
    book = copy(b"a;b\n", (None, None, None, ""))
    assert book["Dikembalikan"]["E2"].value == "Baris None: perbaiki "
