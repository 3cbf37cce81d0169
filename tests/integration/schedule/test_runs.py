"""Runs and their due times: each answered for once, orphans marked and run again, loads by hand waiting their turn."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import NoReturn

import pytest
from sqlalchemy.exc import IntegrityError

from etl.__main__ import main
from etl.catalogue.feeds import Feed
from etl.connectors.base import Connector, Delivery, FetchError, Reach, Span
from etl.jobs.loading import feed_run as runs
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import run_feed, run_feeds
from etl.jobs.loading.steward_review import replay
from etl.jobs.locks import LockedError, feed_lock
from etl.jobs.scheduling.due_runs import give_up, run_due
from etl.warehouse.read.schedule_state import answered_until, feeds_cut_short, open_feeds
from etl.warehouse.schema import attempt
from etl.warehouse.write.attempts import end_orphans, name_file, start_attempt
from etl.warehouse.write.commits import record_catalogue
from tests.integration.schedule.town import Town, now, wait_for

NOON = dt.datetime(2026, 11, 22, 4, 0, 30, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def run(town: Town, at: dt.datetime, wanted: bool = False) -> list[Report]:
    return run_due(town.job(at), town.feed(), wanted)


def test_what_was_never_tried_is_due_at_once_and_then_at_its_times(town: Town) -> None:
    assert [each.ending for each in run(town, NOON)] == ["loaded"]
    assert run(town, NOON + dt.timedelta(seconds=20)) == []
    assert [each.ending for each in run(town, NOON + MINUTE)] == ["unchanged"]
    assert [each.due_at for each in town.dues()] == [NOON, NOON.replace(minute=1, second=0)]
    assert [each.attempt for each in town.dues()] == [each.id for each in town.attempts()]
    assert all(each.holder for each in town.attempts())


def test_what_waits_for_its_first_turn_owes_the_due_times_since_its_catalogue_is_in_force(town: Town) -> None:
    record_catalogue(town.engine, town.catalogue(), NOON)
    run(town, NOON + 2 * MINUTE)
    assert [each.due_at for each in town.dues()] == [NOON.replace(minute=each, second=0) for each in (1, 2)]


def test_missed_due_times_are_covered_by_one_run(town: Town) -> None:
    run(town, NOON)
    run(town, NOON + 5 * MINUTE)
    assert len(town.attempts()) == 2
    last = town.attempts()[-1].id
    assert [each.attempt for each in town.dues()][1:] == [last] * 5


def test_a_due_time_is_never_answered_for_twice(town: Town) -> None:
    run(town, NOON)
    with pytest.raises(IntegrityError):
        start_attempt(town.engine, "kiriman", NOON, "uji", [NOON])
    assert len(town.attempts()) == 1


def test_a_run_that_finds_nothing_is_no_delivery_but_answers_for_its_time(town: Town) -> None:
    (town.root / "data/kiriman/kiriman/satu.csv").unlink()
    assert [each.ending for each in run(town, NOON)] == ["absent"]
    [tried] = town.attempts()
    assert (tried.outcome, tried.message, tried.file) == ("unchanged", "tidak ada berkas baru", None)
    assert [each.due_at for each in town.dues()] == [NOON]
    run_feed(town.job(), town.feed())
    run(town, NOON, wanted=True)
    assert len(town.attempts()) == 1


class _Source(Connector):
    """A source that does as it is told."""

    def __init__(self, *does: Delivery | Exception) -> None:
        self.does, self.asked = does, list[Span]()

    def fetch(self, _feed: Feed, reach: Reach) -> Iterator[Delivery]:
        self.asked.append(reach.span)
        for each in self.does:
            if isinstance(each, Exception):
                raise each
            yield each

    def read(self, _delivery: Delivery, _feed: Feed) -> NoReturn:
        raise AssertionError


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (FetchError("Sumber menjawab 500."), "Sumber menjawab 500."),
        (PermissionError(13, "Permission denied", "x"), "izin"),
        (RuntimeError("rahasia"), "tak terduga"),
    ],
)
def test_a_source_that_fails_is_a_failed_attempt_for_its_due_time(
    town: Town, monkeypatch: pytest.MonkeyPatch, trouble: Exception, words: str
) -> None:
    monkeypatch.setattr("etl.connectors.file.CONNECTOR", _Source(trouble))
    [report] = run(town, NOON)
    [tried] = town.attempts()
    assert (report.ending, tried.outcome, report.message) == ("failed", "failed", tried.message)
    assert words in report.message
    assert "rahasia" not in report.message
    assert [each.attempt for each in town.dues()] == [tried.id]


def test_the_last_two_years_are_asked_for_unless_others_are(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    source = _Source()
    monkeypatch.setattr("etl.connectors.file.CONNECTOR", source)
    feeds = [town.feed()]
    new_year_in_wita = dt.datetime(2026, 12, 31, 17, tzinfo=dt.UTC)
    list(run_feeds(town.job(new_year_in_wita), feeds))
    list(run_feeds(town.job(), feeds, Span(2018, 2024)))
    assert source.asked == [Span(2026, 2027), Span(2018, 2024)]


def test_an_orphan_is_interrupted_and_its_due_time_passes_to_the_run_after_it(town: Town) -> None:
    orphan = start_attempt(town.engine, "kiriman", NOON, "mesin:1", [NOON])
    assert [each.ending for each in run(town, NOON + dt.timedelta(seconds=5))] == ["loaded"]
    lost, again = town.attempts()
    assert (lost.id, lost.outcome, again.outcome) == (orphan, "interrupted", "loaded")
    assert "terputus" in (lost.message or "")
    assert [(each.due_at, each.attempt) for each in town.dues()] == [(NOON, again.id)]


def test_a_due_time_that_was_cut_short_is_known_until_somebody_takes_it(town: Town) -> None:
    start_attempt(town.engine, "kiriman", NOON, "mesin:1", [NOON])
    with town.engine.connect() as connection:
        assert open_feeds(connection) == {"kiriman"}
        assert answered_until(connection) == {"kiriman": NOON}
    (town.root / "data/kiriman/kiriman/satu.csv").unlink()
    run_feed(town.job(), town.feed())
    with town.engine.connect() as connection:
        assert feeds_cut_short(connection) == {"kiriman"}
    town.send()
    run(town, NOON)
    with town.engine.connect() as connection:
        assert feeds_cut_short(connection) == set()


def test_an_orphan_that_had_committed_is_loaded(town: Town) -> None:
    run(town, NOON)
    with town.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(attempt.update().values(outcome=None, finished_at=None))
    run(town, NOON + MINUTE)
    assert [each.outcome for each in town.attempts()] == ["loaded", "unchanged"]


def test_a_load_by_hand_waits_for_the_other_and_says_so_when_it_waits_in_vain(town: Town) -> None:
    town.declare("kiriman", timeout=1)
    with feed_lock(town.engine, "kiriman", 0):
        [report] = run_feed(town.job(), town.feed())
        with pytest.raises(LockedError):
            give_up(town.job(), town.feed(), "x")
    assert (report.ending, town.attempts()) == ("failed", [])
    assert "masih diterima oleh proses lain" in report.message


def test_an_attempt_beats_while_its_load_works(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(_feed: Feed, _reach: Reach) -> Iterator[Delivery]:
        wait_for(lambda: town.attempts()[0].heartbeat_at > town.attempts()[0].started_at, 10)
        yield from ()

    source = _Source()
    monkeypatch.setattr(source, "fetch", fetch)
    monkeypatch.setattr(runs, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr("etl.connectors.file.CONNECTOR", source)
    run_due(town.job(), town.feed(), False)
    assert town.attempts()[0].outcome == "unchanged"


def backfill(town: Town, *words: str) -> int:
    return main(["backfill", *words], {"PANTAU_DATABASE_URL": town.url}, town.root)


@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_old_years_are_asked_of_sources_that_keep_them(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert backfill(town, "kiriman", "--from", "2018", "--to", "2020") == 2
    assert "tahun lama tidak dapat diminta" in capsys.readouterr().err
    source = _Source()
    monkeypatch.setattr("etl.connectors.file.CONNECTOR", source)
    monkeypatch.setattr(_Source, "historic", True)
    assert backfill(town, "kiriman", "--from", "2018", "--to", "2020") == 0
    assert source.asked == [Span(2018, 2020)]
    for years in (("2020", "2018"), ("2018", "2999"), ("18", "20")):
        assert backfill(town, "kiriman", "--from", years[0], "--to", years[1]) == 2
        assert "--from" in capsys.readouterr().err


def test_a_file_that_ends_two_runs_is_taken_out_of_the_inbox_for_the_others(town: Town) -> None:
    catalogue = town.root / "indicators.yaml"
    catalogue.write_text(
        catalogue.read_text(encoding="utf-8").replace("data/kiriman/", "data/inbox/"), encoding="utf-8"
    )
    path = town.root / "data/inbox/kiriman/bom.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"bom")
    for last in (False, True):
        attempt = start_attempt(town.engine, "kiriman", now())
        name_file(town.engine, attempt, "data/inbox/kiriman/bom.csv", hashlib.sha256(b"bom").hexdigest())
        give_up(town.job(), town.feed(), "mati")
        assert path.exists() is not last
    copy, letter = sorted((town.root / "data/inbox/dikembalikan/kiriman").iterdir())
    assert copy.read_bytes() == b"bom"
    assert "dua kali membuat proses pemuatan data terhenti" in letter.read_text(encoding="utf-8")


def test_old_bytes_that_are_run_again_answer_for_no_due_time(town: Town) -> None:
    run(town, NOON)
    start_attempt(town.engine, "kiriman", NOON + MINUTE, dues=[NOON + MINUTE])
    end_orphans(town.engine, "kiriman", NOON + MINUTE, "interrupted", "terputus")
    replay(town.job(NOON + MINUTE), 1)
    with town.engine.connect() as connection:
        assert feeds_cut_short(connection) == {"kiriman"}
