"""Development indicators, the worst first: realisation against the target of the same period, else what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

from dashboard.components.band import level_of
from dashboard.components.sentences import distance, due_of, due_words, gap_text, next_target, whose
from dashboard.formatting import part_words, series_name, target_text
from dashboard.indicator_story import Point, Story
from dashboard.language import t
from dashboard.urls import Lang
from dashboard.wall import moves
from dashboard.wall.content import Bar, Row, Sentence, WallScene
from dashboard.wall.disputes import targets_in_dispute
from dashboard.wall.periods import age_of, dated, flags_of, ground_of, is_expired
from dashboard.wall.sentence import sentence_of, spoken_of, uncapitalised
from dashboard.wall.view import StagedScene, View
from etl.measures.effective_targets import EffectiveTarget

ROWS = 5
ROOM = Fraction(9, 10)  # share of the scale that the greater of value and target takes


def build(view: View) -> WallScene | None:
    """Return the scene; None where no development indicator has a figure that may be shown."""
    known = [replace(each, today=view.today) for each in view.headlines]
    stories = worst_first([each for each in known if not (view.guest and _is_disputed(view, each))])[:ROWS]
    points = [(each, each.latest) for each in stories if each.latest is not None]
    if not points:
        return None
    figures = [latest.shown for _, latest in points]
    ground = ground_of(view, figures)
    rows = [_row(view, story, latest, ground) for story, latest in points]
    sentence = _sentence(view, points, ground)
    age = age_of(view, figures)
    title = t("wall.development", view.lang, region=view.page.region.short)
    sub = " · ".join(filter(None, (_sub(view, rows, stories), ground)))
    return {
        "id": "development",
        "kind": "rows",
        "title": title,
        "sub": sub,
        "worse": sum(_is_worse(each) for each in stories),
        "note": age["note"],
        "received": age["received"],
        "late": age["late"],
        "sentence": sentence,
        "spoken": spoken_of(f"{title}, {sub}", [_speech(each) for each in rows], sentence),
        "rows": rows,
    }


def _is_disputed(view: View, story: Story) -> bool:
    """Tell whether a figure or a target of an indicator is in beda data."""
    return bool(story.latest and story.latest.rivals) or story.indicator.id in targets_in_dispute(view)


def _sub(view: View, rows: Sequence[Row], stories: Sequence[Story]) -> str:
    """Say what the rows are measured by: targets of their own periods, targets ahead, or nothing."""
    if any(each["bar"] for each in rows):
        return t("wall.against_due", view.lang)
    ahead = any(next_target(each) is not None for each in stories)
    return t("wall.against_next" if ahead else "wall.against_none", view.lang)


def worst_first(stories: Sequence[Story]) -> list[Story]:
    """Order stories: those short of a due target by achievement, then those that turned worse, then the rest."""
    return sorted(stories, key=_badness)


def _badness(story: Story) -> tuple[int, Fraction]:
    if story.achievement is not None and story.achievement < 100:
        return (0, story.achievement)
    return (1 if _is_worse(story) else 2, Fraction(0))


def _is_worse(story: Story) -> bool:
    move = moves.settled(story)
    return move is not None and move.good is False


def _is_better(view: View, story: Story, latest: Point) -> bool:
    """Tell whether an indicator turned better; a figure that is out of date earns no praise."""
    move = moves.settled(story)
    return move is not None and move.good is True and not is_expired(view, latest.shown)


def _row(view: View, story: Story, latest: Point, ground: str) -> Row:
    lang, change = view.lang, moves.of_story(story, view.lang)
    achieved = story.achievement
    flags = flags_of(view, latest.shown, ground)
    said = [moves.when(latest.shown.period.code, lang), *_series(story, latest, lang), *flags]
    return {
        "name": _name(story, latest, lang),
        "period": " · ".join(said),
        "value": due_words(story, latest, lang)[0],
        "band": 0 if achieved is None else level_of(view.catalogue, achieved),
        "bar": _bar(latest, due_of(story)),
        "change": change,
        "change_none": "" if change else moves.without(story, lang, view.guest),
        "target": _target(story, latest, lang),
        "two": t("wall.two", lang) if latest.rivals else "",
    }


def _name(story: Story, latest: Point, lang: Lang) -> str:
    return story.indicator.short.get(lang) + part_words(story.indicator, latest.shown.series, lang)


def _series(story: Story, latest: Point, lang: Lang) -> list[str]:
    """Name the series where the indicator has more than one; a part is named with the indicator itself."""
    several = len(story.indicator.series) > 1 and not story.indicator.has_parts
    name = series_name(story.indicator, latest.shown.series, lang)
    return [name] if several and name else []


def _bar(latest: Point, due: EffectiveTarget | None) -> Bar | None:
    """Return realisation and target on one scale from zero; None without a target of its own, or below zero."""
    if due is None or due.lent or latest.value is None or not isinstance(due.value, Decimal):
        return None
    low, high = sorted((latest.value, due.value))
    if low < 0 or high == 0:
        return None
    scale = Fraction(high) / ROOM
    value, target = (round(float(Fraction(each) / scale), 4) for each in (latest.value, due.value))
    return {"value": value, "target": target}


def _target(story: Story, latest: Point, lang: Lang) -> str:
    """Say the target of the figure's own period; else the next one with what is left to it; else that none is known."""
    due = due_of(story)
    if due is not None and not due.lent:
        key = "target_path" if due.derived else "target"
        return t(f"wall.{key}", lang, value=due_words(story, latest, lang)[1], period=_period(due, lang))
    ahead = due or next_target(story)
    if ahead is None:
        return t("indicator.target_missing", lang)
    gap = distance(story, ahead)
    words = {"value": target_text(story.indicator, ahead, lang), "period": _period(ahead, lang)}
    if gap is None:
        return t("wall.target_next", lang, **words)
    if gap <= 0:
        return t("wall.target_passed", lang, **words)
    return t("wall.target_left", lang, distance=gap_text(story, gap, lang), **words)


