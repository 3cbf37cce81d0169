"""Columns that a feed leaves out and that name regions: one that names another region than the row's returns it."""

from __future__ import annotations

import pytest

from etl.pipeline.refine import Refined
from tests.problems.sheets import layout_feed, refine_layout
from tests.problems.trial import refine_bytes
from tests.unit.pipeline.test_part_columns import with_places

RULE = "wilayah-bertentangan"


def read(title: str, region: str, *cells: str) -> Refined:
    rows = [f"ipm;{region};{2000 + place};{60 + place};indeks;{cell}" for place, cell in enumerate(cells)]
    text = "\n".join([f"Indikator;Wilayah;Periode;Nilai;Satuan;{title}", *rows])
    return refine_bytes(text.encode(), catalogue=with_places())


@pytest.mark.parametrize(
    ("title", "region", "cell"),
    [
        ("Nama Daerah Otonom", "64.08", "Penajam Paser Utara"),
        ("Pemda", "64.08", "PEMERINTAH KABUPATEN PENAJAM PASER UTARA"),
        ("Kode", "Penajam Paser Utara", "64.08"),
        ("kode_kab", "Penajam Paser Utara", "6408"),
        ("ID", "Penajam Paser Utara", "64.08"),
        ("Keterangan", "64.08", "Kab. Paser"),
        ("Daerah", "64.08", "64.01 Paser"),
        ("Ibu kota", "64.08", "Kuaro"),
        ("Regency", "64.08", "Paser Regency"),
        ("Kecamatan", "64.08", "Kuaro"),
        ("Kabupaten", "64.01.01", "Kutai Timur"),
    ],
)
def test_a_column_that_names_another_region_returns_the_row_and_names_both(title: str, region: str, cell: str) -> None:
    found = read(title, region, cell)
    [row] = found.findings[found.findings["severity"].eq("refused")].to_dict("records")
    assert (row["rule"], row["column"], row["raw"]) == (RULE, "F", cell)
    assert f"kolom “{title}” menyebut" in row["sentence"]
    assert len(found.accepted) == 0


@pytest.mark.parametrize(
    ("title", "region", "cell"),
    [
        ("Nama Daerah Otonom", "64.08", "KAB. KUTAI TIMUR"),
        ("kode_kab", "Penajam Paser Utara", "6409"),
        ("Provinsi", "64.08", "Kalimantan Timur"),
        ("Provinsi", "pemprov", "Kalimantan Timur"),
        ("Ibu kota", "64.01", "Kuaro"),
        ("Kabupaten", "64.01.01", "Paser"),
        ("Persentase", "64.08", "64.01"),
        ("Petugas", "64.08", "Paser"),
        ("Mitra", "64.08", "PT Paser Jaya"),
    ],
)
def test_a_column_that_agrees_with_the_row_or_names_no_region_does_no_harm(title: str, region: str, cell: str) -> None:
    assert len(read(title, region, cell).accepted) == 1


def test_one_name_among_other_words_makes_no_column_of_regions() -> None:
    assert len(read("Judul", "64.08", "Paser", "rapat", "kunjungan", "laporan").accepted) == 4


def test_a_layout_checks_the_columns_of_places_that_it_does_not_read() -> None:
    of = layout_feed(
        columns={"region": "Kecamatan"},
        layout={"parent": "64.01", "values": [{"head": "Nilai", "fill": {"indicator": "ipm"}}]},
        defaults={"period": "2024"},
    )
    rows = ["Kabupaten;Kecamatan;Nilai", "PASER;Kuaro;70", "PENAJAM PASER UTARA;Long Ikis;71"]
    found = refine_layout("\n".join(rows).encode(), of)
    assert found.accepted["region"].tolist() == ["64.01.05"]
    [row] = found.findings[found.findings["severity"].eq("refused")].to_dict("records")
    assert (row["rule"], row["row"], row["column"]) == (RULE, 3, "A")


@pytest.mark.parametrize("more", [{}, {"fill_down": ["Kabupaten"]}])
def test_a_place_that_stands_once_above_its_rows_is_theirs(more: dict[str, list[str]]) -> None:
    of = layout_feed(
        columns={"region": "Kecamatan"},
        layout={"parent": "64.01", "values": [{"head": "Nilai", "fill": {"indicator": "ipm"}}], **more},
        defaults={"period": "2024"},
    )
    found = refine_layout(b"Kabupaten;Kecamatan;Nilai\nKUTAI TIMUR;Kuaro;70\n;Long Ikis;71\n", of)
    assert found.findings.loc[found.findings["severity"].eq("refused"), "rule"].tolist() == [RULE, RULE]


def test_a_line_of_another_regency_between_the_rows_returns_those_below_it() -> None:
    of = layout_feed(
        columns={"region": "Kecamatan"},
        layout={"parent": "64.01", "values": [{"head": "Nilai", "fill": {"indicator": "ipm"}}]},
        defaults={"period": "2024"},
    )
    found = refine_layout(b"Kecamatan;Nilai\nKuaro;70\nKAB. KUTAI TIMUR;\nLong Ikis;71\n", of)
    assert found.accepted["region"].tolist() == ["64.01.05"]
    assert found.findings.loc[found.findings["severity"].eq("refused"), "rule"].tolist() == [RULE]
