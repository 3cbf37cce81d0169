"""The SPBE panel: the index with its broken line, the predicate by the rule, Pemdi beside it. Nothing is converted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.charts.canvas import PANEL
from dashboard.charts.trend_chart import trend_figures
from dashboard.components.cards import card, fold
from dashboard.components.sentences import alternative
from dashboard.components.trend_card import graph, trend_table
from dashboard.components.warnings import Warning
from dashboard.formatting import shown
from dashboard.indicator_story import Story
from dashboard.language import period, t
from dashboard.urls import Lang, State, href, indicator_path
from etl.catalogue.models import Catalogue
from etl.measures.instrument import instrument_for, predicate


def spbe_panel(
    story: Story,
    pemdi: Story | None,
    catalogue: Catalogue,
    names: Mapping[str, str],
    warnings: Sequence[Warning],
    state: State,
    note: str,
) -> Component:
    """Return the card; without any value it says so."""
    lang = state.lang
    latest = pemdi.latest if pemdi else None
    value = shown(pemdi.indicator, latest.shown, lang) if pemdi and latest else t("home.pemdi_none", lang)
    foot = html.P(t("home.spbe_end", lang, pemdi=value), className="pt-mute")
    link = html.A(t("home.open_indicator", lang), href=href(indicator_path(story.indicator.id), state))
    if story.latest is None:
        text = html.P(t("home.spbe_none", lang, region=names[story.region]), className="pt-none")
        return card(t("home.spbe", lang), [text, foot, link], id=ids.SPBE, wide="pt-flow")
    own = {story.region: names[story.region]}
    boxes = [html.P([html.B(f"{strong}. "), text], className="pt-warning") for strong, text in warnings]
    return card(
        spbe_title(story, catalogue, names[story.region], lang),
        [
            graph(ids.SPBE_TREND, trend_figures(story, own, lang, PANEL), alternative(story, own, lang), note),
            *boxes,
            foot,
            fold(t("indicator.chart_table", lang), [trend_table(story, own, lang)]),
            link,
        ],
        sub=t("home.spbe_sub", lang),
        id=ids.SPBE,
        wide="pt-flow",
    )


def spbe_title(story: Story, catalogue: Catalogue, region: str, lang: Lang) -> str:
    """Say the latest index with the predicate that the cuts give it."""
    latest = story.latest
    if latest is None or latest.value is None:
        return t("home.spbe", lang)
    words = {
        "region": region,
        "value": shown(story.indicator, latest.shown, lang),
        "period": period(latest.shown.period.code, lang),
    }
    instrument = instrument_for(catalogue, story.indicator.id, latest.shown.period.end.year)
    if instrument is None:
        return t("home.spbe_title_plain", lang, **words)
    by_rule = predicate(catalogue.scheme[instrument.scheme], latest.value).get(lang)
    return t("home.spbe_title", lang, **words, predicate=by_rule)
