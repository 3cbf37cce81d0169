"""Direct labels: pushed apart so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside a point, in the figure's units."""

    x: float
    y: float
    text: str
    colour: str
    bold: bool = False
    anchor: Literal["left", "center", "right"] = "left"
    shift: float = 0.0  # pixels above the point


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Return positions in the order given, at least `gap` apart, each as near to the wanted one as its group allows."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    groups: list[tuple[float, list[int]]] = []
    for at in order:
        groups.append((wanted[at], [at]))
        while len(groups) > 1 and groups[-1][0] - groups[-2][0] < gap * (len(groups[-1][1]) + len(groups[-2][1])) / 2:
            (low, below), (high, above) = groups[-2], groups[-1]
            members = below + above
            centre = (low * len(below) + high * len(above)) / len(members)
            groups[-2:] = [(centre, members)]
    placed = [0.0] * len(wanted)
    for centre, members in groups:
        for rank, at in enumerate(members):
            placed[at] = centre + gap * (rank - (len(members) - 1) / 2)
    return placed


def place_labels(labels: Sequence[Label], wide: float, tall: float, height: float) -> list[dict[str, Any]]:
    """Return plotly annotations beside their points, those near each other pushed apart.

    `wide` and `tall` are the ranges of the axes, `height` is that of the plot in pixels.
    """
    pixels = height / tall if tall else 1.0
    placed = []
    for group in _neighbours(labels, wide * 0.24):
        wanted = [label.y * pixels + label.shift for label in group]
        placed += [_annotation(each, at - each.y * pixels) for each, at in zip(group, spread(wanted, 18), strict=True)]
    return placed


def _neighbours(labels: Sequence[Label], reach: float) -> list[list[Label]]:
    groups: list[list[Label]] = []
    for label in sorted(labels, key=lambda each: each.x):
        if groups and label.x - groups[-1][-1].x < reach:
            groups[-1].append(label)
        else:
            groups.append([label])
    return groups


def _annotation(label: Label, shift: float) -> dict[str, Any]:
    return {
        "x": label.x,
        "y": label.y,
        "yshift": shift,
        "xshift": {"left": 10, "center": 0, "right": -4}[label.anchor],
        "text": f"<b>{label.text}</b>" if label.bold else label.text,
        "font": {"color": label.colour, "size": 13},
        "bgcolor": "rgba(255,255,255,0.72)",
        "borderpad": 0,
        "xanchor": label.anchor,
        "showarrow": False,
    }
