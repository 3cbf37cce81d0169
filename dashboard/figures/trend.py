"""The trend of one indicator: the region in colour, peers in grey, targets as marks, disputed figures as open circles.

No line crosses a gap, a break of the method or two series.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.amounts import shown, target_text
from dashboard.facts import WEAK, Line, Point, Story
from dashboard.figures.labels import Label, place_labels
from dashboard.figures.settings import Figure, base_layout
from dashboard.language import period, short_month, t
from dashboard.theme import BAD, FOCUS, INK, MUTE, PEER
from dashboard.urls import Lang
from etl.catalogue.observation import Observation
from etl.catalogue.period import Period
from etl.catalogue.targets import EffectiveTarget

HEIGHT = 340
DRAWN = {"due", "future", "expired", "statement"}
Names = Mapping[str, str]


def trend_figure(story: Story, names: Names, lang: Lang, height: int = HEIGHT) -> Figure:
    """Return the trend figure; `names` are the short names of the regions to draw."""
    lines = _drawn(story, names)
    targets = [each for each in story.targets if each.state in DRAWN and not isinstance(each.value, str)]
    layout = base_layout(height, lang)
    low, high = _range(lines, targets)
    layout["xaxis"] |= _ticks(lines, targets, lang)
    first, last = layout["xaxis"].get("range", (0.0, 1.0))
    labels = [_label(story, line, names, lang) for line in lines] + _rival_labels(story, names, lang)
    labels += _target_labels(story, targets, last - first, (high - low) / (height - 56), lang)
    layout["margin"]["r"] = _right_margin(labels, first, last)
    layout["yaxis"] |= {"range": [low, high], "ticksuffix": "%" if story.indicator.unit == "%" else "", "nticks": 6}
    layout["annotations"] = place_labels(labels, last - first, high - low, height - 56)
    data = [_trace(story, line, names, lang) for line in lines]
    return {"data": [*data, *_rivals(story, names, lang), *_marks(story, targets, lang)], "layout": layout}


def position(span: Period) -> float:
    """Return the middle of a period as a year with a fraction; a whole year stands on its number."""
    middle = (span.start.toordinal() + span.end.toordinal()) / 2
    year = span.start.year
    first = span.start.replace(month=1, day=1).toordinal()
    return round(year + (middle - first) / 365.25 - 0.5, 3) if span.kind != "year" else float(year)


def _drawn(story: Story, names: Names) -> list[Line]:
    """Peers of the headline's series first, then the region's other series, the headline last and on top."""
    series = story.latest.shown.series if story.latest else None
    peers = [line for line in story.lines if line.region != story.region and line.region in names]
    peers = [line for line in peers if line.series == series]
    own = sorted(story.own, key=lambda line: line.series == series)
    return [line for line in (*peers, *own) if any(point.value is not None for point in line.points)]


def _values(line: Line) -> Iterable[Point]:
    return (point for point in line.points if point.value is not None)


def _trace(story: Story, line: Line, names: Names, lang: Lang) -> dict[str, Any]:
    mine = line.region == story.region
    main = mine and story.latest is not None and line.series == story.latest.shown.series
    xs: list[float | None] = []
    ys: list[float | None] = []
    texts: list[str] = []
    symbols: list[str] = []
    sizes: list[int] = []
    for segment in line.segments:
        for point in segment:
            if point.value is None:
                continue
            xs.append(position(point.shown.period))
            ys.append(float(point.value))
            texts.append(_hover(story, point.shown, names, lang))
            symbols.append("circle-open" if WEAK & point.shown.marks else "circle")
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
    where = names.get(observation.region, observation.region)
    return f"{where} {period(observation.period.code, lang)}: {shown(story.indicator, observation, lang)}"


def _label(story: Story, line: Line, names: Names, lang: Lang) -> Label:
    last = list(_values(line))[-1]
    mine = line.region == story.region
    main = mine and story.latest is not None and line.series == story.latest.shown.series
    text = f"{names[line.region]} {shown(story.indicator, last.shown, lang)}"
    spot = (position(last.shown.period), float(last.value or 0))
    if not mine or main:
        return Label(*spot, text, FOCUS if mine else MUTE, main)
    text = f"{series_name(story, line.series, lang)} {shown(story.indicator, last.shown, lang)}"
    covered = story.latest is not None and last.shown.period < story.latest.shown.period
    if not covered:
        return Label(*spot, text, FOCUS)
    rising = float(last.value or 0) >= float(next(iter(_values(line))).value or 0)
    return Label(*spot, text, FOCUS, anchor="right", shift=16 if rising else -16)


def _right_margin(labels: Sequence[Label], first: float, last: float) -> int:
    """Leave room for what stands at the right edge; a label further left has the plot to itself."""
    edge = [each for each in labels if last - each.x < (last - first) * 0.12]
    wide = [len(each.text) * 7 // (2 if each.anchor == "center" else 1) for each in edge]
    return 20 + max(wide, default=0)


def series_name(story: Story, series: str, lang: Lang) -> str:
    """Return a series' name; the only one of an indicator has none."""
    return next((each.name.get(lang) for each in story.indicator.series if each.id == series), "")


