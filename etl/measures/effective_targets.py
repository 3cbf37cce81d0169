"""Effective targets: those of the catalogue and those fed by files, who owns them, and which one is due."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal, get_args

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import Period, from_code
from etl.catalogue.planning import Plan, PlanKind, Target
from etl.measures.observation import Observation

State = Literal["due", "future", "expired", "statement", "overridden"]


@dataclass(frozen=True, slots=True)
class EffectiveTarget:
    """A planned value as it holds for `region`.

    `owner` is the region that set it, `lent` where that is a parent of `region`. `derived` marks a step of a plan's
    path that no document prints. `state` is told relative to the realisation's period: only `due` gives an
    achievement; `future` gives a remaining distance; `expired` is past or of a plan no longer in force; a `statement`
    has no plan document in force behind it; `overridden` gives way to another target of its period and series.
    """

    indicator: str
    region: str
    owner: str
    lent: bool
    series: str
    period: Period
    value: Decimal | str
    kind: PlanKind
    plan: str | None
    document: str
    version: str
    page: str | None
    source: str
    note: str | None
    in_force: bool
    fed: bool
    derived: bool
    state: State


@dataclass(frozen=True, slots=True)
class Met:
    """How many of a region's own targets of a year are met, and how many still wait for a realisation."""

    period: str
    met: int
    total: int
    waiting: int


def targets_for(
    catalogue: Catalogue, indicator: Indicator, region: str, fed: Iterable[Observation], at: Period | None = None
) -> list[EffectiveTarget]:
    """List every target that concerns `region`, ordered by period, series and precedence.

    `fed` are current target observations (others are passed over), `at` is the period of the realisation shown;
    without one no target is due and all those in force count as future.
    """
    found = _once([*_fed(catalogue, indicator, region, fed), *_declared(catalogue, indicator, region)])
    found += target_path(indicator, found)
    ordered = sorted(found, key=lambda each: (each.period, each.series, _precedence(catalogue, each)))
    taken: set[tuple[str, str]] = set()
    told = []
    for each in ordered:
        state = _state(indicator, each, at)
        key = (_key_period(indicator, each.period), each.series)
        if each.in_force and state != "statement":
            state = "overridden" if key in taken else state
            taken.add(key)
        told.append(replace(each, state=state))
    return told


def _once(targets: Iterable[EffectiveTarget]) -> list[EffectiveTarget]:
    """Drop what a plan says twice, in the catalogue and in a file; the first stays."""
    kept: dict[tuple[str | None, str, str, str, str], EffectiveTarget] = {}
    for each in targets:
        value = each.value.casefold() if isinstance(each.value, str) else str(each.value.normalize())
        kept.setdefault((each.plan, each.owner, each.period.code, each.series, value), each)
    return list(kept.values())


def due_target(
    catalogue: Catalogue, indicator: Indicator, observation: Observation, fed: Iterable[Observation]
) -> EffectiveTarget | None:
    """Return the one target of the observation's own region, series and period that an achievement may use."""
    listed = targets_for(catalogue, indicator, observation.region, fed, observation.period)
    return next((each for each in listed if each.state == "due" and each.series == observation.series), None)


def target_path(indicator: Indicator, targets: Sequence[EffectiveTarget]) -> list[EffectiveTarget]:
    """Derive a plan's straight path for the years between two that it prints, where the catalogue declares it.

    Values are rounded to the indicator's decimals, as a plan prints them, so that the shown target is the one used.
    """
    if not indicator.target_path:
        return []
    plans: dict[tuple[str, str, str], dict[int, EffectiveTarget]] = {}
    for each in sorted(targets, key=lambda target: target.fed):  # a fed value replaces the shipped one of its year
        if each.plan and each.kind != "pernyataan" and each.period.kind == "year" and isinstance(each.value, Decimal):
            plans.setdefault((each.plan, each.owner, each.series), {})[each.period.end.year] = each
    return [
        step for years in plans.values() for pair in pairwise(sorted(years)) for step in _steps(indicator, years, pair)
    ]


