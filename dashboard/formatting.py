"""Figures as text: in the indicator's unit, with no more digits than the source printed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from dashboard.language import amount, messages, number, percent, rounded, t, unit_text
from dashboard.urls import Lang
from etl.catalogue.models import Indicator
from etl.catalogue.units import unit_factor
from etl.measures.effective_targets import EffectiveTarget
from etl.measures.observation import Observation
from etl.measures.soundness import weakness


def digits(indicator: Indicator, step: Decimal | None) -> int:
    """Return the decimals to show: those the source printed, at most the indicator's."""
    return min(decimals_of(step), indicator.decimals) if step else indicator.decimals


def decimals_of(value: Decimal) -> int:
    """Return how many decimals a number has, zeros at its end not counted."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def shown(indicator: Indicator, observation: Observation, lang: Lang) -> str:
    """Return a figure with its unit, or its category."""
    if observation.value is None:
        return observation.category or ""
    return amount(observation.value, digits(indicator, observation.step), indicator.unit, lang)


def as_printed(indicator: Indicator, observation: Observation, lang: Lang) -> str:
    """Return number and unit as the source printed them, in the reader's language where they are read without doubt.

    Read by the point they must give the value itself: `1.234` of an office that means a thousand is left as it stands.
    """
    text, unit = observation.printed, observation.printed_unit
    try:
        read = Decimal(text)
    except InvalidOperation:
        return f"{text} {unit}".strip()
    factor = unit_factor(indicator, unit) if unit else Decimal(1)
    if factor is None or read * factor != observation.value:
        return f"{text} {unit}".strip()
    words = messages().get(f"printed_units.{unit}", {}).get(lang, unit or indicator.unit)
    return amount(read, max(0, -int(read.as_tuple().exponent)), words, lang)


def marked(indicator: Indicator, figure: Observation, lang: Lang) -> str:
    """Return a figure as shown, with the word for its weakness in brackets."""
    weak = weakness(figure)
    return shown(indicator, figure, lang) + (f" ({t(f'indicator.weak_{weak}', lang)})" if weak else "")


def series_name(indicator: Indicator, series: str, lang: Lang) -> str:
    """Return a series' name; the only one of an indicator has none."""
    return next((each.name.get(lang) for each in indicator.series if each.id == series), "")


def part_words(indicator: Indicator, series: str, lang: Lang) -> str:
    """Return the name of the part, or of the lesser series, that a figure speaks of, in brackets; else nothing.

    Two series of one period then never look like two values of one matter.
    """
    name = series_name(indicator, series, lang)
    return f" ({name})" if name and (indicator.has_parts or series != indicator.default_series) else ""


def target_text(indicator: Indicator, target: EffectiveTarget, lang: Lang) -> str:
    """Return a target's value with its unit, or its category."""
    if isinstance(target.value, str):
        return target.value
    return amount(target.value, indicator.decimals, indicator.unit, lang)


def told_apart(
    indicator: Indicator, first: Observation, second: Observation | EffectiveTarget, lang: Lang
) -> tuple[str, str]:
    """Return two figures as texts; with more of the digits they have where rounding would make them one number."""
    values = [each.value for each in (first, second) if isinstance(each.value, Decimal)]
    if len(values) < 2:
        return _said(indicator, first, lang), _said(indicator, second, lang)
    places = [_places(indicator, each) for each in (first, second)]
    while values[0] != values[1] and rounded(values[0], places[0]) == rounded(values[1], places[1]):
        places = [max(at, min(at + 1, decimals_of(each))) for at, each in zip(places, values, strict=True)]
    one, other = (amount(each, at, indicator.unit, lang) for each, at in zip(values, places, strict=True))
    return one, other


def _said(indicator: Indicator, figure: Observation | EffectiveTarget, lang: Lang) -> str:
    return shown(indicator, figure, lang) if isinstance(figure, Observation) else target_text(indicator, figure, lang)


def _places(indicator: Indicator, figure: Observation | EffectiveTarget) -> int:
    return digits(indicator, figure.step) if isinstance(figure, Observation) else indicator.decimals


def achievement_text(achievement: Fraction, lang: Lang) -> str:
    """Return an achievement in percent; one that is short of 100 never reads as 100."""
    if achievement < 0:
        return t("indicator.below_zero", lang)
    decimals = 1
    while achievement < 100 <= rounded(achievement, decimals):
        decimals += 1
    return percent(achievement, decimals, lang)


def unit_words(indicator: Indicator, lang: Lang) -> str:
    """Return the unit as a word."""
    return t("indicator.percent_words", lang) if indicator.unit == "%" else unit_text(indicator.unit, lang)


def difference(indicator: Indicator, value: Decimal, decimals: int, lang: Lang) -> str:
    """Return the size of a difference: points for percentages, bare for indices, else with the unit."""
    size = abs(value)
    while decimals < indicator.decimals and value and not rounded(size, decimals):
        decimals += 1
    if indicator.unit == "%":
        return t("shell.points", lang, number=number(size, decimals, lang))
    return amount(size, decimals, indicator.unit, lang)