def _all_rivals(story: Story) -> list[Observation]:
    return [rival for line in story.own for point in line.points for rival in point.rivals if rival.value is not None]


def _rivals(story: Story, names: Names, lang: Lang) -> list[dict[str, Any]]:
    found = _all_rivals(story)
    if not found:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": t("indicator.conflict", lang),
            "x": [position(each.period) for each in found],
            "y": [float(each.value or 0) for each in found],
            "text": [_hover(story, each, names, lang) for each in found],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"symbol": "circle-open", "size": 11, "color": BAD, "line": {"width": 2.5, "color": BAD}},
        }
    ]


def _rival_labels(story: Story, names: Names, lang: Lang) -> list[Label]:
    """Label only the rivals of the latest figure; the others are told on hover and in the table."""
    rivals = {each.value: each for each in story.latest.rivals}.values() if story.latest else ()
    return [
        Label(
            position(each.period),
            float(each.value),
            t("indicator.rival_label", lang, region=names[story.region], value=shown(story.indicator, each, lang)),
            BAD,
        )
        for each in rivals
        if each.value is not None
    ]


def _marks(story: Story, targets: Sequence[EffectiveTarget], lang: Lang) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": t("indicator.target", lang),
            "x": [position(each.period)],
            "y": [float(each.value)],
            "text": [f"{_target_words(each, lang)}: {target_text(story.indicator, each, lang)}<br>{each.document}"],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {
                "symbol": "line-ew",
                "size": 12 if each.derived else 26,
                "line": {"width": 2 if each.derived else 4, "color": INK if each.state in ("due", "future") else MUTE},
            },
        }
        for each in targets
    ]


def _target_words(target: EffectiveTarget, lang: Lang) -> str:
    key = {"statement": "statement_mark", "expired": "target_expired"}.get(target.state, "target_mark")
    return t(f"indicator.{key}", lang, period=period(target.period.code, lang))


def _target_labels(
    story: Story, targets: Sequence[EffectiveTarget], wide: float, pixel: float, lang: Lang
) -> list[Label]:
    """Label printed targets below their mark, above where another mark stands close below; `pixel` is one in units."""
    labels = []
    spots = [(position(each.period), float(each.value)) for each in targets]
    for each, (x, y) in zip(targets, spots, strict=True):
        crowded = any(abs(x - other) < wide * 0.2 and 0 < y - below < 44 * pixel for other, below in spots)
        text = f"{_target_words(each, lang)}: {target_text(story.indicator, each, lang)}"
        colour = INK if each.state in ("due", "future") else MUTE
        if not each.derived:
            labels.append(Label(x, y, text, colour, anchor="center", shift=16 if crowded else -16))
    return labels


def _range(lines: Sequence[Line], targets: Sequence[EffectiveTarget]) -> tuple[float, float]:
    values = [float(point.value) for line in lines for point in line.points if point.value is not None]
    values += [float(r.value) for line in lines for p in line.points for r in p.rivals if r.value is not None]
    values += [float(each.value) for each in targets]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    pad = (high - low) * 0.14 or abs(high) * 0.1 or 1.0
    return (0.0 if 0 <= low < pad else low - pad), high + pad


def _ticks(lines: Sequence[Line], targets: Sequence[EffectiveTarget], lang: Lang) -> dict[str, Any]:
    spans = [point.shown.period for line in lines for point in _values(line)] + [each.period for each in targets]
    if not spans:
        return {}
    first, last = min(position(span) for span in spans), max(position(span) for span in spans)
    pad = max((last - first) * 0.04, 0.25)
    years = range(int(first + 0.5), int(last + 0.5) + 1)
    step = -(-len(years) // 9)
    ticks = [year for year in years if (years[-1] - year) % step == 0]
    values, texts = [float(year) for year in ticks], [str(year) for year in ticks]
    if last - first < 2 and any(span.kind == "month" for span in spans):
        months = _thin([span for span in spans if span.kind == "month"], (last - first + 2 * pad) / 7)
        values, texts = [position(span) for span in months], [short_month(span.end, lang) for span in months]
    return {"range": [first - pad, last + pad], "tickvals": values, "ticktext": texts, "tickangle": 0}


def _thin(spans: Sequence[Period], gap: float) -> list[Period]:
    """Keep the last period and those before it that leave room for their labels."""
    kept: list[Period] = []
    for span in sorted(set(spans), reverse=True):
        if not kept or position(kept[-1]) - position(span) >= gap:
            kept.append(span)
    return kept
