"""Whether a difference means something: `material` of an indicator, else the default of its kind of unit.

Whatever the size, a difference counts that crosses zero, a cut of a scheme, or a target.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from etl.catalogue.indicator_parts import MaterialityRule
from etl.catalogue.models import Catalogue, Indicator
from etl.measures.observation import Observation
from etl.measures.valuation import valuate, value_band


def is_minor(catalogue: Catalogue, indicator: Indicator, one: Decimal, two: Decimal) -> bool:
    """Tell whether two values differ by less than what means something ("selisih kecil"); 0 counts as nothing."""
    if (one < 0) != (two < 0) and one != two:
        return False
    difference, greater = abs(one - two), max(abs(one), abs(two))
    if indicator.material is not None:
        return difference < indicator.material
    rule = rule_of(catalogue, indicator)
    return rule is not None and difference < _least(rule, greater)


def _least(rule: MaterialityRule, greater: Decimal) -> Decimal:
    if rule.below is not None and greater < rule.below:
        return Decimal(0)
    if rule.percent is not None:
        return rule.percent * greater / 100
    if rule.above is not None and rule.least_above is not None and greater > rule.above:
        return rule.least_above
    return rule.least or Decimal(0)


def rule_of(catalogue: Catalogue, indicator: Indicator) -> MaterialityRule | None:
    """Return the first rule that fits; None in a catalogue of before there were rules."""
    greatest = indicator.sanity.max
    for rule in catalogue.materiality:
        named, unit = indicator.id in rule.indicators, indicator.unit in rule.units
        small = rule.up_to is None or (greatest is not None and greatest <= rule.up_to)
        if named or (unit and small) or not (rule.indicators or rule.units):
            return rule
    return None


def is_firm(indicator: Indicator, series: str, difference: Decimal) -> bool:
    """Tell whether a difference is more than sampling may have made; a survey without a published error never is.

    Two estimates differ where the difference exceeds their half-widths together: root two of one, taken as 1.5.
    """
    declared = next((each.survey for each in indicator.series if each.id == series), None)
    if not (indicator.survey if declared is None else declared):
        return True
    error = indicator.sampling_error
    return error is not None and abs(difference) * 2 > error * 3


def is_crossing(catalogue: Catalogue, one: Observation, two: Observation, fed: Iterable[Observation]) -> bool:
    """Tell whether two figures of one key lie on two sides of a cut or of their target."""
    targets = list(fed)
    if value_band(catalogue, one, targets) != value_band(catalogue, two, targets):
        return True
    met = [(raw := valuate(catalogue, each, targets).raw) is not None and raw >= 100 for each in (one, two)]
    return met[0] != met[1]
