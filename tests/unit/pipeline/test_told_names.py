"""What a sheet's name, and the head of its regions, say against its title and its rows."""

from __future__ import annotations

import pytest

from etl.pipeline.refine import Refined
from tests.making import indicator, text
from tests.problems.sheets import book, layout_feed, refine_layout, sheet_catalogue
from tests.problems.trial import feed, refine_bytes


def rules(found: Refined) -> list[str]:
    return found.findings.loc[found.findings["severity"].eq("refused"), "rule"].tolist()


def sheet(name: str, title: str, wifi: str = "population", **more: str) -> Refined:
    content = book({"name": name, "rows": [[title], ["Wilayah", "Nilai"], ["Paser", 22]]})
    layout = {"values": [{"head": "Nilai", "fill": {"indicator": wifi}}], "period": ["title"]}
    return refine_layout(content, layout_feed(columns={"region": "Wilayah"}, layout={**layout, **more}))


@pytest.mark.parametrize(
    ("name", "title", "indicator_id", "rule"),
    [
        ("2023", "Penduduk Tahun 2024", "population", "tahun-judul"),
        ("Maret", "Wifi April 2024", "wifi", "bulan-judul"),
        ("TW I", "Wifi April 2024", "wifi", "bulan-judul"),
        ("PPU", "Penduduk Kabupaten Paser 2024", "population", "wilayah-judul"),
    ],
)
def test_a_sheet_that_names_another_period_or_region_than_its_title_goes_back_with_both(
    name: str, title: str, indicator_id: str, rule: str
) -> None:
    found = sheet(name, title, indicator_id)
    assert rules(found) == [rule]
    assert "nama lembar menyebut" in found.findings["sentence"].iloc[0]


@pytest.mark.parametrize(
    ("name", "title", "indicator_id"),
    [
        ("2024", "Penduduk Tahun 2024", "population"),
        ("DDA 2025", "Penduduk Tahun 2024", "population"),
        ("Apr 24", "Wifi April 2024", "wifi"),
        ("TW II", "Wifi April 2024", "wifi"),
        ("Kalimantan Timur", "Penduduk Kabupaten Paser 2024", "population"),
        ("Sheet1", "Penduduk Tahun 2024", "population"),
    ],
)
def test_a_sheet_that_names_the_same_or_nothing_is_read(name: str, title: str, indicator_id: str) -> None:
    assert rules(sheet(name, title, indicator_id)) == []


FACILITIES = ("Puskesmas", "Nama Posyandu", "RSUD", "Sekolah", "UPT Puskesmas", "Kecamatan/Puskesmas", "Unit Kerja")


@pytest.mark.parametrize("head", FACILITIES)
def test_names_of_kecamatan_under_a_head_of_facilities_go_back(head: str) -> None:
    rows = f"{head};Nilai\nKuaro;5\n"
    fill = {"indicator": "population"}
    declared = layout_feed(
        columns={"region": head},
        layout={"parent": "64.01", "values": [{"head": "Nilai", "fill": fill}]},
        defaults={"period": "2024"},
    )
    plain = feed(
        columns={"region": head, "value": "Nilai"},
        defaults={**fill, "unit": "jiwa", "period": "2024"},
        level="district",
        region="64.01",
    )
    for of in (declared, plain):
        found = refine_layout(rows.encode(), of)
        assert rules(found) == ["fasilitas-judul"]
        assert f"“{head}”" in found.findings["sentence"].iloc[0]


def test_a_whole_regency_and_a_declared_word_under_a_head_of_facilities_are_read() -> None:
    of = layout_feed(
        columns={"region": "Puskesmas"},
        layout={
            "parent": "64.01",
            "words": {"region": {"Kuaro": "64.01.05"}},
            "values": [{"head": "Nilai", "fill": {"indicator": "ipm"}}],
        },
        defaults={"period": "2024"},
    )
    assert rules(refine_layout(b"Puskesmas;Nilai\nKuaro;5\nKab. Paser;6\n", of)) == []


DECILES = [{"id": f"desil-{number}", "name": text(f"Desil {number}")} for number in (1, 2, 3, 4, 10, "5-10")]


def decile(head: str, title: str = "", series: str | None = "desil-1") -> list[str]:
    of = feed(
        columns={"region": "Wilayah", "value": head},
        defaults={"indicator": "dtsen", "period": "2024", **({"series": series} if series else {})},
    )
    known = indicator("dtsen", unit="keluarga", decimals=0, series=DECILES)
    catalogue = sheet_catalogue().model_copy(update={"indicators": (known,)})
    above = f"{title};\n" if title else ""
    return rules(refine_bytes(f"{above}Wilayah;{head}\nPaser;5\n".encode(), of, catalogue))


@pytest.mark.parametrize("head", ["Desil 2", "Desil II", "Desil ke-2", "Desil 10", "Desil 1-4", "Desil 1 s.d. 4"])
def test_a_head_of_another_decile_or_a_group_goes_back(head: str) -> None:
    assert decile(head) == ["seri-judul"]
    assert decile("Keluarga", f"Keluarga {head} Tahun 2024") == ["seri-judul"]


def test_the_head_of_the_declared_decile_is_read_and_a_single_one_names_the_series() -> None:
    assert [decile(head) for head in ("Desil 1", "Desil I", "Desil 01")] == [[], [], []]
    assert decile("Desil 1", "Keluarga menurut Desil 1-4") == []
    assert decile("Desil 2", series=None) == []
    assert decile("Desil 1-4", series=None) == ["seri-tak-disebut"]
    assert [decile("Desil 5-10", series=series) for series in ("desil-5-10", None)] == [[], []]
    assert decile("Desil 10", series="desil-5-10") == decile("Desil 5-10", series="desil-10") == ["seri-judul"]


def test_a_year_or_part_of_one_in_the_head_of_a_declared_table_binds() -> None:
    def read(head: str, indicator: str = "ipm") -> list[str]:
        values = [{"head": head, "fill": {"indicator": indicator}}]
        of = layout_feed(columns={"region": "Wilayah"}, layout={"values": values}, defaults={"period": "2023"})
        return rules(refine_layout(f"Wilayah;{head}\nPaser;70\n".encode(), of))

    assert [read(head) for head in ("Nilai 2023", "Nilai Triwulan IV")] == [[], []]
    assert read("Nilai 2024") == ["tahun-judul"]
    assert [read(head) for head in ("Nilai Triwulan I", "Nilai Semester I", "Nilai Juni")] == [["bulan-judul"]] * 3
    assert read("% Penduduk", "population") == ["satuan-judul"]
