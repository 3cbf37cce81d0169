"""What the cells of a template offer: only words that the pipeline resolves, and only those of the feed's own task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from etl.catalogue.feeds import Feed, Frequency
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import fold_name
from etl.catalogue.period import label
from etl.catalogue.record_kinds import ACTION_STATUSES
from etl.measures.cycle import back, containing
from etl.measures.region import resolve_region
from etl.pipeline.identify import indicator_words
from etl.pipeline.normalise import STATUSES
from etl.pipeline.origin import plan_words
from etl.pipeline.record_fields import item_words

LEVELS = {"country", "province", "subject", "regency", "city"}
LOOKBACK: Mapping[Frequency, int] = {"year": 10, "semester": 10, "quarter": 12, "month": 24}


@dataclass(frozen=True, slots=True)
class TemplateTask:
    """Whose template it is: the feed, the catalogue, the home regency and the day it is made."""

    feed: Feed
    catalogue: Catalogue
    home: str
    today: dt.date

    @property
    def indicators(self) -> Sequence[Indicator]:
        """The indicators that its rows may be about: those the office owes, the one that is set, or all."""
        named = self.feed.indicators or tuple(filter(None, [self.feed.defaults.get("indicator")]))
        return [self.catalogue.indicator[each] for each in named] if named else self.catalogue.indicators


def choices(field: str, task: TemplateTask) -> list[str]:
    """List what a field may hold; empty where it is free text."""
    if task.feed.records == "action" and field == "status":
        return list(ACTION_STATUSES)
    offered = OFFERS.get(field)
    return offered(task) if offered else []


def regions_of(task: TemplateTask) -> list[str]:
    """List the codes of the regions that the office sends figures of."""
    feed, regions = task.feed, task.catalogue.regions
    if feed.level == "district":
        return [each.code for each in regions if each.parent == (feed.region or task.home)]
    if feed.region:
        return [feed.region]
    return [each.code for each in regions if each.level in LEVELS]


def _regions(task: TemplateTask) -> list[str]:
    regions = [task.catalogue.region[code] for code in regions_of(task)]
    return [each.name if resolve_region(each.name, task.catalogue) == each.code else each.code for each in regions]


def _indicators(task: TemplateTask) -> list[str]:
    words = indicator_words(task.catalogue.indicators)
    return [each.name.id if words.get(fold_name(each.name.id)) == each.id else each.id for each in task.indicators]


def _series(task: TemplateTask) -> list[str]:
    """Offer series only where all indicators have the same ones: a drop-down cannot follow another cell offline."""
    lists = {tuple(series.name.id for series in each.series) for each in task.indicators}
    return list(lists.pop()) if len(lists) == 1 else []


def _periods(task: TemplateTask) -> list[str]:
    """Offer the periods that have ended, newest first; for targets the years of the plans."""
    if "plan" in task.feed.columns:
        plans = task.catalogue.plans
        return [str(year) for year in sorted({y for each in plans for y in range(each.first_year, each.last_year + 1)})]
    frequency = task.feed.frequency
    if frequency is None or frequency not in LOOKBACK:
        return []
    current = containing(task.today, frequency)
    return [label(back(current, steps, frequency), "id") for steps in range(1, LOOKBACK[frequency] + 1)]


def _plans(task: TemplateTask) -> list[str]:
    words = plan_words(task.catalogue)
    titled = [(f"{each.document} ({each.version})", each.id) for each in task.catalogue.plans]
    return [title if words.get(fold_name(title)) == id_ else id_ for title, id_ in titled]


def _units(task: TemplateTask) -> list[str]:
    return sorted({each.unit for each in task.indicators}, key=str.casefold)


def _statuses(_task: TemplateTask) -> list[str]:
    return [word for word, status in STATUSES.items() if word != status and not word.startswith("angka")]


def _items(task: TemplateTask) -> list[str]:
    known = item_words(task.catalogue)
    named = [
        f"{instrument.indicator} {each.no}. {each.name}"
        for instrument in task.catalogue.instruments
        for each in instrument.indicators
    ]
    return [text for text in named if fold_name(text) in known]


def _categories(task: TemplateTask) -> list[str]:
    orders = {each.score.categories.order if each.score and each.score.categories else () for each in task.indicators}
    return list(orders.pop()) if len(orders) == 1 else []


def _levels(_task: TemplateTask) -> list[str]:
    return ["1", "2", "3", "4", "5"]


OFFERS: Mapping[str, Callable[[TemplateTask], list[str]]] = {
    **{"indicator": _indicators, "series": _series, "region": _regions, "period": _periods, "plan": _plans},
    **{"unit": _units, "status": _statuses, "item": _items, "level": _levels, "value": _categories},
}
