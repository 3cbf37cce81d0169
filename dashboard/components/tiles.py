"""Tiles of the six dimensions: the leading indicators first, then the position or its range as one line among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from dashboard.citation import CHANNELS, kind_word, source_kind
from dashboard.components.attributes import HIDDEN
from dashboard.components.badges import badge
from dashboard.components.band import ball, band_word, position_words
from dashboard.components.cards import fold
from dashboard.components.leaf_list import LeafContext, leaf_list
from dashboard.components.sentences import move_text
from dashboard.components.sparkline import story_sparkline
from dashboard.components.stats import tone
from dashboard.components.warnings import badges_of
from dashboard.formatting import series_name, shown
from dashboard.indicator_story import Point, Story
from dashboard.language import number, period, t
from dashboard.urls import Lang, href, indicator_path
from etl.catalogue.models import METHOD, Dimension
from etl.measures.effective_targets import Met
from etl.measures.observation import Change, DimensionScore
from etl.measures.robustness import shares


@dataclass(frozen=True, slots=True)
class TileContent:
    """What one tile shows. `leads` have a figure each; without any figure the tile says so."""

    dimension: Dimension
    leads: Sequence[Story]
    score: DimensionScore | None
    change: Change | None
    met: Met | None


def tile(context: LeafContext, content: TileContent) -> Component:
    """Return a dimension's tile."""
    lang, score = context.lang, content.score
    leads = html.Ul([_lead(context, each) for each in content.leads], className="pt-leads")
    parts: list[Component] = [
        html.H3(content.dimension.name.get(lang)),
        leads if content.leads else html.P(t("home.leads_none", lang), className="pt-none"),
        html.Div(_position(context, content), className="pt-position"),
    ]
    if score is not None and score.leaves:
        own = replace(context, shares=shares(score.leaves))
        parts.append(fold(t("home.detail", lang, total=score.total), [leaf_list(own, score.leaves)]))
    return html.Article(parts, className="pt-tile")


def _lead(context: LeafContext, story: Story) -> Component:
    lang, latest = context.lang, story.latest
    link = html.A(story.indicator.short.get(lang), href=href(indicator_path(story.indicator.id), context.state))
    if latest is None:
        return html.Li(link)
    series = [f"{each} · "] if (each := series_name(story.indicator, latest.shown.series, lang)) else []
    change: list[Component | str] = []
    if story.moves:
        change = [" · ", html.Span(move_text(story, lang), className=tone(story.move))]
    kind = kind_word(source_kind(context.catalogue, latest.shown.publication), lang)
    under: list[Component | str] = [*series, period(latest.shown.period.code, lang), *change, f" · {kind}"]
    said = html.Span([link, " ", *badges_of(story, lang), html.Small(under)])
    return html.Li([said, html.Span([html.B(_figure(story, latest, lang)), story_sparkline(story, lang)])])


def _figure(story: Story, latest: Point, lang: Lang) -> str:
    return shown(story.indicator, latest.shown, lang)


def _position(context: LeafContext, content: TileContent) -> list[Component]:
    """Say the position, or its range alone, or that the figures are too few; and how many targets are met."""
    lang, score = context.lang, content.score
    met = [html.P(met_text(content.met, lang), className="pt-tile-foot")] if content.met else []
    if score is None or score.score is None:
        counts = {"present": score.present if score else 0, "total": score.total if score else 0}
        return [html.P(t("home.too_little", lang, **counts), className="pt-tile-foot"), *met]
    if score.method != METHOD:
        return [*_former(context, score), *met]
    flag = [badge(t("home.disputed", lang), "warn", t("home.disputed_title", lang))] if _is_disputed(score) else []
    line = html.Div([*_standing(context, score), *flag], className="pt-word-line")
    foot = html.P(" · ".join([*foot_parts(score, lang), *_kinds(context, score)]), className="pt-tile-foot")
    return [line, interval_bar(score), *change_line(content.change, lang), foot, *met]


