"""What inspect takes for heads, and what it says of a table or a column that its draft does not read."""

from __future__ import annotations

import pytest

from etl.connectors.formats.kinds import extension, read_bytes
from etl.pipeline.inspection.look import inspect
from tests.problems.sheets import sheet_catalogue
from tests.problems.trial import TODAY


def look(text: str) -> list[str]:
    content = text.encode()
    told = inspect("berkas.csv", extension(content), list(read_bytes(content)), sheet_catalogue(), TODAY)
    return "\n".join(told).splitlines()


@pytest.mark.parametrize("cell", ["=SUM(B3:B9)", "galat", "#SPILL!", "3-Mar", "belum masuk", "Loading..."])
def test_what_stands_beside_a_region_is_no_head_though_it_is_no_figure(cell: str) -> None:
    lines = look(f"Kecamatan,Jiwa\nLong Kali,{cell}\nLong Ikis,{cell}\nKuaro,7\n")
    assert "  Judul kolom: baris 1" in lines
    assert '        - head: "Jiwa"' in lines


def test_regions_over_columns_are_heads() -> None:
    assert "  Judul kolom: baris 1 sampai 2" in look("Uraian,Kabupaten,,\n,Paser,Kutai Timur,PPU\nTitik wifi,5,6,7\n")


def test_a_letterhead_over_heads_is_a_title() -> None:
    rows = "PEMERINTAH KABUPATEN PASER,,Lampiran\nDINAS KESEHATAN,,Tahun 2024\nKecamatan,Bidan,Perawat\nLong Kali,1,2\n"
    lines = look(rows)
    assert "  Judul kolom: baris 3" in lines
    assert "      period: [title]  # terbaca: 2024; pastikan" in lines


def test_a_unit_in_brackets_over_the_table_is_its_own_however_it_is_worded() -> None:
    lines = look("Pendapatan Paser (dalam jutaan rupiah)\nUraian,2022,2023\nPAD,1,2\nLainnya,3,4\n")
    assert any('unit: "juta Rp"' in line for line in lines)


def test_a_blank_corner_over_regions_is_read_where_all_other_heads_are_years() -> None:
    lines = look(",2022,2023\nPaser,1,2\nKutai Timur,3,4\n")
    assert '      region: "(tanpa judul)"' in lines
    assert "  Terbaca: 4 angka; akan dikembalikan: 0" in lines


def test_villages_by_their_whole_codes_need_no_parent() -> None:
    lines = look("KECAMATAN,DESA,KODE DESA,NILAI\nKUARO,RANGAN,64.01.05.2005,0.79\nKUARO,KUARO,64.01.05.1001,0.71\n")
    assert "  Terbaca: 2 angka; akan dikembalikan: 0" in lines


def test_a_table_that_no_draft_reads_is_described_all_the_same() -> None:
    lines = look("Kecamatan;Bulan;Status\nLong Kali;Maret;ada\nLong Ikis;Maret;-\n")
    assert "  Kolom A “Kecamatan”: wilayah" in lines
    assert "  Kolom C “Status”: belum dikenali" in lines


def test_an_unread_column_says_why() -> None:
    lines = look("No;Kecamatan;Camat;Target;Realisasi\n1;Long Kali;Ani;9;7\n2;Long Ikis;Budi;9;8\n")
    assert "  Kolom A “No”: tidak dibaca, ada pada `skip`" in lines
    assert "  Kolom C “Camat”: tidak dibaca, tidak dipakai untuk mengenali barisnya" in lines
    assert "  Kolom D “Target”: tidak dibaca, sebabnya ada pada konsep di bawah" in lines


@pytest.mark.parametrize(("beside", "named"), [("IKS,IKE", False), ("Bidan,Perawat", True)])
def test_an_abbreviation_beside_strange_ones_is_asked_for(beside: str, named: bool) -> None:
    lines = look(f"Wilayah,{beside},IPM\nPaser,0.7,0.8,0.9\nKutai Timur,0.7,0.8,0.9\n")
    assert any("indicator: ipm" in line for line in lines) == named


def test_parts_that_add_up_to_the_column_beside_them_are_drafted_as_a_sum() -> None:
    lines = look("Kecamatan,Laki-laki,Perempuan,Jumlah\nLong Kali,1,2,3\nLong Ikis,4,5,9\n")
    assert '        - sum: ["Laki-laki", "Perempuan"]' in lines
    assert "  Terbaca: 2 angka; akan dikembalikan: 0" in lines


def test_rates_of_parts_are_not_added() -> None:
    lines = look("Kecamatan,Laki-laki,Perempuan,Jumlah\nLong Kali,1,2,1.5\nLong Ikis,4,5,4.4\n")
    assert '        - head: "Jumlah"' in lines
