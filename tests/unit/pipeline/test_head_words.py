"""Words of sheets: periods in heads and titles, totals, notes, enumerators, names of regions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue.period import parse_period
from etl.pipeline.layout.head_words import head_period, is_enumerator, is_footer, is_total, region_of
from etl.pipeline.layout.table_context import told_period, told_region
from tests.problems.sheets import sheet_catalogue

HEADS = [
    (["2022"], "2022", None),
    (["Tahun 2022"], "2022", None),
    (["2023r"], "2023", "revised"),
    (["2023 r)"], "2023", "revised"),
    (["2023 (r)"], "2023", "revised"),
    (["2024*"], "2024", "preliminary"),
    (["2024 x)"], "2024", "preliminary"),
    (["2024**"], "2024", "very_preliminary"),
    (["2024e"], "2024", "estimate"),
    (["2024 (Angka Sementara)"], "2024", "preliminary"),
    (["2024 sangat sementara"], "2024", "very_preliminary"),
    (["Tahun / Year", "2024"], "2024", None),
    (["2023", "Jan"], "2023-01", None),
    (["2023", "Triwulan I"], "2023-Q1", None),
    (["Triwulan", "II"], "2025-Q2", None),
    (["Januari\nJanuary"], "2025-01", None),
    (["Agt"], "2025-08", None),
    (["Agust"], "2025-08", None),
    (["Sept"], "2025-09", None),
    (["Nop"], "2025-11", None),
    (["Des r)"], "2025-12", "revised"),
    (["TW III"], "2025-Q3", None),
    (["Q2"], "2025-Q2", None),
    (["Semester I"], "2025-S1", None),
    (["REALISASI 2024"], "2024", None),
    (["Realisasi T.A. 2023"], "2023", None),
    (["REALISASI TAHUN ANGGARAN 2024 (AUDITED)"], "2024", None),
    (["2024", "REALISASI"], "2024", None),
    (["2023 Realisasi"], "2023", None),
]
NO_HEADS = [
    "2O23",
    "20231",
    "2023/2024",
    "2023¹⁾",
    "2024#",
    "2024***",
    "Anggaran",
    "Jumlah",
    "I",
    "Laju (%)",
    "",
    "-",
    "Realisasi Belanja 2024",
]


@pytest.mark.parametrize(("parts", "code", "meaning"), HEADS)
def test_heads_say_a_period_and_its_status(parts: list[str], code: str, meaning: str | None) -> None:
    read = head_period(parts, "2025", {})
    assert read is not None
    assert (parse_period(read.text).code, read.meaning) == (code, meaning)


@pytest.mark.parametrize("text", NO_HEADS)
def test_what_is_no_single_period_is_none(text: str) -> None:
    assert head_period([text], "2025", {}) is None


def test_a_declared_mark_beats_the_usual_one() -> None:
    read = head_period(["2024*"], None, {"*": "estimate"})
    assert read is not None
    assert read.meaning == "estimate"


@given(st.integers(1950, 2090), st.sampled_from(["", "r", "*", "**", " e", " x)"]))
def test_every_year_is_read_whatever_mark_stands_behind_it(year: int, mark: str) -> None:
    read = head_period([f"{year}{mark}"], None, {})
    assert read is not None
    assert read.text == str(year)


TITLES = [
    (["Sumber: Disdukcapil, data per 31 Desember 2024"], "2024-12-31", False),
    (["Perbup No. 3 Tahun 2021", "Rekap kumulatif bulan Maret 2025"], "2025-03", True),
    (["Wifi tahun 2025", "Peb"], "2025-02", False),
    (["Keadaan s.d. Triwulan II 2025"], "2025-Q2", True),
    (["Bulan : Agustus 2025"], "2025-08", False),
    (["Bulan : Agustus", "Tahun : 2025"], "2025-08", False),
    (["Laporan Agustus / August 2025"], "2025-08", False),
    (["Tahun 2024"], "2024", False),
    (["Realisasi APBD Tahun Anggaran 2025 s.d. Triwulan II"], "2025-Q2", True),
    (["Keadaan 31 Desember 2024"], "2024-12-31", False),
    (["*) data per 30 September 2025"], "2025-09-30", False),
    (["Penduduk Umur 15 s.d. 64 Tahun 2024"], "2024", False),
    (["Data Des. Long Ikis, 2024"], "2024", False),
    (["Semester I Tahun 2025"], "2025-S1", False),
]
NO_TITLES = [
    "2020–2024",
    "2024/2025",
    "31.12.2024",
    "Januari - Juni 2025",
    "Bulan 8 Tahun 2025",
    "09/2024",
    "Minggu ke-2 2025",
    "Tana Paser, 5 Januari 2025",
    "Dicetak tanggal 5 Januari 2025",
    "Sumber: Disdukcapil, 2025",
    "Lampiran Peraturan Bupati Nomor 12 Tahun 2021",
]


@pytest.mark.parametrize(("lines", "code", "cumulative"), TITLES)
def test_titles_tell_one_period(lines: list[str], code: str, cumulative: bool) -> None:
    told = told_period(lines).text
    assert told is not None
    period = parse_period(told)
    assert (period.code, period.cumulative) == (code, cumulative)


@pytest.mark.parametrize("line", NO_TITLES)
def test_titles_that_tell_no_single_period_tell_none(line: str) -> None:
    assert told_period([line]).text is None


def test_totals_are_told_from_indicators_and_regions() -> None:
    catalogue = sheet_catalogue()
    for label in ("TOTAL", "Jumlah", "Jumlah / Total", "Sub Total", "KABUPATEN", "Rata-rata", "Jumlah Paser"):
        assert is_total(label, catalogue), label
    for label in ("Paser", "Jumlah Penduduk", "Kuaro", "Totok"):
        assert not is_total(label, catalogue), label


def test_notes_sources_and_signatures_end_a_table() -> None:
    for text in (
        "Catatan: x",
        "Sumber/Source: BPS",
        "Ket.: x",
        "NIP. 197905122005011003",
        "Tana Paser, 3 Oktober 2025",
        "Mengetahui,",
    ):
        assert is_footer([text], silent=False), text
    for text in ("*) data", "r) diperbaiki", "Kepala Dinas Kominfo"):
        assert is_footer([text], silent=True), text
        assert not is_footer([text], silent=False), text
    for text in ("Sumber Sari", "Kuaro", "Ketapang"):
        assert not is_footer([text], silent=True), text


def test_enumerators_count_from_one() -> None:
    for row in (["(1)", "(2)"], ["1", "2", "3"], ["(1)", "(2)", "(3)=(2)/(1)"]):
        assert is_enumerator(row), row
    for row in (["1", "Kuaro"], ["1", "2"], ["2", "3", "4"], ["1", "3", "2"], ["10", "11", "12"]):
        assert not is_enumerator(row), row


def test_regions_are_resolved_under_their_parent_alone() -> None:
    catalogue = sheet_catalogue()
    assert region_of("1. Kuaro", catalogue, None, "64.01") == "64.01.05"
    assert region_of("Kec. Kuaro", catalogue, None, None) == "64.01.05"
    assert region_of("Desa Kuaro", catalogue, None, None) == "64.01.05.1001"
    assert region_of("PASER", catalogue, None, "64.01") == "64.01"
    for text, parent in (("Kuaro", None), ("Waru", "64.01"), ("Penajam Paser Utara", "64.01"), ("Kota Paser", None)):
        assert region_of(text, catalogue, None, parent) is None, text


def test_a_title_names_the_narrowest_region() -> None:
    catalogue = sheet_catalogue()
    assert told_region(["Kecamatan Long Ikis, Kabupaten Paser"], catalogue) == "64.01.06"
    assert told_region(["Penduduk Menurut Kecamatan di Kabupaten Paser (jiwa)"], catalogue) == "64.01"
    assert told_region(["Kabupaten Paser dan Kabupaten Kutai Timur"], catalogue) is None
