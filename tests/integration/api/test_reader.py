"""The web's door to the warehouse: what it keeps is bounded, however many questions are asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from dashboard import data
from dashboard.data import Reader, open_read_only


@pytest.fixture
def reader(database: str) -> Iterator[Reader]:
    engine = open_read_only(database)
    yield Reader(engine)
    engine.dispose()


def test_pages_of_figures_are_read_and_not_kept(reader: Reader) -> None:
    vintage = reader.vintage()
    assert vintage is not None
    for offset in range(50):
        reader.observations(vintage, limit=1, offset=offset)
    assert len(reader.kept) == 0


def test_what_is_asked_again_is_not_read_again(reader: Reader) -> None:
    vintage = reader.vintage()
    assert vintage is not None
    first = reader.latest(vintage, "64.01")
    queries: list[str] = []
    event.listen(reader.engine, "before_cursor_execute", lambda *arguments: queries.append(arguments[2]))
    assert reader.latest(vintage, "64.01") is first
    assert queries == []


def test_what_is_kept_is_bounded_by_its_records(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "KEPT_RECORDS", 4)
    vintage = reader.vintage()
    assert vintage is not None
    for region in ("64.01", "64.08", "64.09"):
        for indicator in ("poverty-rate", "tpt", "rahasia"):
            reader.series(vintage, indicator, [region])
    assert sum(len(each) for each in reader.kept.values() if isinstance(each, list)) <= 4
    assert 0 < len(reader.kept) <= 9
    every = reader.series(vintage, "poverty-rate", ["64.01", "64.08"])
    assert len(every) > 2
    monkeypatch.setattr(data, "KEPT_RECORDS", 1)
    assert reader.series(vintage, "poverty-rate", ["64.08", "64.01"]) != []
