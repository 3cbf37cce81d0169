"""A wall that nobody touches: whatever happens to server, network or clock, the last good figures keep their age."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from dashboard.wall.content import Snapshot
from tests.browser.wall_server import NEXT, Mode, WallServer, content, scene, wall_server

PATH = "/wall?adegan=dimensi&detik=600"
REFRESH = 60  # seconds
LONG = 15_000  # milliseconds that a loaded machine may take to draw


@pytest.fixture
def server() -> Iterator[WallServer]:
    with wall_server() as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1920, "height": 1080})
    opened.set_default_timeout(LONG)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, server: WallServer) -> Page:
    """A wall that shows figures, with a clock that a test moves; real time passes too."""
    return visit(context, server)


def visit(context: BrowserContext, server: WallServer, path: str = PATH) -> Page:
    opened = context.new_page()
    opened.clock.install()
    opened.goto(server.address + path)
    expect(badge(opened)).to_have_text("terhubung", timeout=LONG)
    return opened


def badge(page: Page) -> Any:
    return page.locator("#stage [data-slot=badge]")


def received(page: Page) -> Any:
    return page.locator("#stage [data-slot=received]")


def minutes(page: Page) -> int:
    """The minute of the day that the wall's clock says."""
    found = re.search(r"(\d\d)\.(\d\d)\s*WITA", page.locator("[data-slot=clock]").inner_text())
    assert found
    return int(found[1]) * 60 + int(found[2])


