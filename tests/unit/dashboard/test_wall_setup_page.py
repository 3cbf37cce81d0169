"""The page that composes a wall's address, read as its user would."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboard.data import Scene
from dashboard.pages.wall_setup import build, read_form
from dashboard.wall.scene_registry import SCENES
from dashboard.wall.wall_address import address, parse_wish
from etl.catalogue.wall_defaults import Wall
from tests.unit.dashboard.rendered import links, walk, words

HOST = "http://127.0.0.1:8050"
FILLED: dict[str, str | list[str]] = {
    "wilayah": "64.01",
    "adegan": ["dimensi", "spbe"],
    **{f"adegan-{word}": str(place) for place, word in enumerate(SCENES, 1)},
    "adegan-spbe": "1",
    "adegan-dimensi": "2",
    "detik": "30",
    "tetap": "tidak",
    "tema_layar": "terang",
    "bahasa_layar": "en",
    "redup_mulai": "22",
    "redup_selesai": "6",
    "inci": "65",
    "jarak": "7",
}


def asked(**changes: str | list[str]) -> dict[str, str]:
    """Return what the address asks for that the filled form makes."""
    wish = parse_wish(read_form({**FILLED, **changes}), Wall(dim=(1, 2)), "64.01")
    return dict(parse_qsl(urlsplit(address(wish)).query))


def test_a_filled_form_becomes_the_address_of_a_wall() -> None:
    assert asked(preset="tamu", tetap="spbe") == {
        "wilayah": "64.01",
        "adegan": "spbe,dimensi",
        "detik": "30",
        "tema": "terang",
        "lang": "en",
        "redup": "22-6",
        "tetap": "spbe",
        "preset": "tamu",
        "inci": "65",
        "jarak": "7",
    }


def test_the_language_and_theme_of_the_page_are_not_those_of_the_wall() -> None:
    found = asked(lang="id", tema="gelap")
    assert (found["lang"], found["tema"]) == ("en", "terang")


def test_light_that_is_never_dimmed_stays_so_whatever_the_catalogue_says() -> None:
    assert asked(redup_mulai="tidak")["redup"] == "0-0"


@pytest.mark.parametrize(("sent", "found"), [("kiriman", "kiriman"), ("spbe,dimensi", "spbe,dimensi"), ("", None)])
def test_scenes_come_alone_as_a_list_or_not_at_all(sent: str, found: str | None) -> None:
    assert asked(adegan=sent)["adegan"] == (found or ",".join(Wall().scenes))


def test_scenes_with_equal_or_missing_places_keep_their_order() -> None:
    assert asked(**{"adegan-spbe": "2"})["adegan"] == "dimensi,spbe"
    assert asked(**{"adegan-spbe": "", "adegan-dimensi": "x"})["adegan"] == "dimensi,spbe"


def test_the_page_links_and_previews_the_address_that_is_copied(scene: Scene) -> None:
    body = build(scene, FILLED, HOST)
    path = links(body.children)["Buka layar"]
    copied = [getattr(each, "data-teks", None) for each in walk(body.children) if each._type == "Button"]
    shown = [each.src for each in walk(body.children) if each._type == "Iframe"]  # type: ignore[attr-defined]
    assert HOST + path in copied
    assert shown == [path]
    assert "Huruf pokok 60 px" in words(body.children)


def test_what_cannot_be_used_is_said(scene: Scene) -> None:
    assert "Lama satu tampilan (detik): isian di luar batas" in words(
        build(scene, {**FILLED, "detik": "1"}, HOST).children
    )
    without = {name: value for name, value in FILLED.items() if name != "adegan"}
    assert "Belum ada tampilan yang dipilih" in words(build(scene, without, HOST).children)
    assert "terlalu kecil untuk dibaca dari 9 meter" in words(
        build(scene, {**FILLED, "inci": "32", "jarak": "9"}, HOST).children
    )
    assert "pt-notice" not in str(build(scene, FILLED, HOST).children)
