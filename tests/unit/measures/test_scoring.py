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
from etl.catalogue.reference import Mark
from etl.measures import scoring
from etl.measures.observation import Change, DimensionScore, Observation
from etl.measures.score_tree import readable, recompute, root, tree_from_json, tree_to_json
from etl.measures.scoring import places, score_dimension
from tests.making import catalogue, indicator, observation, reference, target, text

F = Fraction
SCALE = reference("0", "100")


def scored(id: str, **changes: Any) -> Indicator:
    return indicator(id, **{"score": SCALE, **changes})


def value(id: str, number: str | None, period: str = "2024", **changes: Any) -> Observation:
    return observation(number, period, indicator=id, **changes)


def score(whole: Catalogue, observations: Sequence[Observation], period: str = "2024") -> DimensionScore:
    return score_dimension(whole, "smart-economy", "64.01", from_code(period), observations)


def change(now: DimensionScore, before: DimensionScore, *figures: Observation) -> Change | None:
    return scoring.change(now, before, {each.id: each for each in figures})


def values(period: str = "2024", **numbers: str) -> list[Observation]:
    return [value(name, number, period) for name, number in numbers.items()]


FIVE = catalogue(*(scored(name, subdimension="welfare" if name in "de" else "industry") for name in "abcde"))
SIX = catalogue(*(scored(name, subdimension="welfare" if name in "ef" else "industry") for name in "abcdef"))


def test_indicators_weigh_equally_in_whatever_subdimension() -> None:
    tree = score(FIVE, values(a="40", b="60", c="80", d="50", e="20"))
    assert [each.weight for each in tree.leaves] == [F(1, 5)] * 5
    assert (tree.score, tree.low, tree.high, tree.coverage) == (F(50), F(50), F(50), F(1))
    assert (tree.position, tree.band, tree.present, tree.total, tree.method) == (3, None, 5, 5, 2)


def test_declared_weights_count() -> None:
    subs = (Subdimension(id="industry", name=text("i"), weight=Decimal(3)), Subdimension(id="welfare", name=text("w")))
    dimension = Dimension(id="smart-economy", name=text("e"), subdimensions=subs)
    whole = catalogue(scored("a", weight=2), scored("b"), scored("c", subdimension="welfare"), dimensions=(dimension,))
    assert [each.weight for each in score(whole, []).leaves] == [F(6, 10), F(3, 10), F(1, 10)]
    lone = catalogue(
        scored("a"), scored("x", subdimension="welfare", role="supporting"), scored("y", subdimension=None)
    )
    assert [(each.indicator, each.weight) for each in score(lone, []).leaves] == [("a", F(1))]


def test_a_missing_leaf_leaves_a_score_and_an_interval() -> None:
    tree = score(FIVE, values(a="40", b="60", c="80", d="50"))
    assert tree.coverage == F(4, 5)
    assert tree.score == F(115, 2)
    assert (tree.low, tree.high) == (F(46), F(66))
    assert tree.leaves[4].absence == "no_data"


def test_half_of_the_weight_and_three_leaves_carry_a_score_and_two_thirds_a_word() -> None:
    two = score(FIVE, values(a="90", b="90"))
    assert (two.score, two.position, two.robust_low, two.present) == (None, None, None, 2)
    assert (two.low, two.high) == (F(36), F(96))
    half = score(SIX, values(a="90", b="90", c="90"))
    assert (half.score, half.position, half.robust_low) == (F(90), None, F(90))
    assert score(SIX, values(a="90", b="90", c="90", d="90")).position == 5
    pair = catalogue(scored("a"), scored("b"))
    assert score(pair, values(a="90", b="90")).score is None


def test_no_leaf_carries_more_than_forty_percent_of_what_is_present() -> None:
    whole = catalogue(scored("a", weight=3), scored("b"), scored("c"), scored("d"), scored("e"))
    assert score(whole, values(a="90", b="50", c="50")).score is None
    assert score(whole, values(a="90", b="50", c="50", d="50", e="50")).score is None
    fitting = catalogue(scored("a", weight=2), scored("b"), scored("c"), scored("d"))
    assert score(fitting, values(a="90", b="50", c="50", d="50")).score == F(66)


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
    assert score(whole, [*strangers, value("a", "60", series="lf")]).leaves[0].score == 60


@pytest.mark.parametrize(
    "changes", [{"marks": frozenset({"doubtful"})}, {"marks": frozenset({"claim"})}, {"status": "progress"}]
)
def test_doubtful_claimed_and_running_figures_are_never_scored(changes: dict[str, Any]) -> None:
    whole = catalogue(scored("a"))
    assert score(whole, [value("a", "60", **changes)]).leaves[0].absence == "no_data"
    tree = score(whole, [value("a", "60", **changes), value("a", "50", "2023")])
    assert (tree.leaves[0].score, tree.leaves[0].period) == (F(50), "2023")


