"""What the figures of one indicator say about a region: lines, latest value, change, target, place among the three.

Pure: records in, records out. Figures of two series, or on two sides of a break or a gap, are never one line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from dashboard.lines import Line as Line
from dashboard.lines import Point as Point
from dashboard.lines import comparable as comparable
from dashboard.lines import draw_lines as draw_lines
from etl.catalogue.models import Catalogue, Indicator
from etl.measures.effective_targets import EffectiveTarget, targets_for
from etl.measures.freshness import Freshness, due
from etl.measures.materiality import is_crossing, is_firm, is_minor
from etl.measures.observation import Observation
from etl.measures.soundness import WEAK, is_unsure
from etl.measures.valuation import Valuation, valuate

Withheld = Literal["", "disputed", "unsure"]


@dataclass(frozen=True, slots=True)
class Move:
    """The change of a value since an earlier comparable one; `good` is None where no direction is better.

    `minor` means too little to mean anything (selisih kecil); not `firm`: a survey's difference that its sampling error
    may have made. Both are listed without colour, verb and headline, so `good` is None.
    """

    difference: Decimal
    since: Point
    good: bool | None
    minor: bool = False
    firm: bool = True

    @property
    def is_told(self) -> bool:
        """Tell whether the change may be said with a verb of direction."""
        return self.firm and not self.minor


@dataclass(frozen=True, slots=True)
class Ranking:
    """A place among regions for one period, or who or what withholds it."""

    place: int | None
    of: int
    missing: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    close: bool = False  # values that do not differ by more than what is material, or than their sampling error
    expired: bool = False  # figures that are too old to be counted


@dataclass(frozen=True, slots=True)
class Replaced:
    """A version of a figure, and the one that took its place."""

    old: Observation
    new: Observation


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the page of an indicator says about one region."""

    indicator: Indicator
    region: str
    lines: tuple[Line, ...]
    latest: Point | None
    move: Move | None
    worth: Valuation | None
    targets: tuple[EffectiveTarget, ...]
    freshness: Freshness | None
    ranking: Ranking | None
    today: dt.date
    withheld: Withheld = ""  # why a change that there is may not be told

    @property
    def own(self) -> tuple[Line, ...]:
        """The region's own lines, one per series."""
        return tuple(line for line in self.lines if line.region == self.region)

    @property
    def main(self) -> Line | None:
        """The line the headline speaks of."""
        return next((line for line in self.own if self.latest and line.series == self.latest.shown.series), None)

    @property
    def moves(self) -> bool:
        """Tell whether there is a change to speak of, told or withheld."""
        return self.move is not None or bool(self.withheld)

    @property
    def has_earlier(self) -> bool:
        """Tell whether the region has any figure of before the latest, comparable with it or not."""
        latest = self.latest
        return latest is not None and any(
            point.shown.period < latest.shown.period for line in self.own for point in line.points
        )

    @property
    def achievement(self) -> Fraction | None:
        """Realisation against the target of the same period and series, in percent; None without one."""
        return self.worth.raw if self.worth and self.worth.basis == "target" else None


def tell(
    catalogue: Catalogue,
    indicator: Indicator,
    region: str,
    realised: Iterable[Observation],
    fed: Sequence[Observation],
    regencies: Sequence[str],
    today: dt.date,
) -> Story:
    """Tell the story of an indicator in a region from all its current realisations (any region) and fed targets."""
    lines = draw_lines(catalogue, indicator, realised)
    line = headline_line(indicator, [each for each in lines if each.region == region])
    latest = newest(line.points) if line else None
    at = latest.shown.period if latest else None
    moved = move(catalogue, indicator, line, latest, fed) if line and latest else None
    fresh = due(catalogue, indicator, at, today, latest.shown.producer if latest else None)
    ranking = rank_values(catalogue, indicator, lines, latest, regencies) if latest else None
    if ranking and fresh and fresh.state == "expired":
        ranking = Ranking(None, ranking.of, expired=True)
    withheld = why_withheld(latest, moved.since) if moved and latest else ""
    return Story(
        indicator=indicator,
        region=region,
        lines=lines,
        latest=latest,
        move=None if withheld else moved,
        worth=valuate(catalogue, latest.shown, fed) if latest else None,
        targets=tuple(targets_for(catalogue, indicator, region, fed, at)),
        freshness=fresh,
        ranking=ranking,
        today=today,
        withheld=withheld,
    )


def headline_line(indicator: Indicator, own: Sequence[Line]) -> Line | None:
    """Choose the line of the headline: the declared series, else the one with the newest figure."""
    declared = [line for line in own if line.series == indicator.default_series]
    found = declared or sorted(own, key=lambda line: newest(line.points).shown.period, reverse=True)
    return found[0] if found else None


def newest(points: Sequence[Point]) -> Point:
    """Return the newest sound point; in-year progress, doubtful figures and claims only where nothing else is."""
    return ([point for point in points if is_sound(point)] or list(points))[-1]


def is_sound(point: Point) -> bool:
    """Tell whether the shown figure is neither doubtful, nor a claim, nor of a year still running."""
    return not point.weakness


