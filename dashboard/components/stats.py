"""The strip of headline figures: realisasi, target, capaian, the place among the regencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.band import level_of, word
from dashboard.components.sentences import ahead_text, awaited_target, due_of, due_words, move_text, next_target, whose
from dashboard.formatting import achievement_text, series_name, target_text
from dashboard.indicator_story import Move, Story
from dashboard.language import period, t
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue
from etl.measures.effective_targets import EffectiveTarget

Part = Component | str


def stat(label: str, value: Part | Sequence[Part], notes: Sequence[Part]) -> Component:
    """Return one headline figure with what stands under it."""
    under = [html.P(note) for note in notes if note]
    return html.Div([html.Dt(label), html.Dd([html.Div(value, className="pt-big"), *under])], className="pt-stat")


def stat_strip(story: Story, catalogue: Catalogue, names: Mapping[str, str], lang: Lang) -> Component:
    """Return the four headline figures."""
    parts = [
        _realisation(story, lang),
        _target(story, lang),
        _achievement(story, catalogue, lang),
        _ranking(story, names, lang),
    ]
    return html.Dl(parts, className="pt-stats")


def tone(move: Move | None) -> str:
    """Return the class of a change: coloured by good or bad, never by up or down."""
    if move is None:
        return "pt-mute"
    return "pt-same" if move.good is None else "pt-good" if move.good else "pt-bad"


def _when(story: Story, lang: Lang) -> str:
    return period(story.latest.shown.period.code, lang) if story.latest else ""


def _realisation(story: Story, lang: Lang) -> Component:
    if story.latest is None:
        return stat(t("indicator.realisation_none", lang), "–", [t("indicator.no_data", lang)])
    series = series_name(story.indicator, story.latest.shown.series, lang)
    change: list[Part] = [f"{series} · "] if series else []
    if story.latest.value is not None:
        change.append(html.Span(move_text(story, lang), className=tone(story.move)))
    value = due_words(story, story.latest, lang)[0]
    key = "figure" if story.indicator.direction == "none" else "realisation"
    return stat(t(f"indicator.{key}", lang, period=_when(story, lang)), value, [html.Span(change)])


def _target(story: Story, lang: Lang) -> Component:
    due = due_of(story)
    notes = [_awaited_note(story, lang), _next_note(story, lang), *_past_notes(story, lang)]
    if due is None or story.latest is None:
        label = t("indicator.target_none", lang, period=_when(story, lang))
        return stat(label, "–", [t("indicator.target_missing", lang), *notes])
    owner = whose(due, lang).strip()
    kind = f"{due.kind}, {owner}" if due.lent else due.kind
    label = t("indicator.target_of", lang, period=_when(story, lang), kind=kind)
    first = t("indicator.target_lent", lang) if due.lent else due.document
    derived = t("indicator.derived", lang) if due.derived else ""
    return stat(label, due_words(story, story.latest, lang)[1], [first, derived, *notes])


def _awaited_note(story: Story, lang: Lang) -> str:
    awaited = awaited_target(story)
    if awaited is None:
        return ""
    value = target_text(story.indicator, awaited, lang)
    return t(
        "indicator.target_awaited", lang, period=whose(awaited, lang) + period(awaited.period.code, lang), value=value
    )


def _next_note(story: Story, lang: Lang) -> str:
    ahead = next_target(story)
    if ahead is None:
        return ""
    return ahead_text(story, ahead, lang)


def _past_notes(story: Story, lang: Lang) -> list[str]:
    keys = {"expired": "target_past", "statement": "target_statement"}
    last: dict[str, EffectiveTarget] = {each.state: each for each in story.targets if each.state in keys}
    return [
        t(
            f"indicator.{keys[state]}",
            lang,
            period=period(each.period.code, lang),
            value=target_text(story.indicator, each, lang),
        )
        for state, each in last.items()
    ]


def _achievement(story: Story, catalogue: Catalogue, lang: Lang) -> Component:
    label = t("indicator.achievement_of", lang, period=_when(story, lang))
    way = t(f"indicator.{story.indicator.direction}", lang)
    if story.achievement is None:
        due = due_of(story)
        key = "no_achievement_lent" if due and due.lent else "no_achievement_rule" if due else "no_achievement"
        return stat(label, "–", [t(f"indicator.{key}", lang), way])
    said = achievement_text(story.achievement, lang)
    level = level_of(catalogue, story.achievement)
    return stat(label, [said, " ", word(catalogue, level, "achievement", lang)], [way])


def _ranking(story: Story, names: Mapping[str, str], lang: Lang) -> Component:
    ranking = story.ranking
    label = t("indicator.among", lang, count=t("indicator.three", lang))
    if ranking is None:
        return stat(label, "–", [t("indicator.rank_none", lang)])
    when = _when(story, lang)
    if ranking.place is not None:
        value = t("indicator.rank", lang, place=ranking.place, of=ranking.of)
        return stat(label, value, [t("indicator.rank_best", lang, period=when)])
    if ranking.close or ranking.expired:
        return stat(label, "–", [t("indicator.rank_close" if ranking.close else "indicator.rank_expired", lang)])
    absent = ", ".join(names[code] for code in ranking.missing)
    disputed = ", ".join(names[code] for code in ranking.disputed)
    notes = [t("indicator.rank_missing", lang, regions=absent, period=when)] if absent else []
    notes += [t("indicator.rank_disputed", lang, regions=disputed)] if disputed else []
    return stat(label, "–", notes)
