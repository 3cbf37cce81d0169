"""What must hold of scores for any figures whatever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue.indicator_parts import Reference
from etl.catalogue.period import from_code
from etl.catalogue.reference import Scheme
from etl.measures.achievement import achievement, band, place
from etl.measures.observation import DimensionScore, Observation
from etl.measures.score_tree import recompute, root, tree_from_json, tree_to_json
from etl.measures.scoring import change, places, score_dimension
from tests.making import CAPAIAN, PEMDI_SCHEME, SPBE_SCHEME, catalogue, indicator, observation, reference

NUMBERS = st.decimals(-1000, 1000, places=3)
POSITIVE = st.decimals("0.001", 1000, places=3)
IDS = ("a", "b", "c", "d", "e")
HOUSE = catalogue(
    indicator("a", score=reference("10", "90")),
    indicator("b", score=reference("30", "3"), direction="lower", sampling_error="2.5"),
    indicator("c", subdimension="welfare", direction="lower", score=reference("7", "0")),
    indicator("d", subdimension="welfare", score=reference("1", "1000", skewed=True)),
    indicator("e", subdimension="welfare", score=reference("0", "3"), frequency="month", max_age=14),
)
PERIOD = from_code("2024")
FIGURES = st.lists(
    st.builds(
        lambda id, value, period, mark, producer: observation(
            str(value), period, indicator=id, marks=frozenset(mark), producer=producer, publication=producer
        ),
        st.sampled_from(IDS),
        NUMBERS,
        st.sampled_from(["2020", "2022-08", "2023", "2024-06", "2024"]),
        st.sampled_from([(), (), ("doubtful",), ("rounded",)]),
        st.sampled_from(["bps", "rilis-2024", "berita-a", "dinas"]),
    ),
    max_size=12,
    unique_by=lambda each: (each.indicator, each.period.code, each.producer),
)


def score(observations: Sequence[Observation]) -> DimensionScore:
    return score_dimension(HOUSE, "smart-economy", "64.01", PERIOD, observations)


@given(FIGURES, st.data())
def test_the_order_of_loading_does_not_matter(figures: list[Observation], data: st.DataObject) -> None:
    assert score(data.draw(st.permutations(figures))) == score(figures)


@given(FIGURES)
def test_leaves_readd_to_the_root_and_survive_json(figures: list[Observation]) -> None:
    tree = score(figures)
    assert sum(each.weight for each in tree.leaves) == 1
    present = [each for each in tree.leaves if each.score is not None]
    low = sum((each.weight * (each.score or 0) for each in present), Fraction(0))
    coverage = sum((each.weight for each in present), Fraction(0))
    assert (tree.low, tree.coverage) == (low, coverage)
    enough = coverage * 2 >= 1 and len(present) >= 3 and max(each.weight for each in present) * 5 <= coverage * 2
    assert tree.score == (low / coverage if enough else None)
    assert (tree.position is None) == (not enough or coverage * 3 < 2)
    again = tree_from_json(tree_to_json(tree))
    assert again == tree
    assert recompute(again.leaves) == root(tree)


@given(FIGURES)
def test_the_interval_contains_the_score_and_every_leaf_is_within_bounds(figures: list[Observation]) -> None:
    tree = score(figures)
    assert 0 <= tree.low <= tree.high <= 100
    assert tree.score is None or tree.low <= tree.score <= tree.high
    assert tree.band is None
    assert (tree.robust_low is None) == (tree.robust_high is None) == (tree.variants == 0) == (tree.score is None)
    assert tree.robust_low is None or 0 <= tree.robust_low <= (tree.robust_high or 0) <= 100
    for each in tree.leaves:
        assert each.score is None or 0 <= each.score <= 100
        assert (each.score is None) == (each.absence is not None)


@given(FIGURES, NUMBERS)
def test_what_is_missing_can_only_land_within_the_interval(figures: list[Observation], value: Decimal) -> None:
    """Filling one gap keeps the new interval inside the old one."""
    tree = score(figures)
    for each in tree.leaves:
        if each.absence == "no_data":
            fuller = score([*figures, observation(str(value), indicator=each.indicator)])
            assert tree.low <= fuller.low <= fuller.high <= tree.high


@given(st.sampled_from(["higher", "lower"]), NUMBERS, NUMBERS, POSITIVE)
def test_achievement_is_monotone_and_lower_mirrors_higher(
    direction: Any, one: Decimal, two: Decimal, wanted: Decimal
) -> None:
    small, large = sorted((one, two))
    first = achievement(indicator(direction=direction), small, wanted)
    second = achievement(indicator(direction=direction), large, wanted)
    assert first is not None
    assert second is not None
    assert (first <= second) if direction == "higher" else (first >= second)
    higher = achievement(indicator(direction="higher"), one, wanted)
    lower = achievement(indicator(direction="lower"), one, wanted)
    assert higher is not None
    assert lower is not None
    assert higher + lower == 200


@given(NUMBERS, NUMBERS, NUMBERS.filter(bool), st.decimals(0, 10, places=2))
def test_a_range_falls_with_the_distance_to_its_target(
    one: Decimal, two: Decimal, wanted: Decimal, tolerance: Decimal
) -> None:
    near, far = sorted((one, two), key=lambda each: abs(each - wanted))
    measured = indicator(direction="range", tolerance=tolerance)
    first, second = achievement(measured, near, wanted), achievement(measured, far, wanted)
    assert first is not None
    assert second is not None
    assert second <= first <= 100


@given(NUMBERS, NUMBERS, NUMBERS)
def test_the_place_of_lower_mirrors_the_place_of_higher(one: Decimal, two: Decimal, value: Decimal) -> None:
    worst, best = sorted((one, two + 3000))
    up = Reference.model_validate(reference(str(worst), str(best))["reference"])
    down = Reference.model_validate(reference(str(best), str(worst))["reference"])
    higher, lower = place(up, "higher", value), place(down, "lower", value)
    assert higher is not None
    assert lower is not None
    assert higher + lower == 100


@given(FIGURES, st.sampled_from(["a", "b", "c", "e"]), NUMBERS, NUMBERS)
def test_a_better_figure_never_lowers_the_dimension(
    figures: list[Observation], id: str, one: Decimal, two: Decimal
) -> None:
    others = [each for each in figures if each.indicator != id]
    worse, better = sorted((one, two), reverse=id in ("b", "c"))
    low = score([*others, observation(str(worse), indicator=id)])
    high = score([*others, observation(str(better), indicator=id)])
    assert (low.score is None) == (high.score is None)
    if low.score is not None and high.score is not None and low.coverage == high.coverage:
        assert low.score <= high.score
        assert (low.position or 0) <= (high.position or 0)


VALUES = st.fractions() | st.sampled_from(["51", "91", "1.8", "2.6", "3.5", "4.0", "4.2", "5.00"]).map(Fraction)


@given(st.sampled_from([CAPAIAN, SPBE_SCHEME, PEMDI_SCHEME]), VALUES, VALUES)
def test_every_finite_value_has_a_band_and_bands_ascend(scheme: Scheme, one: Fraction, two: Fraction) -> None:
    small, large = sorted((one, two))
    assert 1 <= band(scheme, small) <= band(scheme, large) <= len(scheme.bands)
    found = scheme.bands[band(scheme, one) - 1]
    assert found.low is None or found.low <= one
    assert found.high is None or one < found.high


@given(FIGURES, FIGURES)
def test_a_change_turns_round_with_time(one: list[Observation], two: list[Observation]) -> None:
    forth, back = change(score(one), score(two), {}), change(score(two), score(one), {})
    assert (forth is None) == (back is None)
    if forth and back:
        assert forth.difference == -back.difference
        assert abs(forth.difference) <= 100
        assert 0 < forth.compared == back.compared <= forth.total


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=len(IDS), max_size=len(IDS)))
def test_a_change_of_two_complete_scores_is_their_difference(pairs: list[tuple[Decimal, Decimal]]) -> None:
    house = HOUSE
    trees = [
        score_dimension(house, "smart-economy", "64.01", PERIOD, figures)
        for figures in (
            [observation(str(pair[no]), indicator=id) for id, pair in zip(IDS, pairs, strict=True)] for no in (0, 1)
        )
    ]
    before, now = trees
    moved = change(now, before, {})
    assert moved is not None
    assert now.score is not None
    assert before.score is not None
    assert moved.difference == now.score - before.score


@given(st.lists(st.lists(st.integers(0, 100), min_size=5, max_size=5), min_size=2, max_size=4))
def test_an_order_that_is_told_holds_by_every_variant_but_the_outermost(regions: list[list[int]]) -> None:
    trees = [
        replace(
            score([observation(str(each), indicator=id) for id, each in zip(IDS, row, strict=True)]), region=str(no)
        )
        for no, row in enumerate(regions)
    ]
    told = {region: place for region, place in places(trees).items() if place is not None}
    for one in (each for each in trees if each.region in told):
        for other in (each for each in trees if each.region != one.region):
            assert one.robust_low is not None and one.robust_high is not None  # noqa: PT018
            assert other.robust_low is not None and other.robust_high is not None  # noqa: PT018
            assert one.robust_low > other.robust_high or one.robust_high < other.robust_low
