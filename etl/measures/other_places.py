"""Where a leaf's figure would lie by choices that could have been made otherwise; robustness tries each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from etl.catalogue.models import Indicator
from etl.measures.achievement import clamp
from etl.measures.observation import Observation, OtherPlace
from etl.measures.robustness import logarithmic_place
from etl.measures.valuation import locate, placed_value


def other_places(indicator: Indicator, shown: Observation, rivals: Sequence[Observation]) -> Iterator[OtherPlace]:
    """Yield each other place of a shown figure, clamped."""
    value, declared = placed_value(shown), locate(indicator, placed_value(shown)).score
    reference = indicator.score.reference if indicator.score else None
    if isinstance(value, Decimal) and reference:
        found = logarithmic_place(reference.worst, reference.best, value) if reference.skewed else None
        if found is not None:
            yield OtherPlace("logarithm", clamp(found))
        if error := indicator.sampling_error:
            for kind, moved in (("error-low", value - error), ("error-high", value + error)):
                yield OtherPlace(kind, locate(indicator, moved).score or Fraction(0))
    elif declared is not None:  # categories further apart near the best, or near the worst
        yield OtherPlace("spacing-low", declared * declared / 100)
        yield OtherPlace("spacing-high", 100 - (100 - declared) * (100 - declared) / 100)
    places = [locate(indicator, placed_value(each)).score for each in rivals]
    told = [each for each in places if each is not None]
    if told and declared is not None:
        yield OtherPlace("rival", max(told, key=lambda each: abs(each - declared)))
