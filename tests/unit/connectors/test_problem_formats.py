"""Files of every kind with just one named defect: the bad row comes back with its cell, the good one is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.connectors.base import UnreadableError
from etl.connectors.formats.kinds import read_bytes
from tests.problems.trial import refine_bytes

FORMATS = Path(__file__).resolve().parents[2] / "problems/formats"
RETURNED = {
    "comment-beside-number.ods": ("D3", "bukan-angka", "banyak"),
    "covered-number.xlsx": ("D3", "sel-gabung", ""),
    "date-in-number-column.xlsx": ("D3", "bukan-angka", "1900-03-16T12:00:00"),
    "empty-cell-spreadsheetml.csv": ("D3", "tanpa-nilai", ""),
    "error-cell.ods": ("D3", "sel-galat", "#DIV/0!"),
    "error-cell.xls": ("D3", "sel-galat", "#REF!"),
    "error-cell.xlsx": ("D3", "sel-galat", "#DIV/0!"),
    "formula-without-result.ods": ("D3", "rumus-tanpa-hasil", "of:=[.D2]+1"),
    "formula-without-result.xlsx": ("D3", "rumus-tanpa-hasil", "=D2+1"),
    "million-word.xlsx": ("E3", "satuan-tak-dikenal", "indeks"),
    "nested-table-html.xls": ("D3", "bukan-angka", "76 kira-kira [tabel]"),
    "percent-display.ods": ("E3", "satuan-tak-dikenal", "indeks"),
    "percent-display.xls": ("E3", "satuan-tak-dikenal", "indeks"),
    "raised-footnote-html.xls": ("D3", "bukan-angka", "7⁶"),
    "raised-footnote.xls": ("D3", "bukan-angka", "7⁶"),
    "raised-footnote.xlsx": ("D3", "bukan-angka", "7⁶"),
    "spaced-thousands-html.xls": ("D3", "bukan-angka", "7\xa06,5"),
    "stored-zero-spreadsheetml.csv": (
        "D3",
        "rumus-tanpa-hasil",
        "=R[-1]C+1 (hasil tersimpan 0, belum tentu dihitung)",
    ),
    "stored-zero.xlsx": ("D3", "rumus-tanpa-hasil", "=D2+1 (hasil tersimpan 0, belum tentu dihitung)"),
    "struck-number-html.xls": ("D3", "bukan-angka", "~7~6,5"),
    "struck-number.xlsx": ("D3", "bukan-angka", "~7~ 76,5"),
    "thousands-display.xls": ("D3", "bukan-angka", "76.5 (tampil dengan format 0.0,)"),
    "thousands-display.xlsx": ("D3", "bukan-angka", "76.5 (tampil dengan format 0.0,)"),
}
MIXED = "decimal-point-html.xls"
UNREADABLE = {
    "cut-off-html.xls": "terpotong",
    "login-page.xls": "tanpa tabel",
    "shifted-cell-spreadsheetml.csv": "satu tempat",
}


def test_each_file_is_expected() -> None:
    assert {path.name for path in FORMATS.iterdir()} == {*RETURNED, *UNREADABLE, MIXED}


@pytest.mark.parametrize("name", RETURNED)
def test_the_defect_is_returned_and_the_rest_taken(name: str) -> None:
    refined = refine_bytes((FORMATS / name).read_bytes())
    [found] = refined.findings[refined.findings["severity"].eq("refused")].to_dict("records")
    assert (f"{found['column']}{found['row']}", found["rule"], found["raw"]) == RETURNED[name]
    assert refined.accepted["value"].tolist() == ["75.13"]
    assert refined.rows_read == 2


def test_a_column_of_two_decimal_marks_goes_back_whole() -> None:
    refined = refine_bytes((FORMATS / MIXED).read_bytes())
    assert refined.findings["raw"].tolist() == ["76.5", "75,13"]
    assert refined.accepted.empty


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_may_mean_anything_is_returned_whole(name: str) -> None:
    with pytest.raises(UnreadableError, match=UNREADABLE[name]):
        list(read_bytes((FORMATS / name).read_bytes()))
