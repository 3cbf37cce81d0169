"""Files as they arrive: told apart by their bytes, every cell as text, nothing rounded, nothing guessed."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.connectors.base import Delivery, Sheet, UnreadableError
from etl.connectors.file import FileConnector, extension
from tests.problems.trial import feed


def read(content: bytes) -> list[Sheet]:
    return FileConnector().read(Delivery("berkas", content))


def grid(content: bytes) -> list[list[str | None]]:
    return read(content)[0].cells.to_numpy().tolist()


def workbook(*rows: list[object]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return book


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("a,b\n1,x\n", "utf-8"),
        ("a;b\r\n1;x\r\n", "utf-8-sig"),
        ("a\tb\n1\tx\n", "utf-16"),
        ("a|b\n1|x\n", "cp1252"),
    ],
)
def test_delimiter_and_encoding_are_seen(text: str, encoding: str) -> None:
    assert grid(text.encode(encoding)) == [["a", "b"], ["1", "x"]]


def test_text_stays_text() -> None:
    assert grid(b"kode;nilai\n64.10;335,58\n64.01;NA\n")[1:] == [["64.10", "335,58"], ["64.01", "NA"]]
    assert grid("nama;nilai\nKutai–Timur;1\n".encode("cp1252"))[1] == ["Kutai–Timur", "1"]


def test_row_numbers_are_those_of_the_file() -> None:
    sheet = read(b'a;b\n\n"dua\nbaris";2\n3;4\n')[0]
    assert sheet.cells.index.tolist() == [1, 2, 3, 4]
    assert sheet.cells["B"][4] == "4"
    assert list(sheet.cells.columns) == ["A", "B"]


def test_a_short_row_is_not_a_row_of_blanks() -> None:
    assert grid(b"a;b;c\n1;2\n1;2;\n")[1:] == [["1", "2", None], ["1", "2", ""]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"0" * 50, "Excel lama"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf  <table><tr>", "HTML"),
        (b"PK\x03\x04 lain", "arsip"),
        (b"PK\x03\x04 xl/workbook.xml", "rusak"),
        (b"a;b\n\x00\x81\x8d\n", "bukan teks"),
        (b'a;b\n"1;2\n', "kutip"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(content)


@pytest.mark.parametrize("content", [b"", b" \r\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_has_no_sheet(content: bytes) -> None:
    assert read(content) == []


def test_typed_cells_keep_their_exact_text() -> None:
    book = workbook(
        ["nilai"], [43.1], [0.1 + 0.2], [388250500000], ["43.1"], [True], [dt.date(2024, 8, 31)], [None], [-2.0]
    )
    sheet = read(saved(book))[0]
    assert sheet.typed is not None
    assert sheet.cells["A"].tolist()[1:] == ["43.1", "0.3", "388250500000", "43.1", "TRUE", "2024-08-31", "", "-2"]
    assert sheet.typed["A"].tolist() == [False, True, True, True, False, False, False, False, True]


def test_the_noise_of_a_computed_float_is_no_digit() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(workbook([0.25])))) as book, zipfile.ZipFile(buffer, "w") as changed:
        for name in book.namelist():
            changed.writestr(name, book.read(name).replace(b"<v>0.25</v>", b"<v>0.30000000000000004</v>"))
    assert grid(buffer.getvalue()) == [["0.3"]]


def test_a_percent_format_is_read_as_it_is_shown() -> None:
    book = workbook([0.224])
    book.worksheets[0]["A1"].number_format = "0.0%"
    assert grid(saved(book)) == [["22.4%"]]


def test_a_formula_without_a_result_is_not_empty() -> None:
    assert grid(saved(workbook(["=1+1"]))) == [["=1+1"]]


def test_hidden_sheets_are_read_too() -> None:
    book = workbook(["x"])
    book.create_sheet("_pantau").append(["kiriman", "opd"])
    book["_pantau"].sheet_state = "veryHidden"
    assert [sheet.name for sheet in read(saved(book))] == ["Sheet", "_pantau"]


def test_files_come_oldest_first_and_temporary_ones_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "data/inbox/opd"
    folder.mkdir(parents=True)
    for age, name in enumerate(["baru.csv", "lama.csv", "~$baru.xlsx", ".sembunyi.csv"]):
        path = folder / name
        path.write_bytes(name.encode())
        os.utime(path, (1000 - age, 1000 - age))
    (folder / "folder.csv").mkdir()
    found = list(FileConnector().fetch(feed(), tmp_path))
    assert [each.name for each in found] == ["data/inbox/opd/lama.csv", "data/inbox/opd/baru.csv"]
    assert found[0].sha256 == hashlib.sha256(b"lama.csv").hexdigest()


def test_the_kind_is_named_by_the_bytes() -> None:
    assert (extension(saved(workbook(["x"]))), extension(b"a;b")) == ("xlsx", "csv")
