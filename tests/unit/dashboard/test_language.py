from __future__ import annotations

import datetime as dt
import json
import re
import string
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.api.openapi import document
from dashboard.language import amount, date, messages, moment, number, percent, period, rounded, short_month, t
from dashboard.urls import Lang
from etl.__main__ import COMMANDS, build_parser
from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS

AVOIDED = ("feed", "freshness", "conflict", "refused", "achievement", "load", "coverage", "briefing", "dashboard")


@pytest.mark.parametrize(
    ("value", "decimals", "lang", "said"),
    [
        ("1234.5", 1, "id", "1.234,5"),
        ("1234.5", 1, "en", "1,234.5"),
        ("22.45", 1, "id", "22,5"),
        ("-2.86", 2, "id", "−2,86"),
        ("-0.004", 2, "id", "0,00"),
        ("75", 2, "id", "75,00"),
    ],
)
def test_numbers_are_written_as_the_country_writes_them(value: str, decimals: int, lang: Lang, said: str) -> None:
    assert number(Decimal(value), decimals, lang) == said


def test_percent_has_no_blank_and_units_stand_where_they_belong() -> None:
    assert percent(Decimal("22.4"), 1, "id") == "22,4%"
    assert amount(Decimal("64.2"), 1, "juta Rp", "id") == "Rp64,2 juta"
    assert amount(Decimal("75.13"), 2, "indeks", "id") == "75,13"
    assert amount(Decimal("12"), 0, "desa", "id") == "12 desa"
    assert amount(Decimal("3"), 0, "peringkat", "id") == "peringkat 3"
    assert amount(Decimal("773239"), 0, "Rp/kapita/bulan", "id") == "Rp773.239/kapita/bulan"


def test_every_unit_of_the_catalogue_has_its_english() -> None:
    symbols = {"%", "km", "km²", "ha"}
    known = {key.removeprefix("units.") for key in messages() if key.startswith("units.")}
    units = {each.unit for each in load_catalogue(Path(__file__).resolve().parents[3], CONNECTORS).indicators}
    assert units - known - symbols == set()
    assert known - units == set()
    assert amount(Decimal("64.2"), 1, "juta Rp", "en") == "Rp64.2 million"
    assert amount(Decimal("12"), 0, "per 1.000 KH", "en") == "12 per 1,000 live births"
    assert amount(Decimal("12"), 0, "unknown", "en") == "12 unknown"
    assert [amount(Decimal(each), 0, "desa", "en") for each in (1, 2)] == ["1 village", "2 villages"]


@given(st.fractions(min_value=-(10**6), max_value=10**6), st.integers(0, 4))
def test_rounding_is_exact_and_half_up(value: Fraction, decimals: int) -> None:
    near = Fraction(rounded(value, decimals))
    assert abs(near - value) <= Fraction(1, 2 * 10**decimals)
    assert (near * 10**decimals).denominator == 1
    if abs(near - value) == Fraction(1, 2 * 10**decimals):
        assert abs(near) > abs(value)


def test_dates_and_times_are_those_of_the_wall_clock_in_kalimantan() -> None:
    late = dt.datetime(2026, 11, 21, 23, 25, tzinfo=dt.UTC)
    assert date(late, "id") == "22 November 2026"
    assert date(late, "id", short=True) == "22 Nov 2026"
    assert moment(late, "id") == "22 November 2026 07.25 WITA"
    assert date(dt.date(2026, 8, 1), "en") == "1 August 2026"
    assert short_month(dt.date(2025, 8, 1), "id") == "Agu 2025"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2024", "2024"),
        ("2024-08", "Agustus 2024"),
        ("2024-Q2", "triwulan II 2024"),
        ("2024-S1", "semester I 2024"),
        ("2024-08-31", "31 Agustus 2024"),
    ],
)
def test_periods_are_read_aloud(code: str, said: str) -> None:
    assert period(code, "id") == said


@pytest.mark.parametrize(("code", "said"), [("2026-Q3", "Q3 2026"), ("2024-S1", "H1 2024"), ("2024-08", "August 2024")])
def test_periods_in_english(code: str, said: str) -> None:
    assert period(code, "en") == said


def test_every_text_exists_in_both_languages_with_the_same_places() -> None:
    for key, texts in messages().items():
        assert set(texts) == {"id", "en"}, key
        places = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()]
        assert places[0] == places[1], key


def test_indonesian_texts_keep_to_the_glossary() -> None:
    broken = {
        key: word
        for key, texts in messages().items()
        for word in AVOIDED
        if re.search(rf"\b{word}\b", re.sub(r"{\w+}", "", texts["id"]).casefold())
    }
    assert broken == {}


READS_BADLY = {
    "id": ("diperselisihkan", "dipersengketakan", "selang", "seberapa lama", "janji kirim", "tanpa janji", "adegan",
           r"diskor\w*", "unduh lewat api", "penerimaan", r"\w*segel\w*", r"kedaluwarsa\w*", "beda kecil",
           "tidak dibedakan", "rilis produsen ditunggu", "tahun pembanding", "di bawah nol", "terendah", "tertinggi",
           r"akhir periode \S+ \w+ lalu", "target jatuh tempo", "target yang jatuh tempo", "angka kembali", "butuh",
           "angka belum berubah", "github", "percent",
           "bertindih", "bertumpang", "dalam skor"),
    "en": ("seals?", "sealed", "conflicts?", "disputed?", "dispute", "expired", "outdated", "stale", r"q[iv]+",
           "semester", "lowest score", "github", "promised?", "interval"),
}  # fmt: skip
# Where a word is right: which kecamatan the wall names is tested in tests/unit/wall/test_districts.
RIGHT = {"methodology.instrument_rounded": ("interval",)}


def misread(text: str, lang: str, key: str = "") -> list[str]:
    words = re.sub(r"{\w+}", "", text).casefold()
    return [each for each in READS_BADLY[lang] if each not in RIGHT.get(key, ()) and re.search(rf"\b{each}\b", words)]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_text_reads_as_officials_would_misread_it(lang: str) -> None:
    assert {key: found for key, texts in messages().items() if (found := misread(texts[lang], lang, key))} == {}


def test_the_document_of_the_api_keeps_to_the_words_of_the_pages() -> None:
    assert misread(json.dumps(document(), ensure_ascii=False).replace("X-Pantau-Seal", ""), "id") == []


def test_the_commands_keep_to_the_words_of_the_pages() -> None:
    helped = [build_parser().format_help(), *(command.run.__doc__ or "" for command in COMMANDS.values())]
    assert misread(" ".join(helped), "id") == []


def test_an_unknown_key_is_an_error_not_a_blank() -> None:
    with pytest.raises(KeyError):
        t("shell.tidak_ada", "id")
