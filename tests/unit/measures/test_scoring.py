"""Dimension scores: weights, absences, basis, disputes, trees, changes and ranks (rule 12)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from etl.catalogue.models import Catalogue, Dimension, Indicator, Subdimension
from etl.catalogue.period import from_code
from etl.measures.observation import DimensionScore, Observation
from etl.measures.score_tree import readable, recompute, root, tree_from_json, tree_to_json
from etl.measures.scoring import change, rank, score_dimension
from tests.making import catalogue, indicator, observation, reference, target, text

F = Fraction
SCALE = reference("0", "100")


def scored(id: str, **changes: Any) -> Indicator:
    return indicator(id, **{"score": SCALE, **changes})


def value(id: str, number: str | None, period: str = "2024", **changes: Any) -> Observation:
    return observation(number, period, indicator=id, **changes)


def score(
    whole: Catalogue, observations: Sequence[Observation], period: str = "2024", fed: Sequence[Observation] = ()
) -> DimensionScore:
    return score_dimension(whole, "smart-economy", "64.01", from_code(period), observations, fed)


TRIO = catalogue(scored("a"), scored("b"), scored("c", subdimension="welfare"))


def test_weights_are_equal_within_a_subdimension_and_between_them() -> None:
    tree = score(TRIO, [value("a", "40"), value("b", "60"), value("c", "80")])
    assert [each.weight for each in tree.leaves] == [F(1, 4), F(1, 4), F(1, 2)]
    assert (tree.score, tree.low, tree.high, tree.coverage) == (F(65), F(65), F(65), F(1))
    assert (tree.band, tree.present, tree.total) == (2, 3, 3)


def test_declared_weights_count_and_an_empty_subdimension_takes_no_share() -> None:
    subs = (Subdimension(id="industry", name=text("i"), weight=Decimal(3)), Subdimension(id="welfare", name=text("w")))
    dimension = Dimension(id="smart-economy", name=text("e"), subdimensions=subs)
    whole = catalogue(scored("a", weight=2), scored("b"), scored("c", subdimension="welfare"), dimensions=(dimension,))
    assert [each.weight for each in score(whole, []).leaves] == [F(1, 2), F(1, 4), F(1, 4)]
    lone = catalogue(
        scored("a"), scored("x", subdimension="welfare", role="supporting"), scored("y", subdimension=None)
    )
    assert [(each.indicator, each.weight) for each in score(lone, []).leaves] == [("a", F(1))]


def test_a_missing_leaf_leaves_a_score_and_an_interval() -> None:
    tree = score(TRIO, [value("a", "40"), value("c", "80")])
    assert tree.coverage == F(3, 4)
    assert tree.score == F(200, 3)
    assert (tree.low, tree.high) == (F(50), F(75))
    assert tree.leaves[1].absence == "no_data"


def test_below_half_of_the_weight_there_is_no_score() -> None:
    tree = score(TRIO, [value("a", "90")])
    assert (tree.score, tree.band, tree.present) == (None, None, 1)
    assert (tree.low, tree.high) == (F(90, 4), F(90, 4) + 75)
    assert score(TRIO, [value("a", "90"), value("b", "90")]).score == 90


def test_a_dimension_without_core_indicators_has_no_score() -> None:
    tree = score(catalogue(), [])
    assert (tree.score, tree.low, tree.high, tree.total, tree.leaves) == (None, F(0), F(100), 0, ())


def test_other_regions_kinds_and_series_are_passed_over() -> None:
    whole = catalogue(scored("a", series=[{"id": "lf", "name": text("lf")}, {"id": "lama", "name": text("lama")}]))
    strangers = [
        value("a", "10", series="lf", region="64.08"),
        value("a", "20", series="lf", kind="plan"),
        value("a", "30", series="lf", kind="target"),
        value("a", "40", series="lama"),
        value("a", "50", "2025", series="lf"),
    ]
    assert score(whole, strangers).leaves[0].absence == "no_data"
    assert score(whole, [*strangers, value("a", "60", series="lf")]).score == 60


@pytest.mark.parametrize(
    "changes", [{"marks": frozenset({"doubtful"})}, {"marks": frozenset({"claim"})}, {"status": "progress"}]
)
def test_doubtful_claimed_and_running_figures_are_never_scored(changes: dict[str, Any]) -> None:
    whole = catalogue(scored("a"))
    assert score(whole, [value("a", "60", **changes)]).leaves[0].absence == "no_data"
    tree = score(whole, [value("a", "60", **changes), value("a", "50", "2023")])
    assert (tree.score, tree.leaves[0].period) == (F(50), "2023")


def test_a_cumulative_figure_counts_once_its_year_is_complete() -> None:
    whole = catalogue(scored("a", cumulative=True, frequency="quarter", max_age=8))
    tree = score(whole, [value("a", "30", "2024-Q2"), value("a", "95", "2023-Q4")])
    assert (tree.score, tree.leaves[0].period) == (F(95), "2023-Q4")


@pytest.mark.parametrize(
    ("frequency", "max_age", "period", "absence"),
    [
        ("year", 2, "2022", None),
        ("year", 2, "2021", "expired"),
        ("year", 2, "2022-08", None),
        ("year", 0, "2023", "expired"),
        ("month", 2, "2024-10", None),
        ("month", 2, "2024-09", "expired"),
        ("quarter", 1, "2024-Q3", None),
        ("semester", 1, "2023-S2", "expired"),
        ("day", 1, "2024-12-30", None),
        ("day", 1, "2024-12-29", "expired"),
    ],
)
def test_a_value_expires_by_its_own_frequency(frequency: str, max_age: int, period: str, absence: str | None) -> None:
    whole = catalogue(scored("a", frequency=frequency, max_age=max_age))
    leaf = score(whole, [value("a", "60", period)]).leaves[0]
    assert (leaf.absence, leaf.period) == (absence, period)
    assert leaf.score == (None if absence else 60)


def test_a_due_target_is_the_basis_and_the_reference_otherwise() -> None:
    targets = [{"region": "64.01", "period": "2024", "value": Decimal(80), "plan": "rpjmd", "source": "uji"}]
    whole = catalogue(scored("a", targets=targets))
    leaf = score(whole, [value("a", "60")]).leaves[0]
    assert (leaf.basis, leaf.score, leaf.target) == ("target", F(75), "80")
    older = score(whole, [value("a", "60", "2023")]).leaves[0]
    assert (older.basis, older.score, older.target) == ("reference", F(60), None)
    fed = score(whole, [value("a", "60")], fed=[target("120", indicator="a")]).leaves[0]
    assert (fed.basis, fed.score, fed.target) == ("target", F(50), "120")


def test_a_score_is_clamped_and_its_raw_value_kept() -> None:
    leaf = score(catalogue(scored("a")), [value("a", "150")]).leaves[0]
    assert (leaf.score, leaf.raw) == (F(100), F(150))


def test_absence_tells_a_missing_target_from_a_rule_that_gives_no_figure() -> None:
    zero = [{"region": "64.01", "period": "2024", "value": Decimal(0), "plan": "rpjmd", "source": "uji"}]
    whole = catalogue(
        indicator("tanpa"),
        indicator("arah", direction="none"),
        scored("nol", targets=zero),
        indicator("kata", direction="category", score={"categories": {"order": ["B", "A"], "source": "uji"}}),
    )
    figures = [value(each, "5") for each in ("tanpa", "arah", "nol")]
    tree = score(whole, [*figures, value("kata", None, category="Z")])
    assert [each.absence for each in tree.leaves] == ["no_target", "no_basis", "no_basis", "no_basis"]
    assert [each.period for each in tree.leaves] == ["2024"] * 4
    assert score(whole, [value("kata", None, category="A")]).leaves[3].basis == "categories"
    assert score(whole, [value("kata", "3")]).leaves[3].absence == "no_basis"
    assert score(whole, [value("kata", None)]).leaves[3].absence == "no_data"


def test_the_release_is_shown_and_a_conflict_in_another_band_disputes_it() -> None:
    whole = catalogue(scored("a"))
    own = value("a", "60")
    press = value("a", "90", publication="berita-a", producer="antara")
    leaf = score(whole, [press, own]).leaves[0]
    assert (leaf.observation, leaf.score, leaf.disputed) == (own.id, F(60), True)
    assert not score(whole, [own, replace(press, value=Decimal(62))]).leaves[0].disputed
    assert not score(whole, [own, replace(press, marks=frozenset({"doubtful"}))]).leaves[0].disputed
    assert not score(whole, [own, value("a", "90", status="preliminary")]).leaves[0].disputed


def test_an_unknown_dimension_is_an_error() -> None:
    with pytest.raises(KeyError, match="smart-x"):
        score_dimension(TRIO, "smart-x", "64.01", from_code("2024"), [], [])


def test_a_tree_survives_json_and_readds_to_its_root() -> None:
    tree = score(TRIO, [value("a", "40"), value("c", "80")])
    written = json.loads(json.dumps(tree_to_json(tree)))
    assert (written["score"], written["score_decimal"]) == ("200/3", "66.666666666667")
    assert written["leaves"][0]["weight"] == "1/4"
    assert written["leaves"][1]["score_decimal"] is None
    assert tree_from_json(written) == tree
    assert recompute(tree.leaves) == root(tree)
    broken = replace(tree, leaves=(replace(tree.leaves[0], score=F(41)), *tree.leaves[1:]))
    assert recompute(broken.leaves) != root(broken)


def test_a_tree_with_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError, match="coverage"):
        tree_from_json({key: each for key, each in tree_to_json(score(TRIO, [])).items() if key != "coverage"})


@pytest.mark.parametrize(("value", "expected"), [("1/3", "0.333333333333"), ("100", "100"), ("-1/10000000000000", "0")])
def test_fractions_are_readable(value: str, expected: str) -> None:
    assert readable(F(value)) == expected


def test_a_change_compares_what_both_periods_have() -> None:
    before = score(TRIO, [value("a", "40", "2023"), value("b", "40", "2023"), value("c", "80", "2023")], "2023")
    now = score(TRIO, [value("a", "50"), value("c", "86")])
    moved = change(now, before)
    assert moved is not None
    assert moved.since == "2023"
    assert moved.difference == (F(10, 4) + F(6, 2)) / F(3, 4)
    assert (moved.compared, moved.total) == (2, 3)


def test_a_figure_carried_over_is_no_change() -> None:
    """Otherwise a tile would say "tetap" where nothing new was measured."""
    carried = [value("a", "40", "2023"), value("b", "40", "2023"), value("c", "80", "2023")]
    before, now = score(TRIO, carried, "2023"), score(TRIO, carried)
    assert now.score == before.score
    assert change(now, before) is None
    renewed = score(TRIO, [*carried[1:], value("a", "50"), value("c", "86")])
    moved = change(renewed, before)
    assert moved is not None
    assert (moved.difference, moved.compared) == ((F(10, 4) + F(6, 2)) / F(3, 4), 2)
    stale = score(TRIO, [value("a", "40", "2022"), value("b", "40", "2023"), value("c", "80", "2022")], "2023")
    assert change(renewed, stale) is None


def test_a_change_of_basis_or_series_is_not_compared() -> None:
    before = score(TRIO, [value("a", "40", "2023"), value("b", "40", "2023"), value("c", "80", "2023")], "2023")
    everything = [value("a", "50"), value("b", "50"), value("c", "86")]
    rebased = score(TRIO, everything, fed=[target("50", indicator="c")])
    moved = change(rebased, before)
    assert moved is not None
    assert (moved.difference, moved.compared) == (F(10), 2)
    other = replace(before, leaves=tuple(replace(each, series="lama") for each in before.leaves))
    assert change(score(TRIO, everything), other) is None


def test_a_change_over_less_than_half_of_the_weight_is_withheld() -> None:
    before = score(TRIO, [value("a", "40", "2023"), value("b", "40", "2023")], "2023")
    assert change(score(TRIO, [value("a", "50"), value("c", "86")]), before) is None
    assert change(score(TRIO, [value("a", "50"), value("b", "86")]), before) is not None


def placed(region: str, score: str | None, low: str, high: str) -> DimensionScore:
    exact = None if score is None else F(score)
    return DimensionScore("d", region, "2024", exact, F(low), F(high), F(1), 1, 1, None, ())


def test_ranks_are_withheld_where_intervals_meet() -> None:
    scores = [placed("a", "90", "85", "95"), placed("b", "60", "50", "70"), placed("c", "65", "60", "68")]
    assert rank([*scores, placed("d", None, "0", "100"), placed("e", "10", "10", "10")]) == {
        "a": 1,
        "b": None,
        "c": None,
        "d": None,
        "e": 4,
    }


def test_equal_complete_scores_share_a_rank_and_touching_intervals_do_not() -> None:
    tied = [placed("a", "70", "70", "70"), placed("b", "70", "70", "70"), placed("c", "60", "60", "60")]
    assert rank(tied) == {"a": 1, "b": 1, "c": 3}
    assert rank([placed("a", "70", "60", "80"), placed("b", "60", "50", "60")]) == {"a": None, "b": None}
