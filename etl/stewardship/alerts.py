"""What concerns people enough to be told at once: failures, lateness, returned rows, beda data, fallen bands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from etl.catalogue.models import Catalogue
from etl.catalogue.period import from_code, label
from etl.measures.achievement import band
from etl.measures.observation import Attempt, Contest, DimensionScore, Leaf
from etl.stewardship.desk import Desk, Returned
from etl.stewardship.feed_status import promise_words
from etl.stewardship.obligation import responsible

MatterKind = Literal["failed", "late", "returned", "conflict", "band"]


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that stands open under a key, in one Indonesian line; a greater `weight` means that it got worse."""

    key: str
    kind: MatterKind
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
            text = f"{name}, {label(from_code(each.period), 'id')}" + (
                " (beda tingkat)" if each.bands_differ else ""
            )
            key = f"conflict:{each.indicator}:{each.region}:{each.period}:{each.kind}"
            yield Alert(key, "conflict", text, 2 if each.bands_differ else 1)


def fallen(catalogue: Catalogue, trees: Iterable[DimensionScore]) -> Iterator[Alert]:
    """Give the indicators whose newest figure stands in a lower band than the one before, by one series and basis.

    `trees` are the scores of one region in all periods.
    """
    ordered = sorted(trees, key=lambda each: from_code(each.period), reverse=True)
    newest = {leaf.indicator: leaf for tree in ordered if tree.period == ordered[0].period for leaf in tree.leaves}
    before: dict[str, Leaf] = {}
    for leaf in (leaf for tree in ordered for leaf in tree.leaves):
        now = newest.get(leaf.indicator)
        if now is not None and leaf.score is not None and leaf.period != now.period:
            before.setdefault(leaf.indicator, leaf)
    for name, leaf in newest.items():
        matter = _fall(catalogue, leaf, before[name]) if name in before and name in catalogue.public else None
        if matter is not None:
            yield matter


def _fall(catalogue: Catalogue, leaf: Leaf, old: Leaf) -> Alert | None:
    if leaf.score is None or old.score is None or (leaf.series, leaf.basis) != (old.series, old.basis):
        return None
    scheme = catalogue.scheme["capaian"]
    here, there = band(scheme, leaf.score), band(scheme, old.score)
    if here >= there:
        return None
    names = [scheme.bands[each - 1].label.id for each in (there, here)]
    periods = [label(from_code(each.period or ""), "id") for each in (old, leaf)]
    indicator = catalogue.public[leaf.indicator].short.id
    text = f"{indicator}: dari {names[0]} ({periods[0]}) menjadi {names[1]} ({periods[1]})"
    return Alert(f"band:{leaf.indicator}:{leaf.period}", "band", text, there - here)
