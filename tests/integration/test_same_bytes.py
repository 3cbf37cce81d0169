"""The same bytes again: nothing is read twice, and nothing that could have changed is taken for unchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.catalogue.feeds import Feed
from etl.connectors.base import Delivery
from etl.jobs.loading.delivery_load import Report, load_delivery
from etl.warehouse.read import queries
from etl.warehouse.verify import verify
from etl.warehouse.write.attempts import start_attempt
from etl.warehouse.write.commits import commit_load, record_catalogue
from tests.integration.warehouse.loads import CATALOGUE, load, row
from tests.jobs import job
from tests.problems.trial import feed, trial_catalogue

HEADER = "Indikator;Wilayah;Periode;Nilai;Satuan\n"
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)
FEED, OTHER = feed(), feed(id="lain", defaults={"publication": "Lain"})


class Desk:
    """Deliveries by hand, on a day that can be moved."""

    def __init__(self, root: Path, engine: Engine) -> None:
        self.root, self.engine, self.now = root, engine, NOW
        self.catalogue = trial_catalogue(feeds=(FEED, OTHER))
        record_catalogue(engine, self.catalogue, NOW)

    def deliver(self, *rows: str, of: Feed = FEED, name: str = "data/published/uji.csv") -> Report:
        content = (HEADER + "".join(f"{row}\n" for row in rows)).encode()
        attempt = start_attempt(self.engine, of.id, self.now)
        return load_delivery(
            job(self.engine, self.catalogue, self.root, self.now), of, Delivery(name, content), attempt
        )

    def values(self) -> list[str]:
        with self.engine.connect() as connection:
            vintage = queries.current_vintage(connection)
            assert vintage is not None
            return [str(each.value) for each in queries.observations(connection, vintage, indicator="ipm")]


@pytest.fixture
def desk(tmp_path: Path, engine: Engine) -> Iterator[Desk]:
    yield Desk(tmp_path, engine)
    assert verify(engine) == []


A = ("ipm;Paser;2022;74;indeks", "ipm;Paser;2023;75;indeks", "ipm;Entah;2023;75;indeks")
B = ("ipm;Paser;2022;74;indeks", "ipm;Paser;2023;76;indeks")


def counts(report: Report) -> tuple[str, int, int, int, int]:
    return report.ending, report.rows_read, report.accepted, report.unchanged, report.refused


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever reads a delivery fail."""

    def refuse(delivery: Delivery, feed: Feed) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr("etl.connectors.file.CONNECTOR.read", refuse)


def test_they_are_not_read_and_say_what_they_said(desk: Desk, request: pytest.FixtureRequest) -> None:
    assert counts(desk.deliver(*A)) == ("loaded", 3, 2, 0, 1)
    request.getfixturevalue("unreadable")
    assert [counts(desk.deliver(*A)) for _ in range(2)] == [("unchanged", 3, 0, 2, 1)] * 2
    with desk.engine.connect() as connection:
        last, *_ = queries.attempts(connection)
        assert (last.outcome, last.rows_read, last.unchanged, last.refused) == ("unchanged", 3, 2, 1)
        assert last.finished_at == NOW
        assert [each.row for each in queries.findings(connection, feed="opd")] == [4]


def test_after_other_bytes_they_are_news_again(desk: Desk) -> None:
    desk.deliver(*A)
    assert counts(desk.deliver(*B))[0] == "loaded"
    assert counts(desk.deliver(*A)) == ("loaded", 3, 1, 1, 1)
    assert desk.values() == ["74", "75"]


def test_under_another_name_they_are_read(desk: Desk) -> None:
    desk.deliver(*A)
    assert desk.deliver(*A, name="data/published/lain.csv").ending == "loaded"


def test_what_another_feed_has_replaced_meanwhile_is_put_right(desk: Desk) -> None:
    shared = feed(id="lain", defaults={"publication": "Kiriman OPD"})
    desk.deliver(*A)
    assert desk.deliver(*B, of=shared).ending == "loaded"
    assert desk.values() == ["74", "76"]
    assert desk.deliver(*A).ending == "loaded"
    assert desk.values() == ["74", "75"]


def test_a_period_that_has_begun_meanwhile_is_taken(desk: Desk) -> None:
    rows = ("ipm;Paser;2026;75;indeks", "ipm;Paser;2027;76;indeks")
    assert counts(desk.deliver(*rows)) == ("loaded", 2, 1, 0, 1)
    desk.now = dt.datetime(2027, 1, 2, tzinfo=dt.UTC)
    assert counts(desk.deliver(*rows)) == ("loaded", 2, 1, 1, 0)


def test_a_catalogue_that_reads_them_otherwise_reads_them_again(desk: Desk) -> None:
    desk.deliver(*A)
    desk.catalogue = trial_catalogue(feeds=(FEED, OTHER), aliases={**desk.catalogue.aliases, "entah": "64.08"})
    record_catalogue(desk.engine, desk.catalogue, NOW)
    assert counts(desk.deliver(*A)) == ("loaded", 3, 1, 2, 0)


def test_after_a_failure_they_are_read(desk: Desk) -> None:
    desk.deliver(*A)
    assert desk.deliver("x", name="data/published/uji.csv").ending != "loaded"
    assert counts(desk.deliver(*A)) == ("unchanged", 3, 0, 2, 1)


def test_what_went_back_to_an_office_goes_back_each_time(desk: Desk) -> None:
    inbox = desk.root / "data/inbox/opd"
    inbox.mkdir(parents=True)
    for _ in range(2):
        desk.deliver(*A, name="data/inbox/opd/kiriman.csv")
        returned = [each for each in desk.root.rglob("*") if "dikembalikan" in str(each) and each.is_file()]
        assert returned
        for each in returned:
            each.unlink()


def test_a_load_ends_its_attempt_itself_and_gives_it_its_number(engine: Engine) -> None:
    record_catalogue(engine, CATALOGUE, NOW)
    start_attempt(engine, "ipm", NOW)
    number = start_attempt(engine, "ipm", NOW)
    outcome = commit_load(engine, load(row("70")), CATALOGUE, number, NOW)
    with engine.connect() as connection:
        attempt, _ = queries.attempts(connection)
        [run] = queries.runs(connection, 10)
    assert (outcome.run, run.id, attempt.id, attempt.run) == (number,) * 4
    assert (attempt.outcome, attempt.finished_at, attempt.accepted, attempt.unchanged) == ("loaded", NOW, 1, 0)
