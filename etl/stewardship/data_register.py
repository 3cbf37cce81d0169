"""Daftar Data: what each office owes, cell by cell, and how much of it is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Office
from etl.stewardship.obligation import Obligation, is_promised, responsible

Cell = tuple[str, str, str, str]  # indicator, series, region, period


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of a feed is there. Cells are regions times periods that were due, of one indicator.

    `indicator` is None for records, which have no cells: their periods are counted.
    """

    feed: str
    office: Office | None
    indicator: str | None
    filled: int
    owed: int


def regions_owed(catalogue: Catalogue, feed: Feed, home: str) -> tuple[str, ...]:
    """Return the codes of the regions that a feed owes figures for: its regency, or all of a level below it."""
    base = feed.region or home
    if catalogue.region[base].level == feed.level:
        return (base,)
    below, found = {base}, list[str]()
    for each in catalogue.regions:  # parents come before their children
        if each.parent in below:
            below.add(each.code)
            found += [each.code] if each.level == feed.level else []
    return tuple(found)


def periods_owed(owed: Sequence[Obligation]) -> tuple[str, ...]:
    """Return the codes of the periods that are there or should be."""
    return tuple(each.period.code for each in owed if each.received is not None or each.state == "late")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of all cells that are owed, to ask the warehouse for at once."""

    indicators: frozenset[str]
    regions: frozenset[str]
    periods: frozenset[str]


def cells_wanted(catalogue: Catalogue, home: str, owed: Mapping[str, Sequence[Obligation]]) -> Wanted:
    """Return which indicators, regions and periods have cells that are owed."""
    feeds = [catalogue.feed[name] for name in owed]
    return Wanted(
        frozenset(each for feed in feeds for each in feed.indicators),
        frozenset(code for feed in feeds if feed.indicators for code in regions_owed(catalogue, feed, home)),
        frozenset(code for each in owed.values() for code in periods_owed(each)),
    )


def holdings(
    catalogue: Catalogue, home: str, owed: Mapping[str, Sequence[Obligation]], cells: Collection[Cell]
) -> list[Holding]:
    """Return what is there of each promised feed, by office, feed and indicator; `cells` are those with a figure."""
    found: list[Holding] = []
    for feed in catalogue.feeds:
        if is_promised(feed):
            office = responsible(catalogue, feed, home)
            found += _held(catalogue, feed, office, home, owed.get(feed.id, ()), cells)
    return sorted(found, key=lambda each: (each.office is None, each.office.short if each.office else ""))


def _held(
    catalogue: Catalogue,
    feed: Feed,
    office: Office | None,
    home: str,
    owed: Sequence[Obligation],
    cells: Collection[Cell],
) -> list[Holding]:
    periods = periods_owed(owed)
    if not feed.indicators:
        came = sum(each.received is not None for each in owed)
        return [Holding(feed.id, office, None, came, len(periods))]
    regions, series = set(regions_owed(catalogue, feed, home)), feed.defaults.get("series")
    wanted = len(regions) * len(periods)
    there: dict[str, set[tuple[str, str]]] = {each: set() for each in feed.indicators}
    for indicator, each, region, period in cells:
        if indicator in there and series in (None, each) and region in regions and period in periods:
            there[indicator].add((region, period))
    return [Holding(feed.id, office, name, len(pairs), wanted) for name, pairs in there.items()]