def _kinds(context: LeafContext, score: DimensionScore) -> list[str]:
    """Say how many of the figures that count were read in which kind of source."""
    counted = (context.figures.get(leaf.observation or 0) for leaf in score.leaves if leaf.score is not None)
    kinds = Counter(source_kind(context.catalogue, each.publication) for each in counted if each is not None)
    told = ", ".join(f"{kinds[each]} {kind_word(each, context.lang)}" for each in CHANNELS if kinds[each])
    return [t("home.rests_on", context.lang, kinds=told)] if told else []


def _is_disputed(score: DimensionScore) -> bool:
    return any(leaf.disputed for leaf in score.leaves)


def _standing(context: LeafContext, score: DimensionScore) -> list[Component]:
    """Return number and word of a position; below two thirds of the weight its range alone."""
    lang = context.lang
    if score.position is None:
        low, high = number(score.low, 1, lang), number(score.high, 1, lang)
        return [html.Span([t("home.position", lang), " ", html.B(f"{low}–{high}")])]
    said: list[Component | str] = [f"{t('home.position', lang)} ", html.B(number(score.score or 0, 1, lang))]
    words = position_words(context.catalogue, score.position, lang)
    word: list[Component | str] = [ball(score.position), f" {words}"]
    return [html.Span(said), html.Span(word, className="pt-word")]


def _former(context: LeafContext, score: DimensionScore) -> list[Component]:
    """Show a score of an earlier method as it was stored, and say by which method it was computed."""
    lang = context.lang
    word = f", {band_word(context.catalogue, score.band, 'score', lang)}" if score.band else ""
    said = t("home.former", lang, score=number(score.score or 0, 1, lang), word=word)
    parts = [*foot_parts(score, lang), t("home.method", lang, method=score.method)]
    return [html.P(said), html.P(" · ".join(parts), className="pt-tile-foot")]


def met_text(met: Met, lang: Lang) -> str:
    """Say how many of a year's own targets are met: 3 dari 5 target 2025 tercapai."""
    key = "met_waiting" if met.waiting else "met"
    return t(f"home.{key}", lang, met=met.met, total=met.total, period=met.period, waiting=met.waiting)


def change_line(change: Change | None, lang: Lang) -> list[Component]:
    """Return the change of a position, in words without colour: its leaves rest on surveys, most of them."""
    if change is None:
        return []
    sign = "+" if change.difference > 0 else "−" if change.difference < 0 else "±"
    words = {"size": sign + change_size(change, lang), "since": change.since}
    text = t("home.position_change", lang, **words, compared=change.compared, total=change.total)
    return [html.P(text, className="pt-tile-foot")]


def change_size(change: Change, lang: Lang) -> str:
    """Return the size of a change in points; one too small for the shown digits is never printed as none."""
    size = number(abs(change.difference), 1, lang)
    if change.difference and size in ("0,0", "0.0"):
        return "< 0,1" if lang == "id" else "< 0.1"
    return size


def interval_bar(score: DimensionScore) -> Component:
    """Return the range from 0 to 100, with a mark where the position has a word; its words stand below."""
    left, right = float(score.low), float(score.high)
    spans = [html.Span(className="pt-bar-range", style={"left": f"{left:.2f}%", "width": f"{right - left:.2f}%"})]
    if score.position is not None:
        spans.append(html.Span(className="pt-bar-mark", style={"left": f"{float(score.score or 0):.2f}%"}))
    return html.Div(spans, className="pt-bar-track", **HIDDEN)


def foot_parts(score: DimensionScore, lang: Lang) -> list[str]:
    """Return coverage, range, robustness and period of a score."""
    parts = [t("home.coverage", lang, present=score.present, total=score.total)]
    if score.low != score.high and (score.position is not None or score.method != METHOD):
        parts.append(t("home.interval", lang, low=number(score.low, 1, lang), high=number(score.high, 1, lang)))
    if score.robust_low is not None and score.robust_high is not None:
        low, high = number(score.robust_low, 1, lang), number(score.robust_high, 1, lang)
        parts.append(t("home.robust", lang, low=low, high=high, count=score.variants))
    return [*parts, t("home.of_period", lang, period=score.period)]
