"""What made spreadsheets are about: regions with their codes, and indicators as heads name them."""

from __future__ import annotations

from dataclasses import dataclass

REGIONS = {"64.01": ("Paser", "6401"), "64.08": ("Kutai Timur", "6404"), "64.09": ("Penajam Paser Utara", "6409")}


@dataclass(frozen=True)
class Subject:
    """An indicator as a head names it, with the least and the greatest that its figures may be here."""

    id: str
    head: str
    unit: str
    least: str
    greatest: str
    step: str
    series: str | None = None


SUBJECTS = (
    Subject("poverty-rate", "Persentase Penduduk Miskin", "%", "5.5", "10.5", "0.01"),
    Subject("tpt", "Tingkat Pengangguran Terbuka", "%", "2.5", "8", "0.01"),
    Subject("stunting", "Prevalensi Stunting", "%", "15", "30", "0.1", "ssgi"),
    Subject("sanitation", "Akses Sanitasi Layak", "%", "70", "96", "0.01"),
    Subject("ipm", "Indeks Pembangunan Manusia", "indeks", "70", "77", "0.01", "lf"),
    Subject("hls", "Harapan Lama Sekolah", "tahun", "12", "14", "0.01"),
    Subject("poor-population", "Jumlah Penduduk Miskin", "jiwa", "11000", "40000", "1"),
    Subject("pad", "Pendapatan Asli Daerah", "miliar Rp", "110", "520", "0.01"),
    Subject("investment-pma", "Realisasi Investasi PMA", "juta US$", "10", "300", "0.01"),
    Subject("midwives", "Jumlah Bidan", "orang", "120", "1900", "1"),
    Subject("tourist-visits", "Kunjungan Wisatawan", "kunjungan", "1100", "900000", "1"),
)
LIKE = {each.id: each for each in SUBJECTS}
