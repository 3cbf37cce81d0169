"""A column of regions that its head says lists facilities: "Kuaro" under "Puskesmas" is no kecamatan."""

from __future__ import annotations

import re

from etl.catalogue.feeds import Feed
from etl.catalogue.names import fold_name, normalise_name
from etl.pipeline.batch import Batch
from etl.pipeline.layout.head_words import words
from etl.sheets.categorical import by_word

RULE = "fasilitas-judul"
FACILITIES = re.compile(
    r"\b(?:puskesmas|pkm|pustu|poskesdes|polindes|posyandu|faskes|fasilitas|rsud|rs|rumah sakit|klinik|apotek|"
    r"sekolah|madrasah|satuan pendidikan|npsn|paud|sdn?|smpn?|sman?|smkn?|kampus|pasar|uptd?|kua|polsek|koramil|"
    r"kantor|unit kerja|unit layanan|satuan kerja|skpd|opd|perangkat daerah|instansi|dinas|cabang|balai|bpp|"
    r"bank sampah|tps3?r?|objek wisata|koperasi|bumdes)\b"
)
SENTENCE = (
    "“{}” berdiri di bawah judul “{}”, jadi nama ini fasilitas dan bukan wilayah. Kirim angka seluruh kecamatan atau "
    "kabupatennya; bila fasilitas itu mencakup seluruh wilayahnya, walidata mencatatnya."
)


def facility(head: str, text: str) -> str | None:
    """Say that a region's name is a facility's by the head above it; None for a whole regency and a declared one."""
    name = fold_name(text)
    ranked = normalise_name(text) != name
    declared = FACILITIES.search(words(name)) is not None  # in the list of facilities, or no region is known by it
    return None if ranked or declared or not FACILITIES.search(words(head)) else SENTENCE.format(text, head)


def refuse_facilities(batch: Batch, feed: Feed) -> None:
    """Refuse the rows of a plain table whose regions stand in a column of facilities."""
    head = feed.columns.get("region", "")
    if feed.layout is None and FACILITIES.search(words(head)):
        told = by_word(batch.rows["region"], lambda text: facility(head, text or ""))
        batch.refuse(told.notna(), RULE, "region", lambda row: str(told[row["at"]]))
