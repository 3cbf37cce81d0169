"""Shapes of real files, each by the feed that a steward would write: right figures, or the right cell and cause."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from etl.catalogue.feeds import Feed
from etl.catalogue.load import load_catalogue
from etl.connectors.formats.kinds import read_bytes
from etl.jobs.connector_registry import CONNECTORS
from etl.pipeline.refine import Refined, refine
from etl.sheets.categorical import plain

ROOT = Path(__file__).resolve().parents[2]
FIELD = ROOT / "tests/samples/field"
CATALOGUE = load_catalogue(ROOT, CONNECTORS)
TODAY = dt.date(2026, 11, 28)


def read(file: str, **declared: Any) -> Refined:
    """Read a field file by a feed of which only what matters is said."""
    known = {"id": "uji", "name": {"id": "Kiriman uji", "en": "Trial"}, "connector": "file", "path": "data/inbox/uji/*"}
    feed = Feed.model_validate({**known, "decimal": ".", **declared})
    return refine(read_bytes((FIELD / file).read_bytes()), feed, CATALOGUE, TODAY)


def read_titled(title: str, indicator: str, unit: str, head: str = "Nilai") -> Refined:
    """Read a table of two regencies in 2024 under a title."""
    content = f"{title};;\n;;\nWilayah;Tahun;{head}\nPaser;2024;21\nPenajam Paser Utara;2024;22\n".encode()
    known = {"id": "uji", "name": {"id": "Uji", "en": "Trial"}, "connector": "file", "path": "data/inbox/uji/*"}
    said = {"columns": {"region": "Wilayah", "period": "Tahun", "value": head}, "decimal": ","}
    feed = Feed.model_validate({**known, **said, "defaults": {"indicator": indicator, "unit": unit}})
    return refine(read_bytes(content), feed, CATALOGUE, TODAY)


def figures(refined: Refined) -> dict[tuple[str, str], str]:
    rows = plain(refined.accepted)
    return dict(zip(zip(rows["region"], rows["period"], strict=True), rows["value"], strict=True))


def returned(refined: Refined) -> list[str]:
    """List rule and cell of what went back."""
    found = refined.findings[refined.findings["severity"].eq("refused")]
    cells = zip(found["rule"], found["column"], found["row"], strict=True)
    return [f"{rule} {column or ''}{row or ''}" for rule, column, row in cells]


def test_a_fraction_is_no_percentage() -> None:
    columns = {"region": "Kabupaten", "period": "Tahun", "value": "Persentase"}
    refined = read("percent_as_fraction.xlsx", columns=columns, defaults={"indicator": "poverty-rate", "unit": "%"})
    assert figures(refined) == {}
    assert returned(refined) == ["pecahan C2", "pecahan C3", "pecahan C4"]
    assert "mungkin 8,29%: sel berisi pecahan" in refined.findings["sentence"][0]


@pytest.mark.parametrize("decimal", [".", ","])
def test_a_column_has_one_decimal_mark(decimal: str) -> None:
    columns = {"region": "Kabupaten", "period": "Tahun", "value": "Investasi PMA (juta US$)"}
    declared = {"columns": columns, "defaults": {"indicator": "investment-pma", "unit": "juta US$"}}
    refined = read("decimal_commas_under_point.csv", decimal=decimal, **declared)
    if decimal == ".":
        assert sorted(returned(refined)) == ["angka-ambigu C2", "angka-ambigu C4", "tanda-desimal C3"]
        assert figures(refined) == {}
    else:
        assert figures(refined) == {("64.01", "2024"): "12.345", ("64.08", "2024"): "0.85", ("64.09", "2024"): "1.2"}


def test_monthly_changes_are_no_yearly_inflation() -> None:
    head = "Inflasi (M-to-M) (Persen)"
    values = [{"head": head, "reads": "period", "fill": {"indicator": "inflation", "unit": "%"}}]
    layout = {"header_rows": 3, "skip": ["Tahunan"], "values": values}
    refined = read("inflation_m_to_m.csv", columns={"region": "Nama Wilayah"}, layout=layout)
    assert figures(refined) == {}
    assert "jenis-perubahan" in {each.split()[0] for each in returned(refined)}


def test_the_register_of_the_title_is_not_the_projection() -> None:
    layout: dict[str, Any] = {
        "parent": "64.01",
        "period": ["title"],
        "values": [{"head": "Jumlah Penduduk", "fill": {"indicator": "population", "unit": "jiwa"}}],
    }
    refined = read("dukcapil_in_title.xlsx", columns={"region": "Kecamatan"}, layout=layout)
    assert plain(refined.accepted)["series"].unique().tolist() == ["dukcapil"]
    assert figures(refined) == {
        ("64.01.04", "2024"): "80211",
        ("64.01.05", "2024"): "29010",
        ("64.01.06", "2024"): "43900",
    }
    layout["values"][0]["fill"]["series"] = "proyeksi"
    refined = read("dukcapil_in_title.xlsx", columns={"region": "Kecamatan"}, layout=layout)
    assert {each.split()[0] for each in returned(refined)} == {"seri-judul"}


@pytest.mark.parametrize(("row", "value"), [("64.01", "-2.81"), ("64.08", "-3.05"), ("64.09", "-2.34")])
def test_accounting_negatives_are_negative(row: str, value: str) -> None:
    columns = {"region": "Kabupaten", "period": "Tahun", "value": "LPE"}
    refined = read("accounting_negatives.csv", decimal=",", columns=columns, defaults={"indicator": "lpe", "unit": "%"})
    assert figures(refined)[row, "2020"] == value


def test_a_short_scale_is_named() -> None:
    columns = {"indicator": "akun", "value": "realisasi"}
    refined = read(
        "money_with_M.csv",
        decimal=",",
        columns=columns,
        defaults={"region": "64.01", "period": "2024", "unit": "miliar Rp", "indicator": "pad"},
    )
    assert figures(refined) == {}


def test_two_puskesmas_are_no_kecamatan() -> None:
    layout = {
        "parent": "64.01",
        "header_rows": 2,
        "period": ["title"],
        "fill_down": ["KECAMATAN"],
        "values": [
            {"head": "PREVALENSI STUNTING (%)", "fill": {"indicator": "stunting", "series": "eppgbm", "unit": "%"}}
        ],
    }
    refined = read("puskesmas_in_kecamatan.xlsx", columns={"region": "KECAMATAN"}, layout=layout)
    assert ("64.01.04", "2025-08") not in figures(refined)
    assert ("64.01.06", "2025-08") not in figures(refined)


@pytest.mark.parametrize(
    ("title", "given"),
    [
        ("Jumlah Bidan Kabupaten Penajam Paser Utara", ["64.09"]),
        ("Jumlah Bidan Kabupaten Penajam Paser Utara dan kabupaten lain", ["64.01", "64.09"]),
        ("PEMERINTAH KABUPATEN PENAJAM PASER UTARA", ["64.01", "64.09"]),
        ("Statistik Daerah 2025", ["64.01", "64.09"]),
    ],
)
def test_a_title_of_one_region_keeps_no_row_of_another(title: str, given: list[str]) -> None:
    refined = read_titled(title, "midwives", "orang")
    assert plain(refined.accepted)["region"].tolist() == given


def test_the_year_in_a_head_is_the_year_of_its_rows() -> None:
    refined = read_titled("Jumlah Bidan", "midwives", "orang", head="Nilai 2023")
    assert returned(refined) == ["tahun-judul C4", "tahun-judul C5"]
    assert figures(read_titled("Bidan", "midwives", "orang", head="Nilai (tahun dasar 2010)")) != {}


@pytest.mark.parametrize("head", ["L", "P", "Pr", "Jumlah (L)"])
def test_one_letter_under_a_count_is_one_of_the_sexes(head: str) -> None:
    assert returned(read_titled("Jumlah Bidan", "midwives", "orang", head=head)) == [
        "bagian-judul C4",
        "bagian-judul C5",
    ]


@pytest.mark.parametrize(
    ("indicator", "unit", "title", "rule"),
    [
        ("inflation", "%", "Inflasi Bulanan Menurut Kabupaten", "jenis-perubahan"),
        ("inflation-mtm", "%", "Inflasi Tahunan (y-on-y)", "jenis-perubahan"),
        ("poverty-rate", "%", "Persentase Penduduk Miskin Ekstrem", "bagian-judul"),
        ("stunting", "%", "Prevalensi Stunting Balita 0-23 Bulan (SSGI)", "bagian-judul"),
        ("tpt", "%", "Tingkat Pengangguran Terbuka Laki-laki", "bagian-judul"),
        ("population", "jiwa", "Jumlah Penduduk Hasil Sensus Penduduk 2020", "tahun-judul"),
        ("midwives", "orang", "Jumlah Bidan per 1.000 Penduduk", "satuan-judul"),
        ("poverty-rate", "%", "Jumlah Penduduk Miskin (ribu jiwa)", "satuan-judul"),
        ("midwives", "orang", "Jumlah Bidan Tahun 2023", "tahun-judul"),
        ("midwives", "orang", "Jumlah Bidan Puskesmas Penajam", "fasilitas-judul"),
        ("midwives", "orang", "Jumlah Bidan di RSUD Ratu Aji Putri Botung", "fasilitas-judul"),
        ("midwives", "orang", "Jumlah Bidan Keadaan Juni 2024", "bulan-judul"),
        ("pad", "miliar Rp", "Proyeksi Pendapatan Asli Daerah", "target-tanpa-jenis"),
        ("midwives", "orang", "DATA KABUPATEN BERAU", "wilayah-judul"),
    ],
)
def test_a_title_that_says_something_else_returns_its_figures(indicator: str, unit: str, title: str, rule: str) -> None:
    refined = read_titled(title, indicator, unit)
    assert figures(refined) == {}
    assert {each.split()[0] for each in returned(refined)} == {rule}