def test_another_round_of_a_yearly_survey_is_never_scored() -> None:
    whole = catalogue(scored("a", month=8), *(scored(name) for name in "bc"))
    rounds = [value("a", number, period) for number, period in (("40", "2024-08"), ("70", "2024-11"))]
    assert [each.period for each in score(whole, rounds).leaves] == ["2024-08", None, None]
    assert score(whole, rounds[1:]).leaves[0].absence == "no_data"


def test_a_cumulative_figure_counts_once_its_year_is_complete() -> None:
    whole = catalogue(scored("a", cumulative=True, frequency="quarter", max_age=8))
    tree = score(whole, [value("a", "30", "2024-Q2"), value("a", "95", "2023-Q4")])
    assert (tree.leaves[0].score, tree.leaves[0].period) == (F(95), "2023-Q4")


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


@pytest.mark.parametrize(("period", "late"), [("2024", False), ("2023", True), ("2022", True)])
def test_a_figure_past_its_release_calendar_is_counted_and_says_so(period: str, late: bool) -> None:
    whole = catalogue(scored("a", release={"months_after": 0}))
    leaf = score(whole, [value("a", "60", period)]).leaves[0]
    assert (leaf.score, leaf.late) == (F(60), late)
    patient = catalogue(scored("a", release={"months_after": 12}))
    assert not score(patient, [value("a", "60", "2023")]).leaves[0].late
    assert not score(catalogue(scored("a")), [value("a", "60", "2022")]).leaves[0].late


def test_no_target_enters() -> None:
    targets = [{"region": "64.01", "period": "2024", "value": Decimal(80), "plan": "rpjmd", "source": "uji"}]
    aimed = score(catalogue(scored("a", targets=targets)), [value("a", "60"), target("120", indicator="a")]).leaves[0]
    assert (aimed.basis, aimed.score, aimed.target) == ("reference", F(60), None)


def test_a_score_is_clamped_and_its_raw_value_kept() -> None:
    leaf = score(catalogue(scored("a")), [value("a", "150")]).leaves[0]
    assert (leaf.score, leaf.raw) == (F(100), F(150))


def test_absence_tells_no_figure_from_no_ruler() -> None:
    whole = catalogue(
        indicator("menunggu", score={"waits": text("acuan belum dimuat")}),
        indicator("kata", direction="category", score={"categories": {"order": ["B", "A"], "source": "uji"}}),
    )
    tree = score(whole, [value("menunggu", "5"), value("kata", None, category="Z")])
    assert [(each.absence, each.period) for each in tree.leaves] == [("no_basis", "2024")] * 2
    assert score(whole, [value("kata", None, category="A")]).leaves[1].basis == "categories"
    assert score(whole, [value("kata", "3")]).leaves[1].absence == "no_basis"
    assert score(whole, [value("kata", None)]).leaves[1].absence == "no_data"


def test_the_release_is_shown_and_a_material_conflict_disputes_it() -> None:
    whole = catalogue(scored("a", material=3))
    own = value("a", "60")
    press = value("a", "90", publication="berita-a", producer="antara")
    leaf = score(whole, [press, own]).leaves[0]
    assert (leaf.observation, leaf.score, leaf.disputed) == (own.id, F(60), True)
    assert [(each.kind, each.score) for each in leaf.others] == [("rival", F(90))]
    assert not score(whole, [own, replace(press, value=Decimal(62))]).leaves[0].disputed
    assert score(whole, [own, replace(press, value=Decimal(63))]).leaves[0].disputed
    assert not score(whole, [own, replace(press, marks=frozenset({"doubtful"}))]).leaves[0].disputed
    assert not score(whole, [own, value("a", "90", status="preliminary")]).leaves[0].disputed


def test_an_unknown_dimension_is_an_error() -> None:
    with pytest.raises(KeyError, match="smart-x"):
        score_dimension(FIVE, "smart-x", "64.01", from_code("2024"), [])


def test_a_tree_survives_json_and_readds_to_its_root() -> None:
    press = value("a", "90", publication="berita-a", producer="antara")
    tree = score(FIVE, [*values(a="40", b="60", c="80", d="51"), press])
    written = json.loads(json.dumps(tree_to_json(tree)))
    assert (written["form"], written["method"], written["score"]) == (2, 2, "231/4")
    assert (written["leaves"][0]["weight"], written["leaves"][4]["score_decimal"]) == ("1/5", None)
    assert written["leaves"][0]["others"] == [{"kind": "rival", "score": "90/1", "score_decimal": "90"}]
    assert tree_from_json(written) == tree
    assert recompute(tree.leaves) == root(tree)
    broken = replace(tree, leaves=(replace(tree.leaves[0], score=F(41)), *tree.leaves[1:]))
    assert recompute(broken.leaves) != root(broken)