def pass_time(page: Page, seconds: int, step: int = 10) -> None:
    """Let timers fire as they fall due; between the steps the network answers, later on a busy machine."""
    asked: set[Request] = set()

    def begin(request: Request) -> None:
        asked.add(request)

    def end(request: Request) -> None:
        asked.discard(request)

    page.on("request", begin)
    page.on("requestfinished", end)
    page.on("requestfailed", end)
    for _ in range(seconds // step):
        page.clock.run_for(step * 1000)
        page.wait_for_timeout(60)
        for _ in range(6):
            if asked:
                page.wait_for_timeout(60)
    page.remove_listener("request", begin)
    page.remove_listener("requestfinished", end)
    page.remove_listener("requestfailed", end)


def leap(page: Page, seconds: int, step: int) -> None:
    """Let timers fire once a step, and what they ask for be answered before their limit: loading anew takes a while."""
    for _ in range(0, seconds, step):
        page.clock.fast_forward(step * 1000)
        page.wait_for_timeout(800)


def wait_until_kept(page: Page) -> None:
    """Wait until the worker holds the document, which comes after its files."""
    for _ in range(100):
        if page.evaluate("async () => Boolean(await caches.match(location.href))"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the worker did not keep the document within ten seconds")


def shows(page: Page, value: str) -> None:
    expect(page.locator("#stage")).to_contain_text(value, timeout=LONG)


def change(server: WallServer, **changes: Any) -> None:
    server.snapshot = cast(Snapshot, server.snapshot | changes)


def restart(server: WallServer) -> None:
    server.mode = "good"
    server.stop()
    server.start()


@pytest.mark.parametrize("mode", ["500", "garbage", "strange", "truncated", "hang", "login"])
def test_a_failing_server_leaves_the_figures_with_their_age_and_is_found_again(
    page: Page, server: WallServer, mode: Mode
) -> None:
    server.mode = mode
    pass_time(page, 2 * REFRESH)
    expect(badge(page)).to_have_text(re.compile(r"^(terputus|server galat) \d menit, sejak \d\d\.\d\d WITA$"))
    shows(page, "81,6")
    restart(server)
    server.snapshot = content(server.files.version, dt.datetime.now(dt.UTC), "82,0", vintage=8, seal="c" * 64)
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text("terhubung")
    shows(page, "82,0")


def test_a_killed_server_leaves_the_figures_a_day_long_and_is_found_within_one_refresh(
    page: Page, server: WallServer
) -> None:
    server.stop()
    expect(received(page)).to_have_text("diterima 3 jam lalu")
    page.clock.fast_forward(24 * 3600 * 1000)
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text(re.compile(r"^terputus 24 jam, sejak \d+ \w{3}$"))
    expect(received(page)).to_have_text("diterima 27 jam lalu")
    shows(page, "81,6")
    server.ahead = 24 * 3600  # the day has passed there too
    server.start()
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text("terhubung")
    expect(received(page)).to_have_text("diterima 27 jam lalu")


def test_a_cut_network_is_told_and_its_return_is_noticed_at_once(
    context: BrowserContext, page: Page, server: WallServer
) -> None:
    context.set_offline(True)
    pass_time(page, 2 * REFRESH)
    expect(badge(page)).to_have_text(re.compile("^terputus"))
    shows(page, "81,6")
    context.set_offline(False)
    pass_time(page, 10)
    expect(badge(page)).to_have_text("terhubung")


def test_an_unchanged_snapshot_is_not_sent_again(page: Page, server: WallServer) -> None:
    pass_time(page, 3 * REFRESH)
    assert server.asked[0] == 200
    assert len(server.asked) >= 3
    assert set(server.asked[1:]) == {304}


def test_a_changed_figure_is_on_the_wall_within_one_refresh_and_its_old_value_never_returns(
    page: Page, server: WallServer
) -> None:
    old = server.snapshot
    server.snapshot = content(server.files.version, dt.datetime.now(dt.UTC), "79,5", vintage=8, seal="c" * 64)
    pass_time(page, REFRESH)
    shows(page, "79,5")
    expect(page.locator("[data-slot=seal]")).to_have_text("c" * 8)
    server.snapshot = old
    pass_time(page, 2 * REFRESH)
    expect(badge(page)).to_have_text("data server lebih lama")
    shows(page, "79,5")
    page.reload()
    shows(page, "79,5")
    pass_time(page, 10)
    shows(page, "79,5")
    expect(page.locator("#stage")).not_to_contain_text("81,6")


def test_another_warehouse_is_believed_though_it_is_younger(page: Page, server: WallServer) -> None:
    now = dt.datetime.now(dt.UTC)
    server.snapshot = content(server.files.version, now, "55,5", chain="d" * 64, vintage=1, seal="e" * 64)
    pass_time(page, REFRESH)
    shows(page, "55,5")
    expect(badge(page)).to_have_text("terhubung")
    server.snapshot = content(server.files.version, now, "44,4", vintage=6, seal="f" * 64)
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text("data server lebih lama")  # the first one's, of before
    shows(page, "55,5")


def test_a_late_figure_turns_the_badge(page: Page, server: WallServer) -> None:
    then = dt.datetime.now(dt.UTC)
    late = scene("dimensions", "Enam dimensi", "81,6", then, late="lewat jadwal rilis: IPM 2025")
    change(server, scenes=[late], seal="c" * 64)
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text("lewat jadwal rilis: IPM 2025")
    expect(page.locator("#stage .badge")).to_have_attribute("data-tone", "late")


def test_a_changed_clock_of_the_device_moves_neither_the_clock_nor_an_age(page: Page, server: WallServer) -> None:
    shown = page.locator("[data-slot=clock]").inner_text()
    for hours in (30, -30):
        page.clock.set_system_time(dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours))
        pass_time(page, REFRESH + 10)
        expect(badge(page)).to_have_text("terhubung")
        expect(received(page)).to_have_text("diterima 3 jam lalu")
        assert page.locator("[data-slot=clock]").inner_text().split("·")[0] == shown.split("·")[0]


def test_a_clock_set_back_without_a_server_makes_no_age_smaller(page: Page, server: WallServer) -> None:
    server.stop()
    pass_time(page, 2 * REFRESH)
    shown = minutes(page)
    page.clock.set_system_time(dt.datetime.now(dt.UTC) - dt.timedelta(hours=10))
    pass_time(page, REFRESH + 10)
    assert (minutes(page) - shown) % 1440 <= 3
    expect(badge(page)).to_have_text("terputus, umur tak diketahui")
    expect(received(page)).to_have_text(re.compile(r"^diterima \d+ \w+ 20\d\d$"))
    shows(page, "81,6")
    server.start()
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text("terhubung")
    expect(received(page)).to_have_text("diterima 3 jam lalu")


def test_old_answers_out_of_a_cache_make_no_age_smaller(page: Page, server: WallServer) -> None:
    server.still = time.time() - 3 * 3600
    page.clock.fast_forward(2 * 3600 * 1000)
    pass_time(page, 3 * REFRESH)
    expect(badge(page)).to_have_text(re.compile("^terputus 2 jam, sejak"))
    expect(received(page)).to_have_text("diterima 5 jam lalu")
    shows(page, "81,6")
    server.still = None
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text("terhubung")
    server.still = time.time()
    pass_time(page, 2 * REFRESH)
    page.clock.fast_forward(2 * 3600 * 1000)
    pass_time(page, REFRESH)
    expect(received(page)).to_have_text("diterima 5 jam lalu")


def test_a_server_whose_clock_was_set_back_is_believed_as_soon_as_it_runs(page: Page, server: WallServer) -> None:
    server.ahead = -1800
    pass_time(page, 2 * REFRESH)
    page.wait_for_timeout(1100)  # its clock counts seconds
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text("terhubung")
    expect(received(page)).to_have_text("diterima 2 jam lalu")


def test_a_reload_without_a_server_shows_the_last_figures_with_their_age(page: Page, server: WallServer) -> None:
    wait_until_kept(page)
    server.stop()
    page.clock.fast_forward(5 * 3600 * 1000)
    page.reload()
    shows(page, "81,6")
    expect(received(page)).to_have_text("diterima 8 jam lalu")
    expect(badge(page)).to_have_text(re.compile("^terputus 5 jam, sejak"))
    server.start()
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text("terhubung")


@pytest.mark.parametrize("mode", ["login", "halfway"])
def test_a_reload_that_finds_no_whole_wall_shows_the_one_that_was_kept(
    page: Page, server: WallServer, mode: Mode
) -> None:
    wait_until_kept(page)
    server.mode = mode
    page.reload()
    shows(page, "81,6")
    server.mode = "good"
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text("terhubung")


def test_another_address_of_the_wall_opens_without_a_server_too(page: Page, server: WallServer) -> None:
    wait_until_kept(page)
    server.stop()
    page.goto(f"{server.address}/wall?detik=30")
    shows(page, "81,6")


def test_the_worker_leaves_everything_else_alone(page: Page, server: WallServer) -> None:
    wait_until_kept(page)
    kept = page.evaluate("""async () => {
        const names = await caches.keys();
        const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        return keys.flat().map((each) => new URL(each.url).pathname);
    }""")
    assert {path for path in kept if not path.startswith("/wall/berkas/")} == {"/wall"}
    assert any(path.endswith("/main.js") for path in kept)
    assert any(path.endswith("/wall.css") for path in kept)


@pytest.mark.parametrize("kept", ["{", '{"snapshot":{"format":1},"etag":"x"}', "null"])
def test_a_broken_store_is_no_error(page: Page, server: WallServer, kept: str) -> None:
    page.evaluate("(kept) => localStorage.setItem('pantau-wall:64.01:id:', kept)", kept)
    page.reload()
    shows(page, "81,6")
    expect(badge(page)).to_have_text("terhubung")


def test_a_full_store_is_no_error(context: BrowserContext, server: WallServer) -> None:
    context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('penuh', 'QuotaExceededError') }"
    )
    page = visit(context, server)
    shows(page, "81,6")


