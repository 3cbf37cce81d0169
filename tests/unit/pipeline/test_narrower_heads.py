"""A head that names its indicator and goes on is no head of the whole; one that only says more of it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.pipeline.layout.narrower_heads import NarrowerHeads

NARROWER = """
midwives: Bidan Puskesmas
midwives: Bidan Praktik Mandiri
midwives: Bidan yang Memiliki STR
midwives: Bidan (PNS)
midwives: Jumlah Bidan > Puskesmas
apbd-expenditure: Belanja Pegawai
apbd-expenditure: Realisasi Belanja Hibah 2024
apbd-expenditure: Belanja Barang dan Jasa
apbd-revenue: Pendapatan (Perubahan)
apbd-revenue: Pendapatan Lain-lain yang Sah
pad: PAD Pajak
population: Penduduk Muslim
tpt: TPT Lulusan SMK
inflation: Inflasi Bahan Makanan
public-wifi-points: Titik Wifi Sekolah
umkm-count: UMKM Binaan
waste-managed: Sampah Terkelola TPS3R
road-steady: Jalan Mantap Provinsi
capital-expenditure: Belanja Modal Tanah
population: Penduduk > Selisih
midwives: Kekurangan Bidan
pad: Potensi PAD
"""
COUNTED = """
population: Jumlah KK
population: Rumah Tangga
population: Banyaknya Keluarga
dtsen-families: Rumah Tangga
"""
SOUND = """
population: Jiwa
population: L+P
population: Nilai
midwives: Kesehatan
midwives: Nilai (tahun dasar 2010)
road-steady: Kemantapan (%)
poverty-rate: P0
midwives: Bidan (orang)
midwives: Jumlah Tenaga Bidan
midwives: Jumlah Bidan di Puskesmas dan Rumah Sakit Menurut Kecamatan
midwives: Bidan > Kuaro
apbd-expenditure: Total Belanja Daerah (Rp juta)
apbd-revenue: Realisasi Pendapatan Daerah TA 2024 (audited)
pad: Pendapatan Asli Daerah (PAD)
population: Jumlah Penduduk Kabupaten Penajam Paser Utara
population: Penduduk Akhir Tahun 2024 (ribu jiwa)
tpt: Tingkat Pengangguran Terbuka (TPT) Penduduk Umur 15 Tahun ke Atas, Agustus 2024
stunting: Prevalensi Stunting SSGI 2024
uhh: Usia Harapan Hidup (UHH)
sanitation: Persentase Rumah Tangga yang Memiliki Akses terhadap Sanitasi Layak
cooperatives: Koperasi Aktif dan Tidak Aktif
hotspots: Jumlah Titik Panas (Hotspot)
silpa: SiLPA Tahun Berjalan
ipm: IPM (Metode Baru)
tourist-visits: Kunjungan Wisatawan Nusantara dan Mancanegara
poverty-rate: Persentase Penduduk Miskin (P0) - Maret (%)
"""


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue(Path(__file__).parents[3], CONNECTORS)


@pytest.mark.parametrize(
    ("title", "narrow"),
    [
        ("JUMLAH BIDAN PRAKTIK MANDIRI TAHUN 2024", True),
        ("DATA KEBUTUHAN BIDAN KABUPATEN PASER", True),
        ("JUMLAH BIDAN BARU TAHUN 2024", True),
        ("REALISASI BELANJA PEGAWAI (BIDAN)", False),
        ("REKAP BIDAN YANG MENGIKUTI PELATIHAN 2024", True),
        ("REKAPITULASI JUMLAH BIDAN DINAS KESEHATAN 2024", False),
        ("Tabel 4.2.1 Jumlah Bidan Menurut Kecamatan di Kabupaten Paser, 2024", False),
        ("JUMLAH BIDAN DAN PERAWAT MENURUT STATUS", False),
    ],
)
def test_a_title_narrows_where_its_head_names_nothing(shipped: Catalogue, title: str, narrow: bool) -> None:
    heads, midwives = NarrowerHeads(shipped), shipped.indicator["midwives"]
    assert (heads.doubt(midwives, ("Jumlah",), (title,)) is not None) is narrow
    assert heads.doubt(midwives, ("Bidan",), (title,)) is None


def doubted(shipped: Catalogue, line: str) -> bool:
    name, head = line.split(": ", 1)
    return NarrowerHeads(shipped).doubt(shipped.indicator[name], tuple(head.split(" > "))) is not None


@pytest.mark.parametrize("line", NARROWER.strip().splitlines())
def test_a_word_that_narrows_is_doubted_though_no_list_knows_it(shipped: Catalogue, line: str) -> None:
    assert doubted(shipped, line)


@pytest.mark.parametrize("line", SOUND.strip().splitlines())
def test_a_head_that_says_no_less_than_its_indicator_is_not(shipped: Catalogue, line: str) -> None:
    assert not doubted(shipped, line)


def test_no_indicator_is_doubted_under_its_own_names(shipped: Catalogue) -> None:
    heads = NarrowerHeads(shipped)
    named = {
        (each.id, text)
        for each in shipped.indicators
        for text in (each.name.id, each.short.id, each.name.en, each.short.en, f"{each.name.id} ({each.unit})")
        if heads.doubt(each, (text,))
    }
    assert named == set()


@pytest.mark.parametrize("line", COUNTED.strip().splitlines())
def test_a_head_that_counts_another_thing_goes_back(line: str, shipped: Catalogue) -> None:
    code, _, head = line.partition(": ")
    found = NarrowerHeads(shipped).doubt(shipped.indicator[code], head.split(" > "))
    assert found is not None
    assert found.rule == "satuan-judul"
