"""Lines of one indicator: the points of a series in a region, joined only where they may be compared.

Pure: records in, records out. Figures of two series, or on two sides of a break or a gap, are never one line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import from_code
from etl.measures.conflict import reason, resolve
from etl.measures.cycle import containing, is_of_round
from etl.measures.observation import Observation
from etl.measures.soundness import weakness


@dataclass(frozen=True, slots=True)
class Point:
    """One period of one series in one region: the figure shown, and the other sources of the same key."""

    shown: Observation
    others: tuple[Observation, ...]
    rivals: tuple[Observation, ...]  # the others that contradict it (beda data)
    near: tuple[Observation, ...] = ()  # the others that differ by too little to mean anything (selisih kecil)

    @property
    def value(self) -> Decimal | None:
        return self.shown.value

    @property
    def weakness(self) -> str:
        """Why the figure is neither a headline nor part of a drawn line; empty for a sound one."""
        return weakness(self.shown)


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one series in one region by period, cut into segments where no line may be drawn."""

    region: str
    series: str
    segments: tuple[tuple[Point, ...], ...]

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for segment in self.segments for point in segment)

    @property
    def drawn(self) -> tuple[tuple[Point, ...], ...]:
        """The segments without weak figures and categories: no line leads to one, or across it."""
        return tuple(
            tuple(points)
            for segment in self.segments
            for joined, points in groupby(segment, key=_may_be_joined)
            if joined
        )

    @property
    def beside(self) -> tuple[Point, ...]:
        """The weak values, which stand beside the drawn line, each for itself."""
        return tuple(point for point in self.points if point.value is not None and point.weakness)


def _may_be_joined(point: Point) -> bool:
    return point.value is not None and not point.weakness


def draw_lines(catalogue: Catalogue, indicator: Indicator, realised: Iterable[Observation]) -> tuple[Line, ...]:
    """Group figures into lines by region and series, resolving several sources of one period.

    A yearly survey's figures of another round, February beside August, are no part of them: they are only listed.
    """
    groups: dict[tuple[str, str], dict[str, list[Observation]]] = {}
    for each in (figure for figure in realised if is_of_round(indicator, figure.period)):
        groups.setdefault((each.region, each.series), {}).setdefault(each.period.code, []).append(each)
    lines = []
    for (region, series), periods in sorted(groups.items()):
        points = sorted((_point(catalogue, group) for group in periods.values()), key=lambda point: point.shown.period)
        lines.append(Line(region, series, _cut(indicator, series, points)))
    return tuple(lines)


def _point(catalogue: Catalogue, group: Sequence[Observation]) -> Point:
    shown, others = resolve(group, catalogue)
    why = {each.id: reason(shown, each, catalogue) for each in others}
    rivals, near = (tuple(each for each in others if why[each.id] == which) for which in ("conflict", "minor"))
    return Point(shown, tuple(others), rivals, near)


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
