"""The wall is legible from where it is read: sizes in minutes of arc, nothing clipped, nothing on top of another."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from dashboard.urls import Lang
from dashboard.wall.wall_blueprint import words
from tests.browser.test_pages import RULES
from tests.shipping import ROOT

SAMPLES = ROOT / "tests/samples/wall"
LEAST = {"hero": 40.0, "body": 16.0, "foot": 10.0}  # minutes of arc of a capital's height
LANGS: tuple[Lang, ...] = ("id", "en")
# Pixels across, inches, metres.
SCREENS = [(1920, 55, 5), (3840, 55, 5), (1280, 55, 5), (1920, 32, 4), (1920, 43, 6)]
LIGHT = (1920, 55, 5)  # the themes differ in colour alone: one size shows it
STATES = {
    "id": ("Minggu 22 November 2026 · 11.25 WITA", "diterima 3 hari lalu", "terputus 12 menit, sejak 11.13"),
    "en": ("Sunday 22 November 2026 · 11:25 WITA", "received 3 days ago", "cut off 12 minutes, since 11:13"),
}
DOCUMENT = (
    '<!doctype html><html lang="id"><title>Pantau</title><link rel="stylesheet" href="wall.css"><div id="stage"></div>'
)

OPEN = """async ([snapshot, inches, metres, theme, words, state]) => {
  const root = document.documentElement;
  Object.assign(root.dataset, { theme });
  root.lang = snapshot.lang;
  const { setSizes } = await import("/screen.js");
  const { drawPage, pagesOf, updateChrome } = await import("/draw.js");
  setSizes(root, { inches, metres });
  const context = { title: snapshot.title, simulation: snapshot.simulation, lang: snapshot.lang, words, guest: false };
  window.pages = snapshot.scenes.map((scene) => pagesOf(scene, context));
  window.show = (scene, number) => {
    const section = drawPage(pages[scene][number], context);
    const { late } = snapshot.scenes[scene];
    updateChrome(section, late ? { ...state, badge: { tone: "late", text: late } } : state);
    document.getElementById("stage").replaceChildren(section);
  };
  return pages.map((each) => each.length);
}"""

# Every run of text as it is drawn: its class, the height of its capitals, and the ink of each of its lines.
READ = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  const found = [];
  const walker = document.createTreeWalker(document.querySelector(".scene"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest(".spoken")) { continue; }
    const style = getComputedStyle(parent), owner = parent.closest(".hero, .body, .foot");
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const cap = pen.measureText("H").actualBoundingBoxAscent;
    const ink = pen.measureText(node.data);
    const box = owner && !owner.matches(".tile > .tag") ? owner.parentElement.closest(".box") : null;
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].map((line) => ({
      left: line.left, right: line.right,
      top: line.top + ink.fontBoundingBoxAscent - ink.actualBoundingBoxAscent,
      bottom: line.top + ink.fontBoundingBoxAscent + ink.actualBoundingBoxDescent,
    }));
    const hold = box ?? parent.closest("main") ?? document.documentElement;
    const { left, right, top, bottom } = hold.getBoundingClientRect();
    found.push({ text: node.data, kind: ["hero", "body", "foot"].find((kind) => owner?.classList.contains(kind)) ?? "",
                 cap, lines, hold: { left, right, top, bottom }, free: owner?.matches(".tile > .tag") ?? false });
  }
  return found;
}"""

Text = dict[str, Any]


class Quiet(SimpleHTTPRequestHandler):
    """Serves the wall's files and one bare document."""

    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(DOCUMENT.encode())
        return None

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT / "assets/wall")))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def sample(name: str, lang: Lang) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((SAMPLES / f"{name}-{lang}.json").read_text())
    return content


def opened(page: Page, files: str, content: dict[str, Any], inches: int, metres: int, theme: str) -> list[int]:
    """Draw a snapshot into a page; give the number of pages of each scene."""
    clock, received, badge = STATES[content["lang"]]
    state = {"clock": clock, "received": received, "badge": {"tone": "offline", "text": badge}, "seal": "a95b1e4c"}
    page.goto(files)
    counts: list[int] = page.evaluate(OPEN, [content, inches, metres, theme, words(content["lang"]), state])
    return counts


