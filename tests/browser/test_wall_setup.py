"""/wall/atur in a real browser: a form is filled in, and the wall that its address opens is the one that was chosen."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit

ADDRESS = "#isian-alamat"


def asked(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.input_value(ADDRESS)).query))


def apply(page: Page) -> None:
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")
    page.wait_for_selector(ADDRESS)


def test_a_filled_form_makes_the_address_and_stays_filled(visit: Visit) -> None:
    page = visit.open("/wall/atur")
    page.select_option("#isian-wilayah", "64.08")
    for scene in ("Kiriman data", "Peta kecamatan", "Apa yang berubah"):
        page.uncheck(f"text={scene}")
    page.fill("#isian-adegan-spbe", "1")
    page.fill("#isian-adegan-dimensi", "3")
    page.check("text=Untuk tamu")
    page.select_option("#isian-tema_layar", "terang")
    page.select_option("#isian-redup_mulai", "22")
    page.fill("#isian-inci", "75")
    page.focus("#isian-detik")
    page.keyboard.press("Control+A")
    page.keyboard.type("45")
    apply(page)
    expected = {
        "wilayah": "64.08",
        "adegan": "spbe,pembangunan,dimensi,kabupaten",
        "detik": "45",
        "tema": "terang",
        "lang": "id",
        "redup": "22-6",
        "preset": "tamu",
        "inci": "75",
        "jarak": "5",
    }
    assert asked(page) == expected
    assert page.is_checked("text=Untuk tamu")
    assert not page.is_checked("text=Kiriman data")
    page.focus("#isian-jarak")
    apply(page)
    assert asked(page) == expected
    assert visit.complaints == []


def test_the_page_keeps_its_own_language_and_theme(visit: Visit) -> None:
    page = visit.open("/wall/atur?lang=en&tema=terang")
    page.select_option("#isian-bahasa_layar", "id")
    page.focus("#isian-detik")
    apply(page)
    assert page.inner_text("h1") == "Set up a wall screen"
    assert page.get_attribute("html", "data-tema") == "terang"
    assert (asked(page)["lang"], asked(page)["tema"]) == ("id", "gelap")


def test_another_language_of_the_page_keeps_what_was_filled_in(visit: Visit) -> None:
    page = visit.open("/wall/atur?adegan=spbe&adegan=dimensi&detik=45&bahasa_layar=id")
    before = asked(page)
    page.click(".pt-settings [lang=en]")
    page.wait_for_selector("text=Set up a wall screen")
    assert asked(page) == before
    assert (before["detik"], before["adegan"]) == ("45", "spbe,dimensi")


def test_the_address_is_copied_and_opens_the_wall(visit: Visit) -> None:
    page = visit.open("/wall/atur?wilayah=64.09")
    page.click("[data-salin]")
    page.wait_for_selector("text=Alamat tersalin")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.input_value(ADDRESS)
    assert copied.startswith(f"{visit.address}/wall?wilayah=64.09&")
    answer = page.goto(copied)
    assert answer is not None
    assert answer.status == 200


@pytest.mark.parametrize("width", [1440, 390])
def test_the_preview_is_a_whole_screen_drawn_to_its_card(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open("/wall/atur")
    box = page.locator(".pt-preview").bounding_box()
    picture = page.locator(".pt-preview iframe").bounding_box()
    assert box is not None
    assert picture is not None
    assert picture["width"] == pytest.approx(box["width"], abs=3)
    assert picture["height"] == pytest.approx(box["height"], abs=3)
    assert page.frames[1].evaluate("[innerWidth, innerHeight]") == [1920, 1080]


@pytest.mark.parametrize(("inches", "metres"), [(55, 5), (55, 8), (32, 12), (75, 3)])
def test_the_wall_draws_the_letters_that_the_page_tells(visit: Visit, inches: int, metres: int) -> None:
    page = visit.open(f"/wall/atur?inci={inches}&jarak={metres}")
    page.frames[1].wait_for_function("document.documentElement.style.getPropertyValue('--body')")
    read = "name => Math.round(parseFloat(document.documentElement.style.getPropertyValue(name)))"
    body, hero, foot = (page.frames[1].evaluate(read, f"--{name}") for name in ("body", "hero", "foot"))
    told = page.inner_text(".pt-preview + p")
    for said, drawn in zip((int(word) for word in told.split() if word.isdigit()), (body, hero, foot), strict=False):
        assert said == pytest.approx(drawn, rel=0.02)
