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
from etl.pipeline.layout.claims import contradicted
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
    layout["values"][0]["fill"]["series"] = "proyeksi"
    refined = read("dukcapil_in_title.xlsx", columns={"region": "Kecamatan"}, layout=layout)
    assert {each.split()[0] for each in returned(refined)} == {"seri-judul"}
    del layout["values"][0]["fill"]["series"]
    refined = read("dukcapil_in_title.xlsx", columns={"region": "Kecamatan"}, layout=layout)
    assert set(plain(refined.accepted)["series"]) == {"dukcapil"}
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


ACCOUNTS = {"Pendapatan Daerah": "apbd-revenue", "PAD": "pad", "Belanja Daerah": "apbd-expenditure"}


@pytest.mark.parametrize("unit", ["miliar rupiah", "Rp"])
def test_a_short_scale_is_read_where_the_unit_settles_it_and_named_elsewhere(unit: str) -> None:
    layout = {
        "words": {"indicator": ACCOUNTS},
        "values": [{"head": "realisasi"}],
        "skip": ["anggaran", "persentase", "Pajak Daerah", "TKDD", "Belanja Modal"],
    }
    defaults = {"region": "64.01", "period": "2024", "unit": unit}
    refined = read("money_with_M.csv", decimal=",", columns={"indicator": "akun"}, layout=layout, defaults=defaults)
    rows = plain(refined.accepted)
    if unit == "Rp":
        assert returned(refined) == [f"singkatan-satuan C{row}" for row in (2, 3, 6)]
        assert "“2.479,31 M”" in refined.findings["sentence"][0]
    else:
        assert dict(zip(rows["indicator"], rows["value"], strict=True)) == {
            "apbd-revenue": "2479.31",
            "pad": "504.51",
            "apbd-expenditure": "2748.31",
        }


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
        ("Jumlah Bidan Kabupaten Paser Semester 2", ["64.01"]),
    ],
)
def test_a_title_of_one_region_keeps_no_row_of_another(title: str, given: list[str]) -> None:
    refined = read_titled(title, "midwives", "orang")
    assert plain(refined.accepted)["region"].tolist() == given


def test_the_year_in_a_head_is_the_year_of_its_rows() -> None:
    refined = read_titled("Jumlah Bidan", "midwives", "orang", head="Nilai 2023")
    assert returned(refined) == ["tahun-judul C4", "tahun-judul C5"]
    assert figures(read_titled("Bidan", "midwives", "orang", head="Nilai (tahun dasar 2010)")) != {}


@pytest.mark.parametrize("head", ["Rasio Bidan", "Persentase Bidan", "Pertumbuhan Bidan"])
def test_a_share_or_growth_is_no_count(head: str) -> None:
    assert returned(read_titled("Bidan", "midwives", "orang", head=head)) == ["satuan-judul C4", "satuan-judul C5"]


def test_a_facility_in_the_place_of_a_region_is_named_as_one() -> None:
    content = b"Wilayah;Tahun;Nilai\nPuskesmas Tanah Grogot;2024;21\n"
    known = {"id": "uji", "name": {"id": "Uji", "en": "Trial"}, "connector": "file", "path": "data/inbox/uji/*"}
    said = {"columns": {"region": "Wilayah", "period": "Tahun", "value": "Nilai"}, "decimal": ","}
    feed = Feed.model_validate({**known, **said, "defaults": {"indicator": "midwives", "unit": "orang"}})
    [sentence] = refine(read_bytes(content), feed, CATALOGUE, TODAY).findings["sentence"]
    assert "adalah fasilitas, bukan wilayah" in sentence


def test_a_yearly_figure_under_the_head_of_one_month_goes_back() -> None:
    assert returned(read_titled("Jumlah Bidan", "midwives", "orang", head="Bidan Juni")) == [
        "bulan-judul C4",
        "bulan-judul C5",
    ]


@pytest.mark.parametrize("head", ["L", "P", "Pr", "Jumlah (L)"])
def test_one_letter_under_a_count_is_one_of_the_sexes(head: str) -> None:
    assert returned(read_titled("Jumlah Bidan", "midwives", "orang", head=head)) == [
        "bagian-judul C4",
        "bagian-judul C5",
    ]


