"""Direct labels: placed where they cover neither each other nor a mark, at every width the figure may have.

Labels are placed in the order given, the important ones first. One that finds no room is left out: the pointer and
the table still tell it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any, Literal, NamedTuple

from dashboard.charts.canvas import Canvas, Plot

Anchor = Literal["left", "center", "right"]
CROSSED, INVERTED, DEAREST, SHORTENED = 30.0, 60.0, 64.0, 12.0


class Box(NamedTuple):
    """A rectangle on the canvas, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside a point, in the figure's units; `mark` ones stand below or above it, others after it.

    `needed` ones stand wherever there is room; `shorter` texts are written where the text itself finds no good place.
    """

    x: float
    y: float
    text: str
    colour: str
    bold: bool = False
    mark: bool = False
    needed: bool = False
    shorter: tuple[str, ...] = ()


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


@dataclass(slots=True)
class Surface:
    """What stands on a plot, in pixels at each of its widths; two of these stand for all where costs are told."""

    plot: Plot
    taken: dict[int, list[Box]]
    dear: dict[int, list[tuple[float, Box]]]
    lines: dict[int, list[Segment]]
    placed: list[Placed] = field(default_factory=list)

    def take(self, label: Label, spot: Spot) -> None:
        """Put a label where nothing else may stand from now on."""
        self.placed.append((label, spot))
        wide = self.plot.canvas.measure(label.text, label.bold)
        for width, boxes in self.taken.items():
            boxes.append(box_of(label, spot, wide, self.plot, width))


def surface(plot: Plot, obstacles: Sequence[Obstacle], lines: Sequence[Segment]) -> Surface:
    """Return a plot with its obstacles and lines on it."""
    widths = plot.canvas.widths
    costs = [(each, each.cost) for each in obstacles if each.cost is not None]
    return Surface(
        plot,
        {width: [obstacle_box(each, plot, width) for each in obstacles if each.cost is None] for width in widths},
        {width: [(cost, obstacle_box(each, plot, width)) for each, cost in costs] for width in widths[1::3]},
        {
            width: [
                (plot.across(x, width), plot.down(y), plot.across(x2, width), plot.down(y2)) for x, y, x2, y2 in lines
            ]
            for width in widths[1::3]
        },
    )


def place_labels(
    labels: Sequence[Label], plot: Plot, obstacles: Sequence[Obstacle] = (), lines: Sequence[Segment] = ()
) -> list[Placed]:
    """Return the labels that find room, each with its spot; the figures' lines are crossed only where it must be."""
    sheet = surface(plot, obstacles, lines)
    for label in labels:
        found = [
            (cost + rank * SHORTENED, replace(label, text=words), spot)
            for rank, words in enumerate((label.text, *label.shorter))
            for cost, spot in _best_spot(replace(label, text=words), sheet)
        ]
        if found:
            _, written, spot = min(found, key=lambda each: each[0])
            sheet.take(written, spot)
    return sheet.placed


def _best_spot(label: Label, sheet: Surface) -> list[tuple[float, Spot]]:
    """Return the cheapest spot with its cost; none where there is no room, or only at too high a cost."""
    best: list[tuple[float, Spot]] = []
    dearest = inf if label.needed else DEAREST
    wide = sheet.plot.canvas.measure(label.text, label.bold)
    for spot in sorted(_spots(label, sheet.plot.canvas), key=lambda each: each.cost):
        if best and spot.cost >= best[0][0]:
            break
        if _fits(label, spot, wide, sheet):
            cost = spot.cost + max(_cost_at(width, label, spot, wide, sheet) for width in sheet.dear)
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


def box_of(label: Label, spot: Spot, wide: float, plot: Plot, width: int) -> Box:
    """Return the box that a label, `wide` pixels wide, covers at a width of the canvas."""
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


def _fits(label: Label, spot: Spot, wide: float, sheet: Surface) -> bool:
    for width, boxes in sheet.taken.items():
        box = box_of(label, spot, wide, sheet.plot, width)
        if box.left < 1 or box.right > width - 1 or box.top < 1 or box.bottom > sheet.plot.floor:
            return False
        if any(overlap(box, each) for each in boxes):
            return False
    return True


def _cost_at(width: int, label: Label, spot: Spot, wide: float, sheet: Surface) -> float:
    """Return what a spot costs for the points and lines it covers and the order of labels it upsets."""
    box, plot = box_of(label, spot, wide, sheet.plot, width), sheet.plot
    cost = sum(each for each, covered in sheet.dear[width] if overlap(box, covered))
    cost += CROSSED * sum(_crosses(box, *line) for line in sheet.lines[width])
    for other, its in sheet.placed:
        if other.mark or label.mark or abs(plot.across(label.x, width) - plot.across(other.x, width)) > 12:
            continue
        mine, theirs = plot.down(label.y) - spot.up, plot.down(other.y) - its.up
        cost += INVERTED if (mine - theirs) * (other.y - label.y) < 0 else 0
    return cost


def _crosses(box: Box, x: float, y: float, x2: float, y2: float) -> bool:
    """Tell whether a line from one point to another enters a box (Liang and Barsky)."""
    if max(x, x2) <= box.left or min(x, x2) >= box.right or max(y, y2) <= box.top or min(y, y2) >= box.bottom:
        return False
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
