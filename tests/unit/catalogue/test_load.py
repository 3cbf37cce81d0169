"""Loading the catalogue: what is sound loads as written, every fault is told at once, with line, path and remedy."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from etl.catalogue.canonical import catalogue_form, catalogue_hash, from_json, to_json
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.catalogue.reading.problem import CatalogueErrors
from etl.jobs.connector_registry import CONNECTORS

PROBLEMS = sorted((Path(__file__).resolve().parents[2] / "problems" / "catalogue").glob("*.yaml"))


def errors_of(project: Path) -> list[str]:
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue(project, CONNECTORS)
    assert str(caught.value) == "\n".join(map(str, caught.value.errors))
    return str(caught.value).split("\n")


def replace(project: Path, file: str, old: str, new: str) -> list[str]:
    """Change one text of one file and return the errors."""
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return errors_of(project)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda path: path.stem)
def test_a_broken_file_is_told_as_its_header_says(project: Path, problem: Path) -> None:
    shutil.copy(problem, project / "indicators.yaml")
    header = [line for line in problem.read_text(encoding="utf-8").splitlines() if line.startswith("# Galat: ")]
    assert errors_of(project) == [line.removeprefix("# Galat: ") for line in header]


def test_there_are_problems_for_every_rule() -> None:
    assert len(PROBLEMS) > 60


BROKEN_REFERENCE = [
    ("regions.csv", "64.08,64,", "64.08,63,", 'baris 9, 64.08 › parent: ditemukan "63"'),
    ("regions.csv", "64.08,64,", "64.01,64,", 'baris 9, 64.01 › code: ditemukan "64.01", yang sah: kode yang belum'),
    ("regions.csv", "6404", "6401", 'baris 9, 64.08 › bps_code: ditemukan "6401", yang sah: kode yang belum dipakai'),
    ("regions.csv", "regency,Kabupaten Berau", "kabupaten,Kabupaten Berau", "yang sah: country, province, subject"),
    ("regions.csv", "Kabupaten Berau", "", 'baris 8, 64.03 › name: ditemukan "kosong", yang sah: teks'),
    ("regions.csv", "10780.677", '"10.780,677"', 'area_km2: ditemukan "10.780,677", yang sah: angka ditulis'),
    ("regions.csv", "parent,level", "induk,level", 'baris 1, judul kolom parent: belum ada. Tambahkan kolom "parent".'),
    ("regions.csv", "Kutim,6404", "Kutim,lagi,6404", 'baris 9: ditemukan "13 sel", yang sah: 12 sel'),
    ("regions.csv", "Kabupaten Berau", '"Kabupaten Berau', 'ditemukan "tanda kutip yang tidak berpasangan"'),
    ("aliases.csv", "PPU,64.09", "PPU,64.10", 'baris 2, 64.10 › code: ditemukan "64.10"'),
    ("aliases.csv", "PPU,64.09", "PPU,6409", "6409 adalah kode BPS; kode Kemendagri-nya 64.09."),
    ("aliases.csv", "PPU,64.09", "pasir,64.09", 'baris 3, 64.01 › alias: ditemukan "Pasir = 64.01 dan 64.09"'),
    ("aliases.csv", "PPU,64.09", "Kab. Berau,64.09", 'ditemukan "Kab. Berau = 64.09", yang sah: nama itu milik 64.03'),
    ("services.csv", "kind", "nama", 'judul kolom: ditemukan "nama", yang sah: id, name, kind, owner'),
    ("services.csv", "ppid,", ",", "baris 2, PPID › id: belum ada. Tambahkan id"),
    ("services.csv", "publik", "umum", 'baris 2, ppid › kind: ditemukan "umum", yang sah: publik, administratif'),
    ("schemes.yaml", "low: 51", "low: 52", 'ditemukan "celah: high 51, lalu low 52"'),
    ("schemes.yaml", "low: 51", "low: 50.9", 'ditemukan "tumpang tindih: high 51, lalu low 50.9"'),
    ("schemes.yaml", "low: 51", "low: null", 'ditemukan "tumpang tindih: high 51, lalu low null"'),
    ("schemes.yaml", "low: 51, high: 76.5", "low: 51, high: 51", 'ditemukan "low 51, high 51"'),
    ("instruments/kecil.yaml", "59.9", "59.8", 'baris 13, indicators: ditemukan "jumlah bobot 99.9", yang sah: jumlah'),
    ("instruments/kecil.yaml", "59.9", "59.8", 'aspects › 1 › weight: ditemukan "60", yang sah: 59.9, jumlah bobot'),
    ("instruments/kecil.yaml", "weight: 100", "weight: 90", 'domains › 1 › weight: ditemukan "90", yang sah: 100, ju'),
    ("instruments/kecil.yaml", "no: 2, name: Kedua", "no: 1, name: Kedua", "nomor yang belum dipakai. Bertabrakan"),
    ("instruments/kecil.yaml", "aspect: 2", "aspect: 3", 'indicators › 3 › aspect: ditemukan "3", yang sah: 1, 2'),
    ("instruments/kecil.yaml", "domain: 1}", "domain: 4}", 'aspects › 1 › domain: ditemukan "4"'),
    ("instruments/kecil.yaml", "last_year: 2025", "last_year: 2020", 'last_year: ditemukan "2021 sampai 2020"'),
    ("instruments/kecil.yaml", "indicator: stunting", "indicator: spbe", 'baris 2, indicator: ditemukan "spbe"'),
    ("instruments/kecil.yaml", "scheme: capaian", "scheme: spbe", 'scheme: ditemukan "spbe", yang sah: capaian'),
]
BROKEN_PUBLISHED = [
    (
        "publications.yaml",
        "2026-11-22",
        "22-11-2026",
        "yang sah: tanggal ditulis tahun-bulan-hari, misalnya 2024-08-31",
    ),
    ("publications.yaml", "accessed: 2026-11-22", "accessed: 2026-11-32", "yang sah: tanggal yang ada dalam kalender"),
    ("publications.yaml", "channel: press", "channel: pers", 'Maksud Anda "press"?'),
    ("names.yaml", "{indicator: stunting, series", "{indicator: stuntin, series", "stunting_ssgi › indicator"),
    ("names.yaml", "series: ssgi", "series: ssgl", 'stunting_ssgi › series: ditemukan "ssgl", yang sah: ssgi, eppgbm'),
    (
        "names.yaml",
        "plan: rpjmd-paser-2025",
        "plan: rpjmd",
        'baris 3, names › target_stunting › plan: ditemukan "rpjmd"',
    ),
    ("names.yaml", "target_stunting", "stunting_ssgi", 'ditemukan "kunci stunting_ssgi dua kali"'),
    ("rules.yaml", "[stunting_ssgi]", "[stunting_sgsi]", 'when › name › ke-1: ditemukan "stunting_sgsi"'),
    ("rules.yaml", 'period: "2022"', "period: survei", 'tahun-survei › period: ditemukan "survei"'),
    ("rules.yaml", 'period: "2022"', "series: dinkes", 'series: ditemukan "dinkes", yang sah: ssgi, eppgbm'),
    ("rules.yaml", 'period: "2022"', "indicator: stunt", 'indicator: ditemukan "stunt"'),
    ("rules.yaml", 'period: "2022"', 'region: "6409"', "6409 adalah kode BPS"),
    ("rules.yaml", 'period: "2022"', "producer: bps", 'producer: ditemukan "bps", yang sah: kemenkes'),
    ("rules.yaml", 'period: "2022"', "plan: rkpd", 'plan: ditemukan "rkpd"'),
    ("rules.yaml", "region: [paser]", "publication: [koran]", 'when › publication › ke-1: ditemukan "koran"'),
    ("rules.yaml", "marks: [year_inferred]", "marks: [tahun]", "marks › ke-1: ditemukan"),
    ("rules.yaml", 'period: "2022"\n    marks: [year_inferred]', "status: null", "Aturan ini tidak mengubah apa pun."),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), BROKEN_REFERENCE)
def test_broken_reference_data_are_told(project: Path, file: str, old: str, new: str, told: str) -> None:
    errors = replace(project, f"data/reference/{file}", old, new)
    assert any(told in each and each.startswith(f"data/reference/{file}") for each in errors), errors


@pytest.mark.parametrize(("file", "old", "new", "told"), BROKEN_PUBLISHED)
def test_broken_meaning_of_published_figures_is_told(project: Path, file: str, old: str, new: str, told: str) -> None:
    errors = replace(project, f"data/published/{file}", old, new)
    assert len(errors) == 1
    assert told in errors[0]
    assert errors[0].startswith(f"data/published/{file} baris ")


def test_errors_of_all_files_are_told_at_once(project: Path) -> None:
    (project / "data/reference/schemes.yaml").write_bytes(b"- id: capaian\n  basis: Peraturan \xe9\n")
    (project / "data/published/names.yaml").write_text("names: [1\n", encoding="utf-8")
    (project / "data/published/rules.yaml").write_text("", encoding="utf-8")
    (project / "data/reference/services.csv").unlink()
    errors = replace(project, "indicators.yaml", "    direction: lower", "\tdirection: naik")
    assert errors == [
        'data/published/names.yaml baris 2: ditemukan "daftar yang tidak ditutup", yang sah: YAML. '
        "Periksa koma dan kurung [ ] atau { }.",
        'data/published/rules.yaml: ditemukan "berkas kosong", yang sah: isi YAML.',
        'data/reference/schemes.yaml baris 2: ditemukan "byte 0xE9", yang sah: teks UTF-8. '
        "Simpan berkas sebagai UTF-8.",
        "data/reference/services.csv: belum ada. Pulihkan berkas ini, misalnya dengan: "
        "git checkout -- data/reference/services.csv",
        'indicators.yaml baris 34: ditemukan "tab", yang sah: spasi. Ganti tab dengan spasi untuk inden.',
        'indicators.yaml baris 34, indicators › stunting › direction: ditemukan "naik", '
        'yang sah: higher, lower, range, category, none. Maksud Anda "higher"?',
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ipm: 'x\n", 'baris 1: ditemukan "tanda kutip yang tidak ditutup"'),
        ("a: {b: 1 c: 2}\n", 'baris 1: ditemukan "daftar yang tidak ditutup"'),
        ("a: @x\n", 'baris 1: ditemukan "tanda yang tidak boleh mengawali nilai"'),
        ("a: *x\n", 'baris 1: ditemukan "tanda * di awal nilai"'),
        ('a: "\\q"\n', 'baris 1: ditemukan "garis miring terbalik di dalam kutip ganda"'),
        ("a: 1\n---\nb: 1\n", 'baris 2: ditemukan "pemisah dokumen ---"'),
        ("a: 1\nb: \x01\n", 'baris 2: ditemukan "tanda kendali yang tidak terlihat"'),
        ("a: %x\n\tb\n", 'baris 2: ditemukan "tab"'),
        ("a: |2-x\n", 'baris 1: ditemukan "susunan yang tidak terbaca"'),
        ("satu kata\n", 'baris 1: ditemukan "satu kata", yang sah: kelompok kunci: nilai'),
        ("? [a]\n: b\n", 'baris 1: ditemukan "kunci yang berupa daftar"'),
        ("- a\n", 'baris 1: ditemukan "daftar", yang sah: kelompok kunci: nilai'),
        ("indicators: [3]\n", 'baris 1, indicators › ke-1: ditemukan "3", yang sah: kelompok kunci: nilai'),
        (
            "producers:\n  - {id: bps, name: true}\n",
            'baris 2, producers › bps › name: ditemukan "true", yang sah: teks. Tu',
        ),
    ],
)
def test_unreadable_yaml_is_told_in_plain_words(project: Path, text: str, told: str) -> None:
    (project / "indicators.yaml").write_text(text, encoding="utf-8")
    errors = errors_of(project)
    assert any(each.startswith(f"indicators.yaml {told}") for each in errors), errors


def test_numbers_are_exact_and_words_stay_words(small: Catalogue) -> None:
    stunting = small.indicator["stunting"]
    assert stunting.score is not None
    assert stunting.score.reference is not None
    assert str(stunting.score.reference.best) == "10.50"
    assert stunting.targets[0].value == Decimal("14.2")
    assert small.region["64.01"].area_km2 == Decimal("10780.677")
    assert small.region["64.09"].lat is None
    assert small.published.rules[0].when.note == (" terbit ",)
    assert small.aliases == {"ppu": "64.09", "pasir": "64.01", "bontang": "64.74"}


@pytest.mark.parametrize("word", ["no", "on", "2024-08", "64.10", "007", "0o7", "1_000", "12:30", "2024"])
def test_what_other_readers_of_yaml_would_change_stays_text(project: Path, word: str) -> None:
    path = project / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: Kementerian Kesehatan", f"name: {word}"), encoding="utf-8")
    assert load_catalogue(project, CONNECTORS).producers[0].name == word


def test_the_hash_knows_meaning_not_spelling(project: Path, small: Catalogue) -> None:
    path = project / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    respelled = (
        text.replace("10.50", "10.5")
        .replace("    decimals: 1\n", "")
        .replace('unit: "%"\n', "unit: '%' # x\n    decimals: 1\n")
    )
    path.write_text("# lain\n" + respelled, encoding="utf-8")
    names = project / "data/published/names.yaml"
    first, *others = names.read_text(encoding="utf-8").splitlines()
    names.write_text("\n".join([first, *reversed(others)]), encoding="utf-8")
    assert catalogue_hash(load_catalogue(project, CONNECTORS)) == catalogue_hash(small)
    path.write_text(text.replace("14.20", "14.21"), encoding="utf-8")
    assert catalogue_hash(load_catalogue(project, CONNECTORS)) != catalogue_hash(small)


def test_the_stored_text_gives_the_catalogue_back(small: Catalogue) -> None:
    again = from_json(to_json(small), catalogue_form())
    assert again == small
    assert to_json(again) == to_json(small)
    assert '"best":"10.5"' in to_json(small)
