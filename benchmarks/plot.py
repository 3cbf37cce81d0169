"""Measurements over time as an SVG picture: one panel for each, from zero, so that growth shows as growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, GAP, LEFT = 760, 110, 44, 16
HEADROOM = 1.25


def picture(over: str, rows: Sequence[Mapping[str, float]]) -> str:
    """Draw every measurement of the rows against that named `over`."""
    names = [each for each in rows[0] if each != over]
    panels = [_panel(name, at * (HEIGHT + GAP) + GAP, over, rows) for at, name in enumerate(names)]
    height = len(names) * (HEIGHT + GAP) + GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 2 * LEFT} {height}" '
        'font-family="Inter, sans-serif" font-size="14" fill="#1b2733">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(panels)}</svg>\n'
    )


def _panel(name: str, top: int, over: str, rows: Sequence[Mapping[str, float]]) -> str:
    last, most = rows[-1][over], max(each[name] for each in rows) or 1
    points = " ".join(
        f"{LEFT + WIDTH * each[over] / last:.1f},{top + HEIGHT * (1 - each[name] / (most * HEADROOM)):.1f}"
        for each in rows
    )
    said = f"{name}: {rows[0][name]:,.0f} … {rows[-1][name]:,.0f} ({over} {rows[0][over]:,.0f} … {last:,.0f})"
    return (
        f'<text x="{LEFT}" y="{top - 8}">{escape(said)}</text>'
        f'<path d="M{LEFT} {top}V{top + HEIGHT}H{LEFT + WIDTH}" fill="none" stroke="#9aa7b4"/>'
        f'<polyline points="{points}" fill="none" stroke="#0b63b0" stroke-width="2"/>'
    )
