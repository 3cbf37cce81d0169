"""Colours of figures. Figures are drawn in the light palette; assets/10-tokens.css repaints each one in the dark."""

from __future__ import annotations

INK = "#15202f"
MUTE = "#566579"
FOCUS = "#0b62a8"
PEER = "#8391a5"
GRID = "#e3e9f1"
GOOD = "#0f7d5d"
BAD = "#b93a16"
CARD = "#ffffff"

PALETTE = {"ink": INK, "mute": MUTE, "focus": FOCUS, "peer": PEER, "grid": GRID, "good": GOOD, "bad": BAD}
FONT = 'Inter, "Segoe UI", system-ui, sans-serif'


def rgb(colour: str) -> str:
    """Return a #rrggbb colour as browsers print it in style attributes."""
    return "rgb({}, {}, {})".format(*(int(colour[place : place + 2], 16) for place in (1, 3, 5)))
