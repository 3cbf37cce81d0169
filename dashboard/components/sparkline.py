"""A sparkline as an image: the last figures of one line, broken where no line may be drawn."""

from __future__ import annotations

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dashboard.charts.axes import position
from dashboard.formatting import shown
from dashboard.indicator_story import Line, Story
from dashboard.language import period, t
from dashboard.urls import Lang

WIDTH, HEIGHT, PAD = 112, 32, 5
STROKE = "#2f86c9"  # at least 3:1 on the light and on the dark card


def sparkline(line: Line, alt: str) -> Component:
    """Return the image; `alt` says what it shows."""
    return html.Img(src=f"data:image/svg+xml,{quote(drawing(line))}", alt=alt, className="pt-spark")


def story_sparkline(story: Story, lang: Lang) -> Component | str:
    """Return the sparkline of a story's headline; nothing where it has fewer than two sound values."""
    points = [point for part in story.main.drawn for point in part] if story.main else []
    if story.main is None or len(points) < 2:
        return ""
    first, last = points[0].shown, points[-1].shown
    alt = t(
        "home.spark_alt",
        lang,
        name=story.indicator.short.get(lang),
        first=shown(story.indicator, first, lang),
        start=period(first.period.code, lang),
        last=shown(story.indicator, last, lang),
        end=period(last.period.code, lang),
    )
    return sparkline(story.main, alt)


def drawing(line: Line) -> str:
    """Return the SVG of a line with at least one sound value; weak ones are left to the page of the indicator."""
    points = [point for part in line.drawn for point in part]
    xs = [position(point.shown.period) for point in points]
    ys = [float(point.value or 0) for point in points]
    low_x, wide = min(xs), (max(xs) - min(xs)) or 1
    low_y, high = min(ys), (max(ys) - min(ys)) or 1

    def at(x: float, y: float) -> str:
        across = PAD + (x - low_x) / wide * (WIDTH - 2 * PAD)
        return f"{across:.1f},{HEIGHT - PAD - (y - low_y) / high * (HEIGHT - 2 * PAD):.1f}"

    drawn = []
    for part in line.drawn:
        spots = [at(position(p.shown.period), float(p.value or 0)) for p in part]
        if len(spots) > 1:
            drawn.append(f'<polyline points="{" ".join(spots)}" fill="none" stroke="{STROKE}" stroke-width="2"/>')
        drawn += [_dot(spot, 1.8) for spot in spots if len(spots) == 1]
    drawn.append(_dot(at(xs[-1], ys[-1]), 3.2))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(drawn)}</svg>'


def _dot(spot: str, radius: float) -> str:
    x, y = spot.split(",")
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{STROKE}"/>'
