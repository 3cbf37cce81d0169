"""The walidata's part of /data in a real browser: letters are copied, a phone shows the first rows of long lists."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_a_letter_is_copied_whole(visit: Visit) -> None:
    page = visit.open("/data")
    task = page.locator(".pt-tasks > li").first
    task.get_by_role("button").click()
    expect(task.get_by_role("button")).to_have_text("Teks tersalin")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Yth. ")
    assert copied.endswith("Walidata Kabupaten Paser")
    assert visit.complaints == []


def test_a_phone_shows_a_few_rows_and_all_when_asked(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("/data")
    assert page.evaluate("document.documentElement.scrollHeight") < 13_000
    conflicts = page.locator("#beda-data tbody > tr")
    assert conflicts.count() == 10
    assert [each.is_visible() for each in conflicts.all()] == [True] * 5 + [False] * 5
    page.locator("#beda-data .pt-more > summary").click()
    assert all(each.is_visible() for each in conflicts.all())


def test_a_wide_screen_shows_every_row_at_once(visit: Visit) -> None:
    page = visit.open("/data")
    assert all(each.is_visible() for each in page.locator("#beda-data tbody > tr").all())
    expect(page.locator("#beda-data .pt-more")).to_be_hidden()