def test_a_store_that_became_full_brings_no_old_value_back(page: Page, server: WallServer) -> None:
    wait_until_kept(page)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('penuh', 'QuotaExceededError') } }"
    )
    server.snapshot = content(server.files.version, dt.datetime.now(dt.UTC), "79,5", vintage=8, seal="c" * 64)
    pass_time(page, REFRESH)
    shows(page, "79,5")
    server.stop()
    page.reload()
    expect(badge(page)).to_have_text("belum terhubung")
    expect(page.locator("#stage")).not_to_contain_text("81,6")
    server.start()


def test_a_kept_picture_that_cannot_be_drawn_leaves_no_blank_screen(page: Page, server: WallServer) -> None:
    wait_until_kept(page)
    page.evaluate("""() => {
        const place = 'pantau-wall:64.01:id:', kept = JSON.parse(localStorage.getItem(place));
        for (const scene of kept.snapshot.scenes) scene.tiles = [null];
        localStorage.setItem(place, JSON.stringify(kept));
    }""")
    server.stop()
    page.reload()
    expect(page.locator("#stage [data-slot=clock]")).to_contain_text("WITA")
    server.start()
    pass_time(page, REFRESH)
    shows(page, "81,6")


def test_a_wall_that_never_met_its_server_says_so_and_waits(context: BrowserContext, server: WallServer) -> None:
    server.mode = "500"
    page = context.new_page()
    page.clock.install()
    page.goto(server.address + PATH)
    expect(badge(page)).to_have_text("belum terhubung")
    server.mode = "good"
    pass_time(page, REFRESH)
    shows(page, "81,6")


def test_a_new_version_is_loaded_once_between_scenes(context: BrowserContext, server: WallServer) -> None:
    page = visit(context, server, "/wall?adegan=dimensi&detik=200")
    wait_until_kept(page)
    before = server.files.version
    server.upgrade("000000000002")
    leap(page, 2 * REFRESH, 61)
    expect(page.locator("html")).to_have_attribute("data-version", before)  # its scene is not over
    page.evaluate("() => { window.before = true }")
    leap(page, 420, 205)
    expect(page.locator("html")).to_have_attribute("data-version", "000000000002", timeout=LONG)
    shows(page, "81,6")
    assert page.evaluate("window.before") is None
    page.evaluate("() => { window.before = true }")
    change(server, version="000000000003")  # another worker's, always
    leap(page, 1025, 205)
    assert page.evaluate("window.before") is True


def test_two_workers_of_different_versions_make_no_loop(browser: Browser, server: WallServer) -> None:
    context = browser.new_context(service_workers="block")  # its requests for documents are no visits
    page = visit(context, server, "/wall?adegan=dimensi,pembangunan&detik=20")
    server.rival = "000000000003"
    server.snapshot = server.snapshot | {"version": server.rival}
    leap(page, 300, 25)  # with time for loading anew at each change of scene
    assert server.visits == 2
    context.close()


