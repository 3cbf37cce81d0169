"""Which values of an indicator are usual, computed from the figures held: never from anyone's feeling.

Eight or more positive values of Kalimantan Timur's regencies: from half the least to twice the greatest, within the
natural bounds. A yearly change of up to 1.5 times the largest one held is usual.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby, pairwise

from etl.catalogue.decimals import canonical
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import from_code
from etl.catalogue.usual_values import PlausibleRange
from etl.measures.observation import Observation

LEAST_VALUES, LEAST_CHANGES = 8, 4
JUMP_SHARE = Decimal("1.5")
LEAST_JUMP = Decimal(2)  # rounding and small numbers double a figure easily
PLACES = Decimal("0.001")
TOTALS = {"miliar Rp", "triliun Rp", "juta US$"}
BASIS = "kabupaten/kota se-Kalimantan Timur"


def plausible_ranges(
    observations: Iterable[Observation], catalogue: Catalogue, date: dt.date
) -> Iterator[PlausibleRange]:
    """Yield the usual range of each measure that has enough figures; totals and categories have none.

    `observations` are those in force, of any indicator. What had to be confirmed is unusual by itself and widens none.
    """
    confirmed = {(each.indicator, each.series, each.region, each.period, each.value) for each in catalogue.confirmed}
    regencies = {each.code for each in catalogue.regions if each.level in ("regency", "city")}
    held = [
        each
        for each in observations
        if each.kind == "realisation"
        and each.region in regencies
        and each.value is not None
        and each.value > 0
        and (each.indicator, each.series, each.region, each.period.code, each.value) not in confirmed
    ]
    held.sort(key=lambda each: (each.indicator, each.series, each.region, each.period.end))
    for indicator_id, group in groupby(held, key=lambda each: each.indicator):
        indicator, mine = catalogue.indicator.get(indicator_id), list(group)
        if indicator is not None and is_measure(indicator) and len(mine) >= LEAST_VALUES:
            yield _range(indicator, mine, date)


def is_measure(indicator: Indicator) -> bool:
    """Tell whether an indicator is a rate, share or index: usual values of one region tell of another's."""
    signs = indicator.sanity.min is not None and indicator.sanity.min < 0
    return not (indicator.additive or indicator.direction == "category" or indicator.unit in TOTALS or signs)


def _range(indicator: Indicator, held: list[Observation], date: dt.date) -> PlausibleRange:
    values = [each.value for each in held if each.value is not None]
    low, high = min(values) / 2, max(values) * 2
    bounds = indicator.sanity
    if bounds.min is not None:
        low = max(low, bounds.min)
    if bounds.max is not None:
        high = min(high, bounds.max)
    changes = list(_changes(held))
    jump = max(max(changes) * JUMP_SHARE, LEAST_JUMP) if len(changes) >= LEAST_CHANGES else None
    return PlausibleRange(
        indicator=indicator.id,
        low=_rounded(low),
        high=_rounded(high),
        jump=None if jump is None else _rounded(jump),
        values=len(values),
        basis=BASIS,
        date=date.isoformat(),
    )


def _rounded(number: Decimal) -> Decimal:
    return Decimal(canonical(number.quantize(PLACES)))


def _changes(held: list[Observation]) -> Iterator[Decimal]:
    """Yield how many times one year's value is that of the year before or after, of one series and region."""
    for _, line in groupby(held, key=lambda each: (each.series, each.region)):
        for one, other in pairwise(line):
            years = from_code(other.period.code).end.year - from_code(one.period.code).end.year
            if years == 1 and one.value and other.value:
                yield max(one.value / other.value, other.value / one.value)
