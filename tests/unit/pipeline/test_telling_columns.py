"""Columns that a feed leaves out and that say of a figure what the feed takes from elsewhere."""

from __future__ import annotations

import pytest

from tests.problems.sheets import layout_feed, refine_layout
from tests.problems.trial import feed

FILL = {"indicator": "population", "unit": "jiwa", "period": "2024"}
LAYOUT = {"values": [{"head": "Nilai", "fill": FILL}]}


def rules(title: str, cell: str) -> list[tuple[str, str]]:
    """Return the rule and the cell by which the one figure went back, of a plain feed and of one with a layout."""
    content = f"Wilayah;Nilai;{title}\nPaser;5;{cell}\n".encode()
    plain = feed(columns={"region": "Wilayah", "value": "Nilai"}, defaults=FILL)
    found = [refine_layout(content, of) for of in (plain, layout_feed(columns={"region": "Wilayah"}, layout=LAYOUT))]
    back = [each.findings[each.findings["severity"].eq("refused")] for each in found]
    assert back[0]["rule"].tolist() == back[1]["rule"].tolist()
    return list(zip(back[0]["rule"], back[0]["column"], strict=True))


@pytest.mark.parametrize(
    ("title", "cell", "rule"),
    [
        ("Satuan", "KK", "satuan-kolom"),
        ("Unit", "ribu jiwa", "satuan-kolom"),
        ("Tahun Data", "2023", "periode-kolom"),
        ("Bulan", "Juni", "periode-kolom"),
        ("Semester", "I", "periode-kolom"),
        ("Jenis", "Target", "jenis-kolom"),
        ("Indikator", "wifi", "indikator-kolom"),
        ("Nama", "Puskesmas Kuaro", "rincian-belum-dipilih"),
    ],
)
def test_another_unit_period_kind_indicator_or_a_facility_returns_the_row(title: str, cell: str, rule: str) -> None:
    assert rules(title, cell) == [(rule, "C")]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Satuan", "orang"),
        ("Satuan", "Dinas Kesehatan"),
        ("Tahun", "2024"),
        ("Bulan", "Desember"),
        ("Semester", "II"),
        ("Tahun Berdiri", "1999"),
        ("Jenis", "Realisasi"),
        ("Indikator", "population"),
        ("Uraian", "Hasil pendataan"),
    ],
)
def test_the_same_or_something_else_altogether_does_no_harm(title: str, cell: str) -> None:
    assert rules(title, cell) == []