def test_a_new_version_waits_until_all_its_files_are_there(browser: Browser, server: WallServer) -> None:
    context = browser.new_context(service_workers="block")
    page = visit(context, server, "/wall?adegan=dimensi,pembangunan&detik=20")
    server.mode = "halfway"
    change(server, version=NEXT)
    leap(page, 100, 25)
    assert server.documents > 1
    assert server.visits == 1
    context.close()


def test_scenes_rotate_worst_first_and_stay_longer(context: BrowserContext, server: WallServer) -> None:
    then = dt.datetime.now(dt.UTC)
    scenes = [
        scene("dimensions", "Enam dimensi", "81,6", then), scene("development", "Pembangunan", "22,4", then),
        scene("changes", "Yang berubah", "2", then, worse=2), scene("deliveries", "Kiriman", "8", then),
    ]  # fmt: skip
    change(server, scenes=scenes)
    page = visit(context, server, "/wall?adegan=pembangunan,dimensi,perubahan&detik=20")
    page.clock.pause_at(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60))
    heading = page.locator("#stage h1")
    page.keyboard.press("Home")
    expect(heading).to_have_text("Yang berubah")
    page.clock.run_for(31_000)
    expect(heading).to_have_text("Yang berubah")
    for title, seconds in (("Pembangunan", 2), ("Enam dimensi", 20), ("Yang berubah", 20)):
        page.clock.run_for(seconds * 1000)
        expect(heading).to_have_text(title)


def test_a_presenter_holds_and_turns_pages_by_keyboard(context: BrowserContext, server: WallServer) -> None:
    page = visit(context, server, "/wall?adegan=dimensi,pembangunan,perubahan&detik=20")
    heading, held = page.locator("#stage h1"), page.locator("#held")
    expect(held).to_be_hidden()
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(held).to_have_text("ditahan")
    expect(held).to_be_visible()
    page.clock.fast_forward(300_000)
    expect(heading).to_have_text("Enam dimensi")
    page.keyboard.press("ArrowRight")
    expect(heading).to_have_text("Pembangunan")
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text("Enam dimensi")
    page.keyboard.press("End")
    expect(heading).to_have_text("Yang berubah")
    page.clock.fast_forward(601_000)
    expect(held).to_be_hidden()
    page.clock.fast_forward(21_000)
    expect(heading).to_have_text("Enam dimensi")


def test_the_screen_is_dimmed_at_night_and_moves_a_little(context: BrowserContext, server: WallServer) -> None:
    server.ahead = (14 - dt.datetime.now(dt.UTC).hour) * 3600  # 22 WITA
    page = visit(context, server, PATH + "&redup=22-06")
    pass_time(page, REFRESH)
    expect(page.locator("html")).to_have_class(re.compile(r"\bdim\b"))
    places = set()
    for _ in range(4):
        pass_time(page, 120, 120)
        places.add(page.locator("#stage").evaluate("stage => stage.style.transform"))
    assert len(places) > 1
    server.ahead += 9 * 3600
    pass_time(page, 2 * REFRESH)
    expect(page.locator("html")).not_to_have_class(re.compile(r"\bdim\b"))


def test_a_scene_that_cannot_be_drawn_leaves_the_picture_and_the_page_mends_itself(
    page: Page, server: WallServer
) -> None:
    good = server.snapshot["scenes"][0]
    change(server, scenes=[cast(Any, good) | {"tiles": [None]}], seal="c" * 64)
    pass_time(page, REFRESH)
    shows(page, "81,6")
    expect(badge(page)).to_have_text("gambar belum diperbarui")
    expect(page.locator("[data-slot=seal]")).to_have_text("b" * 8)
    change(server, scenes=[good], seal="d" * 64)
    pass_time(page, REFRESH)
    expect(badge(page)).to_have_text("terhubung")


def test_three_hundred_scenes_and_refreshes_leave_the_document_as_small_as_it_was(
    context: BrowserContext, server: WallServer
) -> None:
    page = visit(context, server, "/wall?adegan=dimensi,pembangunan,perubahan&detik=5")
    session = context.new_cdp_session(page)

    def counted() -> dict[str, int]:
        session.send("HeapProfiler.collectGarbage")
        return cast(dict[str, int], session.send("Memory.getDOMCounters"))

    for _ in range(10):
        page.clock.run_for(50_000)
    before = counted()
    for _ in range(15):
        page.clock.run_for(100_000)
    after = counted()
    assert after["nodes"] < before["nodes"] + 300  # one scene alone has about forty
    assert after["jsEventListeners"] <= before["jsEventListeners"]
    assert after["documents"] == before["documents"]
