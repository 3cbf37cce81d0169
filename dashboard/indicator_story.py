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

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import from_code
from etl.measures.conflict import reason, resolve
from etl.measures.cycle import containing
from etl.measures.effective_targets import EffectiveTarget, targets_for
from etl.measures.freshness import Freshness, due
from etl.measures.observation import Observation
from etl.measures.valuation import Valuation, valuate

WEAK = {"doubtful", "claim"}


@dataclass(frozen=True, slots=True)
class Point:
    """One period of one series in one region: the figure shown, and the other sources of the same key."""

    shown: Observation
    others: tuple[Observation, ...]
    rivals: tuple[Observation, ...]  # the others that contradict it (beda data)

    @property
    def value(self) -> Decimal | None:
        return self.shown.value


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one series in one region by period, cut into segments where no line may be drawn."""

    region: str
    series: str
    segments: tuple[tuple[Point, ...], ...]

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for segment in self.segments for point in segment)


@dataclass(frozen=True, slots=True)
class Move:
    """The change of a value since an earlier comparable one; `good` is None where no direction is better."""

    difference: Decimal
    since: Point
    good: bool | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """A place among regions for one period, or who or what withholds it."""

    place: int | None
    of: int
    missing: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


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

    @property
    def own(self) -> tuple[Line, ...]:
        """The region's own lines, one per series."""
        return tuple(line for line in self.lines if line.region == self.region)

    @property
    def main(self) -> Line | None:
        """The line the headline speaks of."""
        return next((line for line in self.own if self.latest and line.series == self.latest.shown.series), None)

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
    return Story(
        indicator=indicator,
        region=region,
        lines=lines,
        latest=latest,
        move=move(indicator, line, latest) if line and latest else None,
        worth=valuate(catalogue, latest.shown, fed) if latest else None,
        targets=tuple(targets_for(catalogue, indicator, region, fed, at)),
        freshness=due(catalogue, indicator, at, today),
        ranking=rank_values(indicator, lines, latest, regencies) if latest else None,
        today=today,
    )


def draw_lines(catalogue: Catalogue, indicator: Indicator, realised: Iterable[Observation]) -> tuple[Line, ...]:
    """Group figures into lines by region and series, resolving several sources of one period."""
    groups: dict[tuple[str, str], dict[str, list[Observation]]] = {}
    for each in realised:
        groups.setdefault((each.region, each.series), {}).setdefault(each.period.code, []).append(each)
    lines = []
    for (region, series), periods in sorted(groups.items()):
        points = sorted((_point(catalogue, group) for group in periods.values()), key=lambda point: point.shown.period)
        lines.append(Line(region, series, _cut(indicator, series, points)))
    return tuple(lines)


def _point(catalogue: Catalogue, group: Sequence[Observation]) -> Point:
    shown, others = resolve(group, catalogue)
    rivals = tuple(each for each in others if reason(shown, each, catalogue) == "conflict")
    return Point(shown, tuple(others), rivals)


def _cut(indicator: Indicator, series: str, points: Sequence[Point]) -> tuple[tuple[Point, ...], ...]:
    segments: list[list[Point]] = [[point] for point in points[:1]]
    for before, after in pairwise(points):
        if _joined(indicator, series, before, after):
            segments[-1].append(after)
        else:
            segments.append([after])
    return tuple(tuple(segment) for segment in segments)


def _joined(indicator: Indicator, series: str, before: Point, after: Point) -> bool:
    """Tell whether two neighbours follow each other without a gap or a break of the method."""
    first, second = before.shown.period, after.shown.period
    step = containing(containing(first.end, indicator.frequency).end + dt.timedelta(days=1), indicator.frequency)
    return containing(second.end, indicator.frequency) == step and comparable(indicator, series, before, after)


def comparable(indicator: Indicator, series: str, before: Point, after: Point) -> bool:
    """Tell whether two figures of one series may be compared: same kind of period, same ground, no break between them.

    Cumulative figures compare only at the same point of the year; one with IKN says nothing against one without.
    """
    if ("ikn_included" in before.shown.marks) != ("ikn_included" in after.shown.marks):
        return False
    first, second = before.shown.period, after.shown.period
    breaks = [from_code(code).start for each in indicator.series if each.id == series for code in each.breaks]
    if first.kind != second.kind or any(first.end < cut <= second.end for cut in breaks):
        return False
    return not indicator.cumulative or (first.end.month, first.end.day) == (second.end.month, second.end.day)


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
    return point.shown.status != "progress" and not WEAK & point.shown.marks


def move(indicator: Indicator, line: Line, latest: Point) -> Move | None:
    """Return the change since the newest earlier comparable figure, or None."""
    for before in reversed(line.points):
        if before.shown.period >= latest.shown.period or not comparable(indicator, line.series, before, latest):
            continue
        if before.value is None or latest.value is None or WEAK & before.shown.marks:
            continue
        difference = latest.value - before.value
        return Move(difference, before, is_good(indicator, difference))
    return None


def is_good(indicator: Indicator, difference: Decimal) -> bool | None:
    """Tell whether a change is for the better; None where it is none or no direction is better."""
    if not difference or indicator.direction not in ("higher", "lower"):
        return None
    return (difference > 0) == (indicator.direction == "higher")


def rank_values(indicator: Indicator, lines: Sequence[Line], latest: Point, regencies: Sequence[str]) -> Ranking | None:
    """Rank the regencies in the latest period, 1 for the best; None where no direction is better.

    Withheld unless all have a sound figure of that series and period, and none of them is in dispute.
    """
    if indicator.direction not in ("higher", "lower") or latest.value is None:
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
    values = [sign * point.value for point in found.values() if point.value is not None]
    return Ranking(1 + sum(each > sign * latest.value for each in values), len(regencies))


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
