"""Development indicators: realisasi with its period, change, target or distance left, sparkline, age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.citation import cited
from dashboard.components.band import level_of, word
from dashboard.components.cards import card
from dashboard.components.sentences import ahead_text, due_of, due_words, move_text, next_target, whose
from dashboard.components.sparkline import story_sparkline
from dashboard.components.stats import tone
from dashboard.components.tables import Cell, table
from dashboard.components.warnings import badges_of
from dashboard.formatting import achievement_text, series_name, unit_words
from dashboard.indicator_story import Story
from dashboard.language import period, t
from dashboard.urls import Lang, State, href, indicator_path
from etl.catalogue.models import Catalogue
from etl.measures.freshness import age

COLUMNS = ("indicator", "value", "change", "target", "trend", "age")


def development(stories: Sequence[Story], catalogue: Catalogue, state: State, today: dt.date) -> Component:
    """Return the card with a row for each indicator."""
    lang = state.lang
    head = [t(f"home.col_{name}", lang) for name in COLUMNS]
    rows = [_row(story, catalogue, state, today) for story in stories]
    title = t("home.development", lang)
    body = table(title, head, rows, numeric={1}, cards=True)
    return card(title, [body], sub=t("home.development_sub", lang), id=ids.DEVELOPMENT, wide="pt-development")


def _row(story: Story, catalogue: Catalogue, state: State, today: dt.date) -> list[Cell]:
    lang, latest = state.lang, story.latest
    link = html.A(story.indicator.name.get(lang), href=href(indicator_path(story.indicator.id), state))
    if latest is None:
        return [
            link,
            html.Span(t("home.no_data", lang), className="pt-mute"),
            "",
            _target(story, catalogue, lang),
            "",
            "",
        ]
    series = series_name(story.indicator, latest.shown.series, lang)
    when = " · ".join(part for part in (period(latest.shown.period.code, lang), series) if part)
    value = [html.B(due_words(story, latest, lang)[0]), html.Small(when)]
    change = html.Span(move_text(story, lang), className=tone(story.move))
    flags = badges_of(story, lang)
    return [
        html.Span([link, html.Small(unit_words(story.indicator, lang))]),
        html.Span(value),
        html.Span([change, *([html.Span(flags, className="pt-badges pt-under")] if flags else [])]),
        _target(story, catalogue, lang),
        story_sparkline(story, lang),
        _age(story, catalogue, today, lang),
    ]


def _target(story: Story, catalogue: Catalogue, lang: Lang) -> Cell:
    due = due_of(story)
    if due is not None and story.latest is not None:
        owner = f", {whose(due, lang).strip()}" if due.lent else ""
        kind = f"{due.kind}{owner}"
        text = t("home.target_same", lang, value=due_words(story, story.latest, lang)[1], kind=kind)
        if story.achievement is None:
            return text
        level = level_of(catalogue, story.achievement)
        said = achievement_text(story.achievement, lang)
        return [html.Span([said, " ", word(catalogue, level, "achievement", lang)]), html.Small(text)]
    ahead = next_target(story)
    if ahead is None:
        return html.Span(t("indicator.target_missing", lang), className="pt-mute")
    return ahead_text(story, ahead, lang)


def _age(story: Story, catalogue: Catalogue, today: dt.date, lang: Lang) -> Cell:
    if story.latest is None:
        return ""
    since = age(story.latest.shown.period.end, today).get(lang)
    source = t("home.source_of", lang, source=cited(catalogue, story.latest.shown, lang))
    return html.Span([t("home.age", lang, age=since), html.Small(source)])
