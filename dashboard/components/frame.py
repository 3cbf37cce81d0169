"""The frame of every page: skip link, header with navigation and display settings, main, footer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard import ids, urls
from dashboard.components.attributes import CHOSEN, PRESENT, Attributes, labelled
from dashboard.components.search import search
from dashboard.data import Scene
from dashboard.language import date, moment, t
from dashboard.urls import Lang, State, extended, href
from etl.catalogue.models import Indicator


@dataclass(frozen=True, slots=True)
class Entry:
    """A page's place in the navigation; `label` gives its words in a language."""

    path: str
    label: Callable[[Lang], str]


def navigation(state: State, path: str, entries: Sequence[Entry]) -> Component:
    """Link the pages, keeping the state; the present one is marked."""
    links = [
        html.A(each.label(state.lang), href=href(each.path, state), **(PRESENT if each.path == path else {}))
        for each in entries
    ]
    return html.Nav(links, className="pt-nav", **labelled(t("shell.navigation", state.lang)))


def settings(state: State, path: str, own: Mapping[str, object]) -> Component:
    """Link the same view, with the page's `own` query parameters, in the other theme and the other language."""
    other = "id" if state.lang == "en" else "en"
    words = {"gelap": ("dark", "to_dark"), "terang": ("light", "to_light")}
    themes = [
        html.A(
            t(f"shell.{word}", state.lang),
            href=extended(href(path, state, tema=theme), own),
            className=f"pt-theme pt-theme-{theme}",
            title=t(f"shell.{full}", state.lang),
        )
        for theme, (word, full) in words.items()
    ]
    address = extended(href(path, state, lang=other), own)
    tongue = html.A(t("shell.language", state.lang), href=address, lang=other, hrefLang=other)
    return html.Div([*themes, tongue], className="pt-settings", role="group", **_label("display", state))


def header(
    state: State,
    path: str,
    indicators: Sequence[Indicator],
    own: Mapping[str, object],
    entries: Sequence[Entry],
) -> Component:
    """Return the top bar; `indicators` are those that can be searched for."""
    found = [search(indicators, state.lang)] if indicators else []
    brand = html.A(t("shell.product", state.lang), href=href(urls.HOME, state), className="pt-brand")
    return html.Header(
        [brand, navigation(state, path, entries), *found, settings(state, path, own)], className="pt-bar"
    )


def region_switch(scene: Scene, path: str) -> Component:
    """Link the same page for each of the three regencies."""
    links = [
        html.A(
            region.short,
            href=href(path, scene.state, wilayah=region.code),
            title=region.name,
            **(CHOSEN if region.code == scene.region.code else {}),
        )
        for region in scene.regencies
    ]
    return html.Nav(links, className="pt-switch", **_label("regions", scene.state))


def notices(scene: Scene, path: str) -> list[Component]:
    """Say what of the address had to be replaced, and that the view is one of the past."""
    found: list[Component] = [html.P(text, className="pt-notice", role="status") for text in scene.notices]
    if scene.state.per:
        back = html.A(t("shell.back_to_now", scene.lang), href=href(path, scene.state, per=None))
        text = t("shell.as_of", scene.lang, when=moment(scene.vintage.recorded_at, scene.lang))
        found.append(html.P([text, ". ", back], className="pt-notice", role="status"))
    return found


def footer(scene: Scene) -> Component:
    """Return seal, receipt and the way to the sources."""
    lang = scene.lang
    seal = t("shell.seal", lang, seal=scene.vintage.seal[:8])
    received = t("shell.received", lang, when=date(scene.vintage.recorded_at, lang))
    return html.Footer(
        [
            html.Span([html.Code(seal), " · ", received]),
            html.Span(t("shell.source_line", lang)),
        ],
        className="pt-foot",
    )


def simulation(state: State) -> Component:
    """Say on every page that no figure is real."""
    return html.Div(t("shell.simulation", state.lang), className="pt-simulation", role="status")


def frame(
    state: State,
    path: str,
    children: Sequence[Component],
    scene: Scene | None,
    own: Mapping[str, object],
    entries: Sequence[Entry],
) -> Component:
    """Compose a page of its content; without a scene it has no search and no foot."""
    public = list(scene.public.values()) if scene else []
    simulated = scene is not None and scene.catalogue.simulation
    return html.Div(
        [
            *([simulation(state)] if simulated else []),
            html.A(t("shell.skip", state.lang), href=f"#{ids.MAIN}", className="pt-skip"),
            header(state, path, public, own, entries),
            html.Main(list(children), id=ids.MAIN, className="pt-main", tabIndex=-1),
            *([footer(scene)] if scene else []),
        ],
        className="pt-page",
    )


def _label(key: str, state: State) -> Attributes:
    return labelled(t(f"shell.{key}", state.lang))
