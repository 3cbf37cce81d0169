"""An unknown file is looked at, the draft is pasted with its blanks filled in, and the file is read right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml

from etl.catalogue.feeds import Feed
from etl.connectors.formats import delimited
from etl.connectors.formats.kinds import extension, read_bytes
from etl.pipeline.inspection.look import inspect
from tests.problems.sheets import book, refine_layout, returned, sheet_catalogue, shown
from tests.problems.trial import TODAY

OPD = Path(__file__).resolve().parents[2] / "samples" / "opd"


def look(content: bytes, name: str = "berkas_baru.xlsx") -> str:
    return "\n".join(inspect(name, extension(content), list(read_bytes(content)), sheet_catalogue(), TODAY))


def pasted(content: bytes, **filled: str) -> Feed:
    """Fill in the draft's blanks as a user does: each ISI_ word by what is given for it."""
    text = look(content)
    draft = text[text.index("  - id: ") :]
    for word, value in filled.items():
        draft = draft.replace(word, value)
    assert not re.findall("ISI_[A-Z]+", draft)
    [block] = yaml.safe_load(f"feeds:\n{draft}")["feeds"]
    return Feed.model_validate(block)


H = ("Kecamatan", "2022", "2023")
IPM = {"ISI_INDIKATOR": "ipm", "ISI_SATUAN": "indeks"}
PEOPLE = {"ISI_INDIKATOR": "population", "ISI_SATUAN": "jiwa"}
WIFI = {"ISI_INDIKATOR": "wifi", "ISI_SATUAN": "titik"}
SHAPES: dict[str, tuple[bytes, Mapping[str, str], list[str], list[str]]] = {
    "titles, merged header, enumerator, marks explained below": (
        book(
            {
                "rows": [
                    ["Tabel 3.1.1 Jumlah Penduduk (ribu jiwa), 2022–2024"],
                    [],
                    ["Kecamatan\nSubdistrict", "Penduduk / Population", None, "Laju (%)"],
                    [None, "2023r", "2024*", None],
                    ["(1)", "(2)", "(3)", "(4)"],
                    ["1. Kuaro", "1.204,5", "43.1", "1,1"],
                    ["  Long Ikis ", "–", 12.5, "-"],
                    ["PASER", "275.452", "...", None],
                    [],
                    ["Catatan: * Angka sementara; r Angka diperbaiki; – nol; ... tidak tersedia"],
                    ["Sumber: BPS"],
                ],
                "merge": ["A1:D1", "A3:A4", "B3:C3", "D3:D4"],
            }
        ),
        {"ISI_INDIKATOR": "population"},
        [
            "population 64.01.05 2023 1204500 revised B6",
            "population 64.01.06 2023 0 revised B7",
            "population 64.01.06 2024 12500 preliminary C7",
        ],
        ["angka-ambigu B8", "tanda-desimal C6", "tanpa-nilai C8"],
    ),
    "months under merged years, numbers, a total, a signature": (
        book(
            {
                "rows": [
                    ["Titik Wifi Publik"],
                    ["No", "Kecamatan", 2023, None, 2024],
                    [None, None, "Nop", "Des", "Agt"],
                    [1, "Kuaro", 1, 2, 3],
                    [2, "Long Ikis", 4, 5, None],
                    [None, "Jumlah", 5, 7, 3],
                    [],
                    [None, None, None, "Tana Paser, 3 Oktober 2025"],
                    [None, None, None, "Kepala Dinas"],
                    [None, None, None, "NIP. 197905122005011003"],
                ],
                "merge": ["A2:A3", "B2:B3", "C2:D2"],
            }
        ),
        WIFI,
        [
            *("wifi 64.01.05 2023-11 1 C4", "wifi 64.01.05 2023-12 2 D4", "wifi 64.01.05 2024-08 3 E4"),
            *("wifi 64.01.06 2023-11 4 C5", "wifi 64.01.06 2023-12 5 D5"),
        ],
        ["tanpa-nilai E5"],
    ),
    "regions across, years down": (
        book({"rows": [["Tahun", "Paser", "PPU", "Jumlah"], [2022, 70, "71,5", 141.5], ["2023*", "72,1", "…", None]]}),
        IPM,
        ["ipm 64.01 2022 70 B2", "ipm 64.09 2022 71.5 C2", "ipm 64.01 2023 72.1 preliminary B3"],
        ["tanpa-nilai C3"],
    ),
    "one sheet for each year, one of them hidden": (
        book(
            {"name": "2021", "rows": [["Kabupaten/Kota", "IPM"], ["Kab. Paser", "69,1"]], "hidden": True},
            {"name": "2022", "rows": [["Kabupaten/Kota", "IPM"], ["Kab. Paser", "70,1"], ["Kota Paser", "1"]]},
            {"name": "2023", "rows": [["Kabupaten/Kota", "IPM"], ["Kab. Paser", "70,2"], ["MAHAKAM HULU", "69"]]},
        ),
        IPM,
        ["ipm 64.01 2022 70.1 2022!B2", "ipm 64.01 2023 70.2 2023!B2", "ipm 64.11 2023 69 2023!B3"],
        ["wilayah-tak-dikenal 2022!A3"],
    ),
    "one sheet for each kecamatan, months down": (
        book(
            *(
                {"name": name, "rows": [["Laporan"], ["Bulan", "Titik"], ["Januari 2025", 1], ["Sept 2025", 2]]}
                for name in ("Kec. Long Ikis", "Kec. Kuaro")
            )
        ),
        WIFI,
        [
            *("wifi 64.01.06 2025-01 1 Kec. Long Ikis!B3", "wifi 64.01.06 2025-09 2 Kec. Long Ikis!B4"),
            *("wifi 64.01.05 2025-01 1 Kec. Kuaro!B3", "wifi 64.01.05 2025-09 2 Kec. Kuaro!B4"),
        ],
        [],
    ),
    "two tables one below the other": (
        book(
            {
                "rows": [
                    *(["Tabel 1 Penduduk"], H, ["Kuaro", 10, 11], ["Long Ikis", 20, 21], ["Long Kali", 5, 6], []),
                    *(["Tabel 2 Penduduk laki-laki"], H, ["Kuaro", 4, 5], ["Long Ikis", 9, 9]),
                ]
            }
        ),
        PEOPLE,
        [
            *("population 64.01.05 2022 10 B3", "population 64.01.05 2023 11 C3", "population 64.01.06 2022 20 B4"),
            *("population 64.01.06 2023 21 C4", "population 64.01.08 2022 5 B5", "population 64.01.08 2023 6 C5"),
        ],
        [],
    ),
    "delimited text with a spanning head": (
        b"Kecamatan;Penduduk (jiwa);\n;2022;2023\nKuaro;1.204;1.300\nLong Ikis;10;x\n",
        {"ISI_INDIKATOR": "population", "ISI_DESIMAL": ","},
        ["population 64.01.05 2022 1204 B3", "population 64.01.05 2023 1300 C3", "population 64.01.06 2022 10 B4"],
        ["tanpa-nilai C4"],
    ),
    "month and year in titles of several cells": (
        book(
            {
                "rows": [
                    *(["DINAS KOMINFO KABUPATEN PASER"], ["Bulan", ":", "Agustus"], ["Tahun", ":", 2025], []),
                    *(["No", "Kecamatan", "Titik"], [1, "Kuaro", 5], [2, "Waru", 6], ["", "JUMLAH", 11]),
                ]
            }
        ),
        WIFI,
        ["wifi 64.01.05 2025-08 5 C6"],
        ["wilayah-tak-dikenal B7"],
    ),
    "year and month in two columns": (
        b"tahun,bulan,kecamatan,jumlah_titik\n2025,Agustus,Kuaro,10\n2025,9,Kuaro,11\n2025,13,Kuaro,12\n",
        WIFI,
        ["wifi 64.01.05 2025-08 10 D2", "wifi 64.01.05 2025-09 11 D3"],
        ["periode-tak-dikenal D4"],
    ),
    "a merged region over men, women and their sum": (
        book(
            {
                "rows": [
                    ["Kecamatan", "Jenis Kelamin", "2022"],
                    *(["Kuaro", "Laki-laki", 10], [None, "Perempuan", 9], [None, "Jumlah", 19]),
                    *(["Long Ikis", "Laki-laki", 1], [None, "Perempuan", 2], [None, "Jumlah", 4]),
                ],
                "merge": ["A2:A4", "A5:A7"],
            }
        ),
        PEOPLE,
        ["population 64.01.05 2022 19 C4"],
        ["jumlah-tidak-cocok C7"],
    ),
    "years as lines of their own": (
        book(
            {"rows": [["Tabel IPM"], ["Kabupaten", "IPM"], ["Tahun 2022"], ["PPU", 70], ["Tahun 2023"], ["PPU", 71]]}
        ),
        IPM,
        ["ipm 64.09 2022 70 B4", "ipm 64.09 2023 71 B6"],
        [],
    ),
    "men and women as lines of their own, not told apart": (
        book({"rows": [["Kecamatan", "2022"], ["Laki-laki"], ["Kuaro", 10], ["Perempuan"], ["Kuaro", 10]]}),
        PEOPLE,
        [],
        ["kunci-ganda B3", "kunci-ganda B5"],
    ),
    "desa beside their kecamatan": (
        book(
            {"rows": [["Kecamatan", "Desa", "2022"], ["Kuaro", "Kuaro", 10], [None, "Rangan", 11]], "merge": ["A2:A3"]}
        ),
        PEOPLE,
        ["population 64.01.05.1001 2022 10 C2", "population 64.01.05.2005 2022 11 C3"],
        [],
    ),
    "heads that are no years": (
        book(
            {"rows": [[H[0], "2022", "2O23", "2023/2024", "2024¹⁾"], ["Kuaro", 1, 2, 3, 4], ["Long Ikis", 5, 6, 7, 8]]}
        ),
        PEOPLE,
        ["population 64.01.05 2022 1 B2", "population 64.01.06 2022 5 B3"],
        ["judul-tak-dikenal C1", "judul-tak-dikenal D1", "judul-tak-dikenal E1"],
    ),
    "a row whose decimal comma is not quoted": (
        b'Kabupaten,2022,2023\nPaser,70,71\nPPU,70,5,71,2\n"Kutai Timur","70,1","71,1"\n',
        IPM,
        ["ipm 64.01 2022 70 B2", "ipm 64.01 2023 71 C2", "ipm 64.08 2022 70.1 B4", "ipm 64.08 2023 71.1 C4"],
        ["sel-bergeser B3", "sel-bergeser C3"],
    ),
    "hidden lines, a formula without result, an error": (
        book(
            {
                "rows": [
                    *(["Kecamatan", "2021", "2022", "2023"], ["Kuaro", 1, 2, 3], ["Long Ikis", 4, 5, 6]),
                    ["Long Kali", "=1+1", 8, "#REF!"],
                ],
                "hide": [3],
                "hide_columns": ["C"],
            }
        ),
        PEOPLE,
        ["population 64.01.05 2021 1 B2", "population 64.01.05 2023 3 D2"],
        [
            *("rumus-tanpa-hasil B4", "sel-galat D4", "tersembunyi B3", "tersembunyi C2", "tersembunyi C3"),
            *("tersembunyi C4", "tersembunyi D3"),
        ],
    ),
    "a cumulative quarter in the title, money in the cells": (
        book(
            {
                "rows": [
                    *(["LAPORAN PENDAPATAN"], ["KABUPATEN PASER"], ["Keadaan s.d. Triwulan II 2025"], []),
                    *(["Uraian", "Realisasi (Rp)"], ["PAD", "Rp 388.250.500.000,00"], [], ["Mengetahui,"]),
                ]
            }
        ),
        {},
        ["pad 64.01 2025-Q2 388250500000 B6"],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_is_read_by_its_own_draft(shape: str) -> None:
    content, filled, accepted, refused = SHAPES[shape]
    refined = refine_layout(content, pasted(content, **filled))
    assert shown(refined) == accepted
    assert returned(refined) == refused
    assert refined.rows_read == len(refined.accepted) + refined.repeats + len(refused)


def test_what_is_seen_is_told_in_words() -> None:
    told = look((OPD / "dda_wide_year_merged.xlsx").read_bytes(), "dda.xlsx")
    for line in (
        "Berkas dda.xlsx: menurut isinya XLSX",
        "Lembar “3.1.1”: 14 baris, 7 kolom",
        "  Sel gabung: A1:G1, A2:G2, A4:A5, B4:F4, G4:G5",
        "  Judul kolom: baris 4 sampai 5",
        "  Baris nomor kolom: 6 (dilewati)",
        "  Kolom B–F “Penduduk / Population”: periode sebagai judul kolom: 2020, 2021, 2022, 2023r, 2024*",
        "  Angka sebagai teks yang hanya terbaca dengan titik desimal: 1 sel (C10)",
        "  Angka sebagai teks dengan dua kemungkinan bacaan: 1 sel (B11)",
        "  Tanda “–”: 1 sel (C9); nol",
        "  Tanda “n/a”: 1 sel (F10); tidak ada keterangannya, dibaca sebagai tidak ada data",
        "  Catatan, sumber atau tanda tangan: mulai baris 13",
        "Lembar “Catatan”: 1 baris, 1 kolom",
        "        # Laju Pertumbuhan (%): tidak jelas untuk periode mana, jadi tidak dibaca",
    ):
        assert line in told.splitlines()


def test_personal_columns_are_named_by_letter_and_nothing_of_them_is_repeated() -> None:
    told = look(book({"rows": [["NIK", "Nama", "Jumlah"], ["6401010101010001", "Siti Aminah", 3]]}))
    assert "kolom A" in told
    assert not re.search("Siti|6401010101010001|Nama", told)


def test_a_nik_in_a_name_is_told_and_not_repeated() -> None:
    content = book({"name": "NIK 6401010101010001", "rows": [[*H], ["Kuaro", 1, 2]]})
    for told in (look(content), look(book({"rows": [[*H], ["Kuaro", 1, 2]]}), "6401010101010001.xlsx")):
        assert "(16 digit)). Berkas seperti ini ditolak seluruhnya" in told
        assert "6401010101010001" not in told


def test_names_under_a_signature_are_not_repeated() -> None:
    rows: list[list[Any]] = [[*H], ["Kuaro", 1, 2], [None, None, "Kepala Dinas"], [None, None, "BUDI SANTOSO"]]
    told = look(book({"rows": [*rows, [None, None, "NIP. 197905122005011003"]]}))
    assert "BUDI" not in told
    assert "1979" not in told


def test_a_file_without_figures_has_no_draft() -> None:
    told = look(book({"rows": [["Surat pengantar"], ["Kepada Yth. Bupati"]]}))
    assert "Tidak ada tabel yang dapat dibaca." in told
    assert "connector" not in told


def test_a_decimal_mark_without_proof_is_said_to_be_one() -> None:
    assert "tidak ada bukti" in look(b"Kecamatan;2022;2023\nKuaro;1204;10\n")
    assert 'decimal: "ISI_DESIMAL"' in look(b"Kecamatan;2022;2023\nKuaro;1,204;10\n")
    assert "tidak ada bukti" not in look(b"Kecamatan;2022;2023\nKuaro;1,5;10\n")
    assert 'decimal: "."' in look(b"Kecamatan;2022;2023\nKuaro;1.5;10\n")


def test_a_file_that_is_named_by_its_year_gets_an_id() -> None:
    told = look(book({"rows": [[*H], ["Kuaro", 1, 2]]}), "2024.xlsx")
    assert "  - id: kiriman-2024" in told
    assert "Terbaca: 2 angka; akan dikembalikan: 0" in told


def test_realisation_is_drafted_and_the_budget_of_its_year_skipped() -> None:
    told = look(
        book({"rows": [["URAIAN", "ANGGARAN 2024", "REALISASI 2024"], ["PENDAPATAN", 5, 6], ["BELANJA", 7, 8]]})
    )
    assert "- reads: period" in told
    assert 'skip: ["ANGGARAN 2024"]' in told


def test_a_long_file_is_tried_by_its_first_rows() -> None:
    text = "\n".join(["Kecamatan;2022;2023", *(f"Kuaro;{row};{row}" for row in range(30))])
    with patch.object(delimited, "PART", 10), patch.object(delimited, "PART_BYTES", 60):
        told = look(text.encode())
    assert "Lebih panjang dari itu; yang dicoba hanya" in told
    assert "Baris angka: 2 sampai 5" in told
