"""All indicators of the catalogue by dimension, with the latest figure or "belum ada data"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.cards import card, fold
from dashboard.formatting import marked, part_words
from dashboard.language import period, t
from dashboard.urls import State, href, indicator_path
from etl.catalogue.models import Catalogue, Indicator
from etl.measures.observation import Observation


def directory(
    catalogue: Catalogue, indicators: Sequence[Indicator], latest: Mapping[str, Observation], region: str, state: State
) -> Component:
    """Return the card of some indicators; `latest` holds the newest figure shown of each that has one."""
    lang = state.lang
    groups: list[tuple[str, list[Indicator]]] = []
    placed: set[str] = set()
    for dimension in catalogue.dimensions:
        subs = {sub.id for sub in dimension.subdimensions}
        members = [each for each in indicators if each.subdimension in subs]
        groups.append((dimension.name.get(lang), members))
        placed |= {each.id for each in members}
    rest = [each for each in indicators if each.id not in placed]
    groups += [(t("home.other_group", lang), rest)] if rest else []
    body = [_group(name, members, latest, state) for name, members in groups]
    total = len(indicators)
    sub = t("home.all_indicators_sub", lang, with_data=len(latest), total=total, region=region)
    return card(t("home.all_indicators", lang), body, sub=sub)


def _group(name: str, members: Sequence[Indicator], latest: Mapping[str, Observation], state: State) -> Component:
    have = sum(each.id in latest for each in members)
    summary = t("home.group", state.lang, name=name, with_data=have, total=len(members))
    return fold(
        summary, [html.Ul([_entry(each, latest.get(each.id), state) for each in members], className="pt-index")]
    )


def _entry(indicator: Indicator, figure: Observation | None, state: State) -> Component:
    lang = state.lang
    link = html.A(indicator.name.get(lang), href=href(indicator_path(indicator.id), state))
    if figure is None:
        return html.Li([link, html.Small(t("home.no_data", lang))])
    part = part_words(indicator, figure.series, lang)
    return html.Li([link, part, html.Small(f"{marked(indicator, figure, lang)} · {period(figure.period.code, lang)}")])
