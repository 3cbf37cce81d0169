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
from openpyxl.worksheet.formula import ArrayFormula

from etl.connectors import file
from etl.connectors.base import Delivery, Reach, Span, UnreadableError
from etl.connectors.file import FileConnector
from etl.connectors.formats.archive import MOST_UNPACKED
from etl.connectors.formats.kinds import extension
from etl.sheets.sheet import Sheet
from tests.problems.trial import feed


def read(content: bytes) -> list[Sheet]:
    return list(FileConnector().read(Delivery("berkas", content), feed()))


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
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 50, "Excel lama"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf  <html><body>Silakan masuk", "HTML"),
        (b"PK\x03\x04 lain", "rusak"),
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
    for age, name in enumerate(["baru.csv", "lama.csv", "~$baru.xlsx", ".~lock.x.ods#", "a.csv.part"]):
        path = folder / name
        path.write_bytes(name.encode())
        os.utime(path, (1000 - age, 1000 - age))
    (folder / "folder.csv").mkdir()
    found = list(FileConnector().fetch(feed(), Reach(tmp_path, Span(2025, 2026))))
    assert [each.name for each in found] == ["data/inbox/opd/lama.csv", "data/inbox/opd/baru.csv"]
    assert found[0].sha256 == hashlib.sha256(b"lama.csv").hexdigest()


def test_the_kind_is_named_by_the_bytes() -> None:
    assert (extension(saved(workbook(["x"]))), extension(b"a;b")) == ("xlsx", "csv")


def test_a_percent_sign_that_is_only_text_multiplies_nothing() -> None:
    book = workbook([12.5], [12.5], [0.125], [12.5])
    for row, shown in enumerate(['0.0"%"', r"0.0\%", '"naik "0.0%', "0.0_%"], 1):
        book.worksheets[0].cell(row, 1).number_format = shown
    assert [row[0] for row in grid(saved(book))] == ["12.5%", "12.5%", "12.5%", "12.5"]


def test_a_date_cell_that_shows_no_day_is_no_day() -> None:
    book = workbook([dt.date(2024, 8, 1)], [dt.date(2024, 1, 1)], [dt.date(2024, 8, 31)])
    for row, shown in enumerate(["mmm-yy", "[$-421]yyyy", "d mmmm yyyy"], 1):
        book.worksheets[0].cell(row, 1).number_format = shown
    assert [row[0] for row in grid(saved(book))] == ["2024-08", "2024", "2024-08-31"]


def test_formatted_cells_far_below_and_beside_the_table_are_not_read() -> None:
    book = workbook(["nilai"], [1])
    book.worksheets[0].cell(1_048_576, 16_384).number_format = "0.00"
    assert grid(saved(book)) == [["nilai"], ["1"]]


def test_a_workbook_of_blank_sheets_is_empty() -> None:
    assert read(saved(workbook([" "], [None]))) == []


def test_an_array_formula_without_a_result_is_not_empty() -> None:
    book = workbook(["x"])
    book.worksheets[0]["A2"] = ArrayFormula("A2", "=SUM(B1:B2)")
    assert grid(saved(book))[1] == ["=SUM(B1:B2)"]


