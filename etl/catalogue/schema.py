"""The JSON Schema of indicators.yaml, by which an editor completes and checks it."""

from __future__ import annotations

import json
from typing import Any

from etl.catalogue.models import FEED_FIELDS, Document

HELP = {
    "Document": "Katalog Pantau: dimensi, urusan, Perangkat Daerah, dokumen rencana, indikator, kiriman data.",
    "Document.dimensions": "Enam dimensi Smart City dengan subdimensinya.",
    "Document.urusan": "Urusan pemerintahan dan Perangkat Daerah yang menanganinya di tiap kabupaten.",
    "Document.offices": "Perangkat Daerah tiap kabupaten.",
    "Document.producers": "Produsen data: yang menghasilkan angka, bukan yang bertanggung jawab atas urusannya.",
    "Document.plans": "Dokumen rencana dengan versinya; target merujuk ke sini.",
    "Document.misi": "Misi kepala daerah, untuk mengelompokkan indikator.",
    "Document.headlines": "Id indikator pembangunan yang tampil di halaman ringkasan, menurut urutan tampil.",
    "Document.indicators": "Indikator: arti, satuan, arah, target, dasar skor.",
    "Document.feeds": "Kiriman data: berkas, kolom, jadwal.",
    "Text": "Satu teks dalam bahasa Indonesia dan Inggris.",
    "Text.id": "Teks bahasa Indonesia.",
    "Text.en": "Teks bahasa Inggris.",
    "Dimension": "Satu dimensi Smart City.",
    "Dimension.id": "Nama pendek untuk alamat halaman, misalnya smart-living.",
    "Dimension.name": "Nama dimensi.",
    "Dimension.subdimensions": "Subdimensi; bobotnya sama bila tidak dinyatakan lain.",
    "Subdimension": "Bagian dari dimensi; memerlukan paling sedikit satu indikator.",
    "Subdimension.id": "Nama pendek, hanya satu kali di seluruh katalog.",
    "Subdimension.name": "Nama subdimensi.",
    "Subdimension.weight": "Bobot dalam dimensinya; 1 bila tidak ditulis.",
    "Urusan": "Satu urusan pemerintahan.",
    "Urusan.id": "Nama pendek urusan.",
    "Urusan.name": "Nama urusan.",
    "Urusan.offices": "Kode wilayah -> id Perangkat Daerah yang menangani urusan ini di sana.",
    "Office": "Satu Perangkat Daerah.",
    "Office.region": 'Kode wilayah Kemendagri, di antara tanda kutip: "64.01".',
    "Office.id": "Nama pendek, hanya satu kali dalam wilayahnya.",
    "Office.name": "Nama resmi.",
    "Office.short": "Singkatan yang tampil di layar.",
    "Office.aliases": "Nama lain yang dipakai dalam berkas.",
    "Office.provenance": "Asal keterangan ini.",
    "Producer": "Lembaga yang menghasilkan angka.",
    "Producer.id": "Nama pendek, misalnya bps.",
    "Producer.name": "Nama lembaga.",
    "Plan": "Satu versi dokumen rencana.",
    "Plan.id": "Nama pendek, misalnya rpjmd-paser-2025.",
    "Plan.kind": "Jenis dokumen; pernyataan bukan dokumen rencana dan tidak memberi capaian.",
    "Plan.document": "Judul dokumen.",
    "Plan.version": "Versi, misalnya awal atau perubahan 1.",
    "Plan.region": "Kode wilayah pemilik dokumen.",
    "Plan.first_year": "Tahun pertama.",
    "Plan.last_year": "Tahun terakhir.",
    "Plan.in_force": "Berlaku atau tidak; satu versi yang berlaku pada satu tahun.",
    "Plan.source": "Asal: judul atau alamat.",
    "Misi": "Satu misi kepala daerah.",
    "Misi.id": "Nama pendek misi.",
    "Misi.region": "Kode wilayah.",
    "Misi.name": "Bunyi misi.",
    "Misi.source": "Asal: dokumen dan halaman.",
    "Indicator": "Satu hal yang diukur.",
    "Indicator.id": "Nama pendek untuk alamat halaman, misalnya ipm.",
    "Indicator.name": "Nama lengkap.",
    "Indicator.short": "Nama pendek untuk kartu.",
    "Indicator.definition": "Definisi.",
    "Indicator.subdimension": "Id subdimensi; null bila di luar enam dimensi.",
    "Indicator.unit": "Satuan nilai yang disimpan.",
    "Indicator.units": "Satuan lain yang tercetak -> pengali ke satuan indikator, misalnya juta: 1000000.",
    "Indicator.decimals": "Banyaknya angka di belakang koma pada layar.",
    "Indicator.direction": "Arah baik: higher naik, lower turun, range rentang, category kategori, none tanpa arah.",
    "Indicator.additive": "Boleh dijumlahkan antarwilayah.",
    "Indicator.cumulative": "Dihitung sejak 1 Januari (s.d. bulan atau triwulan).",
    "Indicator.frequency": "Seberapa sering angka terbit.",
    "Indicator.month": "Bulan yang dimaksud angka tahunan, misalnya 8 untuk Sakernas Agustus.",
    "Indicator.release": "Kalender rilis produsen.",
    "Indicator.producer": "Id produsen data.",
    "Indicator.urusan": "Id urusan yang bertanggung jawab.",
    "Indicator.series": "Seri (cara ukur); seri yang berbeda tidak disambung.",
    "Indicator.role": "core: ikut skor; supporting: ditampilkan saja.",
    "Indicator.weight": "Bobot dalam subdimensi; 1 bila tidak ditulis.",
    "Indicator.score": "Dasar skor bila tidak ada target yang jatuh tempo.",
    "Indicator.scheme": "Id skema pita pada data/reference/schemes.yaml.",
    "Indicator.max_age": "Umur terlama angka yang masih dihitung, dalam periode indikator ini.",
    "Indicator.sanity": "Rentang nilai yang masuk akal; di luarnya baris dikembalikan.",
    "Indicator.tolerance": "Setengah lebar rentang target, untuk arah range.",
    "Indicator.target_path": "Boleh menurunkan jalur rencana di antara dua tahun target.",
    "Indicator.access": "publik atau internal.",
    "Indicator.kode_referensi": "Kode nasional bila ada.",
    "Indicator.misi": "Id misi yang didukung.",
    "Indicator.provenance": "Asal keterangan tentang indikator ini.",
    "Indicator.targets": "Target dari dokumen rencana.",
    "Release": "Kapan produsen merilis.",
    "Release.months_after": "Berapa bulan sesudah akhir periode.",
    "Release.note": "Keterangan rilis.",
    "Series": "Satu cara ukur.",
    "Series.id": "Nama pendek seri.",
    "Series.name": "Nama seri.",
    "Series.note": "Keterangan seri.",
    "Series.breaks": "Periode mulai berubahnya cara ukur di dalam seri.",
    "Score": "Dasar skor.",
    "Score.series": "Id seri yang diskor; seri pertama bila tidak ditulis.",
    "Score.reference": "Dua titik acuan yang dibekukan.",
    "Score.categories": "Urutan kategori.",
    "Reference": "Titik acuan: worst bernilai 0, best bernilai 100.",
    "Reference.worst": "Nilai terburuk.",
    "Reference.best": "Nilai terbaik.",
    "Reference.base": "Periode dasar.",
    "Reference.scope": "Wilayah yang dibandingkan, misalnya sepuluh kabupaten/kota Kaltim.",
    "Reference.source": "Asal kedua nilai.",
    "Categories": "Kategori tercetak, dari yang terburuk.",
    "Categories.order": "Urutan dari terburuk ke terbaik.",
    "Categories.source": "Asal urutan.",
    "Categories.also": "Ejaan lain yang tercetak -> kategori pada urutan.",
    "Sanity": "Rentang nilai yang masuk akal.",
    "Sanity.min": "Nilai terkecil.",
    "Sanity.max": "Nilai terbesar.",
    "Target": "Nilai rencana untuk satu wilayah, periode dan seri.",
    "Target.region": "Kode wilayah.",
    "Target.period": "Periode: 2024, 2024-S1, 2024-Q2, 2024-08.",
    "Target.value": "Nilai dalam satuan indikator, atau kategori.",
    "Target.plan": "Id dokumen pada plans.",
    "Target.source": "Asal: alamat atau halaman.",
    "Target.series": "Id seri; seri skor bila tidak ditulis.",
    "Target.page": "Halaman dokumen.",
    "Target.applies_below": "Berlaku juga untuk wilayah di bawahnya yang tidak punya target sendiri.",
    "Target.note": "Keterangan.",
    "Feed": "Satu kiriman data.",
    "Feed.id": "Nama pendek kiriman.",
    "Feed.name": "Nama kiriman.",
    "Feed.connector": "Cara mengambil.",
    "Feed.path": "Berkas di dalam proyek, boleh dengan *, misalnya data/inbox/target-*.xlsx.",
    "Feed.decimal": "Tanda desimal pada berkas.",
    "Feed.missing": "Tanda yang berarti tidak ada angka.",
    "Feed.columns": "Nama kolom kita -> judul kolom pada berkas.",
    "Feed.defaults": "Nama kolom kita -> isi bila berkas tidak memuatnya.",
    "Feed.rules": "Terapkan data/published/rules.yaml.",
    "Feed.schedule": "Jadwal WITA: menit jam tanggal bulan hari, hari dengan nama, misalnya 0 6 * * mon.",
    "Feed.frequency": "Seberapa sering kiriman diharapkan.",
    "Feed.owner": "Id urusan yang mengirim.",
}


def json_schema() -> dict[str, Any]:
    """Build the schema of what indicators.yaml may hold; only `load_catalogue` sees whether its words fit together."""
    schema = Document.model_json_schema()
    for name, model in {"Document": schema, **schema["$defs"]}.items():
        model["description"] = HELP[name]
        for field, shape in model["properties"].items():
            shape["description"] = HELP[f"{name}.{field}"]
    for field in ("columns", "defaults"):
        schema["$defs"]["Feed"]["properties"][field]["propertyNames"] = {"enum": list(FEED_FIELDS)}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_relaxed(schema), "title": "Katalog Pantau"}


def _relaxed(node: Any) -> Any:
    """Let a text be a bare number (period: 2024), as the loader does, which keeps it as written; drop the titles."""
    if isinstance(node, list):
        return [_relaxed(each) for each in node]
    if not isinstance(node, dict):
        return node
    relaxed = {key: _relaxed(each) for key, each in node.items() if key != "title" or isinstance(each, dict)}
    if relaxed.get("type") == "string" and "enum" not in relaxed and "const" not in relaxed:
        relaxed["type"] = ["string", "number"]
    return relaxed


def schema_text() -> str:
    """Return the text of docs/indicators.schema.json."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"
