"""Per-head figures whose denominator leaps: withheld, for they say more of the count of heads than of the matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.reference import Mark
from etl.measures.conflict import resolve
from etl.measures.observation import Observation

LIMIT = Fraction(5, 100)  # a year
UNSTEADY: Mark = "unsteady_denominator"


def yearly(
    catalogue: Catalogue, indicator: Indicator, figures: Iterable[Observation]
) -> dict[tuple[str, int], Decimal]:
    """Return the denominator of each region and year, in its headline series alone."""
    groups: dict[tuple[str, int], list[Observation]] = {}
    for each in figures:
        if each.series == indicator.default_series and each.period.kind == "year" and each.value is not None:
            groups.setdefault((each.region, each.period.end.year), []).append(each)
    return {key: value for key, group in groups.items() if (value := resolve(group, catalogue)[0].value) is not None}


def leaps(heads: Mapping[tuple[str, int], Decimal], region: str, year: int) -> bool:
    """Tell whether the denominator moved by more than the limit since the year before; False where that is unknown."""
    before, now = heads.get((region, year - 1)), heads.get((region, year))
    if not before or now is None:
        return False
    return abs(Fraction(now) / Fraction(before) - 1) > LIMIT


def mark_unsteady(figures: Iterable[Observation], heads: Mapping[tuple[str, int], Decimal]) -> list[Observation]:
    """Mark the figures whose denominator leaps."""
    return [
        replace(each, marks=each.marks | {UNSTEADY}) if leaps(heads, each.region, each.period.end.year) else each
        for each in figures
    ]
