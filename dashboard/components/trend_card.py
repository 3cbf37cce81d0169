"""The card of a trend: its finding as title, the figure with a text alternative, its table one click away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.charts.chart_config import GRAPH_CONFIG, Figure
from dashboard.charts.trend_chart import drawn_lines, trend_figures
from dashboard.components.attributes import Attributes
from dashboard.components.cards import card, fold
from dashboard.components.sentences import alternative, trend_title
from dashboard.components.tables import table
from dashboard.formatting import marked, series_name, shown, unit_words
from dashboard.indicator_story import Story
from dashboard.language import period, t
from dashboard.urls import Lang


def graph(id: str, figures: tuple[Figure, Figure], alt: str, note: str = "") -> Component:
    """Return a figure, for a screen and for a phone, as one image to those who cannot see it.

    `note` is printed into its PNG.
    """
    names: Attributes = {"aria-label": alt, "data-note": note}
    ids_and_classes = ((id, "pt-graph-wide"), (f"{id}-hp", "pt-graph-narrow"))
    drawn = [_drawn(*each, figure) for each, figure in zip(ids_and_classes, figures, strict=True)]
    return html.Div(drawn, className="pt-graph", role="img", tabIndex=0, **names)


def _drawn(id: str, width: str, figure: Figure) -> Component:
    config: Any = {**GRAPH_CONFIG, "locale": "id" if figure["layout"]["separators"] == ",." else "en"}
    height = f"{figure['layout']['height']}px"
    return dcc.Graph(id=id, figure=figure, config=config, className=width, style={"height": height})


def trend_card(story: Story, names: Mapping[str, str], lang: Lang, note: str) -> Component:
    """Return the trend of the headline's series with its peers, other series and targets."""
    names = dict(names)
    series = series_name(story.indicator, story.main.series, lang) if story.main else ""
    sub = {"name": story.indicator.name.get(lang), "region": names[story.region], "series": series}
    sub["unit"] = unit_words(story.indicator, lang)
    return card(
        trend_title(story, lang),
        [
            graph(ids.TREND, trend_figures(story, names, lang), alternative(story, names, lang), note),
            html.Ul([html.Li(t(f"indicator.{key}", lang)) for key in _legend(story, names)], className="pt-legend"),
            fold(t("indicator.chart_table", lang), [trend_table(story, names, lang)]),
        ],
        sub=t("indicator.chart_series" if series else "indicator.chart_sub", lang, **sub),
    )


def _legend(story: Story, names: Mapping[str, str]) -> list[str]:
    """Explain what is drawn, in grey for others too, and nothing else."""
    lines = drawn_lines(story, names)
    own = [line for line in lines if line.region == story.region]
    rivals = any(point.rivals for line in own for point in line.points)
    keys = ["legend_peer"] if len(lines) > len(own) else []
    keys += ["legend_open"] if rivals or any(line.beside for line in lines) else []
    keys += ["legend_break"] if any(len(line.drawn) > 1 for line in lines) or len(own) > 1 else []
    return keys + (["legend_dotted"] if len(own) > 1 else [])


def trend_table(story: Story, names: Mapping[str, str], lang: Lang) -> Component:
    """Return the drawn figures as a table: a row for each period, a column for each line."""
    main = story.main.series if story.main else None
    lines = [line for line in story.lines if line.region == story.region or line.series == main]
    lines = [line for line in lines if line.region in names]
    lines.sort(key=lambda line: (line.region != story.region, line.series != main, line.region))
    spans = sorted({point.shown.period for line in lines for point in line.points}, reverse=True)
    found = {
        (line, point.shown.period): marked(story.indicator, point.shown, lang)
        for line in lines
        for point in line.points
    }
    head = [t("indicator.col_period", lang), *(_column(story, line.region, line.series, names, lang) for line in lines)]
    rows = [[period(span.code, lang), *(found.get((line, span), "–") for line in lines)] for span in spans]
    return table(t("indicator.chart_table", lang), head, rows, numeric=range(1, len(head)))


def _column(story: Story, region: str, series: str, names: Mapping[str, str], lang: Lang) -> str:
    name = series_name(story.indicator, series, lang)
    own_others = len(story.own) > 1 and region == story.region
    return f"{names[region]}, {name}" if name and own_others else names[region]


def timeline(story: Story, names: Mapping[str, str], lang: Lang) -> Component:
    """Return categories in time as steps: a category is never put on a number line."""
    steps: list[Component] = []
    for segment in story.main.segments if story.main else ():
        if steps:
            steps.append(html.Li([html.Small("…"), t("indicator.no_data", lang)], className="pt-gap"))
        steps += [
            html.Li([html.Small(period(p.shown.period.code, lang)), html.B(shown(story.indicator, p.shown, lang))])
            for p in segment
        ]
    return card(
        t("indicator.timeline_title", lang),
        [
            html.Ol(steps, className="pt-steps"),
            html.Br(),
            fold(t("indicator.chart_table", lang), [trend_table(story, names, lang)]),
        ],
        sub=story.indicator.name.get(lang),
    )
