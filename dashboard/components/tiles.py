"""Tiles of the six dimensions: score, band, change, coverage and interval, or what is there while data are too few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dash import html
from dash.development.base_component import Component

from dashboard.citation import cited
from dashboard.components.attributes import HIDDEN
from dashboard.components.badges import badge
from dashboard.components.band import ball, band_word
from dashboard.components.cards import fold
from dashboard.components.sentences import whose
from dashboard.formatting import shown, target_text, told_apart
from dashboard.language import amount, number, percent, period, t, unit_text
from dashboard.urls import Lang, State, href, indicator_path
from etl.catalogue.models import METHOD, Catalogue, Dimension
from etl.measures.effective_targets import EffectiveTarget
from etl.measures.observation import Change, DimensionScore, Leaf, Observation


@dataclass(frozen=True, slots=True)
class TileContext:
    """What all tiles of a page share; `figures` are the observations of their leaves by id."""

    catalogue: Catalogue
    state: State
    figures: Mapping[int, Observation]
    targets: Mapping[int, EffectiveTarget] = field(default_factory=dict)  # those a score rests on, by figure

    @property
    def lang(self) -> Lang:
        return self.state.lang


def tile(context: TileContext, dimension: Dimension, score: DimensionScore | None, change: Change | None) -> Component:
    """Return a dimension's tile."""
    heading = html.H3(dimension.name.get(context.lang))
    if score is None or score.score is None or score.band is None:
        return html.Article([heading, *_too_little(context, score)], className="pt-tile pt-tile-none pt-band-none")
    lang = context.lang
    number_line = html.Div([number(score.score, 1, lang), ball(score.band)], className="pt-score")
    word = html.Span(band_word(context.catalogue, score.band, "score", lang), className="pt-word")
    disputed = any(leaf.disputed for leaf in score.leaves)
    flag = [badge(t("home.disputed", lang), "warn", t("home.disputed_title", lang))] if disputed else []
    parts = [
        heading,
        number_line,
        html.Div([word, *flag], className="pt-word-line"),
        change_line(change, score, lang),
        interval_bar(score),
        html.P(_foot(score, context.catalogue, lang), className="pt-tile-foot"),
        fold(t("home.detail", lang, total=score.total), [leaf_list(context, score.leaves)]),
    ]
    return html.Article(parts, className=f"pt-tile pt-band-{score.band}")


def change_line(change: Change | None, score: DimensionScore, lang: Lang) -> Component:
    """Return the change with its arrow; arrows never mean the band."""
    if change is None:
        return html.P(t("home.change_first", lang), className="pt-mute")
    way = "same" if not change.difference else "up" if change.difference > 0 else "down"
    tone, arrow = {"up": ("pt-good", "↗ "), "down": ("pt-bad", "↘ "), "same": ("pt-same", "→ ")}[way]
    text = t(f"home.change_{way}", lang, size=change_size(change, lang))
    words = html.Span([html.Span(arrow, **HIDDEN), text], className=tone)
    since = t("home.change_since", lang, since=change.since, compared=change.compared, total=change.total)
    return html.P([words, html.Span(since, className="pt-mute")])


def change_size(change: Change, lang: Lang) -> str:
    """Return the size of a change in points; one too small for the shown digits is never printed as none."""
    size = number(abs(change.difference), 1, lang)
    if change.difference and size in ("0,0", "0.0"):
        return "< 0,1" if lang == "id" else "< 0.1"
    return size


def interval_bar(score: DimensionScore) -> Component:
    """Return the interval from 0 to 100 with the score as a mark; its words stand below."""
    left, right, at = float(score.low), float(score.high), float(score.score or 0)
    return html.Div(
        [
            html.Span(className="pt-bar-range", style={"left": f"{left:.2f}%", "width": f"{right - left:.2f}%"}),
            html.Span(className="pt-bar-mark", style={"left": f"{at:.2f}%"}),
        ],
        className="pt-bar-track",
        **HIDDEN,
    )


def _foot(score: DimensionScore, catalogue: Catalogue, lang: Lang) -> str:
    parts = [t("home.coverage", lang, present=score.present, total=score.total)]
    if score.low != score.high:
        low, high = number(score.low, 1, lang), number(score.high, 1, lang)
        parts.append(t("home.interval", lang, low=low, high=high))
    parts.append(t("home.of_period", lang, period=score.period))
    if catalogue.method != METHOD:
        parts.append(t("home.method", lang, method=catalogue.method))
    return " · ".join(parts)