def is_certain(point: Point) -> bool:
    """Tell whether a category is known to be of its period, so that it may be said since when it has been held."""
    return is_sound(point) and not point.rivals and "year_inferred" not in point.shown.marks


def move(
    catalogue: Catalogue, indicator: Indicator, line: Line, latest: Point, fed: Sequence[Observation]
) -> Move | None:
    """Return the change since the newest earlier comparable figure, or None."""
    earlier = [each for each in reversed(line.points) if _may_compare(indicator, line, each, latest)]
    if not earlier or latest.value is None or earlier[0].value is None:
        return None
    before = earlier[0]
    difference = latest.value - earlier[0].value
    small = bool(difference) and is_minor(catalogue, indicator, latest.value, earlier[0].value)
    crosses = is_crossing(catalogue, latest.shown, before.shown, fed) or _turns_round(difference, earlier)
    minor = small and not crosses
    firm = is_firm(indicator, line.series, difference)
    good = is_good(indicator, difference) if firm and not minor else None
    return Move(difference, before, good, minor, firm)


def _may_compare(indicator: Indicator, line: Line, before: Point, latest: Point) -> bool:
    sound = before.value is not None and not before.shown.marks.intersection(WEAK)
    return sound and before.shown.period < latest.shown.period and comparable(indicator, line.series, before, latest)


def _turns_round(difference: Decimal, earlier: Sequence[Point]) -> bool:
    """Tell whether a change goes against the one before it, which always means something; `earlier` newest first."""
    values = [each.value for each in earlier[:2] if each.value is not None]
    return len(values) == 2 and difference * (values[0] - values[1]) < 0


def why_withheld(latest: Point, before: Point) -> Withheld:
    """Say why a change may not be told: an end is in dispute, or the two may not be of the same year and ground."""
    if is_unsettled(latest, before):
        return "disputed"
    return "unsure" if is_unsure(latest.shown, before.shown) else ""


def is_unsettled(latest: Point, before: Point) -> bool:
    """Tell whether a change is in doubt: an end is in dispute, or another source's figure would turn it round."""
    if latest.rivals or before.rivals:
        return True
    ways = {
        (one.value > other.value) - (one.value < other.value)
        for one in (latest.shown, *latest.near)
        for other in (before.shown, *before.near)
        if one.value is not None and other.value is not None
    }
    return {1, -1} <= ways


def is_good(indicator: Indicator, difference: Decimal) -> bool | None:
    """Tell whether a change is for the better; None where it is none or no direction is better."""
    if not difference or not indicator.judged:
        return None
    return (difference > 0) == (indicator.direction == "higher")


def rank_values(
    catalogue: Catalogue, indicator: Indicator, lines: Sequence[Line], latest: Point, regencies: Sequence[str]
) -> Ranking | None:
    """Rank the regencies in the latest period, 1 for the best; None where neither value is better, and for totals.

    A total tells how large a regency is, so the larger one is no better for it.

    Withheld unless all have a sound figure of that series and period, none of them is in dispute, and the region's own
    differs from each other by more than is material and than sampling may have made.
    """
    if not indicator.judged or indicator.additive or latest.value is None:
        return None
    key = (latest.shown.series, latest.shown.period.code)
    found = {
        line.region: point
        for line in lines
        for point in line.points
        if line.region in regencies
        and (line.series, point.shown.period.code) == key
        and point.value is not None
        and is_sound(point)
    }
    missing = tuple(code for code in regencies if code not in found)
    disputed = tuple(code for code in regencies if code in found and found[code].rivals)
    if missing or disputed or latest.shown.region not in found:
        return Ranking(None, len(regencies), missing, disputed)
    sign = 1 if indicator.direction == "higher" else -1
    own = latest.value
    others = [point.value for code, point in found.items() if code != latest.shown.region and point.value is not None]
    if any(each != own and not differs(catalogue, indicator, key[0], own, each) for each in others):
        return Ranking(None, len(regencies), close=True)
    return Ranking(1 + sum(sign * each > sign * own for each in others), len(regencies))


def differs(catalogue: Catalogue, indicator: Indicator, series: str, one: Decimal, two: Decimal) -> bool:
    """Tell whether two values differ by more than what is material and than sampling may have made."""
    return is_firm(indicator, series, one - two) and not is_minor(catalogue, indicator, one, two)


def replaced_versions(history: Iterable[Observation], vintage: int) -> list[Replaced]:
    """Return the realised figures replaced up to a vintage, newest period first, then the newest version."""
    versions: dict[tuple[str, str, str, str], list[Observation]] = {}
    for each in history:
        if each.kind == "realisation" and each.vintage <= vintage:
            key = (each.period.code, each.series, each.producer, each.publication)
            versions.setdefault(key, []).append(each)
    found = [
        Replaced(old, new)
        for group in versions.values()
        for old, new in pairwise(sorted(group, key=lambda each: each.vintage))
    ]
    return sorted(found, key=lambda each: (each.old.period, each.old.vintage), reverse=True)
