"""How far a position depends on choices that could have been made otherwise: its P5 to P95.

Every combination is tried, none by chance: each indicator left out; sub-dimensions weighing the same; the geometric
mean; and each kind of other place that a leaf holds (logarithm, spacing of categories, sampling error, a rival figure).
Roots and logarithms are taken to 28 digits and read as twelve, so that every machine finds the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from etl.catalogue.decimals import DIGITS
from etl.measures.observation import Leaf

LEAST = Fraction(1)  # a geometric mean takes what is lower for this, or one 0 would hide all others
TAIL = Fraction(1, 20)
EXACT = Context(prec=28)


class Spread(NamedTuple):
    """P5 and P95 over `tried` variants."""

    low: Fraction
    high: Fraction
    tried: int


def spread(leaves: Iterable[Leaf]) -> Spread | None:
    """Return the spread of the position that some leaves give; None where fewer than two have a place."""
    present = [each for each in leaves if each.score is not None]
    if len(present) < 2:
        return None
    values = sorted(variants(present))
    return Spread(percentile(values, TAIL), percentile(values, 1 - TAIL), len(values))


def variants(present: Sequence[Leaf]) -> Iterator[Fraction]:
    """Yield the position by every combination of choices, the declared one among them."""
    for kind in dict.fromkeys(["", *(other.kind for leaf in present for other in leaf.others)]):
        scores = {leaf.indicator: _score(leaf, kind) for leaf in present}
        for left_out in (None, *present):
            kept = [leaf for leaf in present if leaf is not left_out]
            for weights in (_declared(kept), _by_subdimension(kept)):
                yield _arithmetic(weights, scores)
                yield _geometric(weights, scores)


def _score(leaf: Leaf, kind: str) -> Fraction:
    other = next((each.score for each in leaf.others if each.kind == kind), leaf.score)
    return Fraction(0) if other is None else other


def _declared(leaves: Sequence[Leaf]) -> dict[str, Fraction]:
    whole = sum((leaf.weight for leaf in leaves), Fraction(0))
    return {leaf.indicator: leaf.weight / whole for leaf in leaves}


def _by_subdimension(leaves: Sequence[Leaf]) -> dict[str, Fraction]:
    inside = Counter(leaf.subdimension for leaf in leaves)
    return {leaf.indicator: Fraction(1, len(inside) * inside[leaf.subdimension]) for leaf in leaves}


def _arithmetic(weights: Mapping[str, Fraction], scores: Mapping[str, Fraction]) -> Fraction:
    return sum((weight * scores[name] for name, weight in weights.items()), Fraction(0))


def _geometric(weights: Mapping[str, Fraction], scores: Mapping[str, Fraction]) -> Fraction:
    total = Decimal(0)
    for name, weight in weights.items():
        share = EXACT.divide(Decimal(weight.numerator), Decimal(weight.denominator))
        total = EXACT.add(total, EXACT.multiply(share, _ln(max(scores[name], LEAST))))
    return _read(EXACT.exp(total))


@cache
def _ln(value: Fraction) -> Decimal:
    return EXACT.ln(EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)))


def logarithmic_place(worst: Decimal, best: Decimal, value: Decimal) -> Fraction | None:
    """Return the place between two points on a logarithmic ruler, unclamped; None where one is not above zero."""
    if min(worst, best, value) <= 0:
        return None
    low, high, at = (_ln(Fraction(each)) for each in (worst, best, value))
    return _read(EXACT.divide(EXACT.subtract(at, low), EXACT.subtract(high, low))) * 100


def _read(value: Decimal) -> Fraction:
    return Fraction(value.quantize(Decimal(1).scaleb(-DIGITS), context=EXACT))


def percentile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """Return a percentile of ordered values, linear between neighbours, exact."""
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def shares(leaves: Iterable[Leaf]) -> dict[str, Fraction]:
    """Return how much of the present weight rests on each indicator that has a place."""
    return _declared([each for each in leaves if each.score is not None])


def opposed(pairs: Sequence[tuple[Fraction, Fraction]]) -> bool:
    """Tell whether two indicators rise against each other over regions and years: the correlation is below zero.

    Ten pairs at least; fewer say nothing.
    """
    if len(pairs) < 10:
        return False
    count = len(pairs)
    one, two = (sum(pair[at] for pair in pairs) / count for at in (0, 1))
    return sum((first - one) * (second - two) for first, second in pairs) < 0
