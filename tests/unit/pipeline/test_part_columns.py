"""Columns that the feed leaves out: a part is never taken for the whole, and what tells no parts does no harm."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.catalogue.models import Catalogue
from etl.catalogue.reference import Region
from etl.connectors.formats import delimited
from etl.pipeline.refine import Refined
from tests.problems.trial import feed, refine_bytes, trial_catalogue

HEAD = "Indikator;Wilayah;Periode;Nilai;Satuan"
RULE = "rincian-belum-dipilih"


def with_places() -> Catalogue:
    """Give Paser the kecamatan Kuaro, and Kuaro the desa Modang."""
    places = (("64.01.01", "64.01", "district", "Kuaro"), ("64.01.01.2001", "64.01.01", "village", "Modang"))
    trial = trial_catalogue()
    added = tuple(
        Region.model_validate(
            {"code": code, "parent": parent, "level": level, "name": name, "short": name, "source": "uji"}
        )
        for code, parent, level, name in places
    )
    aliases = {**trial.aliases, "kuaro": "64.01.01", "modang": "64.01.01.2001"}
    return trial_catalogue(regions=(*trial.regions, *added), aliases=aliases)


def read(title: str, *cells: str, region: str = "Paser") -> Refined:
    """Read a figure for each cell, each of its own year."""
    rows = [f"ipm;{region};{2000 + place};{60 + place};indeks;{cell}" for place, cell in enumerate(cells)]
    return refine_bytes("\n".join([f"{HEAD};{title}", *rows]).encode(), catalogue=with_places())


def refused(found: Refined) -> list[int]:
    rows = found.findings[found.findings["severity"].eq("refused")]
    assert set(rows["rule"]) <= {RULE}
    return sorted(rows["row"])


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Jenis Kelamin", "L"),
        ("JK", "1"),
        ("sex", "female"),
        ("Kelompok Umur", "15-19"),
        ("Usia", "65+"),
        ("Jenjang", "SD/MI"),
        ("Kecamatan", "Kuaro"),
        ("nama_kecamatan", "Batu Sopang"),
        ("kode kecamatan", "640101"),
        ("Desa/Kelurahan", "Modang"),
        ("Puskesmas", "Kuaro"),
        ("Nama Sekolah", "SMPN 1 Kuaro"),
        ("Rincian", "Laki-laki"),
        ("Rincian", "perdesaan"),
        ("Rincian", "P"),
        ("Rincian", "20–24 tahun"),
        ("Lokasi", "Kuaro"),
    ],
)
def test_a_cell_that_names_a_part_returns_its_row_with_the_cell(title: str, cell: str) -> None:
    found = read(title, cell)
    assert refused(found) == [2]
    assert len(found.accepted) == 0
    finding = found.findings[found.findings["rule"].eq(RULE)].iloc[0]
    assert (finding["column"], finding["raw"], finding["indicator"]) == ("F", cell, "ipm")
    assert finding["sentence"].startswith("Baris 2, kolom F: ")
    assert f"“{title}”" in finding["sentence"]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        *(("Jenis Kelamin", word) for word in ("Jumlah", "TOTAL", "L+P", "L/P", "Laki-laki + Perempuan", "Semua")),
        ("Kelompok Umur", "Semua kelompok umur"),
        ("Kecamatan", "Kabupaten Paser"),
        ("Puskesmas", "Kab. Paser"),
        ("Kecamatan", "Seluruh Kecamatan"),
        ("Kecamatan", "12"),
        ("Puskesmas", "3"),
        ("Kabupaten", "Paser"),
        ("Kabupaten", "KAB. PASER"),
        ("Provinsi", "Kalimantan Timur"),
        ("Perempuan", "1.234"),
        ("No", "1"),
        ("Satuan Kerja", "Dinas Kesehatan"),
        ("Keterangan", "Laki-laki"),
        ("Sumber", "Puskesmas Kuaro"),
        ("Ibu kota", "Kuaro"),
        ("link", "https://contoh.go.id/L"),
        ("Jenis", "Kota"),
        ("Kelompok Umur", ""),
        ("Jenis Kelamin", "-"),
    ],
)
def test_a_cell_that_tells_no_part_does_no_harm(title: str, cell: str) -> None:
    found = read(title, cell)
    assert refused(found) == []
    assert len(found.accepted) == 1


def test_a_column_that_repeats_the_rows_own_place_or_tells_where_it_lies_is_no_breakdown() -> None:
    assert refused(read("Kecamatan", "Kuaro", "Batu Sopang", "", region="64.01.01")) == []
    assert refused(read("Kecamatan", "Kuaro", region="64.01.01.2001")) == []
    assert refused(read("Desa", "Modang", region="64.01.01")) == [2]
    assert refused(read("Puskesmas", "Kuaro", region="64.01.01")) == [2]


def test_one_part_makes_parts_of_all_that_do_not_say_the_whole() -> None:
    assert refused(read("Rincian", "Laki-laki", "Jumlah", "Tidak diketahui", "")) == [2, 4, 5]
    assert refused(read("Rincian", "L", "Lunas", "Proses")) == []


def test_a_part_without_a_figure_leaves_the_other_no_whole() -> None:
    text = f"{HEAD};Rincian\nipm;Paser;2023;;indeks;Negeri\nipm;Kab. Paser;2023;70;indeks;Swasta\n"
    assert refused(refine_bytes(text.encode())) == [2, 3]


def test_repeats_that_differ_in_numbers_dates_or_notes_stay_repeats() -> None:
    rows = ["ipm;Paser;2023;70;indeks;1;2026-01-02;lihat b", "ipm;Paser;2023;70;indeks;2;2026-01-03;lihat a"]
    found = refine_bytes("\n".join([f"{HEAD};Urutan;Dicatat;Catatan", *rows]).encode())
    assert (refused(found), len(found.accepted), found.repeats) == ([], 1, 1)


def test_an_unread_year_tells_rows_apart() -> None:
    columns = {name: head for name, head in feed().columns.items() if name != "period"}
    text = "Indikator;Wilayah;Tahun;Nilai;Satuan\nipm;Paser;2022;70;indeks\nipm;Paser;2023;70;indeks\n"
    assert refused(refine_bytes(text.encode(), feed(columns=columns, defaults={"period": "2023"}))) == [2, 3]


def test_a_mapped_column_is_the_stewards_word() -> None:
    of = feed(columns={**feed().columns, "note": "Jenis Kelamin"})
    found = refine_bytes(f"{HEAD};Jenis Kelamin\nipm;Paser;2023;70;indeks;Perempuan\n".encode(), of)
    assert found.accepted["note"].tolist() == ["Perempuan"]
    assert len(found.findings) == 0


def test_parts_of_a_long_file_see_each_other() -> None:
    rows = [f"ipm;Paser;{year};{year % 100};indeks;sama" for year in range(1990, 2020)]
    rows = [rows[0].replace("sama", "beda"), *rows]
    text = "\n".join([f"{HEAD};Rincian", *rows, rows[9].replace("sama", "lain")])
    with patch.object(delimited, "PART", 4), patch.object(delimited, "PART_BYTES", 90):
        assert refused(refine_bytes(text.encode())) == [2, 3, 11, 33]


WORDS = st.sampled_from(["Laki-laki", "Perempuan", "Jumlah", "", "-", "Negeri", "L+P"])


# A file costs the same whether it has one row or twenty: few files of many rows try as much.
@settings(max_examples=35)
@given(st.lists(st.tuples(st.sampled_from(["2021", "2022"]), st.sampled_from(["70", "71"]), WORDS), min_size=1))
def test_no_row_is_lost_and_no_part_is_ever_taken(rows: list[tuple[str, str, str]]) -> None:
    lines = [f"ipm;Paser;{period};{value};indeks;{word}" for period, value, word in rows]
    found = refine_bytes("\n".join([f"{HEAD};Jenis Kelamin", *lines]).encode())
    fallen = found.findings[found.findings["severity"].eq("refused")]
    assert len(fallen) + len(found.accepted) + found.repeats == found.rows_read == len(rows)
    taken = {rows[number - 2][2] for number in found.accepted["row"]}
    assert not taken & {"Laki-laki", "Perempuan", "Negeri"}
    if {word for *_, word in rows} & {"Laki-laki", "Perempuan", "Negeri"}:
        assert not taken & {"", "-"}


def test_a_further_page_with_its_columns_in_another_order_is_judged_by_its_own() -> None:
    declared = feed(
        columns={"region": "Wilayah", "period": "Periode", "value": "Nilai"},
        defaults={"indicator": "ipm", "unit": "indeks"},
        layout={"values": [{"head": "Nilai"}]},
    )
    rows = ["Wilayah;Periode;Nilai;Petunjuk;JK", "Paser;2020;60;a;L+P", "Wilayah;Periode;Nilai;JK;Petunjuk"]
    found = refine_bytes("\n".join([*rows, "Paser;2021;61;L+P;b", "Paser;2022;62;Laki-laki;b"]).encode(), declared)
    assert refused(found) == [5]
    assert found.findings["column"][0] == "D"
    assert found.accepted["value"].tolist() == ["60", "61"]


def test_a_code_beside_the_name_of_another_region_names_both_and_its_system() -> None:
    found = read("Kabupaten/Kota", "Kutai Timur", region="64.01")
    [row] = found.findings[found.findings["severity"].eq("refused")].to_dict("records")
    assert (row["rule"], row["column"], row["raw"]) == ("wilayah-bertentangan", "F", "Kutai Timur")
    assert "“64.01” adalah kode Kemendagri" in row["sentence"]
    assert "(kode Kemendagri 64.08" in row["sentence"]
    assert "Jumlah" not in row["sentence"]
