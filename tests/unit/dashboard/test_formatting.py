"""Two figures side by side: never one number where they differ, never digits that nobody gave."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.sentences import headline
from dashboard.formatting import achievement_text, as_printed, decimals_of, told_apart
from dashboard.indicator_story import tell
from tests.making import catalogue, indicator, observation, target

SIZES = st.decimals("0", "999", places=4)


@pytest.mark.parametrize(
    ("decimals", "first", "second", "said"),
    [
        (1, ("14.04", "0.01"), ("14", "1"), ("14,04%", "14%")),
        (1, ("14", "1"), ("13.96", "0.01"), ("14%", "13,96%")),
        (2, ("8.604", "0.001"), ("8.6", "0.1"), ("8,604%", "8,6%")),
        (0, ("812", "1"), ("812.4", "0.1"), ("812%", "812,4%")),
        (2, ("8.6", "0.1"), ("8.60", "0.01"), ("8,6%", "8,60%")),
        (1, ("21.9", "0.1"), ("14.0", "0.1"), ("21,9%", "14,0%")),
    ],
)
def test_rounding_never_makes_one_number_of_two(
    decimals: int, first: tuple[str, str], second: tuple[str, str], said: tuple[str, str]
) -> None:
    one, other = (observation(value, step=Decimal(step)) for value, step in (first, second))
    assert told_apart(indicator(unit="%", decimals=decimals), one, other, "id") == said


@pytest.mark.parametrize(
    ("value", "printed", "unit", "said"),
    [
        ("275500", "275.5", "thousand persons", "275,5 ribu jiwa"),
        ("275500", "275,5", "ribu jiwa", "275,5 ribu jiwa"),
        ("1234", "1.234", "", "1.234"),  # a thousand in Indonesia; read by the point it would be another value
        ("1234", "1.234", "persons", "1.234 persons"),
        ("1234.5", "1234.5", "", "1.234,5 jiwa"),
    ],
)
def test_what_a_source_printed_is_written_as_the_reader_writes(value: str, printed: str, unit: str, said: str) -> None:
    of = indicator(unit="jiwa", units={"persons": 1, "thousand persons": 1000, "ribu jiwa": 1000})
    assert as_printed(of, observation(value, printed=printed, printed_unit=unit), "id") == said


@given(SIZES, SIZES, st.integers(0, 3))
def test_numbers_differ_exactly_when_the_figures_do(one: Decimal, other: Decimal, decimals: int) -> None:
    texts = told_apart(indicator(unit="%", decimals=decimals), observation(str(one)), observation(str(other)), "en")
    numbers = [Decimal(each.rstrip("%")) for each in texts]
    assert (numbers[0] == numbers[1]) is (one == other)
    assert all(
        decimals_of(shown) <= max(decimals, decimals_of(held))
        for shown, held in zip(numbers, (one, other), strict=True)
    )


@given(st.fractions(0, 200))
def test_an_achievement_reads_as_100_only_when_it_is(achieved: Fraction) -> None:
    read = Decimal(achievement_text(achieved, "en").rstrip("%"))
    assert (read >= 100) is (achieved >= 100)


def test_what_is_left_to_a_target_is_never_nothing() -> None:
    of = indicator(decimals=1, unit="%", direction="lower")
    told = tell(catalogue(of), of, "64.01", [observation("14.04")], [target("14.0", "2029")], (), dt.date(2026, 11, 22))
    assert "sisa 0,04 poin" in headline(told, "Paser", "id")


def test_categories_are_told_as_they_are() -> None:
    one, other = (observation(None, category=each) for each in ("WTP", "WDP"))
    assert told_apart(indicator(direction="category"), one, other, "id") == ("WTP", "WDP")
