"""Checks of what the published figures mean: names and rules point to things that exist."""

from __future__ import annotations

from collections.abc import Iterator

from etl.catalogue.checks.indicator_checks import period_fault
from etl.catalogue.checks.parts import Check, Fault, Parts, refers, unknown
from etl.catalogue.reference import NameRule, Rule

EFFECTS = tuple(sorted(set(Rule.model_fields) - {"id", "why", "when"}))


def name_series_known(name: NameRule, parts: Parts) -> Iterator[Fault]:
    """The series is one of the indicator's."""
    if name.series is not None and name.indicator in parts.indicator:
        yield from unknown(("series",), name.series, parts.series_of(name.indicator))


def rule_series_known(rule: Rule, parts: Parts) -> Iterator[Fault]:
    """The series is one of each indicator that the rule can meet."""
    if rule.series is None:
        return
    named = [parts.names[each].indicator for each in rule.when.name if each in parts.names]
    met = [rule.indicator] if rule.indicator else named
    for indicator in dict.fromkeys(met):
        if indicator in parts.indicator and rule.series not in parts.series_of(indicator):
            yield Fault(("series",), rule.series, parts.series_of(indicator), f"Seri milik indikator {indicator}.")


def conditions_known(rule: Rule, parts: Parts) -> Iterator[Fault]:
    """Names and publications in conditions exist."""
    for place, each in enumerate(rule.when.name):
        yield from unknown(("when", "name", place), each, tuple(parts.names))
    for place, each in enumerate(rule.when.publication):
        yield from unknown(("when", "publication", place), each, tuple(parts.publication))


def rule_period_sound(rule: Rule, parts: Parts) -> Iterator[Fault]:
    """A corrected period is canonical."""
    if rule.period is not None:
        yield from period_fault(("period",), rule.period)


def rule_does_something(rule: Rule, parts: Parts) -> Iterator[Fault]:
    """A rule changes or refuses what it meets."""
    if not any(getattr(rule, each) for each in EFFECTS):
        yield Fault(("refuse",), None, EFFECTS, "Aturan ini tidak mengubah apa pun.")


NAME_CHECKS: tuple[Check, ...] = (refers("indicator", "indicator"), refers("plan", "plan"), name_series_known)
RULE_CHECKS: tuple[Check, ...] = (
    refers("indicator", "indicator"),
    refers("region", "region"),
    refers("producer", "producer"),
    refers("plan", "plan"),
    rule_series_known,
    conditions_known,
    rule_period_sound,
    rule_does_something,
)
