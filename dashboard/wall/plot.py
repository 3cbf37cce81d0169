"""The line of an index on its scale of 1 to 5, as shares of a box: broken where figures cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from dashboard.formatting import shown
from dashboard.indicator_story import Line, Point, Story
from dashboard.urls import Lang
from dashboard.wall import moves
from dashboard.wall.content import Cut, Dot
from dashboard.wall.view import View
from etl.catalogue.reference import Scheme

TOP = Decimal(5)


def word(scheme: Scheme, level: int, lang: Lang) -> str:
    """Return a predicate without the second word that Pemdi puts in brackets."""
    return scheme.bands[level - 1].label.get(lang).split(" (")[0]


def lines_of(view: View, story: Story) -> list[list[Dot]]:
    """Return the segments of all series by year; series, breaks, gaps and points that may not be drawn part them."""
    parts = [part for line in story.own for part in _parts(view, line)]
    years = [point.shown.period.end.year for part in parts for point in part]
    if not years:
        return []
    first, span, bottom = min(years), max(years) - min(years), _bottom(view, story)

    def dot(point: Point) -> Dot:
        year = point.shown.period.end.year
        return {
            "x": round((year - first) / span, 4) if span else 0.5,
            "y": _height(point.value or Decimal(0), bottom),
            "label": moves.when(point.shown.period.code, view.lang),
            "value": shown(story.indicator, point.shown, view.lang),
        }

    return [[dot(point) for point in part] for part in parts]


def cuts_of(view: View, story: Story, scheme: Scheme | None) -> list[Cut]:
    """Return where each predicate of the instrument of the latest value begins; none without a value."""
    if scheme is None or story.latest is None:
        return []
    bottom = _bottom(view, story)
    return [
        {"y": _height(max(each.low or bottom, bottom), bottom), "label": word(scheme, level, view.lang)}
        for level, each in enumerate(scheme.bands, 1)
    ]


def drawn(view: View, line: Line) -> list[Point]:
    """Return the points of a line that may be drawn."""
    return [point for part in _parts(view, line) for point in part]


def _parts(view: View, line: Line) -> Iterator[list[Point]]:
    """Break what is drawn for guests at figures in dispute too."""
    for segment in line.drawn:
        for hidden, points in groupby(segment, key=lambda each: view.guest and bool(each.rivals)):
            if not hidden:
                yield list(points)


def _bottom(view: View, story: Story) -> Decimal:
    """Return where the scale begins: at 1, or at 0 where the older instrument gave less than 1."""
    values = [point.value for line in story.own for point in drawn(view, line) if point.value is not None]
    return Decimal(1) if min(values, default=Decimal(1)) >= 1 else Decimal(0)


def _height(value: Decimal, bottom: Decimal) -> float:
    return round(float((TOP - value) / (TOP - bottom)), 4)
