"""The SPBE and Pemdi instruments: domains, aspects and indicators with their weights, and their predicates."""

from __future__ import annotations

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboard.components.cards import card, fold
from dashboard.components.formulas import bound, formula, scheme_table
from dashboard.components.tables import Cell, table
from dashboard.data import Scene
from dashboard.language import t
from dashboard.urls import Lang, href, indicator_path
from etl.catalogue.reference import Instrument

INSTRUMENTS = "instrumen"


def instruments_card(scene: Scene) -> Component:
    """Return both instruments side by side; no conversion between them exists."""
    lang = scene.lang
    ordered = sorted(scene.catalogue.instruments, key=lambda each: each.first_year)
    parts = [_instrument(scene, each) for each in ordered]
    rounded = html.P(t("methodology.instrument_rounded", lang), className="pt-prose")
    body = [
        formula(t("methodology.instrument_formula", lang)),
        html.Div(parts, className="pt-halves pt-instruments"),
        rounded,
    ]
    return card(t("methodology.instruments", lang), body, sub=t("methodology.instruments_sub", lang), id=INSTRUMENTS)


def _instrument(scene: Scene, each: Instrument) -> Component:
    lang, name = scene.lang, each.name.get(scene.lang)
    heading = html.H3(html.A(name, href=href(indicator_path(each.indicator), scene.state)))
    gates = [t("methodology.instrument_gate", lang)]
    if loose := [str(one.no) for one in each.indicators if not one.gated]:
        gates.append(t("methodology.instrument_ungated", lang, numbers=", ".join(loose)))
    scheme = scene.catalogue.scheme[each.scheme]
    captions = {
        "aspects": t("methodology.weights_aspects", lang, name=name),
        "indicators": t("methodology.weights_indicators", lang, name=name, count=len(each.indicators)),
        "predicates": t("methodology.predicates", lang, name=name),
    }
    return html.Div(
        [
            heading,
            html.P(_terms(each, lang), className="pt-sub"),
            html.P(" ".join(gates), className="pt-sub"),
            fold(captions["predicates"], [scheme_table(captions["predicates"], scheme, lang)], opened=True),
            fold(captions["aspects"], [_aspects(each, captions["aspects"], lang)]),
            fold(captions["indicators"], [_indicators(each, captions["indicators"], lang)]),
        ]
    )


def _terms(each: Instrument, lang: Lang) -> str:
    key = "instrument_sub" if each.last_year else "instrument_sub_open"
    counts = {"basis": each.basis, "indicators": len(each.indicators), "aspects": len(each.aspects)}
    return t(f"methodology.{key}", lang, **counts, first=each.first_year, last=each.last_year)


def _aspects(each: Instrument, caption: str, lang: Lang) -> Component:
    domains = {one.no: f"{one.name} ({weight_words(one.weight, lang)})" for one in each.domains}
    names = ("aspect", "domain", "weight") if domains else ("aspect", "weight")
    rows: list[list[Cell]] = []
    for one in each.aspects:
        domain = [domains.get(one.domain or 0, "–")] if domains else []
        rows.append([f"{one.no}. {one.name}", *domain, weight_words(one.weight, lang)])
    return table(caption, [t(f"methodology.{name}", lang) for name in names], rows, numeric=(len(names) - 1,))


def _indicators(each: Instrument, caption: str, lang: Lang) -> Component:
    aspects = {one.no: one.name for one in each.aspects}
    head = [t(f"methodology.{name}", lang) for name in ("indicator", "aspect", "weight")]
    rows: list[list[Cell]] = [
        [f"{one.no}. {one.name}", aspects[one.aspect], weight_words(one.weight, lang)] for one in each.indicators
    ]
    return table(caption, head, rows, numeric=(2,), cards=True)


def weight_words(weight: Decimal, lang: Lang) -> str:
    """Write a weight in percent with its own decimals."""
    return f"{bound(weight, lang)}%"
