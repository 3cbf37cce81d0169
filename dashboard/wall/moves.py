"""Changes as a wall draws them: an arrow for the way, a colour for good or bad, since when."""

from __future__ import annotations

from typing import Literal

from dashboard.amounts import difference, digits
from dashboard.components.sentences import streak_start
from dashboard.components.tiles import change_size
from dashboard.facts import Story
from dashboard.language import period, short_month, t
from dashboard.urls import Lang
from dashboard.wall import content
from dashboard.wall.content import Tone
from etl.catalogue.observation import Change
from etl.catalogue.period import from_code

Way = Literal["up", "down", "same"]
TONES: dict[bool | None, Tone] = {True: "good", False: "bad", None: "same"}


def of_score(change: Change, lang: Lang) -> content.Change:
    """Draw the change of a dimension's score: more is better."""
    way = _way(change.difference > 0, not change.difference)
    tone: Tone = "same" if way == "same" else TONES[change.difference > 0]
    return _drawn(way, tone, change_size(change, lang), change.since, lang)


def of_story(story: Story, lang: Lang) -> content.Change | None:
    """Draw the change of an indicator's latest figure; None without an earlier one that is comparable and settled."""
    latest, move = story.latest, story.move
    if latest is None or move is None or move.since.rivals:
        return _of_category(story, lang)
    places = max(digits(story.indicator, each.shown.step) for each in (latest, move.since))
    size = difference(story.indicator, move.difference, places, lang)
    way = _way(move.difference > 0, not move.difference)
    return _drawn(way, TONES[move.good], size, move.since.shown.period.code, lang)


def without(story: Story, lang: Lang, guest: bool) -> str:
    """Say why no change is drawn; guests are told of no dispute."""
    disputed = story.move is not None and story.move.since.rivals and not guest
    return t("wall.change_disputed" if disputed else "indicator.move_none", lang)


def _of_category(story: Story, lang: Lang) -> content.Change | None:
    """Say since when a category has been held; None for numbers, and where it is of one period only."""
    first = streak_start(story) if story.latest is not None and story.latest.value is None else None
    if first is None or first is story.latest:
        return None
    since = t("wall.held_since", lang, since=when(first.shown.period.code, lang))
    return {"way": "same", "tone": "same", "text": t("home.change_same", lang), "since": since}


def when(code: str, lang: Lang) -> str:
    """Write a period as briefly as it stays plain: `2024`, `Agu 2024`."""
    span = from_code(code)
    return short_month(span.start, lang) if span.kind == "month" else period(code, lang)


def _way(rises: bool, stays: bool) -> Way:
    return "same" if stays else "up" if rises else "down"


def _drawn(way: Way, tone: Tone, size: str, since: str, lang: Lang) -> content.Change:
    text = t(f"home.change_{way}", lang, size=size)
    return {"way": way, "tone": tone, "text": text, "since": t("wall.since", lang, since=when(since, lang))}