def shown(page: Page, counts: list[int]) -> Iterator[tuple[int, str]]:
    """Show page after page; yields the scene's place and a name for messages."""
    for scene, count in enumerate(counts):
        for number in range(count):
            page.evaluate("([scene, number]) => show(scene, number)", [scene, number])
            yield scene, f"scene {scene}, page {number + 1}/{count}"


def pixels_per_minute(width: int, inches: int, metres: int) -> float:
    """Return the pixels that a minute of arc takes on a 16:9 screen."""
    wide = inches * 0.0254 * 16 / math.sqrt(16**2 + 9**2)
    return math.tan(math.radians(1 / 60)) * metres / wide * width


def too_small(texts: list[Text], minute: float) -> list[str]:
    return [
        f"{each['text']!r} is {each['cap'] / minute:.1f}' as {each['kind'] or 'nothing'}"
        for each in texts
        if each["cap"] / minute < LEAST.get(each["kind"], math.inf) - 0.01
    ]


def outside(texts: list[Text], width: int, height: int) -> list[str]:
    """Name the texts that leave the screen or the box that holds them."""
    screen = {"left": 0, "top": 0, "right": width, "bottom": height}
    return [
        each["text"]
        for each in texts
        for hold in (screen, screen if each["free"] else each["hold"])
        for line in each["lines"]
        if line["left"] < hold["left"] - 2
        or line["right"] > hold["right"] + 2
        or line["top"] < hold["top"] - 2
        or line["bottom"] > hold["bottom"] + 2
    ]


def overlapping(texts: list[Text], slack: float) -> list[str]:
    lines = [(place, each["text"], line) for place, each in enumerate(texts) for line in each["lines"]]
    return [
        f"{one!r} on {other!r}"
        for at, (first, one, a) in enumerate(lines)
        for second, other, b in lines[at + 1 :]
        if first != second
        and min(a["right"], b["right"]) - max(a["left"], b["left"]) > slack
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > slack
    ]


def figures(value: Any) -> Iterator[str]:
    """Yield every value of a scene, however deep, but for the points of a line: those are drawn, not written."""
    if isinstance(value, dict):
        yield from (
            str(each)
            for name, each in value.items()
            if name in ("value", "lead", "name") and each and isinstance(each, str)
        )
        yield from (
            found for name, each in value.items() if name not in ("lines", "sentence") for found in figures(each)
        )
    elif isinstance(value, list):
        yield from (found for each in value for found in figures(each))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["plain", "hard"])
@pytest.mark.parametrize(
    ("screen", "theme"),
    [*((screen, "gelap") for screen in SCREENS), (LIGHT, "terang")],
    ids=lambda each: "{}px {}in {}m".format(*each) if isinstance(each, tuple) else each,
)
def test_every_text_is_large_enough_and_has_its_place(
    browser: Browser, files: str, screen: tuple[int, int, int], theme: str, name: str, lang: Lang
) -> None:
    width, inches, metres = screen
    height = width * 9 // 16
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        counts = opened(page, files, sample(name, lang), inches, metres, theme)
        minute = pixels_per_minute(width, inches, metres)
        for _, where in shown(page, counts):
            texts = page.evaluate(READ)
            wrong = too_small(texts, minute) + outside(texts, width, height) + overlapping(texts, 2 * width / 1920)
            assert wrong == [], where


