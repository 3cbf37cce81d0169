"""Direct labels: placed where they cover neither each other nor a mark, at every width the figure may have.

Labels are placed in the order given, the important ones first. One that finds no room is left out: the pointer and
the table still tell it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Literal, NamedTuple

from dashboard.figures.canvas import Canvas, Plot

Anchor = Literal["left", "center", "right"]
CROSSED, INVERTED, DEAREST, SHORTENED = 20.0, 60.0, 56.0, 15.0


class Box(NamedTuple):
    """A rectangle on the canvas, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside a point, in the figure's units; `mark` ones stand below or above it, others after it.

    `short` is written where the text finds no room.
    """

    x: float
    y: float
    text: str
    colour: str
    bold: bool = False
    mark: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a label: its anchor and shift from the point in pixels (up is positive), and what it costs."""

    anchor: Anchor
    aside: float
    up: float
    cost: float


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something at a point, `wide` and `tall` in pixels; `cost` None must not be covered."""

    x: float
    y: float
    wide: float
    tall: float
    cost: float | None = None


Segment = tuple[float, float, float, float]
Placed = tuple[Label, Spot]


def place_labels(
    labels: Sequence[Label], plot: Plot, obstacles: Sequence[Obstacle] = (), lines: Sequence[Segment] = ()
) -> list[Placed]:
    """Return the labels that find room, each with its spot; the figures' lines are crossed only where it must be."""
    placed: list[Placed] = []
    for label in labels:
        found = [
            (cost + handicap, replace(label, text=words), spot)
            for words, handicap in ((label.text, 0.0), (label.short, SHORTENED))
            if words
            for cost, spot in _best_spot(replace(label, text=words), plot, placed, obstacles, lines)
        ]
        if found:
            _, written, spot = min(found, key=lambda each: each[0])
            placed.append((written, spot))
    return placed


def _best_spot(
    label: Label, plot: Plot, placed: Sequence[Placed], obstacles: Sequence[Obstacle], lines: Sequence[Segment]
) -> list[tuple[float, Spot]]:
    """Return the cheapest spot with its cost; none where there is no room, or only at too high a cost."""
    best: list[tuple[float, Spot]] = []
    dearest = inf if label.bold or label.mark else DEAREST
    for spot in sorted(_spots(label, plot.canvas), key=lambda each: each.cost):
        if best and spot.cost >= best[0][0]:
            break
        if _fits(label, spot, plot, placed, obstacles):
            cost = spot.cost + _covered(label, spot, plot, placed, obstacles, lines)
            best = [(cost, spot)] if cost <= dearest and (not best or cost < best[0][0]) else best
    return best


def _spots(label: Label, canvas: Canvas) -> Iterator[Spot]:
    """Yield the places near a point, none so far that a reader would take the label for another's."""
    reach = 5 if label.mark else 8
    for step in range(-reach, reach + 1):
        up, far = step * canvas.line / 4, abs(step) * 3.0
        if abs(step) >= 4:
            yield Spot("center", 0, up, far - (12 if label.mark else 0) + (0 if step < 0 else 0.5))
            yield Spot("right", 14, up, far + 1 - (10 if label.mark else 0))
            yield Spot("left", -14, up, far + 2 - (10 if label.mark else 0))
        yield Spot("left", 18 if label.mark else 10, up, far + (4 if label.mark else 0))
        yield Spot("right", -18 if label.mark else -10, up, far + (5 if label.mark else 9))


def box_of(label: Label, spot: Spot, plot: Plot, width: int) -> Box:
    """Return the box a label covers at a width of the canvas."""
    wide = plot.canvas.measure(label.text, label.bold) + 2
    x, y = plot.across(label.x, width) + spot.aside, plot.down(label.y) - spot.up
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[spot.anchor]
    half = plot.canvas.line / 2
    return Box(left, y - half, left + wide, y + half)


def obstacle_box(each: Obstacle, plot: Plot, width: int) -> Box:
    """Return the box an obstacle covers at a width of the canvas."""
    x, y = plot.across(each.x, width), plot.down(each.y)
    return Box(x - each.wide / 2, y - each.tall / 2, x + each.wide / 2, y + each.tall / 2)


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share more than an edge."""
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _fits(label: Label, spot: Spot, plot: Plot, placed: Sequence[Placed], obstacles: Sequence[Obstacle]) -> bool:
    for width in plot.canvas.widths:
        box = box_of(label, spot, plot, width)
        if box.left < 1 or box.right > width - 1 or box.top < 1 or box.bottom > plot.floor:
            return False
        if any(overlap(box, box_of(*other, plot, width)) for other in placed):
            return False
        if any(each.cost is None and overlap(box, obstacle_box(each, plot, width)) for each in obstacles):
            return False
    return True


def _covered(
    label: Label,
    spot: Spot,
    plot: Plot,
    placed: Sequence[Placed],
    obstacles: Sequence[Obstacle],
    lines: Sequence[Segment],
) -> float:
    """Return what a spot costs for the points and lines it covers and the order of labels it upsets.

    Two of the widths stand for all: looking at each would take too long.
    """
    return max(_covered_at(width, label, spot, plot, placed, obstacles, lines) for width in plot.canvas.widths[1::3])


def _covered_at(
    width: int,
    label: Label,
    spot: Spot,
    plot: Plot,
    placed: Sequence[Placed],
    obstacles: Sequence[Obstacle],
    lines: Sequence[Segment],
) -> float:
    box = box_of(label, spot, plot, width)
    cost = sum(each.cost for each in obstacles if each.cost and overlap(box, obstacle_box(each, plot, width)))
    for x, y, x2, y2 in lines:
        ends = plot.across(x, width), plot.down(y), plot.across(x2, width), plot.down(y2)
        cost += CROSSED if _crosses(box, *ends) else 0
    for other, its in placed:
        if other.mark or label.mark or abs(plot.across(label.x, width) - plot.across(other.x, width)) > 12:
            continue
        mine, theirs = plot.down(label.y) - spot.up, plot.down(other.y) - its.up
        cost += INVERTED if (mine - theirs) * (other.y - label.y) < 0 else 0
    return cost


def _crosses(box: Box, x: float, y: float, x2: float, y2: float) -> bool:
    """Tell whether a line from one point to another enters a box (Liang and Barsky)."""
    enters, leaves = 0.0, 1.0
    for start, step, low, high in ((x, x2 - x, box.left, box.right), (y, y2 - y, box.top, box.bottom)):
        if step == 0:
            if not low < start < high:
                return False
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        enters, leaves = max(enters, near), min(leaves, far)
    return enters < leaves


def as_annotations(placed: Sequence[Placed], size: int) -> list[dict[str, Any]]:
    """Return placed labels as plotly annotations."""
    return [
        {
            "x": label.x,
            "y": label.y,
            "xshift": spot.aside,
            "yshift": spot.up,
            "xanchor": spot.anchor,
            "yanchor": "middle",
            "text": f"<b>{label.text}</b>" if label.bold else label.text,
            "font": {"color": label.colour, "size": size},
            "bgcolor": "rgba(255,255,255,0.72)",
            "borderpad": 0,
            "showarrow": False,
        }
        for label, spot in placed
    ]