@pytest.mark.parametrize(
    ("indicator", "unit", "title", "rule"),
    [
        ("stunting", "%", "Prevalensi Stunting", "seri-tak-disebut"),
        ("inflation", "%", "Inflasi Bulanan Menurut Kabupaten", "jenis-perubahan"),
        ("inflation-mtm", "%", "Inflasi Tahunan (y-on-y)", "jenis-perubahan"),
        ("poverty-rate", "%", "Persentase Penduduk Miskin Ekstrem", "bagian-judul"),
        ("stunting", "%", "Prevalensi Stunting Balita 0-23 Bulan (SSGI)", "bagian-judul"),
        ("tpt", "%", "Tingkat Pengangguran Terbuka Laki-laki", "bagian-judul"),
        ("population", "jiwa", "Jumlah Penduduk Sensus Penduduk dan Proyeksi", "seri-tak-disebut"),
        ("population", "jiwa", "Jumlah Penduduk Hasil Sensus Penduduk 2020", "tahun-judul"),
        ("midwives", "orang", "Jumlah Bidan per 1.000 Penduduk", "satuan-judul"),
        ("poverty-rate", "%", "Jumlah Penduduk Miskin (ribu jiwa)", "satuan-judul"),
        ("midwives", "orang", "Jumlah Bidan Tahun 2023", "tahun-judul"),
        ("midwives", "orang", "Jumlah Perawat", "indikator-judul"),
        ("midwives", "orang", "Jumlah Bidan Menurut Puskesmas", "fasilitas-judul"),
        ("midwives", "orang", "Jumlah Bidan Semester I Tahun 2024", "bulan-judul"),
        ("pad", "miliar Rp", "Laporan Realisasi Anggaran Dinas Kesehatan", "fasilitas-judul"),
        ("pad", "miliar Rp", "Ringkasan APBD Murni", "target-tanpa-jenis"),
        ("poverty-rate", "%", "Indeks Kedalaman Kemiskinan (P1)", "indikator-judul"),
        ("gdp-adhb", "miliar Rp", "PDRB Atas Dasar Harga Konstan", "jenis-hitungan"),
        ("lpe", "%", "Laju Pertumbuhan PDRB Sektor Pertanian", "bagian-judul"),
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


SOUND = """
tpt: Tingkat Pengangguran Terbuka (TPT) Penduduk Umur 15 Tahun ke Atas, Agustus 2024
tpak: Tingkat Partisipasi Angkatan Kerja (TPAK) Penduduk Berumur 15 Tahun ke Atas, Agustus 2024
rls: [Metode Baru] Rata-rata Lama Sekolah Penduduk Umur 25 Tahun ke Atas (Tahun)
poverty-rate: Persentase Penduduk Miskin (P0) Menurut Kabupaten/Kota, Maret 2024
stunting: Prevalensi Stunting pada Balita (0-59 bulan) SSGI 2024
drinking-water: Rumah Tangga dengan Akses Air Minum Layak Hasil Susenas Maret 2024
internet-users: Persentase Penduduk Usia 5 Tahun ke Atas yang Mengakses Internet, Susenas Maret 2024
population: Jumlah Penduduk Menurut Kecamatan dan Jenis Kelamin, Pertengahan Tahun (Juni) 2024
population: Jumlah Penduduk Hasil Sensus Penduduk September 2020
gini: Gini Rasio Menurut Daerah Perkotaan+Perdesaan, Maret 2024
inflation: Laporan Bulanan Inflasi Tahunan (Y-on-Y) Desember 2024
inflation: Laporan Bulanan Inflasi Kabupaten Penajam Paser Utara
midwives: Jumlah Bidan di Puskesmas dan Rumah Sakit Menurut Kecamatan
midwives: Jumlah Bidan Keadaan 31 Desember 2024
midwives: Tabel 3.2 Tahun 2024, Jumlah Bidan
midwives: Jumlah Bidan Menurut Kementerian Dalam Negeri
population: Jumlah Penduduk per 31-12-2024 (jiwa)
tpt: Tingkat Pengangguran Terbuka Penduduk Usia 15+ 2024
silpa: Sisa Lebih Pembiayaan Anggaran (SILPA) Tahun Anggaran 2024
pad: Ringkasan Laporan Realisasi Anggaran, Pendapatan Asli Daerah Tahun Anggaran 2024
""".strip().splitlines()


@pytest.mark.parametrize("line", SOUND)
def test_a_sound_title_returns_nothing(line: str) -> None:
    name, title = line.split(": ", 1)
    indicator = CATALOGUE.indicator[name]
    assert contradicted(None, None, indicator, (indicator.short.id,), (title,)) is None
    assert contradicted(None, None, indicator, (title,), ()) is None


def test_the_own_names_of_indicators_contradict_none_of_them() -> None:
    told = {each.id: contradicted(None, None, each, (each.name.id,), (each.short.id,)) for each in CATALOGUE.indicators}
    assert {name: doubt for name, doubt in told.items() if doubt} == {}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("midwives", "Jumlah Bidan Pertengahan Tahun (Juni) 2024"),
        ("poverty-rate", "Persentase Penduduk Miskin Susenas September 2024"),
        ("stunting", "Prevalensi Stunting Balita 0-23 Bulan"),
        ("pad", "Anggaran Pendapatan Asli Daerah"),
        ("tpt", "Tingkat Kesempatan Kerja"),
        ("infant-deaths", "Kematian Bayi per 1.000 Kelahiran"),
        ("digital-trained-asn", "Pegawai Non-ASN yang Dilatih"),
    ],
)
def test_a_title_that_narrows_does(name: str, title: str) -> None:
    indicator = CATALOGUE.indicator[name]
    titled = contradicted(None, None, indicator, (indicator.short.id,), (title,))
    assert titled or contradicted(None, None, indicator, (title,), ())