def repacked(content: bytes, changed: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as book,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in book.namelist():
            packed.writestr(name, changed.get(name, book.read(name)))
    return buffer.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha">%s]><x>&j;</x>' % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 40) for letter in b"bcdefghij"
)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (b"<worksheet><sheetData><row", "rusak"),
        (BOMB, "rusak"),
        (b" " * (MOST_UNPACKED + 1), "terlalu besar"),
    ],
)
def test_a_workbook_that_is_broken_or_swells_is_refused(part: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(repacked(saved(workbook(["x"])), {"xl/worksheets/sheet1.xml": part}))


def test_a_table_wider_than_any_spreadsheet_is_refused() -> None:
    with pytest.raises(UnreadableError, match="terlalu"):
        read(b";" * 20_000)


def test_a_table_is_found_below_many_blank_lines() -> None:
    assert grid(b"\n" * 25 + b"a;b\n1;2\n")[25:] == [["a", "b"], ["1", "2"]]


def test_a_quote_that_is_not_closed_is_said_without_english() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(b'a;b\n"1;2\n')
    assert "end of data" not in str(caught.value)
    assert "baris 2" in str(caught.value)


def test_a_file_that_another_run_has_taken_meanwhile_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "data/inbox/opd"
    folder.mkdir(parents=True)
    for age, name in enumerate(["a.csv", "b.csv", "c.csv"]):
        (folder / name).write_bytes(b"a;b")
        os.utime(folder / name, (1000 + age, 1000 + age))
    found = FileConnector().fetch(feed(), Reach(tmp_path, Span(2025, 2026)))
    assert next(found).name.endswith("a.csv")
    (folder / "b.csv").unlink()
    assert [each.name for each in found] == ["data/inbox/opd/c.csv"]


def drop(root: Path, name: bytes, content: bytes = b"a;b") -> Path:
    path = root / "data/inbox/opd" / os.fsdecode(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def fetch(root: Path, settled: float = 0) -> list[Delivery]:
    return list(FileConnector().fetch(feed(), Reach(root, Span(2025, 2026), settled=settled)))


def test_a_file_that_is_still_written_to_is_left_for_later(tmp_path: Path) -> None:
    path = drop(tmp_path, b"a.csv")
    os.utime(path, (1000, 1000))  # as a copy that keeps the time of its original
    assert fetch(tmp_path, settled=60) == []
    [found] = fetch(tmp_path)
    assert found.fetched_at is not None
    assert found.fetched_at.timestamp() == pytest.approx(path.stat().st_ctime)


def test_a_file_that_is_too_large_is_delivered_without_its_bytes_once_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "MOST_TEXT_BYTES", 3)
    os.utime(drop(tmp_path, b"a.csv", b"a;b;c"), (1000, 1000))
    drop(tmp_path, b"b.csv")
    assert fetch(tmp_path, settled=60) == []
    large, small = fetch(tmp_path)
    assert (large.name, large.content, small.content) == ("data/inbox/opd/a.csv", b"", b"a;b")
    with pytest.raises(UnreadableError, match="Berkas ini 5 byte"):
        FileConnector().read(large, feed())


def test_a_nik_in_a_name_is_taken_out_and_no_other_file_is_written_over(tmp_path: Path) -> None:
    drop(tmp_path, b"6401012003990001.csv", b"1")
    drop(tmp_path, b"6401012003990002.csv", b"2")
    drop(tmp_path, b"12345678901234567.csv", b"3")
    found = {each.name.removeprefix("data/inbox/opd/"): each.content for each in fetch(tmp_path)}
    assert sorted(found) == ["(16 digit)-2.csv", "(16 digit).csv", "12345678901234567.csv"]
    assert sorted(found.values()) == [b"1", b"2", b"3"]
    assert {path.name for path in (tmp_path / "data/inbox/opd").iterdir()} == set(found)


def test_links_and_returned_files_in_the_inbox_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.csv"
    secret.write_bytes(b"a;b")
    drop(tmp_path, b"asli.csv")
    (tmp_path / "data/inbox/opd/tautan.csv").symlink_to(secret)
    drop(tmp_path, b"../dikembalikan/b.csv")
    anywhere = feed(path="data/inbox/*/*.csv")
    found = FileConnector().fetch(anywhere, Reach(tmp_path, Span(2025, 2026)))
    assert [each.name for each in found] == ["data/inbox/opd/asli.csv"]


def test_a_name_that_is_no_text_is_written_in_letters(tmp_path: Path) -> None:
    drop(tmp_path, b"lap\xff.csv")
    [found] = fetch(tmp_path)
    assert found.name == "data/inbox/opd/lap_xff.csv"
    assert (tmp_path / found.name).read_bytes() == b"a;b"
