"""Files with just one named defect: the bad row comes back with rule, cell and sentence, the good one is taken."""

from __future__ import annotations

import pytest

from tests.problems.trial import FEEDS, refine_bytes, with_parts

EXPECTED = {
    "bare-dash": ("tanpa-nilai", "D3", "bukan nol"),
    "blank-value": ("tanpa-nilai", "D3", "bukan nol"),
    "cumulative-fall": ("kumulatif-turun", "D3 D4", "90 (2024-Q2, baris 4) lebih kecil daripada 100 (2024-Q1"),
    "cumulative-period": ("periode-tak-dikenal", "C3", "kumulatif"),
    "cut-off-last-row": ("kolom-kurang", "E3", "terpotong"),
    "duplicate-key": ("kunci-ganda", "D3 D4", "baris 4 berisi “75,14”"),
    "empty-cell-beside-parts": ("rincian-belum-dipilih", "F3 F4", "tulis “Jumlah” di sel itu"),
    "footnote-digit": ("bukan-angka", "D3", "75²"),
    "future-year": ("periode-depan", "C3", "belum dimulai"),
    "kecamatan-beside-its-regency": ("rincian-belum-dipilih", "F3", "“Kecamatan” berisi “Sangatta Utara”"),
    "kota-is-not-kabupaten": ("wilayah-tak-dikenal", "B3", "Kota Paser"),
    "missing-unit": ("satuan-kosong", "E3", "Tulis satuannya"),
    "month-of-an-annual-indicator": ("jenis-periode", "C3", "dilaporkan per tahun"),
    "number-with-words": ("bukan-angka", "D3", "sekitar 75"),
    "one-sex-of-a-whole": ("rincian-belum-dipilih", "F3", "“Perempuan”, jadi angka ini bukan keseluruhan"),
    "out-of-range": ("di-luar-batas", "D3", "0 sampai 100"),
    "parts-of-an-unmapped-column": ("rincian-belum-dipilih", "F3 F4", "yang berbeda pada kolom “Rincian”"),
    "percentage-against-its-parts": ("pembilang-penyebut", "D3", "51 dari 1000 adalah 5,10%"),
    "percent-sign-against-unit": ("satuan-tak-dikenal", "E3", "%"),
    "region-code-without-dot": ("wilayah-tak-dikenal", "B3", "6408"),
    "slip-by-a-thousand": ("lompatan", "D3 D4", "“275.452” = 275.452.000.000.000 untuk 2023 pada baris 4"),
    "total-against-its-parts": ("jumlah-tidak-cocok", "D3 D4 D5 D6", "600 jiwa, sedangkan bagiannya berjumlah 599"),
    "two-years-in-one-period": ("periode-tak-dikenal", "C3", "2022/2023"),
    "unknown-category": ("kategori-tak-dikenal", "D3", "WDP, WTP"),
    "unknown-indicator": ("indikator-tak-dikenal", "A3", "Mungkin maksudnya “ipm”"),
    "unknown-period": ("periode-tak-dikenal", "C3", "tahun lalu"),
    "unknown-region": ("wilayah-tak-dikenal", "B3", "Paserr"),
    "unknown-unit": ("satuan-tak-dikenal", "E3", "miliar Rp, triliun Rp"),
    "unquoted-decimal-comma": ("kolom-berlebih", "F3", "tanda kutip"),
}


def test_each_file_is_expected() -> None:
    assert {path.stem for path in FEEDS.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("defect", EXPECTED)
def test_the_defect_is_returned_and_the_rest_taken(defect: str) -> None:
    rule, cells, words = EXPECTED[defect]
    content = (FEEDS / f"{defect}.csv").read_bytes()
    refined = refine_bytes(content, with_parts() if b"Penyebut" in content else None)
    findings = refined.findings
    findings = findings[findings["severity"].eq("refused")].reset_index(drop=True)
    assert set(findings["rule"]) == {rule}
    places = [f"{column or ''}{row}" for column, row in zip(findings["column"], findings["row"], strict=True)]
    assert " ".join(places) == cells
    assert words in findings["sentence"][0]
    assert findings["sentence"][0].startswith("Baris 3")
    assert refined.accepted["value"].tolist() == ["75" if defect == "decimal-point-in-comma-feed" else "75.13"]
    assert refined.rows_read == len(refined.accepted) + refined.repeats + len(findings)
