"""What must hold of scores for any figures whatever."""

from __future__ import annotations

from collections.abc import Sequence
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
from etl.measures.scoring import change, rank, score_dimension
from tests.making import CAPAIAN, PEMDI_SCHEME, SPBE_SCHEME, catalogue, indicator, observation, reference, target

NUMBERS = st.decimals(-1000, 1000, places=3)
POSITIVE = st.decimals("0.001", 1000, places=3)
IDS = ("a", "b", "c", "d", "e")
HOUSE = catalogue(
    indicator("a", score=reference("10", "90")),
    indicator("b", score=reference("30", "3"), direction="lower", weight="3"),
    indicator("c", subdimension="welfare", direction="lower", score=reference("7", "0")),
    indicator("d", subdimension="welfare", direction="range", tolerance="1"),
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
TARGETS = st.lists(
    st.builds(lambda id, value: target(str(value), indicator=id), st.sampled_from(IDS), NUMBERS),
    max_size=3,
    unique_by=lambda each: each.indicator,
)


def score(observations: Sequence[Observation], fed: Sequence[Observation]) -> DimensionScore:
    return score_dimension(HOUSE, "smart-economy", "64.01", PERIOD, observations, fed)


@given(FIGURES, TARGETS, st.data())
def test_the_order_of_loading_does_not_matter(
    figures: list[Observation], fed: list[Observation], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(figures))
    assert score(shuffled, data.draw(st.permutations(fed))) == score(figures, fed)


@given(FIGURES, TARGETS)
def test_leaves_readd_to_the_root_and_survive_json(figures: list[Observation], fed: list[Observation]) -> None:
    tree = score(figures, fed)
    assert sum(each.weight for each in tree.leaves) == 1
    present = [each for each in tree.leaves if each.score is not None]
    low = sum((each.weight * (each.score or 0) for each in present), Fraction(0))
    coverage = sum((each.weight for each in present), Fraction(0))
    assert (tree.low, tree.coverage) == (low, coverage)
    assert tree.score == (low / coverage if coverage * 2 >= 1 else None)
    again = tree_from_json(tree_to_json(tree))
    assert again == tree
    assert recompute(again.leaves) == root(tree)


@given(FIGURES, TARGETS)
def test_the_interval_contains_the_score_and_every_leaf_is_within_bounds(
    figures: list[Observation], fed: list[Observation]
) -> None:
    tree = score(figures, fed)
    assert 0 <= tree.low <= tree.high <= 100
    assert tree.score is None or tree.low <= tree.score <= tree.high
    assert (tree.band is None) == (tree.score is None)
    for each in tree.leaves:
        assert each.score is None or 0 <= each.score <= 100
        assert (each.score is None) == (each.absence is not None)


@given(FIGURES, TARGETS, NUMBERS)
def test_what_is_missing_can_only_land_within_the_interval(
    figures: list[Observation], fed: list[Observation], value: Decimal
) -> None:
    """Filling one gap keeps the new interval inside the old one."""
    tree = score(figures, fed)
    for each in tree.leaves:
        if each.absence == "no_data":
            fuller = score([*figures, observation(str(value), indicator=each.indicator)], fed)
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


@given(FIGURES, TARGETS, st.sampled_from(["a", "b", "c", "e"]), NUMBERS, NUMBERS)
def test_a_better_figure_never_lowers_the_dimension(
    figures: list[Observation], fed: list[Observation], id: str, one: Decimal, two: Decimal
) -> None:
    others = [each for each in figures if each.indicator != id]
    worse, better = sorted((one, two), reverse=id in ("b", "c"))
    low = score([*others, observation(str(worse), indicator=id)], fed)
    high = score([*others, observation(str(better), indicator=id)], fed)
    assert (low.score is None) == (high.score is None) or id == "c"
    if low.score is not None and high.score is not None and low.coverage == high.coverage:
        assert low.score <= high.score
        assert (low.band or 0) <= (high.band or 0)


VALUES = st.fractions() | st.sampled_from(["51", "91", "1.8", "2.6", "3.5", "4.0", "4.2", "5.00"]).map(Fraction)


@given(st.sampled_from([CAPAIAN, SPBE_SCHEME, PEMDI_SCHEME]), VALUES, VALUES)
def test_every_finite_value_has_a_band_and_bands_ascend(scheme: Scheme, one: Fraction, two: Fraction) -> None:
    small, large = sorted((one, two))
    assert 1 <= band(scheme, small) <= band(scheme, large) <= len(scheme.bands)
    found = scheme.bands[band(scheme, one) - 1]
    assert found.low is None or found.low <= one
    assert found.high is None or one < found.high


@given(FIGURES, FIGURES, TARGETS)
def test_a_change_turns_round_with_time(one: list[Observation], two: list[Observation], fed: list[Observation]) -> None:
    forth, back = change(score(one, fed), score(two, fed)), change(score(two, fed), score(one, fed))
    assert (forth is None) == (back is None)
    if forth and back:
        assert forth.difference == -back.difference
        assert abs(forth.difference) <= 100
        assert 0 < forth.compared == back.compared <= forth.total


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=len(IDS), max_size=len(IDS)))
def test_a_change_of_two_complete_scores_is_their_difference(pairs: list[tuple[Decimal, Decimal]]) -> None:
    house = catalogue(*(each for each in HOUSE.indicators if each.score))
    trees = [
        score_dimension(house, "smart-economy", "64.01", PERIOD, figures, [])
        for figures in (
            [observation(str(pair[no]), indicator=id) for id, pair in zip(IDS, pairs, strict=True)] for no in (0, 1)
        )
    ]
    before, now = trees
    moved = change(now, before)
    assert moved is not None
    assert now.score is not None
    assert before.score is not None
    assert moved.difference == now.score - before.score


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100), st.booleans()), max_size=6))
def test_a_rank_that_is_told_holds_wherever_the_missing_figures_land(parts: list[tuple[int, int, bool]]) -> None:
    scores = []
    for no, (one, two, known) in enumerate(parts):
        low, high = sorted((Fraction(one), Fraction(two)))
        middle = (low + high) / 2 if known else None
        scores.append(DimensionScore("d", str(no), "2024", middle, low, high, Fraction(1), 1, 1, None, ()))
    ranks = rank(scores)
    assert set(ranks) == {each.region for each in scores}
    for one_score in scores:
        told = ranks[one_score.region]
        for other in (each for each in scores if each.score is not None and each.region != one_score.region):
            if told is not None:
                assert one_score.low > other.high or one_score.high < other.low or one_score.score == other.score
