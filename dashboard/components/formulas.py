"""Formulas in words and signs, as tables: achievement, scores, bands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboard.components.band import ball
from dashboard.components.cards import card, fold
from dashboard.components.tables import Cell, table
from dashboard.data import Scene
from dashboard.language import number, t
from dashboard.urls import Lang, href, indicator_path
from etl.catalogue.reference import Scheme
from etl.measures.valuation import ACHIEVEMENT_SCHEME, POSITION_SCHEME

ACHIEVEMENT, BANDS, SCORE = "capaian", "tingkat", "skor"
CASES = ("higher", "lower", "range", "category", "none")
STEPS = ("value", "leaf", "weight", "score", "coverage", "interval", "robust", "change")


def formula(text: str) -> Component:
    """Set a formula apart from prose, each clause on a line of its own."""
    *first, last = text.split("; ")
    lines = [*(f"{clause};" for clause in first), last]
    return html.Span([html.Span(line) for line in lines], className="pt-formula")


def achievement_card(lang: Lang) -> Component:
    """Return the formula of each direction."""

    def words(key: str) -> str:
        return t(f"methodology.{key}", lang)

    head = [words(name) for name in ("case", "formula", "note")]
    rows: list[list[Cell]] = [
        [
            t(f"methodology.{case}", lang),
            formula(t(f"methodology.{case}_formula", lang)),
            t(f"methodology.{case}_note", lang),
        ]
        for case in CASES
    ]
    title = t("methodology.achievement", lang)
    rule = html.P(t("methodology.targets_rule", lang), className="pt-prose")
    body = [html.Div(table(title, head, rows, cards=True), className="pt-cases"), rule]
    return card(title, body, sub=t("methodology.achievement_sub", lang), id=ACHIEVEMENT)


def score_card(lang: Lang) -> Component:
    """Return how a dimension score comes about, step by step."""
    steps = [
        html.Li(
            [
                html.H3(t(f"methodology.step_{step}", lang)),
                formula(t(f"methodology.step_{step}_formula", lang)),
                html.P(t(f"methodology.step_{step}_note", lang), className="pt-sub"),
            ]
        )
        for step in STEPS
    ]
    own = html.P([html.B(t("methodology.own", lang)), " ", t("methodology.own_why", lang)], className="pt-notice")
    body = [own, html.Ol(steps, className="pt-formulas")]
    return card(t("methodology.score", lang), body, sub=t("methodology.score_sub", lang), id=SCORE)


def bands_card(scene: Scene) -> Component:
    """Return the bands of achievement, the words of a position, and the scales of single indicators."""
    lang, scheme = scene.lang, scene.catalogue.scheme[ACHIEVEMENT_SCHEME]
    title = t("methodology.bands", lang)
    own = {each.scheme for each in scene.catalogue.instruments} | {ACHIEVEMENT_SCHEME, POSITION_SCHEME}
    others = [each for each in scene.catalogue.schemes if each.id not in own]
    more = fold(t("methodology.other_schemes", lang), [_scale(scene, each) for each in others])
    sub = t("methodology.bands_sub", lang, basis=scheme.basis)
    body = [scheme_table(title, scheme, lang, sign=achievement_sign), *_positions(scene), more]
    return card(title, body, sub=sub, id=BANDS)


def _positions(scene: Scene) -> list[Component]:
    """Return the words of a position; none where the catalogue is of before there were positions."""
    scheme = scene.catalogue.scheme.get(POSITION_SCHEME)
    if scheme is None:
        return []
    title = t("methodology.positions", scene.lang)
    return [
        html.H3(title),
        html.P(t("methodology.positions_sub", scene.lang, basis=scheme.basis), className="pt-sub"),
        scheme_table(title, scheme, scene.lang, sign=position_sign),
    ]


def scheme_table(
    caption: str, scheme: Scheme, lang: Lang, *, sign: Callable[[int, str], Component] | None = None
) -> Component:
    """Return the half-open intervals of a scheme; `sign` draws the five fill levels."""
    head = [t(f"methodology.{name}", lang) for name in ("band", "from", "below")]
    rows: list[list[Cell]] = [
        [
            sign(at, each.label.get(lang)) if sign else each.label.get(lang),
            bound(each.low, lang),
            bound(each.high, lang),
        ]
        for at, each in enumerate(scheme.bands, 1)
    ]
    return table(caption, head, rows, numeric=(1, 2))


def achievement_sign(level: int, word: str) -> Component:
    """Return a band's fill sign with its word; the word says all."""
    return html.Span([ball(level), " ", html.Span(word, className="pt-word")], className=f"pt-band-{level} pt-nowrap")


def position_sign(level: int, word: str) -> Component:
    """Return a position's fill sign with its word, in the one hue of positions."""
    return html.Span([ball(level), " ", html.Span(word, className="pt-word")], className="pt-position")


def bound(value: Decimal | None, lang: Lang) -> str:
    """Write a bound with its own decimals; None is unbounded."""
    if value is None:
        return t("methodology.unbounded", lang)
    return number(value, max(-int(value.normalize().as_tuple().exponent), 0), lang)


def _scale(scene: Scene, scheme: Scheme) -> Component:
    lang = scene.lang
    users = [each for each in scene.catalogue.indicators if each.scheme == scheme.id and each.access == "publik"]
    links: list[Component | str] = []
    for each in users:
        links += [", " if links else "", html.A(each.short.get(lang), href=href(indicator_path(each.id), scene.state))]
    used = [html.P([t("methodology.scheme_used", lang), *links], className="pt-sub")] if links else []
    heading = html.H3(scheme.basis)
    return html.Div([heading, *used, scheme_table(f"{scheme.id}: {scheme.basis}", scheme, lang)], className="pt-scale")
