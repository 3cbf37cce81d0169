"""A published Google Sheet end to end: redirects, ETag, and the login page of one that is not published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.catalogue.feeds import Feed
from etl.connectors.base import Known, Reach, Span
from etl.connectors.google_sheets import GoogleSheetsConnector
from etl.connectors.web.patience import Limits, Pace
from tests.intake import Intake, open_copy, web_feed
from tests.replay import CSV, Replay, Reply, as_html, as_json, redirect, tagged

SHEET = Reply(content=b'wilayah,tahun,nilai\nKab. Paser,2023,"2,9"\nPaser,2024,"3,27"\n', kind=CSV)
PASER = {("64.01", "2023"): "2.9", ("64.01", "2024"): "3.27"}
CONNECTOR = GoogleSheetsConnector(Limits(attempts=2, request=5, fetch=20), Pace(sleep=lambda _: None))


@pytest.fixture
def google() -> Iterator[Replay]:
    with Replay().running() as replay:
        replay.script["/pub"] = redirect("/content/abc", 307)
        replay.script["/content/abc"] = tagged(SHEET, '"v1"')
        yield replay


@pytest.fixture
def intake(tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    monkeypatch.setattr("etl.connectors.google_sheets.CONNECTOR", CONNECTOR)
    engine = open_copy(migrated_sqlite, tmp_path)
    yield Intake(tmp_path, engine)
    engine.dispose()


def feed(google: Replay) -> Feed:
    return web_feed("google_sheets", {"address": f"{google.address}/pub?output=csv"})


def test_a_published_sheet_is_loaded(google: Replay, intake: Intake) -> None:
    report = intake.run(feed(google))
    assert (report.ending, report.accepted) == ("loaded", 2)
    assert intake.values() == PASER


def test_an_unchanged_sheet_is_delivered_again_from_what_is_known(google: Replay, tmp_path: Path) -> None:
    [first] = CONNECTOR.fetch(feed(google), Reach(tmp_path, Span(2025, 2026)))
    known = {first.name: Known(first.etag, first.modified, first.content)}
    [again] = CONNECTOR.fetch(feed(google), Reach(tmp_path, Span(2025, 2026), known=known))
    assert (again.content, again.etag) == (first.content, '"v1"')
    assert google.asked[-1].headers["If-None-Match"] == '"v1"'


def test_a_login_page_says_how_to_publish(google: Replay, intake: Intake) -> None:
    google.script |= {"/pub": redirect("/ServiceLogin"), "/ServiceLogin": as_html("<!doctype html><title>Sign in")}
    assert "Publikasikan ke web" in intake.fails(feed(google))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (as_json({"error": 1}), "bukan CSV"),
        (Reply(content=b"PK\x03\x04\x14\x00", kind="application/octet-stream"), "bukan CSV"),
        (Reply(content="wilayah,tahun,nilai\nPasér,2024,3".encode("latin-1"), kind="text/csv"), "bukan UTF-8"),
        (Reply(content="wilayah,tahun,nilai\nPasér,2024,3".encode("latin-1"), kind=CSV), "bukan UTF-8"),
        (Reply(404, b"", "text/html"), "status 404"),
        (Reply(content=SHEET.content, kind=CSV, cut=30), "sambungan terputus"),
        (redirect("http://192.168.1.1/"), "jaringan dalam"),
    ],
)
def test_what_is_no_sheet_is_a_clear_failed_attempt(google: Replay, intake: Intake, broken: Reply, said: str) -> None:
    google.script["/content/abc"] = broken
    assert said in intake.fails(feed(google))
