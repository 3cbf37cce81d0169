"""Figures as text: in the indicator's unit, with no more digits than the source printed."""

from __future__ import annotations

from decimal import Decimal

from dashboard.language import amount, number, rounded, t, unit_text
from dashboard.urls import Lang
from etl.catalogue.models import Indicator
from etl.catalogue.observation import Observation
from etl.catalogue.targets import EffectiveTarget


def digits(indicator: Indicator, step: Decimal | None) -> int:
    """Return the decimals to show: those the source printed, at most the indicator's."""
    if step is None or not step:
        return indicator.decimals
    exponent = int(step.normalize().as_tuple().exponent)
    return min(max(0, -exponent), indicator.decimals)


def shown(indicator: Indicator, observation: Observation, lang: Lang) -> str:
    """Return a figure with its unit, or its category."""
    if observation.value is None:
        return observation.category or ""
    return amount(observation.value, digits(indicator, observation.step), indicator.unit, lang)


def series_name(indicator: Indicator, series: str, lang: Lang) -> str:
    """Return a series' name; the only one of an indicator has none."""
    return next((each.name.get(lang) for each in indicator.series if each.id == series), "")


def part_words(indicator: Indicator, series: str, lang: Lang) -> str:
    """Return the name of the part that a figure speaks of, in brackets; nothing where it speaks of the whole matter."""
    return f" ({series_name(indicator, series, lang)})" if indicator.has_parts else ""


def target_text(indicator: Indicator, target: EffectiveTarget, lang: Lang) -> str:
    """Return a target's value with its unit, or its category."""
    if isinstance(target.value, str):
        return target.value
    return amount(target.value, indicator.decimals, indicator.unit, lang)


def told_apart(
    indicator: Indicator, first: Observation, second: Observation | EffectiveTarget, lang: Lang
) -> tuple[str, str]:
    """Return two values as texts, with more digits than usual where rounding would make one of them."""
    one, other, decimals = first.value, second.value, indicator.decimals
    text = shown(indicator, first, lang)
    beside = shown(indicator, second, lang) if isinstance(second, Observation) else target_text(indicator, second, lang)
    if not isinstance(one, Decimal) or not isinstance(other, Decimal):
        return text, beside
    while text == beside and one != other:
        decimals += 1
        text, beside = (amount(each, decimals, indicator.unit, lang) for each in (one, other))
    return text, beside


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
