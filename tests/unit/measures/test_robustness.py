"""What a position would be by other choices: which are tried, and that nothing is drawn by chance."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from etl.measures.observation import Leaf, OtherPlace
from etl.measures.robustness import logarithmic_place, opposed, percentile, shares, spread, variants

F = Fraction


def leaf(name: str, score: int | None, subdimension: str = "a", **changes: Any) -> Leaf:
    value = None if score is None else F(score)
    plain: dict[str, Any] = {
        "indicator": name,
        "subdimension": subdimension,
        "weight": F(1, 4),
        "score": value,
        "raw": value,
        "basis": "reference",
        "absence": None,
        "series": "utama",
        "period": "2024",
        "observation": 1,
        "target": None,
        "disputed": False,
    }
    return Leaf(**{**plain, **changes})


TRIO = [leaf("a", 90), leaf("b", 60), leaf("c", 30, "b")]


def test_each_leaf_is_left_out_and_subdimensions_weigh_the_same() -> None:
    found = list(variants(TRIO))
    assert len(found) == 4 * 2 * 2
    whole, without_a = F(60), F(45)
    by_subdimension = F(90 + 60, 4) + F(30, 2)
    assert {whole, without_a, F(60), F(75), by_subdimension} <= set(found)


def test_the_geometric_mean_is_tried_and_a_zero_hides_nothing() -> None:
    found = [float(each) for each in variants(TRIO)]
    assert any(math.isclose(each, (90 * 60 * 30) ** (1 / 3), abs_tol=1e-9) for each in found)
    low = [float(each) for each in variants([leaf("a", 100), leaf("b", 0)])]
    assert any(math.isclose(each, 10, abs_tol=1e-9) for each in low)  # the root of 100 × 1


def test_other_places_are_tried_together_by_kind() -> None:
    rival = leaf("a", 90, others=(OtherPlace("rival", F(10)),))
    assert F(10 + 60 + 30, 3) in set(variants([rival, *TRIO[1:]]))
    assert spread([rival, *TRIO[1:]]) != spread(TRIO)


def test_the_spread_lies_within_the_leaves_and_counts_what_was_tried() -> None:
    found = spread([*TRIO, leaf("d", None)])
    assert found is not None
    assert (found.tried, F(30) <= found.low <= found.high <= F(90)) == (16, True)
    assert spread(TRIO) == found
    assert spread([leaf("a", 90), leaf("d", None)]) is None
    same = spread([leaf("a", 50), leaf("b", 50)])
    assert same is not None
    assert (same.low, same.high) == (F(50), F(50))


@pytest.mark.parametrize(("share", "value"), [(F(0), F(0)), (F(1), F(30)), (F(1, 2), F(15)), (F(1, 20), F(3, 2))])
def test_percentiles_are_linear_between_neighbours(share: Fraction, value: Fraction) -> None:
    assert percentile([F(0), F(10), F(20), F(30)], share) == value


def test_a_logarithmic_place_is_none_where_a_point_is_not_above_zero() -> None:
    found = logarithmic_place(Decimal(1), Decimal(100), Decimal(10))
    assert found == 50
    assert logarithmic_place(Decimal(0), Decimal(100), Decimal(10)) is None
    assert logarithmic_place(Decimal(1), Decimal(100), Decimal(-1)) is None


def test_shares_are_of_the_present_weight() -> None:
    assert shares([*TRIO, leaf("d", None)]) == {"a": F(1, 3), "b": F(1, 3), "c": F(1, 3)}


def test_indicators_that_rise_against_each_other_are_opposed_from_ten_pairs_on() -> None:
    falling = [(F(each), F(-each)) for each in range(10)]
    assert opposed(falling)
    assert not opposed(falling[:9])
    assert not opposed([(F(each), F(each)) for each in range(10)])
