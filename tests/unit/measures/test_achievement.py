"""Achievement, place and bands: the declared edges of rule 11."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from etl.catalogue.indicator_parts import Reference
from etl.catalogue.models import Direction
from etl.measures.achievement import achievement, band, category_place, clamp, place
from tests.making import CAPAIAN, PEMDI_SCHEME, SPBE_SCHEME, indicator, reference

D = Decimal
OPINIONS = {"categories": {"order": ["TMP", "TW", "WDP", "WTP"], "source": "uji"}}


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("-50", 1),
        ("0", 1),
        ("5.00", 1),
        ("50.999999", 1),
        ("51", 2),
        ("66", 3),
        ("75.9999", 3),
        ("76", 4),
        ("90.5", 4),
        ("90.9999", 4),
        ("91", 5),
        ("100", 5),
        ("250", 5),
    ],
)
def test_bands_are_half_open_and_have_no_gaps(value: str, word: int) -> None:
    assert band(CAPAIAN, D(value)) == word


def test_a_cut_is_not_reached_by_rounding() -> None:
    assert band(CAPAIAN, Fraction(91) - Fraction(1, 10**30)) == 4


@pytest.mark.parametrize(
    ("index", "spbe", "pemdi"),
    [
        ("1.00", 1, 1),
        ("1.79", 1, 2),
        ("1.8", 2, 2),
        ("2.59", 2, 3),
        ("2.6", 3, 3),
        ("3.5", 4, 4),
        ("4.2", 5, 5),
        ("4.00", 4, 5),
        ("5.00", 5, 5),
    ],
)
def test_instrument_bands_close_at_the_top(index: str, spbe: int, pemdi: int) -> None:
    assert (band(SPBE_SCHEME, D(index)), band(PEMDI_SCHEME, D(index))) == (spbe, pemdi)


@pytest.mark.parametrize(
    ("direction", "value", "wanted", "expected"),
    [
        ("higher", "75", "100", 75),
        ("higher", "250", "100", 250),
        ("higher", "-2", "4", -50),
        ("higher", "1", "3", Fraction(100, 3)),
        ("higher", "5", "0", None),
        ("higher", "5", "-1", None),
        ("lower", "21.9", "14", Fraction(610, 14)),
        ("lower", "14", "14", 100),
        ("lower", "0", "14", 200),
        ("lower", "42", "14", -100),
        ("lower", "0", "0", 100),
        ("lower", "3", "0", None),
        ("none", "5", "5", None),
        ("category", "5", "5", None),
    ],
)
def test_achievement_by_direction(
    direction: Direction, value: str, wanted: str, expected: int | Fraction | None
) -> None:
    assert achievement(indicator(direction=direction), D(value), D(wanted)) == expected


@pytest.mark.parametrize(
    ("value", "wanted", "expected"),
    [
        ("2.5", "2.5", 100),
        ("3.5", "2.5", 100),
        ("1.5", "2.5", 100),
        ("4.0", "2.5", 80),
        ("1.0", "2.5", 80),
        ("9", "2.5", -120),
        ("0.5", "0", 100),
        ("4", "0", None),
    ],
)
def test_range_targets_fall_linearly_beyond_their_tolerance(value: str, wanted: str, expected: int | None) -> None:
    assert achievement(indicator(direction="range", tolerance="1"), D(value), D(wanted)) == expected


@pytest.mark.parametrize(
    ("value", "wanted", "expected"),
    [
        ("WTP", "WTP", 100),
        ("WTP", "WDP", 100),
        ("wdp ", "WTP", Fraction(200, 3)),
        ("TMP", "TMP", 100),
        ("TMP", "WTP", 0),
        ("Madya", "WTP", None),
        ("WTP", "Madya", None),
    ],
)
def test_categories_reach_their_targets_place(value: str, wanted: str, expected: int | Fraction | None) -> None:
    assert achievement(indicator(direction="category", score=OPINIONS), value, wanted) == expected


def test_a_word_against_a_number_gives_nothing() -> None:
    assert achievement(indicator(direction="category", score=OPINIONS), "WTP", D(4)) is None
    assert achievement(indicator(direction="higher"), "WTP", "WTP") is None


def test_a_category_stands_at_its_place() -> None:
    order = OPINIONS["categories"]["order"]
    assert isinstance(order, list)
    assert [category_place(order, each) for each in order] == [0, Fraction(100, 3), Fraction(200, 3), 100]
    assert category_place(["ada"], "ada") == 100


def points(worst: str, best: str) -> Reference:
    found: dict[str, Any] = reference(worst, best)
    return Reference.model_validate(found["reference"])


def test_place_between_the_reference_points_is_not_clamped() -> None:
    assert place(points("60", "80"), "higher", D(75)) == 75
    assert place(points("60", "80"), "higher", D(100)) == 200
    assert place(points("12", "2"), "lower", D(7)) == 50
    assert place(points("12", "2"), "lower", D(14)) == -20
    assert place(points("12", "2"), "range", D(7)) is None


@pytest.mark.parametrize(
    ("worst", "best", "direction"), [("80", "60", "higher"), ("2", "12", "lower"), ("5", "5", "lower")]
)
def test_reference_points_against_the_direction_are_named(worst: str, best: str, direction: Direction) -> None:
    with pytest.raises(ValueError, match=f"terburuk {worst} dan terbaik {best}"):
        place(points(worst, best), direction, D(1))


def test_scores_are_clamped() -> None:
    assert [clamp(Fraction(each)) for each in (-50, 40, 250)] == [0, 40, 100]
