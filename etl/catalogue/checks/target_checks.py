"""Checks of plans and targets: a target has a plan of its region and years, and one version of a plan is in force."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from etl.catalogue.checks.indicator_checks import period_fault
from etl.catalogue.checks.parts import Check, Fault, Parts, settled, unknown, unknown_region
from etl.catalogue.models import Indicator
from etl.catalogue.period import from_code, year_of
from etl.catalogue.planning import Plan, Target

PER_DOCUMENT = {"Renstra", "SPM"}  # each office has its own


class Aimed(NamedTuple):
    """A target with the indicator it belongs to."""

    indicator: Indicator
    target: Target


def target_region_known(aimed: Aimed, parts: Parts) -> Iterator[Fault]:
    """The region is declared."""
    yield from unknown_region(("region",), aimed.target.region, parts)


def target_plan_known(aimed: Aimed, parts: Parts) -> Iterator[Fault]:
    """The plan is declared."""
    yield from unknown(("plan",), aimed.target.plan, tuple(parts.plan))


def target_series_known(aimed: Aimed, parts: Parts) -> Iterator[Fault]:
    """The series is one of the indicator's."""
    if aimed.target.series is not None:
        yield from unknown(("series",), aimed.target.series, aimed.indicator.series_ids)


def target_period_is_sound(aimed: Aimed, parts: Parts) -> Iterator[Fault]:
    """The period is canonical."""
    yield from period_fault(("period",), aimed.target.period)


def target_lies_in_plan(aimed: Aimed, parts: Parts) -> Iterator[Fault]:
    """The period lies in the plan's years, the plan is the region's or that of a region above."""
    plan = parts.plan.get(aimed.target.plan)
    if plan is None:
        return
    if aimed.target.region in parts.region and plan.region not in _above(aimed.target.region, parts):
        allowed = (f"dokumen milik {aimed.target.region} atau wilayah di atasnya",)
        yield Fault(("plan",), f"{plan.id} (wilayah {plan.region})", allowed)
    try:
        year = year_of(from_code(aimed.target.period))
    except ValueError:
        return
    if not plan.first_year <= year <= plan.last_year:
        allowed = (f"{plan.first_year} sampai {plan.last_year}, tahun-tahun {plan.id}",)
        yield Fault(("period",), aimed.target.period, allowed)


def _above(region: str, parts: Parts) -> set[str]:
    """Return a region and all above it; the provincial government counts as the province."""
    found = {"pemprov"} if region == "64" else set()
    while region in parts.region and region not in found:
        found.add(region)
        region = parts.region[region].parent or ""
    return found


def target_value_fits(aimed: Aimed, parts: Parts) -> Iterator[Fault]:
    """A category stands in the order; a number is one, and within the sane range."""
    indicator, value = aimed.indicator, aimed.target.value
    if indicator.direction == "category":
        order = indicator.score.categories.order if indicator.score and indicator.score.categories else ()
        if order:
            yield from unknown(("value",), str(value), order)
    elif not isinstance(value, Decimal):
        yield Fault(("value",), str(value), (f"angka dalam {indicator.unit}, misalnya 12.5",))
    else:
        low, high = indicator.sanity.min, indicator.sanity.max
        if (low is not None and value < low) or (high is not None and value > high):
            allowed = (f"{'…' if low is None else low} sampai {'…' if high is None else high} {indicator.unit}",)
            yield Fault(("value",), str(value), allowed, "Perbaiki nilai, atau rentang sanity bila nilai ini benar.")


def years_are_ordered(plan: Plan, parts: Parts) -> Iterator[Fault]:
    """A plan ends after it begins."""
    if plan.first_year > plan.last_year:
        found = f"{plan.first_year} sampai {plan.last_year}"
        yield Fault(("last_year",), found, ("first_year tidak sesudah last_year",))


def one_version_in_force(parts: Parts) -> Iterator[Fault]:
    """Of the versions of one plan only one is in force in any year; statements are no plans."""
    seen: list[tuple[int, Plan]] = []
    for place, plan, _ in settled(parts.document.plans, _years):
        if not plan.in_force or plan.kind == "pernyataan":
            continue
        for first, other in seen:
            overlap = plan.first_year <= other.last_year and other.first_year <= plan.last_year
            if overlap and _matter(plan) == _matter(other):
                path, found = ("plans", place, "in_force"), f"{plan.id} dan {other.id}"
                allowed = (f"satu dokumen {plan.kind} {plan.region} berlaku pada satu tahun",)
                remedy = "Tulis in_force: false pada versi yang lama."
                yield Fault(path, found, allowed, remedy, ("plans", first))
        seen.append((place, plan))


def _matter(plan: Plan) -> tuple[str, ...]:
    return (plan.kind, plan.region, *([plan.document] if plan.kind in PER_DOCUMENT else []))


def _years(plan: Plan) -> tuple[object, ...]:
    return plan.id, plan.in_force, plan.first_year, plan.last_year, _matter(plan)


TARGET_CHECKS: tuple[Check, ...] = (
    target_region_known,
    target_plan_known,
    target_series_known,
    target_period_is_sound,
    target_lies_in_plan,
    target_value_fits,
)
