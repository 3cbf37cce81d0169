"""A row that its source deleted: said with its place, marked or withdrawn as the feed declares, never silently kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from etl.catalogue.feeds import Feed
from tests.intake import Intake, open_copy, web_feed
from tests.replay import Replay, Reply

ROWS = [("Paser", "2022", 2.83), ("Paser", "2023", 2.9), ("Berau", "2023", 2.1), ("Paser", "2024", 3.27)]


@pytest.fixture
def intake(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Intake]:
    engine = open_copy(migrated_sqlite, tmp_path)
    yield Intake(tmp_path, engine)
    engine.dispose()


@pytest.fixture
def portal() -> Iterator[Replay]:
    with Replay().running() as replay:
        yield replay


def send(portal: Replay, *rows: tuple[str, str, Any]) -> None:
    body = [dict(zip(("wilayah", "tahun", "nilai"), row, strict=True)) for row in rows]
    portal.script["/"] = Reply(content=json.dumps({"data": body}).encode())


def feed_of(portal: Replay, **changes: Any) -> Feed:
    return web_feed("http_json", {"address": portal.address}, **changes)


def marked(intake: Intake) -> set[tuple[str, str]]:
    return {(each.region, each.period.code) for each in intake.observations() if "gone" in each.marks}


def test_a_deleted_row_is_said_and_its_figure_marked_until_it_comes_back(intake: Intake, portal: Replay) -> None:
    feed = feed_of(portal)
    send(portal, *ROWS)
    intake.run(feed)
    send(portal, *ROWS[:2], ROWS[3])
    report = intake.run(feed)
    assert (report.ending, report.accepted, report.unchanged) == ("loaded", 0, 3)
    assert "1 angka tidak lagi ada di sumber" in report.message
    assert "spbe 64.03 2023 (2.1)" in report.message
    assert [each.rule for each in intake.findings()] == ["tidak-lagi-di-sumber"]
    assert marked(intake) == {("64.03", "2023")}
    assert intake.values()["64.03", "2023"] == "2.1"
    send(portal, *ROWS[:2], ("Paser", "2024", 3.3))
    again = intake.run(feed)
    assert (again.accepted, again.unchanged) == (1, 2)
    assert marked(intake) == {("64.03", "2023")}
    send(portal, *ROWS)
    intake.run(feed)
    assert not marked(intake)
    assert not intake.findings()


def test_a_feed_that_declares_it_withdraws_the_figure_and_keeps_the_past(intake: Intake, portal: Replay) -> None:
    feed = feed_of(portal, gone="withdraw")
    send(portal, *ROWS)
    intake.run(feed)
    send(portal, *ROWS[:2], ROWS[3])
    assert "ditarik" in intake.run(feed).message
    assert ("64.03", "2023") not in intake.values()
    with intake.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM observation WHERE value = '2.1'")) == 1
    assert intake.run(feed).ending == "unchanged"


def test_a_figure_that_its_source_has_emptied_is_gone_too(intake: Intake, portal: Replay) -> None:
    send(portal, *ROWS)
    intake.run(feed_of(portal))
    send(portal, *ROWS[:2], ("Berau", "2023", None), ROWS[3])
    assert "1 angka tidak lagi ada di sumber" in intake.run(feed_of(portal)).message
    assert marked(intake) == {("64.03", "2023")}


@pytest.mark.parametrize("gone", ["mark", "withdraw"])
def test_a_row_that_was_returned_is_not_taken_for_a_deleted_one(intake: Intake, portal: Replay, gone: str) -> None:
    send(portal, *ROWS)
    intake.run(feed_of(portal, gone=gone))
    send(portal, *ROWS[:2], ("Berau", "2023", "dua koma satu"), ROWS[3])
    assert "atau barisnya kini dikembalikan" in intake.run(feed_of(portal, gone=gone)).message
    assert intake.values()["64.03", "2023"] == "2.1"
    assert not marked(intake)
