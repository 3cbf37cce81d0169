"""Every state of knowledge can be asked for again, by date or by seal."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.warehouse.read import queries
from etl.warehouse.write.commits import record_catalogue
from tests import making
from tests.integration.warehouse.loads import CATALOGUE, IPM, House, load, row


def values(house: House, as_of: dt.date | str | None) -> list[str]:
    """Give the latest values of Paser as known then."""
    with house.engine.connect() as connection:
        vintage = queries.resolve(connection, as_of)
        found = queries.latest(connection, vintage, "64.01")
        series = queries.series(connection, vintage, "ipm", ["64.01"])
    assert found == [each for each in series if each.period == max(other.period for other in series)]
    return [str(each.value) for each in found]


def test_an_empty_warehouse_says_so(house: House) -> None:
    with house.engine.connect() as connection, pytest.raises(LookupError, match="Belum ada data yang tercatat"):
        queries.resolve(connection, dt.date(2026, 11, 1))


def test_a_date_is_the_end_of_its_day_in_makassar(house: House) -> None:
    house.now = lambda: dt.datetime(2026, 11, 10, 15, 59, 59, tzinfo=dt.UTC)  # type: ignore[method-assign]
    house.commit(load(row("70")))
    house.now = lambda: dt.datetime(2026, 11, 10, 16, 0, tzinfo=dt.UTC)  # type: ignore[method-assign]
    house.commit(load(row("71")))
    assert values(house, dt.date(2026, 11, 10)) == ["70"]
    assert values(house, "2026-11-10") == ["70"]
    assert values(house, dt.date(2026, 11, 11)) == values(house, None) == ["71"]
    assert values(house, dt.date(2026, 11, 9)) == []


def test_a_seal_is_found_by_its_first_eight_letters(house: House) -> None:
    house.commit(load(row("70")))
    with house.engine.connect() as connection:
        seal = queries.resolve(connection, None).seal
    house.commit(load(row("71"), row("72", period="2025")))
    assert values(house, seal[:8]) == values(house, seal.upper()) == ["70"]
    assert values(house, None) == ["72"]


@pytest.mark.parametrize(
    ("as_of", "sentence"),
    [
        ("00000000", "tidak ditemukan"),
        ("1234567", "bukan tanggal"),
        ("kemarin", "bukan tanggal"),
        ("2026-02-30", "tidak ada di kalender"),
    ],
)
def test_an_unknown_moment_is_explained(house: House, as_of: str, sentence: str) -> None:
    with house.engine.connect() as connection, pytest.raises(LookupError, match=sentence):
        queries.resolve(connection, as_of)


def test_a_catalogue_is_recorded_once_and_kept(house: House) -> None:
    assert record_catalogue(house.engine, CATALOGUE, house.now()) is None
    other = making.catalogue(IPM)
    house.record(other)
    house.record(CATALOGUE)
    with house.engine.connect() as connection:
        chain = queries.vintages(connection, 10)
        assert [(each.number, each.kind) for each in chain] == [(3, "catalogue"), (2, "catalogue"), (1, "catalogue")]
        assert [queries.catalogue_at(connection, each) for each in chain] == [CATALOGUE, other, CATALOGUE]


def test_a_vintage_names_its_run_and_feed(house: House) -> None:
    house.commit(load(row("70")))
    with house.engine.connect() as connection:
        newest = queries.current_vintage(connection)
        [run] = queries.runs(connection, 10)
    assert newest is not None
    assert (newest.number, newest.feed, newest.run) == (2, "ipm", run.id)
    assert (run.vintage, run.content, run.files) == (2, newest.content, ("ipm.csv",))
