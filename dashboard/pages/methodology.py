"""/metodologi: formulas, weights and reference points, written out from the catalogue in force."""

from __future__ import annotations

from functools import partial

from dash import html
from dash.development.base_component import Component

from dashboard import page_shell, urls
from dashboard.components import explanations, formulas, instrument_tables, robust_card, weights
from dashboard.components.selection import labelled
from dashboard.data import Scene
from dashboard.language import t
from dashboard.page_shell import Body
from dashboard.urls import Lang

CONTENTS = {
    formulas.ACHIEVEMENT: "achievement",
    formulas.BANDS: "bands",
    formulas.SCORE: "score",
    robust_card.ROBUST: "step_robust",
    weights.INDICATORS: "indicators",
    instrument_tables.INSTRUMENTS: "instruments",
    explanations.SOURCES: "sources",
    explanations.VINTAGES: "vintages",
    explanations.LIMITS: "limits",
    explanations.GLOSSARY: "glossary",
}


def register() -> None:
    """Register the page."""
    page_shell.register_page(
        __name__, path=urls.METHODOLOGY, layout=layout, label=partial(t, "shell.methodology"), order=30
    )


def layout(**query: str) -> Component:
    """Show how Pantau computes."""
    return page_shell.page(query, urls.METHODOLOGY, build)


def build(scene: Scene) -> Body:
    """Build the page from the scene's catalogue."""
    lang = scene.lang
    children = [
        _top(scene),
        _contents(lang),
        html.Div([formulas.achievement_card(lang), formulas.bands_card(scene)], className="pt-columns pt-wide-side"),
        formulas.score_card(lang),
        robust_card.robust_card(scene),
        weights.indicators_card(scene),
        instrument_tables.instruments_card(scene),
        explanations.sources_card(scene),
        html.Div([explanations.vintages_card(scene), explanations.limits_card(lang)], className="pt-halves"),
        explanations.glossary_card(lang),
    ]
    return Body(t("methodology.title", lang), children)


def _top(scene: Scene) -> Component:
    lead = t("methodology.lead", scene.lang, seal=scene.vintage.seal[:8])
    heading = html.H1(t("methodology.heading", scene.lang))
    return html.Div([heading, html.P(lead, className="pt-lead")], className="pt-top")


def _contents(lang: Lang) -> Component:
    links = [
        html.A(t(f"methodology.{key}", lang), href=f"#{anchor}", className="pt-chip")
        for anchor, key in CONTENTS.items()
    ]
    return html.Nav(links, className="pt-chips", **labelled(t("methodology.contents", lang)))
