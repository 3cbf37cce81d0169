"""Changes as a wall draws them: an arrow for the way, a colour for good or bad, since when.

A wall tells a change only between two figures that nobody disputes and that speak of the same ground.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from dashboard.components.sentences import streak_start, without_move
from dashboard.formatting import difference, digits
from dashboard.indicator_story import Move, Point, Story, is_certain
from dashboard.language import number, period, rounded, short_month, t
from dashboard.urls import Lang
from dashboard.wall import content
from dashboard.wall.content import Tone
from etl.catalogue.period import from_code

Way = Literal["up", "down", "same"]
TONES: dict[bool | None, Tone] = {True: "good", False: "bad", None: "same"}


def settled(story: Story) -> Move | None:
    """Return the change of an indicator's latest figure where it may be told with a verb; None where not."""
    return story.move if story.move and story.move.is_told else None


def of_story(story: Story, lang: Lang) -> content.WallChange | None:
    """Draw the change of an indicator's latest figure; None without an earlier one that is comparable and settled."""
    latest, move = story.latest, settled(story)
    if latest is None or move is None:
        return _of_category(story, lang)
    size = _size(story, latest, move, lang)
    way = _way(move.difference > 0, not move.difference)
    return _drawn(way, TONES[move.good], size, move.since.shown.period.code, lang)


def without(story: Story, lang: Lang, guest: bool) -> str:
    """Say why no change is drawn; guests are told of no dispute."""
    if story.latest is not None and story.latest.value is None:
        return _before(story, story.latest, lang)
    if story.withheld == "disputed":
        return without_move(story, lang) if guest else t("wall.change_disputed", lang)
    if story.withheld:
        return t("wall.change_unsure", lang)
    if story.latest is None or story.move is None:
        return without_move(story, lang)
    if story.move.minor:
        return t("wall.change_minor", lang)
    sign = "+" if story.move.difference > 0 else "−" if story.move.difference else "±"
    since = when(story.move.since.shown.period.code, lang)
    return t("indicator.move_survey", lang, size=sign + _size(story, story.latest, story.move, lang), since=since)


def _of_category(story: Story, lang: Lang) -> content.WallChange | None:
    """Say since when a category has been held; None for numbers, and where it is of one period only or not sure."""
    latest = story.latest
    first = streak_start(story) if latest is not None and latest.value is None else None
    if latest is None or first is None or first is latest:
        return None
    since = t("wall.held_since", lang, since=when(first.shown.period.code, lang))
    return {"way": "same", "tone": "same", "text": t("home.change_same", lang), "since": since}


def _before(story: Story, latest: Point, lang: Lang) -> str:
    """Name the other category that was held before; say that there is nothing to compare where that is not sure."""
    earlier = [each for each in _points(story) if each.shown.period < latest.shown.period]
    if not earlier or not all(map(is_certain, (earlier[-1], latest))):
        return without_move(story, lang)
    old = earlier[-1].shown
    if old.category is None or old.category == latest.shown.category:
        return without_move(story, lang)
    return t("wall.change_before", lang, old=old.category, since=when(old.period.code, lang))


def _points(story: Story) -> tuple[Point, ...]:
    return story.main.points if story.main else ()


def _size(story: Story, latest: Point, move: Move, lang: Lang) -> str:
    """Return the size of a change; one too small for the shown digits is never printed as none."""
    places = max(digits(story.indicator, each.shown.step) for each in (latest, move.since))
    size = difference(story.indicator, move.difference, places, lang)
    least = story.indicator.decimals
    if not move.difference or rounded(abs(move.difference), least):
        return size
    nothing, unit = number(0, least, lang), number(Decimal(1).scaleb(-least), least, lang)
    return size.replace(nothing, f"< {unit}", 1)


def when(code: str, lang: Lang) -> str:
    """Write a period as briefly as it stays plain: `2024`, `Agu 2024`."""
    span = from_code(code)
    return short_month(span.start, lang) if span.kind == "month" else period(code, lang)


def _way(rises: bool, stays: bool) -> Way:
    return "same" if stays else "up" if rises else "down"


def _drawn(way: Way, tone: Tone, size: str, since: str, lang: Lang) -> content.WallChange:
    text = t(f"home.change_{way}", lang, size=size)
    return {"way": way, "tone": tone, "text": text, "since": t("wall.since", lang, since=when(since, lang))}
