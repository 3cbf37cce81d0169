"""Personal data are seen in memory, before anything is stored, and only the column is named."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks.personal_columns import errors
from etl.pipeline.personal import personal_columns


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([["Kecamatan", "NIK"], ["Long Ikis", "x"]], ["B"]),
        ([["Judul", ""], ["No. KK", "Jumlah"], ["1", "2"]], ["A"]),
        ([["Kecamatan", "Nilai"], ["Long Ikis", "6401012003990001"]], ["B"]),
        ([["Kecamatan", "Catatan"], ["Long Ikis", "milik 6401012003990001 itu"]], ["B"]),
        ([["Nama", "Alamat Lengkap", "Nilai"], ["A", "B", "1"]], ["A", "B"]),
        ([["Nama", "Alamat", "Umur"], ["Taman Sari", "B", "1"]], ["A", "B"]),
        ([["KK", "Nilai"], ["tercatat", "1"]], ["A"]),
        ([["Penanggung Jawab", "No HP", "Nilai"], ["Budi Santoso", "0812-3456-7890", "1"]], ["A", "B"]),
        ([["Nama", "WA", "Nilai"], ["Siti Aminah", "81234567890", "1"]], ["A", "B"]),
        ([["PIC", "Nilai", "Ket"], ["Nur", "1", "+62 812 3456 7890"]], ["A", "C"]),
        ([["Titik", "Kontak Person", "Nilai"], ["Balai Desa", "Andi (081234567890)", "1"]], ["B"]),
        ([["Nama", "Ketua", "Telepon"], ["Koperasi Maju", "Hasan", "081234567890"]], ["B", "C"]),
        ([["idsubsls", "Nilai"], ["6409010001000100", "1"], ["6401016003990001", "1"]], ["A"]),
    ],
)
def test_is_seen(rows: list[list[str]], columns: list[str]) -> None:
    frame = pd.DataFrame(rows, columns=list("ABC"[: len(rows[0])]), dtype=object)
    assert personal_columns(frame) == columns


@pytest.mark.parametrize(
    "rows",
    [
        [["Nama", "Nilai"], ["Posyandu", "388.250.500.000,00"]],
        [["Unik", "Nilai"], ["teknik", "0.1234567890123456"]],
        [["Wilayah", "Nilai"], ["x", "12345678901234567"]],
        [["idsubsls", "titik"], ["6409021001000100", "2"]],
        [["kode", "titik"], ["6409021001000100", "2"], ["6409010001000100", "2"]],
        [["Transaksi", "Nilai"], ["1234567890123456", "2"]],
        [["Desa", "KK"], ["Janju", "1.204"]],
        [["nama", "alamat"], ["Taman Siring", "Jl. Contoh 1"], ["SDN 003 Waru", "Jl. Contoh 2"]],
        [["nama", "no hp"], ["Hotel Bumi", "081234567890"], ["SDN 003 Waru", "0543 21234"]],
        [["Penanggung Jawab", "No HP"], ["Dinas Kominfo", "081234567890"]],
        [["Petugas", "Nilai"], ["Budi", "81234567890"]],
        [["Nama", "Telepon"], ["Budi", "0543 21234"]],
        [["Bidan", "Telepon"], ["22", "081234567890"]],
        [["Desa", "No HP"], ["Janju", "081234567890"]],
    ],
)
def test_figures_are_no_personal_data(rows: list[list[str]]) -> None:
    assert personal_columns(pd.DataFrame(rows, columns=list("AB"), dtype=object)) == []


def test_of_made_up_columns_no_nik_is_missed_and_hardly_any_area_is_taken_for_one() -> None:
    found = errors(600, seed=2)
    assert not [each for each in found if each.startswith("missed")]
    assert found.total() <= 2
