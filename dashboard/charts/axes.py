"""Ranges and ticks of both axes, written in the language of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from dashboard.charts.canvas import Canvas
from dashboard.language import number, short_month
from dashboard.urls import Lang
from etl.catalogue.period import Period

Ticks = list[tuple[float, str]]


def position(span: Period) -> float:
    """Return the middle of a period as a year with a fraction; a whole year stands on its number."""
    middle = (span.start.toordinal() + span.end.toordinal()) / 2
    year = span.start.year
    first = span.start.replace(month=1, day=1).toordinal()
    return round(year + (middle - first) / 365.25 - 0.5, 3) if span.kind != "year" else float(year)


def value_range(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the value axis, with room for labels; it starts at 0 where 0 is near."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    pad = (high - low) * 0.16 or abs(high) * 0.1 or 1.0
    return (0.0 if 0 <= low < pad else low - pad), high + pad


def value_ticks(low: float, high: float, unit: str, lang: Lang, count: int = 6) -> Ticks:
    """Return round values within the range, at most `count`, as the country writes them."""
    power = 10.0 ** math.floor(math.log10((high - low) / count))
    step = next(power * each for each in (1, 2, 5, 10, 20) if (high - low) / (power * each) < count)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    suffix = "%" if unit == "%" else ""
    values = [at * step for at in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    return [(each, number(Decimal(repr(each)), decimals, lang) + suffix) for each in values]


def time_range(spans: Sequence[Period]) -> tuple[float, float]:
    """Return the ends of the time axis."""
    if not spans:
        return 0.0, 1.0
    first, last = min(map(position, spans)), max(map(position, spans))
    pad = max((last - first) * 0.04, 0.25)
    return first - pad, last + pad


def time_ticks(spans: Sequence[Period], canvas: Canvas, lang: Lang) -> Ticks:
    """Return years, the last always among them; months where there are less than two years of them."""
    if not spans:
        return []
    first, last = min(map(position, spans)), max(map(position, spans))
    months = [span for span in spans if span.kind == "month"]
    if last - first < 2 and months:
        gap = (last - first + 0.5) / (canvas.years - 2)
        return [(position(span), short_month(span.end, lang)) for span in _thin(months, gap)]
    years = range(int(first + 0.5), int(last + 0.5) + 1)
    step = -(-len(years) // canvas.years)
    return [(float(year), str(year)) for year in years if (years[-1] - year) % step == 0]


def _thin(spans: Sequence[Period], gap: float) -> list[Period]:
    """Keep the last period and those before it that leave room for their labels."""
    kept: list[Period] = []
    for span in sorted(set(spans), reverse=True):
        if not kept or position(kept[-1]) - position(span) >= gap:
            kept.append(span)
    return kept
