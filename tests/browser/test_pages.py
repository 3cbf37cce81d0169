"""The pages in a real browser: three sizes, light and dark, with keyboard, clipboard and downloads."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit

PAGES = (
    "/",
    "/?wilayah=64.09",
    "/indikator/ipm?wilayah=64.01",
    "/indikator/stunting?wilayah=64.09",
    "/indikator/bpk-opinion?wilayah=64.08",
    "/indikator/pemdi",
    "/data",
    "/metodologi",
    "/wall/atur",
)
SIZES = {"terang": ((1920, 1080), (390, 844)), "gelap": ((1440, 900),)}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # every node of the rules that hold would be carried over as well
}


def with_theme(path: str, theme: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}tema={theme}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_at_every_size(visit: Visit, path: str) -> None:
    """Light at two sizes and dark at the third: axe is slow, and sizes share their colours."""
    for theme, sizes in SIZES.items():
        page = visit.open(with_theme(path, theme))
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{path} is {wide} px wider than {width}"
            found = Axe().run(page, options=RULES).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert visit.complaints == []
    assert [url for url in visit.requested if not url.startswith((visit.address, "data:", "blob:"))] == []


@pytest.mark.parametrize("path", PAGES[:4])
def test_everything_unfolded_is_sound_as_well(visit: Visit, path: str) -> None:
    page = visit.open(path)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert [each["id"] for each in Axe().run(page, options=RULES).response["violations"]] == []
    visit.page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_title_is_the_finding_and_the_language_is_told(visit: Visit) -> None:
    page = visit.open("/indikator/stunting?wilayah=64.09")
    assert page.title() == "Stunting PPU 24,6% pada 2023, sisa 10,4 poin ke target nasional 2029 · Pantau"
    assert page.get_attribute("html", "lang") == "id"
    assert visit.open("/indikator/stunting?wilayah=64.09&lang=en").get_attribute("html", "lang") == "en"


def test_nothing_offers_to_share_a_chart_elsewhere(visit: Visit) -> None:
    page = visit.open("/indikator/ipm?wilayah=64.01")
    page.hover(".js-plotly-plot")
    assert page.query_selector_all("[data-title*='loud'], [data-title*='hare'], .modebar-btn") == []


def test_the_keyboard_reaches_the_content_and_the_switch(visit: Visit) -> None:
    page = visit.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "pt-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('nav').className") == "pt-switch"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_region_language_and_theme_are_links_that_keep_the_rest(visit: Visit) -> None:
    page = visit.open("/indikator/ipm?wilayah=64.01&periode=2024")
    page.click(".pt-switch >> text=Kutim")
    page.wait_for_url("**/indikator/ipm?wilayah=64.08&periode=2024")
    page.wait_for_selector("h1:has-text('Kutim')")
    page.click(".pt-settings >> text=Gelap")
    page.wait_for_url("**tema=gelap**")
    page.wait_for_selector("main h1")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(10, 18, 32)"


def test_dark_follows_the_system_unless_the_address_says(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    dark = visit.open("/").evaluate("getComputedStyle(document.body).backgroundColor")
    light = visit.open("/?tema=terang").evaluate("getComputedStyle(document.body).backgroundColor")
    assert (dark, light) == ("rgb(10, 18, 32)", "rgb(245, 247, 250)")


def test_the_lines_of_a_figure_are_repainted_in_the_dark(visit: Visit) -> None:
    ask = "getComputedStyle(document.querySelector('.js-plotly-plot path.js-line[style*=\"11, 98, 168\"]')).stroke"
    assert visit.open("/indikator/ipm?tema=terang").evaluate(ask) == "rgb(11, 98, 168)"
    assert visit.open("/indikator/ipm?tema=gelap").evaluate(ask) == "rgb(108, 192, 240)"


def test_the_link_is_copied(visit: Visit) -> None:
    page = visit.open("/indikator/ipm?wilayah=64.01")
    page.click("[data-salin]")
    page.wait_for_selector("text=Tautan tersalin")
    assert page.evaluate("navigator.clipboard.readText()") == visit.address + "/indikator/ipm?wilayah=64.01"


def test_the_chart_is_saved_as_png_even_in_the_dark(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/indikator/stunting?wilayah=64.09&tema=gelap")
    page.click(".pt-menu > summary")
    with page.expect_download() as saved:
        page.click("[data-png]")
    saved.value.save_as(tmp_path / "grafik.png")
    picture = (tmp_path / "grafik.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 2240
    assert saved.value.suggested_filename.startswith("pantau-stunting-64.09-")


def test_the_figures_are_saved_as_csv(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/indikator/ipm?wilayah=64.01")
    page.click(".pt-menu > summary")
    with page.expect_download() as saved:
        page.click("text=Angka (CSV)")
    saved.value.save_as(tmp_path / "angka.csv")
    assert "75.13" in (tmp_path / "angka.csv").read_text(encoding="utf-8-sig")


def test_a_page_prints_without_what_only_a_screen_can_use(visit: Visit) -> None:
    page = visit.open("/indikator/ipm?wilayah=64.01")
    page.emulate_media(media="print")
    assert page.is_hidden(".pt-actions")
    assert page.is_visible("main h1")


def test_on_a_phone_the_chart_fits_its_card(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("/indikator/stunting?wilayah=64.09")
    box = page.evaluate(
        "(box => [box.left, box.right])(document.querySelector('.pt-graph-narrow .main-svg').getBoundingClientRect())"
    )
    assert box[0] >= 0
    assert box[1] <= 390
    assert page.is_hidden(".pt-graph-wide")
    assert page.is_visible(".pt-graph-narrow .ytick")
    texts = "[...document.querySelectorAll('.pt-graph-narrow .annotation')].map(e => e.getBoundingClientRect())"
    apart = page.evaluate(f"""(all => all.every((a, i) => all.slice(i + 1).every(b =>
        a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 4 || b.bottom <= a.top + 4)))({texts})""")
    assert apart


CHART = "document.querySelector('.pt-graph-wide .main-svg')"


def test_a_chart_fits_the_paper(visit: Visit) -> None:
    page = visit.open("/indikator/stunting?wilayah=64.09&tema=gelap")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_selector(".pt-graph-wide .main-svg[width='620']")
    page.emulate_media(media="print")
    assert page.evaluate(f"{CHART}.getBoundingClientRect().width") <= 620
    assert page.evaluate("document.querySelectorAll('.pt-graph-wide .annotation').length") > 0
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(f"{CHART}.getAttribute('width') > 900")
    assert page.evaluate(f"{CHART}.getBoundingClientRect().width") > 900


def test_an_unknown_address_is_a_designed_page(visit: Visit) -> None:
    page = visit.page
    answer = page.goto(f"{visit.address}/tidak-ada", wait_until="networkidle")
    assert answer is not None
    assert answer.status == 404
    page.wait_for_selector("h1:has-text('Halaman tidak ditemukan')")
