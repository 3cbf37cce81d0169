"""The search of the header: by keyboard, by pointer, on a phone; a choice keeps the view."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit
from tests.browser.test_pages import RULES


def test_a_slash_leads_to_the_search_and_enter_to_the_indicator(visit: Visit) -> None:
    page = visit.open("/?wilayah=64.09&tema=gelap&lang=en")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "cari"
    page.keyboard.type("stunt")
    assert page.get_attribute("#cari", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#cari", "aria-activedescendant") == "cari-0"
    assert [each["id"] for each in Axe().run(page, options=RULES).response["violations"]] == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/indikator/stunting?wilayah=64.09&tema=gelap&lang=en")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_choice_is_made_by_the_pointer_and_nothing_found_is_said(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 844})
    page = visit.open("/metodologi?periode=2024")
    page.fill("#cari", "tidak ada begini")
    assert page.inner_text("#cari-kata") == "Tidak ada indikator dengan nama itu."
    page.keyboard.press("Escape")
    page.fill("#cari", "indeks pembangunan manusia")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.click("#cari-hasil li >> nth=0")
    page.wait_for_url("**/indikator/ipm")
    assert visit.complaints == []


def test_a_slash_typed_into_the_search_stays_a_slash(visit: Visit) -> None:
    page = visit.open("/data")
    page.keyboard.press("/")
    page.keyboard.type("a/b")
    assert page.input_value("#cari") == "a/b"
