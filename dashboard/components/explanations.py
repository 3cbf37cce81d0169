"""What is told in prose: sources that differ, states and seals, terms, limits."""

from __future__ import annotations

from typing import get_args

from dash import html
from dash.development.base_component import Component

from dashboard import urls
from dashboard.components.cards import Content, card, definitions
from dashboard.components.feed_tables import CONTESTS
from dashboard.components.formulas import formula
from dashboard.data import Scene
from dashboard.language import moment, t
from dashboard.urls import Lang, href
from etl.measures.observation import Reason

SOURCES, VINTAGES, GLOSSARY, LIMITS = "beda-sumber", "segel", "istilah", "batasan"
ORDER = range(1, 7)
TERMS = (
    "realisasi",
    "capaian",
    "skor",
    "seri",
    "kiriman",
    "penerimaan",
    "dikembalikan",
    "beda",
    "mutakhir",
    "tetap",
    "provinsi",
)
LIMITATIONS = ("own", "gap", "secondary", "ikn", "ratio")


def sources_card(scene: Scene) -> Component:
    """Return the precedence of sources, the rule of conflicts and the reasons that are none."""
    lang = scene.lang
    order = [html.Li(t(f"methodology.precedence_{each}", lang)) for each in ORDER]
    reasons: list[tuple[str, Content]] = [
        (t(f"reasons.{each}", lang), t(f"reasons.{each}_why", lang))
        for each in reversed(get_args(Reason))
        if each != "conflict"
    ]
    left = html.Div([html.H3(t("methodology.precedence", lang)), html.Ol(order, className="pt-order")])
    right = html.Div(
        [
            html.H3(t("reasons.conflict", lang).capitalize()),
            html.P(t("methodology.conflict_rule", lang)),
            formula(t("methodology.conflict_formula", lang)),
            html.P(t("methodology.conflict_note", lang)),
            definitions(reasons),
            html.A(t("methodology.see_conflicts", lang), href=href(urls.SOURCES, scene.state, CONTESTS)),
        ],
        className="pt-prose",
    )
    return card(t("methodology.sources", lang), [html.Div([left, right], className="pt-halves")], id=SOURCES)


def vintages_card(scene: Scene) -> Component:
    """Return how states of the data are sealed and how to look at an earlier one."""
    lang, vintage = scene.lang, scene.vintage
    now = {"number": vintage.number, "seal": vintage.seal[:8], "when": moment(vintage.recorded_at, lang)}
    body = [
        html.P(t("methodology.vintage_rule", lang)),
        formula(t("methodology.seal_formula", lang)),
        html.P(t("methodology.seal_rule", lang)),
        html.P(t("methodology.as_of_rule", lang)),
        html.P(html.B(t("methodology.now_sealed", lang, **now))),
    ]
    return card(t("methodology.vintages", lang), [html.Div(body, className="pt-prose")], id=VINTAGES)


def glossary_card(lang: Lang) -> Component:
    """Return the terms used on screen."""
    pairs: list[tuple[str, Content]] = [
        (t(f"methodology.term_{each}", lang), t(f"methodology.term_{each}_def", lang)) for each in TERMS
    ]
    body = html.Div(definitions(pairs), className="pt-glossary")
    return card(t("methodology.glossary", lang), [body], id=GLOSSARY)


def limits_card(lang: Lang) -> Component:
    """Return what the figures and scores are not."""
    items = [html.Li(t(f"methodology.limit_{each}", lang)) for each in LIMITATIONS]
    return card(t("methodology.limits", lang), [html.Ul(items, className="pt-prose")], id=LIMITS)
