"""What concerns people enough to be told at once: failures, lateness, returned rows, beda data, fallen bands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from etl.catalogue.models import Catalogue
from etl.catalogue.period import Period, from_code, label
from etl.measures.achievement import band
from etl.measures.conflict import resolve
from etl.measures.observation import Attempt, Contest, Observation
from etl.measures.valuation import ACHIEVEMENT_SCHEME, valuate
from etl.stewardship.desk import Desk, Returned
from etl.stewardship.feed_status import promise_words
from etl.stewardship.obligation import responsible

AlertKind = Literal["failed", "late", "returned", "conflict", "band"]


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that stands open under a key, in one Indonesian line; a greater `weight` means that it got worse."""

    key: str
    kind: AlertKind
    text: str
    weight: int = 1


def failures(catalogue: Catalogue, last: Mapping[str, Attempt | None]) -> Iterator[Alert]:
    """Give the feeds whose last attempt failed."""
    for feed in catalogue.feeds:
        attempt = last.get(feed.id)
        if attempt is not None and attempt.outcome == "failed":
            yield Alert(
                f"failed:{feed.id}", "failed", f"{feed.name.id} gagal diterima. {attempt.message or ''}".strip()
            )


def lateness(desk: Desk) -> Iterator[Alert]:
    """Give the feeds that are late, heavier with each period that is missing."""
    for name, owed in desk.owed.items():
        late = [each for each in owed if each.state == "late" and each.judged]
        words = promise_words(late)
        if words is not None:
            feed = desk.catalogue.feed[name]
            office = responsible(desk.catalogue, feed, desk.home)
            who = f" ({office.short})" if office else ""
            yield Alert(f"late:{name}", "late", f"{feed.name.id}{who}: {words.id}", len(late))


def returns(catalogue: Catalogue, returned: Iterable[Returned]) -> Iterator[Alert]:
    """Give the feeds of which more rows were returned than their limit allows."""
    counts: dict[str, int] = {}
    for each in returned:
        counts[each.feed] = counts.get(each.feed, 0) + each.count
    for name, count in counts.items():
        feed = catalogue.feed.get(name)
        if feed is not None and count > feed.returned_limit:
            limit = f", batasnya {feed.returned_limit}" if feed.returned_limit else ""
            yield Alert(f"returned:{name}", "returned", f"{feed.name.id}: {count} baris dikembalikan{limit}", count)


def conflicts(catalogue: Catalogue, contests: Iterable[Contest]) -> Iterator[Alert]:
    """Give the beda data of public indicators, heavier where the figures fall into different bands."""
    for each in contests:
        if each.reason == "conflict" and each.indicator in catalogue.public:
            name = f"{catalogue.public[each.indicator].short.id} {catalogue.region[each.region].short}"
            text = f"{name}, {label(from_code(each.period), 'id')}" + (" (beda tingkat)" if each.bands_differ else "")
            key = f"conflict:{each.indicator}:{each.region}:{each.period}:{each.kind}"
            yield Alert(key, "conflict", text, 2 if each.bands_differ else 1)


def fallen(catalogue: Catalogue, figures: Iterable[Observation], fed: Sequence[Observation]) -> Iterator[Alert]:
    """Give the public indicators of one region whose newest achievement stands in a lower band than the one before.

    `figures` are its realisations of all sources, `fed` its targets from files. A position is no achievement.
    """
    judged: dict[tuple[str, str], dict[Period, list[Observation]]] = {}
    for each in figures:
        if each.indicator in catalogue.public and each.status != "progress":
            judged.setdefault((each.indicator, each.series), {}).setdefault(each.period, []).append(each)
    for (name, series), periods in judged.items():
        if series != catalogue.public[name].default_series:
            continue
        shown = [resolve(periods[period], catalogue)[0] for period in sorted(periods, reverse=True)]
        worth = [(each, valuate(catalogue, each, fed).raw) for each in shown]
        told = [(each, raw) for each, raw in worth if raw is not None][:2]
        if len(told) == 2 and told[0][0] is shown[0]:
            yield from _fall(catalogue, *told[0], *told[1])


def _fall(catalogue: Catalogue, now: Observation, here: Fraction, old: Observation, there: Fraction) -> Iterator[Alert]:
    scheme = catalogue.scheme[ACHIEVEMENT_SCHEME]
    fallen_to, stood = band(scheme, here), band(scheme, there)
    if fallen_to < stood:
        names = [scheme.bands[each - 1].label.id for each in (stood, fallen_to)]
        periods = [label(each.period, "id") for each in (old, now)]
        indicator = catalogue.public[now.indicator].short.id
        text = f"{indicator}: dari {names[0]} ({periods[0]}) menjadi {names[1]} ({periods[1]})"
        yield Alert(f"band:{now.indicator}:{now.period.code}", "band", text, stood - fallen_to)
