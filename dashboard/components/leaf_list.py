"""The leaves of a score: each with its figure, its share, its place and what that rests on; or why it has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.citation import cited, kind_word, source_kind
from dashboard.components.badges import badge
from dashboard.formatting import decimals_of, shown
from dashboard.language import amount, number, percent, period, t, unit_text
from dashboard.urls import Lang, State, href, indicator_path
from etl.catalogue.models import Catalogue
from etl.measures.observation import Leaf, Observation


@dataclass(frozen=True, slots=True)
class LeafContext:
    """What all lists of a page share; `figures` are the observations of their leaves by id."""

    catalogue: Catalogue
    state: State
    figures: Mapping[int, Observation]
    shares: Mapping[str, Fraction] = field(default_factory=dict)  # of the present weight, by indicator

    @property
    def lang(self) -> Lang:
        return self.state.lang


def leaf_list(context: LeafContext, leaves: Sequence[Leaf]) -> Component:
    """List indicators: those that count first."""
    ordered = sorted(leaves, key=lambda leaf: (leaf.score is None, -leaf.weight))
    return html.Ul([_leaf(context, leaf) for leaf in ordered], className="pt-leaves")


def _leaf(context: LeafContext, leaf: Leaf) -> Component:
    lang, indicator = context.lang, context.catalogue.indicator[leaf.indicator]
    link: Component | str = t("home.internal", lang)
    if indicator.access == "publik":
        link = html.A(indicator.short.get(lang), href=href(indicator_path(leaf.indicator), context.state))
    flags = [badge(t("home.disputed", lang), "warn")] if leaf.disputed else []
    flags += [badge(t("home.late", lang), "warn")] if leaf.late else []
    said = [html.Small(line) for line in leaf_lines(context, leaf)]
    share = context.shares.get(leaf.indicator)
    key, part = ("leaf_none", leaf.weight) if share is None else ("leaf_share", share)
    weight = html.Small(t(f"home.{key}", lang, weight=percent(part * 100, 1, lang)))
    right = [weight] if leaf.score is None else [html.B(number(leaf.score, 1, lang)), weight]
    return html.Li([html.Span([link, " ", *flags, *said]), html.Span(right)])


def leaf_lines(context: LeafContext, leaf: Leaf) -> list[str]:
    """Say a leaf's figure with its period and source, and what its place rests on; or why there is none."""
    lang = context.lang
    figure = context.figures.get(leaf.observation or 0)
    when = period(leaf.period, lang) if leaf.period else ""
    first = " · ".join([_value(context, figure), when, _source(context, figure)]) if figure else ""
    if leaf.score is None:
        why = t(f"home.{leaf.absence or 'no_data'}", lang, period=when)
        score = context.catalogue.indicator[leaf.indicator].score
        waits = [score.waits.get(lang)] if score and score.waits else []
        return [why, first, *waits] if first else [why, *waits]
    return [first or when, *_basis(context, leaf), *_others(leaf, lang)]


def _value(context: LeafContext, figure: Observation) -> str:
    """Return the figure with its unit, also where the page's larger figures go without."""
    indicator = context.catalogue.indicator[figure.indicator]
    text = shown(indicator, figure, context.lang)
    bare = figure.value is not None and not text.strip("−0123456789.,")
    return f"{text} {unit_text(indicator.unit, context.lang)}" if bare else text


def _source(context: LeafContext, figure: Observation) -> str:
    kind = kind_word(source_kind(context.catalogue, figure.publication), context.lang)
    source = t("home.source_of", context.lang, source=cited(context.catalogue, figure, context.lang))
    return f"{source} ({kind})"


def _basis(context: LeafContext, leaf: Leaf) -> list[str]:
    """Say what a place rests on: two reference points, or an order of categories."""
    lang, indicator = context.lang, context.catalogue.indicator[leaf.indicator]
    reference = indicator.score.reference if indicator.score else None
    categories = indicator.score.categories if indicator.score else None
    if leaf.basis == "reference" and reference:
        points = (
            amount(each, max(indicator.decimals, decimals_of(each)), indicator.unit, lang)
            for each in (reference.worst, reference.best)
        )
        return [t("home.leaf_reference", lang, **dict(zip(("worst", "best"), points, strict=True)))]
    if leaf.basis == "categories" and categories:
        return [t("home.leaf_categories", lang, order=" < ".join(categories.order))]
    return [t(f"home.basis_{leaf.basis}", lang)]


def _others(leaf: Leaf, lang: Lang) -> list[str]:
    """Say where the figure would lie by other choices."""
    told = [
        t("home.other_place", lang, kind=t(f"home.other_{each.kind.replace('-', '_')}", lang),
          score=number(each.score, 1, lang))
        for each in leaf.others
    ]  # fmt: skip
    return [t("home.others", lang, places="; ".join(told))] if told else []
