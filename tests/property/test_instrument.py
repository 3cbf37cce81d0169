"""What must hold of indices for any levels."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from etl.measures.instrument import (
    aspect_indices,
    domain_indices,
    gated_level,
    index_from_levels,
    interval_from_domains,
    interval_predicate,
    predicate,
)
from tests.making import PEMDI, SPBE, SPBE_SCHEME

WHOLE = st.integers(1, 5)
SPBE_LEVELS = st.fixed_dictionaries({each.no: WHOLE for each in SPBE.indicators})
PEMDI_LEVELS = st.fixed_dictionaries(
    {each.no: WHOLE.map(Decimal) if each.gated else st.decimals(1, 5, places=2) for each in PEMDI.indicators}
)


@given(SPBE_LEVELS)
def test_the_spbe_index_is_the_mean_of_its_domains_and_aspects(levels: dict[int, int]) -> None:
    index = index_from_levels(SPBE, levels)
    assert 1 <= index <= 5
    aspects, domains = aspect_indices(SPBE, levels), domain_indices(SPBE, levels)
    assert index * 100 == sum(Fraction(each.weight) * aspects[each.no] for each in SPBE.aspects)
    assert index * 100 == sum(Fraction(each.weight) * domains[each.no] for each in SPBE.domains)
    assert index * 100 == sum(Fraction(each.weight) * levels[each.no] for each in SPBE.indicators)


@given(PEMDI_LEVELS)
def test_the_pemdi_index_is_the_mean_of_its_aspects(levels: dict[int, Decimal]) -> None:
    index = index_from_levels(PEMDI, levels)
    assert 1 <= index <= 5
    aspects = aspect_indices(PEMDI, levels)
    assert index * 100 == sum(Fraction(each.weight) * aspects[each.no] for each in PEMDI.aspects)


@given(SPBE_LEVELS, st.integers(1, 47))
def test_a_higher_level_raises_the_index_by_its_weight(levels: dict[int, int], no: int) -> None:
    if levels[no] < 5:
        weight = Fraction(next(each.weight for each in SPBE.indicators if each.no == no))
        raised = index_from_levels(SPBE, {**levels, no: levels[no] + 1})
        assert raised - index_from_levels(SPBE, levels) == weight / 100


@given(SPBE_LEVELS)
def test_the_interval_from_rounded_domains_contains_the_index(levels: dict[int, int]) -> None:
    index = index_from_levels(SPBE, levels)
    printed = {no: _rounded(each) for no, each in domain_indices(SPBE, levels).items()}
    interval = interval_from_domains(SPBE, printed)
    assert 1 <= interval.low <= interval.middle <= interval.high <= 5
    assert interval.low <= index <= interval.high
    word = interval_predicate(SPBE_SCHEME, interval)
    assert word is None or word == predicate(SPBE_SCHEME, index)


@given(st.sets(st.integers(1, 5)))
def test_a_gate_never_skips_a_level(met: set[int]) -> None:
    level = gated_level(met)
    assert set(range(2, level + 1)) <= met
    assert level == 5 or level + 1 not in met


def _rounded(index: Fraction) -> Decimal:
    return (Decimal(index.numerator) / index.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