def _period(target: EffectiveTarget, lang: Lang) -> str:
    return whose(target, lang) + moves.when(target.period.code, lang)


def _due(story: Story, latest: Point, lang: Lang) -> str:
    """Say the target of the figure's own period, without the period."""
    due = due_of(story)
    return t("wall.due", lang, whose=whose(due, lang), value=due_words(story, latest, lang)[1]) if due else ""


def _sentence(view: View, points: Sequence[tuple[Story, Point]], ground: str) -> Sentence | None:
    """Say the worst: short of its target, else turned worse; else what turned better; else what is out of date."""
    lang, (story, latest) = view.lang, points[0]
    name, when = _name(story, latest, lang), ", ".join(dated(view, latest, ground))
    figure = f"{name} {due_words(story, latest, lang)[0]} ({when})"
    short = f"{name} ({when})"
    if story.achievement is not None and story.achievement < 100:
        subjects = [f"{figure}, {_due(story, latest, lang)}", figure, short]
        return sentence_of(view, t("wall.short_lead", lang), "bad", subjects, story.indicator)
    move, drawn = moves.settled(story), moves.of_story(story, lang)
    if _is_worse(story) and move is not None and drawn is not None:
        span = f"{moves.when(move.since.shown.period.code, lang)}–{when}"
        subjects = [f"{figure}, {drawn['text']} {drawn['since']}", f"{name} {drawn['text']} ({span})", figure, short]
        return sentence_of(view, t("wall.worse_lead", lang), "bad", subjects, story.indicator)
    better = [_name(each, at, lang) for each, at in points if _is_better(view, each, at)]
    if better:
        return sentence_of(view, t("wall.better_lead", lang), "good", _listed(better, lang), None)
    stale = [_name(each, at, lang) for each, at in points if is_expired(view, at.shown)]
    return sentence_of(view, t("wall.stale_lead", lang), "warn", _listed(stale, lang), None) if stale else None


def _listed(names: Sequence[str], lang: Lang) -> list[str]:
    """List names, then fewer of them with how many are left out."""
    written = [*names[:1], *map(uncapitalised, names[1:])]
    fewer = [
        t("wall.and_more", lang, names=", ".join(written[:kept]), count=len(names) - kept)
        for kept in (2, 1)
        if len(names) > kept
    ]
    return [", ".join(written), *fewer]


def _speech(row: Row) -> str:
    change = f"{row['change']['text']} {row['change']['since']}" if row["change"] else row["change_none"]
    parts = [f"{row['name']} {row['value']} ({row['period']})", change, row["target"], row["two"]]
    return ", ".join(each for each in parts if each)


SCENE = StagedScene("pembangunan", "development", partial(t, "wall_setup.scene_pembangunan"), build)
