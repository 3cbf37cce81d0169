"""The trend of one indicator: the region in colour, peers in grey, targets as marks, disputed figures as open circles.

No line crosses a gap, a break of the method or two series, and none leads to a weak figure: it stands beside it, open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.axes import position, time_range, time_ticks, value_range, value_ticks
from dashboard.charts.canvas import NARROW, WIDE, Canvas, Plot
from dashboard.charts.chart_config import Figure, base_layout
from dashboard.charts.chart_lettering import (
    is_main,
    mark_width,
    obstacles,
    segments,
    spot_of,
    target_ink,
    target_words,
    trend_labels,
    valued,
)
from dashboard.charts.labels import Label, as_annotations, place_labels
from dashboard.formatting import marked, shown, target_text
from dashboard.indicator_story import Line, Story
from dashboard.language import period, t
from dashboard.theme import BAD, FOCUS, PEER
from dashboard.urls import Lang
from etl.measures.effective_targets import EffectiveTarget
from etl.measures.observation import Observation

DRAWN = {"due", "future", "expired", "statement"}
Names = Mapping[str, str]


def trend_figures(story: Story, names: Names, lang: Lang, wide: Canvas = WIDE) -> tuple[Figure, Figure]:
    """Return the figure for a screen and the one for a phone; `names` are the short names of the regions to draw."""
    return trend_figure(story, names, lang, wide), trend_figure(story, names, lang, NARROW)


def trend_figure(story: Story, names: Names, lang: Lang, canvas: Canvas = WIDE) -> Figure:
    """Return the trend figure on a canvas."""
    lines, targets, rivals = drawn_lines(story, names), _targets(story), _rivals(story)
    spans = [point.shown.period for line in lines for point in valued(line)] + [each.period for each in targets]
    heights = [float(point.value or 0) for line in lines for point in valued(line)]
    heights += [float(each.value or 0) for each in rivals] + [float(each.value) for each in targets]
    (first, last), (low, high) = time_range(spans), value_range(heights)
    ticks = value_ticks(low, high, story.indicator.unit, lang)
    labels, left = trend_labels(story, lines, targets, names, canvas, lang), _left_margin(ticks, canvas)
    plot = Plot(canvas, first, last, low, high, left, _right_margin(labels, first, last, canvas), 20, 34)
    layout = base_layout(plot, lang)
    layout["xaxis"] |= _axis((first, last), time_ticks(spans, canvas, lang))
    layout["yaxis"] |= _axis((low, high), ticks)
    placed = place_labels(labels, plot, obstacles(story, lines, targets, rivals), segments(lines))
    layout["annotations"] = as_annotations(placed, canvas.size)
    data = [_trace(story, line, names, lang) for line in lines]
    return {"data": [*data, *_circles(story, rivals, names, lang), *_marks(story, targets, lang)], "layout": layout}


def _axis(ends: tuple[float, float], ticks: Sequence[tuple[float, str]]) -> dict[str, Any]:
    values, texts = [value for value, _ in ticks], [text for _, text in ticks]
    return {"range": list(ends), "tickvals": values, "ticktext": texts, "tickangle": 0}


def _left_margin(ticks: Sequence[tuple[float, str]], canvas: Canvas) -> float:
    return 10 + max((canvas.measure(text) for _, text in ticks), default=20.0)


def _right_margin(labels: Sequence[Label], first: float, last: float, canvas: Canvas) -> float:
    """Leave room for what stands at the right edge; on a phone labels stand within the plot."""
    if canvas.compact:
        return 16
    edge = [each for each in labels if last - each.x < (last - first) * 0.12]
    wide = [canvas.measure(each.text, each.bold) / (2 if each.mark else 1) for each in edge]
    return 20 + max(wide, default=0.0)


def drawn_lines(story: Story, names: Names) -> list[Line]:
    """Peers of the headline's series first, then the region's other series, the headline last and on top."""
    series = story.latest.shown.series if story.latest else None
    peers = [line for line in story.lines if line.region != story.region and line.region in names]
    peers = [line for line in peers if line.series == series]
    own = sorted(story.own, key=lambda line: line.series == series)
    return [line for line in (*peers, *own) if valued(line)]


def _targets(story: Story) -> list[EffectiveTarget]:
    return [each for each in story.targets if each.state in DRAWN and not isinstance(each.value, str)]


def _rivals(story: Story) -> list[Observation]:
    return [rival for line in story.own for point in line.points for rival in point.rivals if rival.value is not None]


def _trace(story: Story, line: Line, names: Names, lang: Lang) -> dict[str, Any]:
    mine, main = line.region == story.region, is_main(story, line)
    xs: list[float | None] = []
    ys: list[float | None] = []
    texts: list[str] = []
    symbols: list[str] = []
    sizes: list[int] = []
    for part in (*line.drawn, *((point,) for point in line.beside)):
        for point in part:
            x, y = spot_of(point)
            xs.append(x)
            ys.append(y)
            texts.append(_where(point.shown, names, lang) + marked(story.indicator, point.shown, lang))
            symbols.append("circle-open" if point.weakness else "circle")
            sizes.append(8 if mine else 5)
        xs.append(None)
        ys.append(None)
        texts.append("")
        symbols.append("circle")
        sizes.append(0)
    colour = FOCUS if mine else PEER
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": names.get(line.region, line.region),
        "x": xs,
        "y": ys,
        "text": texts,
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "line": {"color": colour, "width": 3.5 if main else 2, "dash": "dot" if mine and not main else "solid"},
        "marker": {
            "opacity": 1,
            "color": colour,
            "size": sizes,
            "symbol": symbols,
            "line": {"width": 2, "color": colour},
        },
    }


def _hover(story: Story, observation: Observation, names: Names, lang: Lang) -> str:
    return _where(observation, names, lang) + shown(story.indicator, observation, lang)


def _where(observation: Observation, names: Names, lang: Lang) -> str:
    return f"{names.get(observation.region, observation.region)} {period(observation.period.code, lang)}: "


def _circles(story: Story, rivals: Sequence[Observation], names: Names, lang: Lang) -> list[dict[str, Any]]:
    if not rivals:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": t("indicator.conflict", lang),
            "x": [position(each.period) for each in rivals],
            "y": [float(each.value or 0) for each in rivals],
            "text": [_hover(story, each, names, lang) for each in rivals],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"symbol": "circle-open", "size": 11, "color": BAD, "line": {"width": 2.5, "color": BAD}},
        }
    ]


def _marks(story: Story, targets: Sequence[EffectiveTarget], lang: Lang) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": t("indicator.target", lang),
            "x": [position(each.period)],
            "y": [float(each.value)],
            "text": [f"{target_words(each, lang)}: {target_text(story.indicator, each, lang)}<br>{each.document}"],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {
                "symbol": "line-ew",
                "size": mark_width(each),
                "line": {"width": 2 if each.derived else 4, "color": target_ink(each)},
            },
        }
        for each in targets
    ]