def test_a_tree_with_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError, match="coverage"):
        tree_from_json({key: each for key, each in tree_to_json(score(FIVE, [])).items() if key != "coverage"})


@pytest.mark.parametrize(("value", "expected"), [("1/3", "0.333333333333"), ("100", "100"), ("-1/10000000000000", "0")])
def test_fractions_are_readable(value: str, expected: str) -> None:
    assert readable(F(value)) == expected


BEFORE = values("2023", a="40", b="40", c="80", d="30")


def test_a_change_compares_what_both_periods_have() -> None:
    before = score(FIVE, BEFORE, "2023")
    moved = change(score(FIVE, values(a="50", b="40", c="86", e="10")), before)
    assert moved is not None
    assert (moved.since, moved.difference) == ("2023", F(16, 3))
    assert (moved.compared, moved.total) == (3, 5)


def test_a_figure_carried_over_is_no_change() -> None:
    """Otherwise a tile would say "tetap" where nothing new was measured."""
    before, now = score(FIVE, BEFORE, "2023"), score(FIVE, BEFORE)
    assert now.score == before.score
    assert change(now, before) is None
    renewed = change(score(FIVE, [*BEFORE[3:], *values(a="50", b="40", c="86")]), before)
    assert renewed is not None
    assert (renewed.difference, renewed.compared) == (F(16, 3), 3)


def test_nothing_is_compared_across_series_bases_and_methods() -> None:
    before, now = score(FIVE, BEFORE, "2023"), score(FIVE, values(a="50", b="40", c="86", d="30"))
    assert change(now, before) is not None
    changed: list[dict[str, Any]] = [{"series": "lama"}, {"basis": "categories"}]
    for changes in changed:
        other = tuple(replace(each, **changes) for each in before.leaves)
        assert change(now, replace(before, leaves=other)) is None
    assert change(now, replace(before, method=1)) is None


def test_a_change_is_withheld_below_half_of_the_weight_and_where_an_end_is_disputed() -> None:
    before = score(FIVE, BEFORE, "2023")
    assert change(score(FIVE, values(a="50", b="86")), before) is None
    assert change(score(FIVE, values(a="50", b="86", c="80")), before) is not None
    press = value("c", "10", publication="berita-a", producer="antara")
    assert change(score(FIVE, [*values(a="50", b="86", c="80"), press]), before) is None
    then = value("c", "10", "2023", publication="berita-a", producer="antara")
    assert change(score(FIVE, values(a="50", b="86", c="80")), score(FIVE, [*BEFORE, then], "2023")) is None


@pytest.mark.parametrize("marks", [{"year_inferred"}, {"ikn_included"}])
def test_a_change_is_withheld_where_the_year_or_the_ground_of_a_figure_is_not_sure(marks: set[Mark]) -> None:
    earlier = [replace(each, id=at) for at, each in enumerate(BEFORE, 1)]
    later = [replace(each, id=at) for at, each in enumerate(values(a="50", b="86", c="80"), 11)]
    now, before = score(FIVE, later), score(FIVE, earlier, "2023")
    assert change(now, before, *earlier, *later) is not None
    marked = replace(earlier[2], marks=frozenset(marks))
    assert change(now, before, *earlier[:2], marked, *later) is None


def elsewhere(region: str, **numbers: str) -> DimensionScore:
    return replace(score(FIVE, values(**numbers)), region=region)


def test_regions_are_ordered_on_the_leaves_they_share_alone() -> None:
    best = elsewhere("a", a="90", b="92", c="91", d="0")
    worst = elsewhere("b", a="20", b="22", c="21", e="100")
    assert places([best, worst]) == {"a": 1, "b": 2}
    narrow = elsewhere("b", a="20", b="22", e="100")
    assert places([best, narrow]) == {"a": None, "b": None}


def test_regions_whose_ranges_meet_have_no_order() -> None:
    one, two = elsewhere("a", a="90", b="60", c="70"), elsewhere("b", a="65", b="75", c="70")
    assert places([one, two]) == {"a": None, "b": None}
    far = elsewhere("c", a="5", b="5", c="5")
    assert places([one, two, far]) == {"a": None, "b": None, "c": 3}
    assert places([one]) == {"a": None}
    assert places([]) == {}