@pytest.mark.parametrize("screen", [(1920, 55, 5), (1920, 43, 6)], ids=lambda screen: "{}px {}in {}m".format(*screen))
@pytest.mark.parametrize("name", ["plain", "hard"])
def test_no_figure_is_lost_between_pages(browser: Browser, files: str, screen: tuple[int, int, int], name: str) -> None:
    width, inches, metres = screen
    content = sample(name, "id")
    with browser.new_context(viewport={"width": width, "height": width * 9 // 16}) as context:
        page = context.new_page()
        said: dict[int, str] = {}
        for scene, _ in shown(page, opened(page, files, content, inches, metres, "gelap")):
            said[scene] = said.get(scene, "") + page.inner_text(".scene main")
    for place, scene in enumerate(content["scenes"]):
        wanted = figures({name: each for name, each in scene.items() if name != "worst"})
        assert [each for each in wanted if each not in said[place]] == [], scene["title"]


def test_every_number_of_a_row_is_as_large_as_the_others_whatever_its_unit(browser: Browser, files: str) -> None:
    content = sample("hard", "id")
    with browser.new_context(viewport={"width": 1920, "height": 1080}) as context:
        page = context.new_page()
        large: dict[int, list[str]] = {}
        for scene, _ in shown(page, opened(page, files, content, 55, 5, "gelap")):
            large.setdefault(scene, []).extend(page.locator(".row .hero").all_inner_texts())
    written = [
        (number.group(), large[place])
        for place, scene in enumerate(content["scenes"])
        for row in scene.get("rows", [])
        if (number := re.search(r"−?\d[\d.,]*%?", row["value"]))
    ]
    assert "193,17" in [number for number, _ in written]
    assert [number for number, hero in written if number not in hero] == []


def test_who_has_no_figure_is_told_in_the_legend_of_the_map(browser: Browser, files: str) -> None:
    content = sample("plain", "id")
    areas = next(scene["areas"] for scene in content["scenes"] if scene["kind"] == "map")
    areas[0] |= {"value": "", "none": "belum lapor", "level": 0}
    areas[1] |= {"value": "", "none": "beda data", "level": 0}
    with browser.new_context(viewport={"width": 1920, "height": 1080}) as context:
        page = context.new_page()
        legends = [
            page.inner_text(".legend")
            for scene, _ in shown(page, opened(page, files, content, 55, 5, "gelap"))
            if content["scenes"][scene]["kind"] == "map"
        ]
    assert [legend for legend in legends if "belum lapor" not in legend or "beda data" not in legend] == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_usual_scenes_are_one_page_each_on_the_usual_screen(browser: Browser, files: str, lang: Lang) -> None:
    with browser.new_context(viewport={"width": 1920, "height": 1080}) as context:
        content = sample("plain", lang)
        counts = opened(context.new_page(), files, content, 55, 5, "gelap")
        kinds = [scene["kind"] for scene in content["scenes"]]
        assert [kind for kind, count in zip(kinds, counts, strict=True) if count > 1] == ["map"]


@pytest.mark.parametrize("theme", ["gelap", "terang"])
@pytest.mark.parametrize("name", ["plain", "hard"])
def test_no_scene_breaks_wcag(browser: Browser, files: str, theme: str, name: str) -> None:
    with browser.new_context(viewport={"width": 1920, "height": 1080}) as context:
        page = context.new_page()
        counts = opened(page, files, sample(name, "id"), 55, 5, theme)
        for _, where in shown(page, [1] * len(counts)):  # further pages repeat the first one's parts
            found = Axe().run(page, options=RULES).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], where


@pytest.mark.parametrize("lang", LANGS)
def test_the_picture_before_any_snapshot_is_as_legible(browser: Browser, files: str, lang: Lang) -> None:
    with browser.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce") as context:
        page = context.new_page()
        opened(page, files, sample("plain", lang), 43, 6, "terang")
        clock, _, badge = STATES[lang]
        state = {"clock": clock, "received": "", "badge": {"tone": "offline", "text": badge}, "seal": ""}
        page.evaluate(
            """async ([words, state]) => {
              const { drawEmpty } = await import("/draw.js");
              document.getElementById("stage").replaceChildren(drawEmpty(words, state));
            }""",
            [words(lang), state],
        )
        texts = page.evaluate(READ)
        assert words(lang)["empty_title"] in [each["text"] for each in texts]
        minute = pixels_per_minute(1920, 43, 6)
        assert too_small(texts, minute) + outside(texts, 1920, 1080) + overlapping(texts, 2) == []
        assert Axe().run(page, options=RULES).response["violations"] == []