def _too_little(context: TileContext, score: DimensionScore | None) -> list[Component]:
    lang = context.lang
    leaves = score.leaves if score else ()
    there = [leaf for leaf in leaves if leaf.score is not None]
    absent = [leaf for leaf in leaves if leaf.score is None]
    words = t("home.too_little", lang, present=len(there), total=len(leaves))
    help_text = t("home.too_little_help" if there else "home.nothing_yet", lang)
    parts: list[Component] = [html.P(words, className="pt-none"), html.P(help_text, className="pt-tile-foot")]
    if there and absent:
        rest = fold(t("home.missing_count", lang, count=len(absent)), [leaf_list(context, absent)])
        return [*parts, leaf_list(context, there), rest]
    return [*parts, leaf_list(context, there or absent)] if leaves else parts


def leaf_list(context: TileContext, leaves: Sequence[Leaf]) -> Component:
    """List indicators: each with its figure, period, source and score, or why it has none."""
    ordered = sorted(leaves, key=lambda leaf: (leaf.score is None, -leaf.weight))
    return html.Ul([_leaf(context, leaf) for leaf in ordered], className="pt-leaves")


def _leaf(context: TileContext, leaf: Leaf) -> Component:
    lang, indicator = context.lang, context.catalogue.indicator[leaf.indicator]
    link: Component | str = t("home.internal", lang)
    if indicator.access == "publik":
        link = html.A(indicator.short.get(lang), href=href(indicator_path(leaf.indicator), context.state))
    flag = [badge(t("home.disputed", lang), "warn")] if leaf.disputed else []
    said = [html.Small(line) for line in leaf_lines(context, leaf)]
    weight = html.Small(t("home.leaf_none", lang, weight=percent(leaf.weight * 100, 1, lang)))
    right = [weight] if leaf.score is None else [html.B(number(leaf.score, 1, lang)), weight]
    return html.Li([html.Span([link, " ", *flag, *said]), html.Span(right)])


def leaf_lines(context: TileContext, leaf: Leaf) -> list[str]:
    """Say a leaf's figure with its period and source, and what its score rests on; or why there is none."""
    lang = context.lang
    figure = context.figures.get(leaf.observation or 0)
    when = period(leaf.period, lang) if leaf.period else ""
    first = " · ".join([_value(context, leaf, figure), when, _source(context, figure)]) if figure else ""
    if leaf.score is None:
        why = t(f"home.{leaf.absence or 'no_data'}", lang, period=when)
        return [why, first] if first else [why]
    return [first or when, _basis(context, leaf, figure)]


def _value(context: TileContext, leaf: Leaf, figure: Observation) -> str:
    """Return the figure with its unit, also where the page's larger figures go without."""
    indicator, target = context.catalogue.indicator[figure.indicator], _target(context, leaf)
    text = told_apart(indicator, figure, target, context.lang)[0] if target else shown(indicator, figure, context.lang)
    bare = figure.value is not None and not text.strip("−0123456789.,")
    return f"{text} {unit_text(indicator.unit, context.lang)}" if bare else text


def _source(context: TileContext, figure: Observation) -> str:
    return t("home.source_of", context.lang, source=cited(context.catalogue, figure, context.lang))


def _target(context: TileContext, leaf: Leaf) -> EffectiveTarget | None:
    """Return the target that a leaf's score rests on."""
    return context.targets.get(leaf.observation or 0) if leaf.basis == "target" else None


def _basis(context: TileContext, leaf: Leaf, figure: Observation | None) -> str:
    """Say what a score rests on: a target with its kind, two reference points, or an order of categories."""
    lang, indicator, target = context.lang, context.catalogue.indicator[leaf.indicator], _target(context, leaf)
    if target is not None:
        kind = f"{target.kind}, {whose(target, lang).strip()}" if target.lent else target.kind
        value = told_apart(indicator, figure, target, lang)[1] if figure else target_text(indicator, target, lang)
        return t("home.leaf_target", lang, value=value, kind=kind)
    reference = indicator.score.reference if indicator.score else None
    categories = indicator.score.categories if indicator.score else None
    if leaf.basis == "reference" and reference:
        points = (amount(each, indicator.decimals, indicator.unit, lang) for each in (reference.worst, reference.best))
        return t("home.leaf_reference", lang, **dict(zip(("worst", "best"), points, strict=True)))
    if leaf.basis == "categories" and categories:
        return t("home.leaf_categories", lang, order=" < ".join(categories.order))
    return t(f"home.basis_{leaf.basis}", lang)
