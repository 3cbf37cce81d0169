"""Regions are found by exact code, name or alias; what is close is not enough."""

from __future__ import annotations

import pytest

from etl.catalogue.feeds import RegionCodes
from etl.catalogue.models import Catalogue
from etl.catalogue.names import normalise_name
from etl.measures.region import from_bps, read_region, resolve_part, resolve_region

FOUND = {
    "64.01": "64.01",
    " 64.01 ": "64.01",
    "64": "64",
    "ID": "ID",
    "pemprov": "pemprov",
    "Kabupaten Paser": "64.01",
    "KAB. PASER": "64.01",
    "Kab Paser": "64.01",
    "kab.paser": "64.01",
    "Paser": "64.01",
    "  kutai \u00a0 timur": "64.08",
    "Ｐａｓｅｒ": "64.01",
    "Penajam Paser Utara": "64.09",
    "ppu": "64.09",
    "Kab. Pasir": "64.01",
    "Kota Bontang": "64.74",
    "Bontang": "64.74",
    "Provinsi Kalimantan Timur": "64",
    "Pemerintah Provinsi Kalimantan Timur": "pemprov",
}
UNKNOWN = [
    "",
    "Kota Paser",
    "Kab. Bontang",
    "Kabupaten Kota Bontang",
    "Paser Utara",
    "Penajam",
    "6401",
    "6403",
    "64.1",
    "64.10",
    "6.401",
    "64,01",
    "Kabupaten",
    "Tanah Grogot",
    "Pasar",
]


@pytest.mark.parametrize(("text", "code"), FOUND.items())
def test_known_words_give_the_code(small: Catalogue, text: str, code: str) -> None:
    assert resolve_region(text, small) == code


@pytest.mark.parametrize("text", UNKNOWN)
def test_nothing_is_guessed(small: Catalogue, text: str) -> None:
    assert resolve_region(text, small) is None


def test_a_parent_tells_kecamatan_and_desa_of_one_name_apart(small: Catalogue) -> None:
    assert resolve_region("Tanah Grogot", small, parent="64.01") == "64.01.04"
    assert resolve_region("tanah grogot", small, parent="64.01.04") == "64.01.04.1001"
    assert resolve_region("Tanah Grogot", small, parent="64.08") is None
    assert resolve_region("64.01.04", small, parent="64.01") == "64.01.04"
    assert resolve_region("64.01.04", small, parent="64.08") is None


def test_bps_codes_go_through_the_crosswalk_only(small: Catalogue) -> None:
    assert from_bps("6404", small) == "64.08"
    assert from_bps(" 6409 ", small) == "64.09"
    assert from_bps("6403", small) is None
    assert from_bps("64.08", small) is None


DECLARED: list[tuple[RegionCodes | None, str, str | None]] = [
    ("bps", "6404", "64.08"),
    ("bps", "64.08", None),
    ("bps", "6408", None),
    ("bps", "Kutai Timur", "64.08"),
    ("kemendagri", "6408", "64.08"),
    ("kemendagri", "64.08", "64.08"),
    ("kemendagri", "640104", "64.01.04"),
    ("kemendagri", "6401041001", "64.01.04.1001"),
    ("kemendagri", "6404", None),
    ("kemendagri", "64.1", None),
    ("kemendagri", "64010", None),
    ("kemendagri", "paser", "64.01"),
    (None, "6401", None),
    (None, "64.01", "64.01"),
]


@pytest.mark.parametrize(("codes", "text", "code"), DECLARED)
def test_a_code_is_read_by_the_declared_system_alone(
    small: Catalogue, codes: RegionCodes | None, text: str, code: str | None
) -> None:
    assert read_region(text, small, codes) == code


def test_only_the_regency_word_is_stripped() -> None:
    assert normalise_name("Kab. Kutai  Timur") == "kutai timur"
    assert normalise_name("Kota Samarinda") == "kota samarinda"
    assert normalise_name("Kabul") == "kabul"


def test_a_feed_by_kecamatan_means_the_kecamatan(small: Catalogue) -> None:
    assert resolve_region("Tanah Grogot", small) is None
    assert resolve_part("Tanah Grogot", small, "district", "64.01") == "64.01.04"
    assert resolve_part("Tanah Grogot", small, "district", None) == "64.01.04"
    assert resolve_part("Tanah Grogot", small, "district", "64.08") is None
    assert resolve_part("Entah", small, "district", None) is None


@pytest.mark.parametrize(
    ("text", "codes", "code"),
    [
        ("6401.0", "bps", "64.01"),
        ("6404.0", "bps", "64.08"),
        ("64.0", "bps", "64"),
        ("6401,0", "kemendagri", "64.01"),
        ("6401.0", None, None),
        ("64.01", "bps", None),
        ("6401.5", "bps", None),
        ("6401.00", "bps", None),
    ],
)
def test_a_declared_code_may_have_become_a_number(
    text: str, codes: RegionCodes | None, code: str | None, small: Catalogue
) -> None:
    assert read_region(text, small, codes) == code
