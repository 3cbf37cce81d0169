"""Old Excel files: values as Excel shows them, from files that xlwt made and from hand-made records."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from etl.connectors.base import UnreadableError
from etl.connectors.formats.xls import is_xls, read_xls
from etl.sheets.sheet import Sheet

FILES = Path(__file__).parent / "files"


@pytest.fixture(scope="module")
def sheets() -> list[Sheet]:
    return read_xls((FILES / "excel97.xls").read_bytes())


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def bare(*records: bytes, version: int = 0, kind: int = 0x10) -> bytes:
    """Make the stream without a container that small PHP exporters write."""
    return record(0x809, struct.pack("<HHHH", version, kind, 0, 0)) + b"".join(records) + record(0xA, b"")


def number(row: int, value: float) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, 0, 0, value))


def formula(row: int, result: float, flags: int) -> bytes:
    return record(0x6, struct.pack("<HHHdHI", row, 0, 0, result, flags, 0) + struct.pack("<H", 0))


def test_numbers_are_exact_and_texts_stay_texts(sheets: list[Sheet]) -> None:
    cells, typed = sheets[0].cells, sheets[0].typed
    assert typed is not None
    assert cells["B"].tolist()[2:] == ["335.58", "335,58"]
    assert typed["B"].tolist()[2:] == [True, False]
    assert cells.at[4, "C"] == "0.3"


def test_formats_are_read_as_they_are_shown(sheets: list[Sheet]) -> None:
    row = sheets[0].cells.loc[3]
    assert (row["C"], row["D"], row["E"], row["H"]) == ("68.4%", "2024-08-31", "2024-08", "TRUE")
    assert str(row["F"]).startswith("388250 (tampil")
    assert sheets[0].typed is not None
    assert not sheets[0].typed.at[3, "F"]


def test_a_raised_footnote_joins_no_number(sheets: list[Sheet]) -> None:
    assert sheets[0].cells.at[4, "A"] == "12¹"


def test_merges_and_what_is_hidden_are_told(sheets: list[Sheet]) -> None:
    data, secret = sheets
    assert data.merged == ((1, 1, 1, 3),)
    assert (set(data.hidden_rows), set(data.hidden_columns), data.hidden) == ({4}, {"D"}, False)
    assert (secret.name, secret.hidden) == ("Rahasia", True)


def test_a_bare_stream_of_a_php_program_is_read() -> None:
    content = bare(number(0, 335.58), number(1, 2.0))
    assert is_xls(content)
    assert read_xls(content)[0].cells["A"].tolist() == ["335.58", "2"]


def test_a_stored_zero_that_waits_for_excel_is_no_result() -> None:
    [sheet] = read_xls(bare(number(0, 1.0), formula(1, 0.0, 2), formula(2, 0.0, 0), formula(3, 7.0, 2)))
    assert sheet.typed is not None
    assert sheet.typed["A"].tolist() == [True, False, True, True]
    assert "belum tentu dihitung" in str(sheet.cells.at[2, "A"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel lama"),
        ((FILES / "excel97.xls").read_bytes()[:3000], "Excel lama|bukan lembar kerja"),
        (bare(record(0x2F, b"\0" * 4), version=0x500, kind=0x05), "sandi"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_xls(content)
