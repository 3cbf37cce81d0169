"""What must hold of conflicts for any set of sources."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from etl.measures.conflict import contests, precedence, reason, reasons, resolve, sides
from etl.measures.observation import Observation
from tests.making import PUBLICATIONS, catalogue, indicator, observation, reference, text

HOUSE = catalogue(
    indicator(
        score=reference("0", "9"),
        series=[{"id": "utama", "name": text("utama")}, {"id": "lain", "name": text("lain")}],
    )
)
SOURCES = st.lists(
    st.builds(
        lambda value, changes, mark, status: observation(
            value,
            **dict(zip(("producer", "publication", "series", "region", "printed_unit"), changes, strict=True)),
            marks=frozenset(mark),
            status=status,
        ),
        st.sampled_from(["1", "1.0", "1.04", "1.05", "1.06", "2", "5.5", "9"]),
        st.tuples(
            st.sampled_from(["bps", "kemenkes", "dinas"]),
            st.sampled_from([*(each.id for each in PUBLICATIONS), "berkas.xlsx"]),
            st.sampled_from(["utama", "lain"]),
            st.sampled_from(["64", "pemprov", "64.01"]),
            st.sampled_from(["indeks", "poin"]),
        ),
        st.sampled_from([(), (), ("doubtful",)]),
        st.sampled_from(["final", "final", "revised", "preliminary"]),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda each: (each.series, each.region, each.producer, each.publication),
)


@given(SOURCES, st.data())
def test_the_order_of_loading_does_not_matter(sources: list[Observation], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(sources))
    assert contests(shuffled, HOUSE) == contests(sources, HOUSE)
    assert resolve(shuffled, HOUSE) == resolve(sources, HOUSE)


@given(SOURCES)
def test_the_shown_one_has_precedence_and_nobody_is_lost(sources: list[Observation]) -> None:
    shown, others = resolve(sources, HOUSE)
    assert Counter(each.id for each in (shown, *others)) == Counter(each.id for each in sources)
    first = min((shown, *others), key=lambda each: precedence(each, HOUSE))
    assert shown == first or (shown.status == "revised" and shown.producer == first.producer)
    if any("doubtful" not in each.marks for each in sources):
        assert "doubtful" not in shown.marks


@given(SOURCES)
def test_reasons_are_symmetric_and_nobody_contradicts_itself(sources: list[Observation]) -> None:
    for one in sources:
        assert reason(one, one, HOUSE) == "same"
        for two in sources:
            assert reason(one, two, HOUSE) == reason(two, one, HOUSE)


@given(SOURCES)
def test_a_conflict_is_of_one_series_and_region_and_really_differs(sources: list[Observation]) -> None:
    found = contests(sources, HOUSE)
    assert sum(reasons(found).values()) == len(found)
    for each in found:
        assert each.bands_differ <= (each.reason == "conflict")
        if each.reason != "conflict":
            continue
        first, *rest = sides(each, HOUSE)
        assert {(other.series, other.region) for other in rest} == {(first.series, first.region)}
        gaps = [_gap(first, other) for other in rest]
        assert max(gaps) > 0


@given(SOURCES)
def test_every_key_with_several_sources_is_told_once_unless_two_series_conflict(sources: list[Observation]) -> None:
    groups = Counter("64" if each.region == "pemprov" else each.region for each in sources)
    found = contests(sources, HOUSE)
    told = Counter("64" if each.region == "pemprov" else each.region for each in found)
    assert set(told) == {region for region, number in groups.items() if number > 1}
    for each in found:
        assert each.reason == "conflict" or told["64" if each.region == "pemprov" else each.region] == 1


def _gap(one: Observation, two: Observation) -> Decimal:
    """Return by how much two values differ beyond half a step of the coarser print."""
    assert one.value is not None
    assert two.value is not None
    steps = [each.step for each in (one, two) if each.step is not None]
    return abs(one.value - two.value) - max(steps) / 2
