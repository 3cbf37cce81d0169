"""Forms as regency offices send them: what their drafts read, and what of them no draft may take for a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
import yaml

from etl.catalogue.feeds import Feed
from etl.connectors.formats.kinds import extension, read_bytes
from etl.pipeline.inspection.look import inspect
from tests.problems.sheets import book, refine_layout, returned, sheet_catalogue, shown
from tests.problems.trial import TODAY

WIFI = {"ISI_INDIKATOR": "wifi", "ISI_SATUAN": "titik"}
PEOPLE = {"ISI_INDIKATOR": "population", "ISI_SATUAN": "jiwa"}
IPM = {"ISI_INDIKATOR": "ipm", "ISI_SATUAN": "indeks"}


def draft_of(content: bytes) -> str:
    text = "\n".join(inspect("berkas.xlsx", extension(content), list(read_bytes(content)), sheet_catalogue(), TODAY))
    return text[text.index("  - id: ") :]


def pasted(content: bytes, filled: Mapping[str, str]) -> Feed:
    draft = draft_of(content)
    for word, value in filled.items():
        draft = draft.replace(word, value)
    assert not re.findall("ISI_[A-Z]+", draft), draft
    [block] = yaml.safe_load(f"feeds:\n{draft}")["feeds"]
    return Feed.model_validate(block)


FORMS: dict[str, tuple[bytes, Mapping[str, str], list[str], list[str]]] = {
    "months by number under their word": (
        book(
            {
                "rows": [
                    *(["Titik Wifi Kabupaten Paser Tahun 2025"], ["No", "Kecamatan", "Bulan"], [None, None, 1, 2, 3]),
                    *([1, "Kuaro", 1, 2, 3], [2, "Long Ikis", 4, 5, 6]),
                ],
                "merge": ["A2:A3", "B2:B3", "C2:E2"],
            }
        ),
        WIFI,
        [
            *("wifi 64.01.05 2025-01 1 C4", "wifi 64.01.05 2025-02 2 D4", "wifi 64.01.05 2025-03 3 E4"),
            *("wifi 64.01.06 2025-01 4 C5", "wifi 64.01.06 2025-02 5 D5", "wifi 64.01.06 2025-03 6 E5"),
        ],
        [],
    ),
    "quarters by number down": (
        book({"rows": [["PAD Kabupaten Paser Tahun 2025"], ["Triwulan", "Realisasi"], ["I", 5], ["II", 6]]}),
        {"ISI_INDIKATOR": "pad", "ISI_SATUAN": "Rp"},
        ["pad 64.01 2025-Q1 5 B3", "pad 64.01 2025-Q2 6 B4"],
        [],
    ),
    "a quarter is no month, whatever the indicator is": (
        book({"rows": [["Wifi Kabupaten Paser Tahun 2025"], ["Triwulan", "Titik"], ["I", 5], ["II", 6]]}),
        WIFI,
        [],
        ["jenis-periode A3", "jenis-periode A4"],
    ),
    "a sheet for each month, its year in the title": (
        book(
            *(
                {"name": name, "rows": [["Wifi Kabupaten Paser Tahun 2025"], ["Kecamatan", "Titik"], ["Kuaro", each]]}
                for each, name in enumerate(("Jan", "Peb"), 1)
            ),
            {"name": "Rekap", "rows": [["Rekap 2025"], ["Kecamatan", "Semua"], ["Kuaro", 3]]},
        ),
        WIFI,
        ["wifi 64.01.05 2025-01 1 Jan!B3", "wifi 64.01.05 2025-02 2 Peb!B3"],
        [],
    ),
    "a header that is printed again on the next page": (
        book(
            {
                "rows": [
                    *(["Penduduk Kabupaten Paser Tahun 2024"], ["No", "Kecamatan", "Penduduk"], [1, "Kuaro", 10]),
                    *(["Lanjutan Tabel"], ["No", "Kecamatan", "Penduduk"], [2, "Long Ikis", 20]),
                ]
            }
        ),
        PEOPLE,
        ["population 64.01.05 2024 10 C3", "population 64.01.06 2024 20 C6"],
        [],
    ),
    "the first row without a figure, an empty column of notes": (
        book(
            {
                "rows": [
                    *(["Penduduk Paser Tahun 2024"], ["No", "Kecamatan", "Penduduk", "Keterangan"]),
                    *([1, "Kuaro", "menunggu"], [2, "Long Ikis", 20], [3, "Long Kali", "belum ada"]),
                ]
            }
        ),
        PEOPLE,
        ["population 64.01.06 2024 20 C4"],
        ["bukan-angka C3", "tanpa-nilai C5"],
    ),
    "a target beside what was reached": (
        book(
            {
                "rows": [
                    *(["Kabupaten", "Target", None, "Realisasi"], [None, 2023, 2024, 2023, 2024]),
                    *(["Paser", 74, 75, 73, 76], ["Kutai Timur", 77, 78, 79, 80]),
                ],
                "merge": ["A1:A2", "B1:C1", "D1:E1"],
            }
        ),
        IPM,
        ["ipm 64.01 2023 73 D3", "ipm 64.01 2024 76 E3", "ipm 64.08 2023 79 D4", "ipm 64.08 2024 80 E4"],
        [],
    ),
    "the month before beside this one": (
        book({"rows": [["Wifi Paser Bulan Maret 2025"], ["Kecamatan", "Bulan Lalu", "Bulan Ini"], ["Kuaro", 4, 5]]}),
        WIFI,
        ["wifi 64.01.05 2025-03 5 C3"],
        [],
    ),
    "the year of its source is not the period": (
        book(
            {
                "rows": [
                    *(["Penduduk Kabupaten Paser"], ["Kecamatan", "Penduduk"], ["Kuaro", 10], ["Long Ikis", 20]),
                    ["Sumber: Disdukcapil, 2025"],
                ]
            }
        ),
        {**PEOPLE, "ISI_PERIODE": "2024"},
        ["population 64.01.05 2024 10 B3", "population 64.01.06 2024 20 B4"],
        [],
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_read_by_its_own_draft(form: str) -> None:
    content, filled, accepted, refused = FORMS[form]
    refined = refine_layout(content, pasted(content, filled))
    assert shown(refined) == accepted
    assert returned(refined) == refused


def test_a_draft_of_figures_with_two_readings_asks_for_the_decimal_mark() -> None:
    assert 'decimal: "ISI_DESIMAL"  # B2 ' in draft_of(b"Kecamatan;2022;2023\nKuaro;1,204;10\n")


def test_a_total_that_stands_under_each_year_is_offered() -> None:
    rows = [["Kecamatan", "2023", None], [None, "Laki-laki", "Jumlah"], ["Kuaro", 10, 21], ["Long Ikis", 20, 41]]
    assert 'head: "Jumlah"' in draft_of(book({"rows": rows, "merge": ["A1:A2", "B1:C1"]}))


def test_a_table_of_targets_asks_for_their_document() -> None:
    rows = [["Target IPM Kabupaten Paser Tahun 2025"], ["Wilayah", "Target"], ["Paser", 75], ["Kutai Timur", 76]]
    assert "kind: target, plan: ISI_RENCANA" in draft_of(book({"rows": rows}))
