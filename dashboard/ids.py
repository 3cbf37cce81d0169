"""Ids of elements that links, style sheets, scripts and tests rely on."""

from __future__ import annotations

MAIN = "isi"
SEARCH = "cari"
DIMENSIONS = "dimensi"
SPBE = "spbe"
DEVELOPMENT = "pembangunan"
CONFLICTS = "beda-data"
CHANGES = "perubahan"
AGE = "kemutakhiran"
TREND = "grafik-tren"
SPBE_TREND = "grafik-spbe"
FIGURES = "setiap-angka"
ABOUT = "tentang"
OLDER = "versi-lama"
