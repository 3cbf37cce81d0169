"""What is written into a trend figure, the important first, and what the writing must not cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from dashboard.charts.axes import position
from dashboard.charts.canvas import Canvas
from dashboard.charts.labels import Label, Obstacle, Segment
from dashboard.formatting import marked, series_name, shown, target_text
from dashboard.indicator_story import Line, Point, Story, newest
from dashboard.language import period, t
from dashboard.theme import BAD, FOCUS, INK, MUTE
from dashboard.urls import Lang
from etl.measures.effective_targets import EffectiveTarget
from etl.measures.observation import Observation

OWN, OTHER = 24.0, 9.0  # what it costs a label to cover a point of the region, or of another


def valued(line: Line) -> list[Point]:
    """Return the points of a line that have a number."""
    return [point for point in line.points if point.value is not None]


def spot_of(point: Point) -> tuple[float, float]:
    """Return where a point stands, in the figure's units."""
    return position(point.shown.period), float(point.value or 0)


def is_main(story: Story, line: Line) -> bool:
    """Tell whether a line is the one the headline speaks of."""
    return line.region == story.region and story.latest is not None and line.series == story.latest.shown.series


def target_words(target: EffectiveTarget, lang: Lang) -> str:
    """Name a target with its period: target 2030, pernyataan 2029."""
    key = {"statement": "statement_mark", "expired": "target_expired"}.get(target.state, "target_mark")
    return t(f"indicator.{key}", lang, period=period(target.period.code, lang))


def target_ink(target: EffectiveTarget) -> str:
    """Return the colour of a target: strong while it stands, faint for a statement or an expired one."""
    return INK if target.state in ("due", "future") else MUTE


def trend_labels(
    story: Story,
    lines: Sequence[Line],
    targets: Sequence[EffectiveTarget],
    names: Mapping[str, str],
    canvas: Canvas,
    lang: Lang,
) -> list[Label]:
    """Return the labels: the region's figure, targets that stand, disputed figures, other series, peers, the rest."""
    main = [line for line in lines if is_main(story, line)]
    others = [line for line in lines if line.region == story.region and line not in main]
    peers = _from_near_to_far(main, [line for line in lines if line.region != story.region])
    standing = [each for each in targets if target_ink(each) == INK]
    rest = [each for each in targets if each not in standing]
    return [
        *(_line_label(story, line, names, lang) for line in main),
        *_target_labels(story, standing, lang),
        *_rival_labels(story, names, canvas, lang),
        *(_line_label(story, line, names, lang) for line in (*peers, *others)),
        *_target_labels(story, rest, lang),
    ]


def _from_near_to_far(main: Sequence[Line], peers: Sequence[Line]) -> list[Line]:
    """Order peers by how near they end to the region's line, so that labels pile up outwards."""
    if not main:
        return list(peers)
    height = _end(main[0])
    return sorted(peers, key=lambda line: abs(_end(line) - height))


def _end(line: Line) -> float:
    return spot_of(newest(valued(line)))[1]


def _line_label(story: Story, line: Line, names: Mapping[str, str], lang: Lang) -> Label:
    last = newest(valued(line))
    main, mine = is_main(story, line), line.region == story.region
    other = mine and not main
    name = series_name(story.indicator, line.series, lang) if other else names[line.region]
    value = marked(story.indicator, last.shown, lang)
    spot, colour = spot_of(last), FOCUS if mine else MUTE
    shorter = (f"{name.split(' (')[0]} {value}",) if other else ()  # never without its series: it would look like ours
    return Label(*spot, f"{name} {value}", colour, bold=main, needed=main, shorter=shorter)


def _target_labels(story: Story, targets: Iterable[EffectiveTarget], lang: Lang) -> list[Label]:
    """Label printed targets; those derived from a plan's path are told on hover and in the table."""
    return [
        Label(
            position(each.period),
            float(each.value),
            f"{target_words(each, lang)}: {target_text(story.indicator, each, lang)}",
            target_ink(each),
            mark=True,
            needed=target_ink(each) == INK,
        )
        for each in targets
        if not each.derived
    ]


def _rival_labels(story: Story, names: Mapping[str, str], canvas: Canvas, lang: Lang) -> list[Label]:
    """Label only the rivals of the latest figure; the others are told on hover and in the table."""
    rivals = {each.value: each for each in story.latest.rivals if each.value is not None} if story.latest else {}
    key = "rival_label_short" if canvas.compact else "rival_label"
    return [
        Label(
            position(each.period),
            float(value or 0),
            t(f"indicator.{key}", lang, region=names[story.region], value=shown(story.indicator, each, lang)),
            BAD,
        )
        for value, each in rivals.items()
    ]


def obstacles(
    story: Story, lines: Sequence[Line], targets: Sequence[EffectiveTarget], rivals: Sequence[Observation]
) -> list[Obstacle]:
    """Return what stands in the figure: marks and disputed figures, never covered, and points, rather not."""
    marks = [Obstacle(position(each.period), float(each.value), mark_width(each) + 2, 8) for each in targets]
    open_circles = [Obstacle(position(each.period), float(each.value or 0), 16, 16) for each in rivals]
    points = [
        Obstacle(*spot_of(p), 9, 9, OWN if line.region == story.region else OTHER)
        for line in lines
        for p in valued(line)
    ]
    return [*marks, *open_circles, *points]


def mark_width(target: EffectiveTarget) -> int:
    """Return the width of a target's mark in pixels."""
    return 12 if target.derived else 26


def segments(lines: Sequence[Line]) -> list[Segment]:
    """Return the drawn pieces of all lines, in the figure's units."""
    parts = [part for line in lines for part in line.drawn]
    return [(*spot_of(one), *spot_of(other)) for part in parts for one, other in pairwise(part)]
