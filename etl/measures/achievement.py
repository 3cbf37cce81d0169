"""Achievement against a target, place between reference points, and bands. Exact: fractions, never rounded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from etl.catalogue.indicator_parts import Reference
from etl.catalogue.models import Direction, Indicator
from etl.catalogue.reference import Scheme

Number = Decimal | Fraction | int


def achievement(indicator: Indicator, value: Decimal | str, target: Decimal | str) -> Fraction | None:
    """Return realisation against target in percent, unclamped; None where the rule gives no figure.

    Higher is better: r/t. Lower: 2 - r/t. Range: 100 within the tolerance, outside less by the distance to it
    relative to the target. Category: 100 from the target's place on, below it the ratio of their places.
    A target of 0 or below gives none, but for lower-is-better, where 0 of 0 is 100. Direction `none` gives none.
    """
    if isinstance(value, str) or isinstance(target, str):
        return _category_achievement(indicator, value, target)
    if indicator.direction == "range":
        return _range_achievement(Fraction(value), Fraction(target), Fraction(indicator.tolerance or 0))
    if indicator.direction == "lower" and value == target == 0:
        return Fraction(100)
    if target <= 0:
        return None
    ratio = Fraction(value) / Fraction(target)
    if indicator.direction == "higher":
        return ratio * 100
    return (2 - ratio) * 100 if indicator.direction == "lower" else None


def _range_achievement(value: Fraction, target: Fraction, tolerance: Fraction) -> Fraction | None:
    beyond = abs(value - target) - tolerance
    if beyond <= 0:
        return Fraction(100)
    return (1 - beyond / abs(target)) * 100 if target else None


def _category_achievement(indicator: Indicator, value: Decimal | str, target: Decimal | str) -> Fraction | None:
    order = indicator.score.categories.order if indicator.score and indicator.score.categories else ()
    if not isinstance(value, str) or not isinstance(target, str) or indicator.direction != "category":
        return None
    reached, wanted = category_place(order, value), category_place(order, target)
    if reached is None or wanted is None:
        return None
    return Fraction(100) if reached >= wanted else reached / wanted * 100


def category_place(order: Sequence[str], category: str) -> Fraction | None:
    """Return the place of a printed category, 0 for the worst to 100 for the best; None where it is not in `order`."""
    words = [each.casefold() for each in order]
    if (word := category.strip().casefold()) not in words:
        return None
    return Fraction(words.index(word) * 100, len(words) - 1) if len(words) > 1 else Fraction(100)


def place(reference: Reference, direction: Direction, value: Number) -> Fraction | None:
    """Return where `value` lies between the worst (0) and the best (100) reference point, unclamped.

    None for directions other than higher and lower. Raises ValueError where the points contradict the direction.
    """
    if direction not in ("higher", "lower"):
        return None
    worst, best = Fraction(reference.worst), Fraction(reference.best)
    if worst == best or (worst < best) != (direction == "higher"):
        raise ValueError(
            f"titik acuan terburuk {reference.worst} dan terbaik {reference.best} tidak sesuai arah {direction!r}; "
            "perbaiki score.reference pada katalog"
        )
    return (Fraction(value) - worst) / (best - worst) * 100


def band(scheme: Scheme, value: Number) -> int:
    """Return the 1-based band of an unrounded value.

    Cuts are half-open: a cut belongs to the band above it. The outer bands are open, so every finite value has one.
    """
    exact = Fraction(value)
    return 1 + sum(each.low is not None and exact >= Fraction(each.low) for each in scheme.bands[1:])


def clamp(raw: Fraction) -> Fraction:
    """Return a score within 0 and 100; the raw value stays with the leaf."""
    return min(max(raw, Fraction(0)), Fraction(100))
