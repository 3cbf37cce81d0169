"""Stored scores follow the figures and the catalogue, and the old ones stay."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from etl.measures.observation import DimensionScore, Vintage
from etl.warehouse.read import queries
from etl.warehouse.verify import verify
from tests import making
from tests.integration.warehouse.loads import CATALOGUE, IPM, POVERTY, House, load, row


def now(house: House) -> Vintage:
    with house.engine.connect() as connection:
        return queries.resolve(connection, None)


def score(house: House, vintage: Vintage, region: str = "64.01", period: str = "2024") -> DimensionScore:
    with house.engine.connect() as connection:
        [found] = queries.scores(connection, vintage, regions=[region], period=period, dimension="smart-economy")
    return found


def poverty(value: str, period: str = "2024") -> dict[str, object]:
    return row(value, period=period, indicator="poverty-rate", unit="%", printed_unit="%")


def test_scores_are_stored_for_each_year_from_the_first_figure_on(house: House) -> None:
    house.commit(load(row("70", period="2022"), poverty("10"), row("71", region="pemprov")))
    with house.engine.connect() as connection:
        assert queries.score_periods(connection, now(house), "64.01") == ["2022", "2023", "2024"]
        assert queries.score_periods(connection, now(house), "pemprov") == []
        assert len(queries.scores(connection, now(house))) == 3
    assert score(house, now(house)).low == Fraction(50)


def test_a_changed_value_changes_only_the_scores_it_touches(house: House) -> None:
    house.commit(load(row("70"), poverty("10"), row("60", region="64.08")))
    before = now(house)
    house.commit(load(row("72")))
    assert (score(house, before).low, score(house, now(house)).low) == (Fraction(50), Fraction(55))
    assert score(house, before, "64.08") == score(house, now(house), "64.08")
    assert verify(house.engine) == []


def test_a_changed_weight_recomputes_and_the_old_scores_stay(house: House) -> None:
    house.commit(load(row("70"), poverty("5")))
    before = now(house)
    heavier = making.catalogue(
        IPM, POVERTY, dimensions=(CATALOGUE.dimensions[0].model_copy(update={"subdimensions": heavy()}),)
    )
    house.record(heavier)
    assert now(house).number == before.number + 1
    assert score(house, before).low == Fraction(125, 2)
    assert score(house, now(house)).low == Fraction(275, 4)
    assert verify(house.engine) == []


def heavy() -> tuple[object, ...]:
    industry, welfare = CATALOGUE.dimensions[0].subdimensions
    return (industry, welfare.model_copy(update={"weight": Decimal(3)}))


def test_a_new_edition_of_the_scoring_rules_is_a_vintage_of_its_own(house: House) -> None:
    house.commit(load(row("70")))
    before = now(house)
    renewed = CATALOGUE.model_copy(update={"method": CATALOGUE.method + 1})
    house.record(renewed)
    house.record(renewed)
    assert (now(house).number, now(house).kind) == (before.number + 1, "catalogue")
    assert verify(house.engine) == []


def test_a_fed_target_leaves_the_score_as_it_is(house: House) -> None:
    house.commit(load(row("70"), poverty("10")))
    before = score(house, now(house))
    house.commit(load(row("100", kind="target", plan="rpjmd"), feed="targets", name="targets.xlsx"))
    assert score(house, now(house)) == before
    assert before.leaves[0].basis == "reference"


def test_a_dimension_that_is_gone_keeps_its_old_scores_only(house: House) -> None:
    house.commit(load(row("70")))
    before = now(house)
    house.record(making.catalogue(IPM, POVERTY, dimensions=()))
    with house.engine.connect() as connection:
        assert queries.scores(connection, now(house)) == []
        assert len(queries.scores(connection, before)) == 1
    assert verify(house.engine) == []
