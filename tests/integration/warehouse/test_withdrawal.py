"""A figure whose row now means something else is taken back, and stays readable as it was known before."""

from __future__ import annotations

import pytest

from etl.measures.observation import Observation, Vintage
from etl.warehouse.read import queries
from etl.warehouse.verify import verify
from tests.integration.warehouse.loads import House, load, refusal, row


def now(house: House) -> Vintage:
    with house.engine.connect() as connection:
        return queries.resolve(connection, None)


def known(house: House, vintage: Vintage) -> dict[str, str]:
    """Return the values known at a vintage by period."""
    with house.engine.connect() as connection:
        found = queries.observations(connection, vintage)
    return {each.period.code: str(each.value) for each in found}


def newest(house: House) -> list[Observation]:
    with house.engine.connect() as connection:
        return queries.latest(connection, now(house), "64.01")


def test_a_row_read_as_another_period_leaves_no_figure_behind(house: House) -> None:
    house.commit(load(row("70", period="2023"), row("72", period="2025"), complete=True))
    before = now(house)
    outcome = house.commit(load(row("70", period="2023"), row("72", period="2024"), complete=True))
    assert (outcome.accepted, outcome.unchanged, outcome.withdrawn) == (1, 1, 1)
    assert known(house, now(house)) == {"2023": "70", "2024": "72"}
    assert known(house, before) == {"2023": "70", "2025": "72"}
    assert [each.period.code for each in newest(house)] == ["2024"]
    with house.engine.connect() as connection:
        assert queries.score_periods(connection, now(house), "64.01") == ["2023", "2024"]
        assert queries.changes(connection, now(house), "64.01") == []
    assert verify(house.engine) == []


def test_the_last_figure_of_a_series_can_be_taken_back(house: House) -> None:
    house.commit(load(row("70"), complete=True))
    house.commit(load(refused=(refusal(2),), complete=True))
    assert newest(house) == []
    assert known(house, now(house)) == {}
    assert verify(house.engine) == []


def test_a_figure_that_comes_back_is_a_further_version(house: House) -> None:
    house.commit(load(row("70"), complete=True))
    house.commit(load(row("70", period="2023"), complete=True))
    house.commit(load(row("70"), complete=True))
    with house.engine.connect() as connection:
        versions = [each.version for each in queries.history(connection, "ipm", "64.01") if each.period.code == "2024"]
    assert versions == [1, 3]
    assert known(house, now(house)) == {"2024": "70"}
    assert verify(house.engine) == []


def test_the_same_file_again_withdraws_nothing(house: House) -> None:
    house.commit(load(row("70"), row("71", period="2023"), complete=True))
    house.commit(load(row("70"), row("71", period="2022"), complete=True))
    again = house.commit(load(row("70"), row("71", period="2022"), complete=True))
    assert (again.run, again.withdrawn) == (None, 0)


@pytest.mark.parametrize("complete", [True, False], ids=["shrunken", "not complete"])
def test_a_shrunken_or_partial_file_never_erases(house: House, complete: bool) -> None:
    house.commit(load(row("70"), row("71", period="2023"), complete=complete))
    house.commit(load(row("70.5"), complete=complete))
    assert known(house, now(house)) == {"2024": "70.5", "2023": "71"}


def test_other_files_and_feeds_are_left_alone(house: House) -> None:
    house.commit(load(row("71", period="2023"), complete=True, name="lain.csv"))
    house.commit(load(row("72", period="2022"), complete=True, feed="lain"))
    house.commit(load(row("70"), complete=True))
    house.commit(load(row("70", period="2021"), complete=True))
    assert known(house, now(house)) == {"2021": "70", "2022": "72", "2023": "71"}
    assert verify(house.engine) == []