def _steps(indicator: Indicator, years: dict[int, EffectiveTarget], pair: tuple[int, int]) -> Iterator[EffectiveTarget]:
    start, end = pair
    low, high = Fraction(years[start].value), Fraction(years[end].value)
    for year in range(start + 1, end):
        exact = low + (high - low) * Fraction(year - start, end - start)
        units = math.floor(exact * 10**indicator.decimals + Fraction(1, 2))
        value = Decimal(units).scaleb(-indicator.decimals)
        yield replace(years[start], period=from_code(str(year)), value=value, page=None, derived=True)


def _lineage(catalogue: Catalogue, region: str) -> list[str]:
    """Return the region and the parents it may borrow from; a subject borrows from none."""
    chain = [region]
    here = catalogue.region.get(region)
    while here and here.parent and here.level != "subject":
        chain.append(here.parent)
        here = catalogue.region.get(here.parent)
    return chain


def _declared(catalogue: Catalogue, indicator: Indicator, region: str) -> Iterator[EffectiveTarget]:
    lineage = _lineage(catalogue, region)
    for each in indicator.targets:
        if each.region == region or (each.applies_below and each.region in lineage):
            yield _from_target(indicator, region, each, catalogue.plan[each.plan])


def _from_target(indicator: Indicator, region: str, target: Target, plan: Plan) -> EffectiveTarget:
    return EffectiveTarget(
        indicator=indicator.id,
        region=region,
        owner=target.region,
        lent=target.region != region,
        series=target.series or indicator.default_series,
        period=from_code(target.period),
        value=target.value,
        kind=plan.kind,
        plan=plan.id,
        document=plan.document,
        version=plan.version,
        page=target.page,
        source=target.source,
        note=target.note,
        in_force=plan.in_force,
        fed=False,
        derived=False,
        state="future",
    )


def _fed(
    catalogue: Catalogue, indicator: Indicator, region: str, fed: Iterable[Observation]
) -> Iterator[EffectiveTarget]:
    for each in fed:
        if (each.kind, each.indicator, each.region) != ("target", indicator.id, region):
            continue
        value = each.value if each.value is not None else each.category
        if value is not None:
            yield _from_observation(catalogue, each, value)


def _from_observation(catalogue: Catalogue, fed: Observation, value: Decimal | str) -> EffectiveTarget:
    """Read a fed target; without a known plan, or marked doubtful, it is only a statement."""
    plan = catalogue.plan.get(fed.plan or "")
    publication = catalogue.publication.get(fed.publication)
    title = publication.title if publication else fed.publication
    sound = plan is not None and "doubtful" not in fed.marks
    return EffectiveTarget(
        indicator=fed.indicator,
        region=fed.region,
        owner=fed.region,
        lent=False,
        series=fed.series,
        period=fed.period,
        value=value,
        kind=plan.kind if plan and sound else "pernyataan",
        plan=plan.id if plan else None,
        document=plan.document if plan else title,
        version=plan.version if plan else "",
        page=None,
        source=publication.url if publication else title,
        note=fed.note,
        in_force=bool(plan and plan.in_force and sound),
        fed=True,
        derived=False,
        state="future",
    )


def _precedence(catalogue: Catalogue, target: EffectiveTarget) -> tuple[int, bool, int, bool, str, str]:
    """Order targets of one period: own before lent, printed before derived, RPJMD first, fed before shipped."""
    distance = _lineage(catalogue, target.region).index(target.owner)
    rank = get_args(PlanKind).index(target.kind)
    return (distance, target.derived, rank, not target.fed, target.plan or "", str(target.value))


def _key_period(indicator: Indicator, period: Period) -> str:
    """Return the period's code; a year means the declared month of an annual figure (Sakernas: August)."""
    if period.kind == "year" and indicator.month:
        return f"{period.code}-{indicator.month:02d}"
    return period.code


def _state(indicator: Indicator, target: EffectiveTarget, at: Period | None) -> State:
    if target.kind == "pernyataan":
        return "statement"
    if not target.in_force:
        return "expired"
    if at is None:
        return "future"
    if _key_period(indicator, target.period) == _key_period(indicator, at):
        return "due"
    return "future" if target.period.end > at.end else "expired"
