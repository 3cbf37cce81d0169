"""Findings as sentences, from templates over the facts: what a headline says is computed, never written by hand."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from dashboard.formatting import difference, digits, marked, part_words, shown, target_text, told_apart
from dashboard.indicator_story import Point, Story, comparable, is_certain, is_sound, newest
from dashboard.language import period, rounded, t
from dashboard.urls import Lang
from etl.measures.effective_targets import EffectiveTarget
from etl.measures.materiality import is_firm

COUNTS = {2: "two", 3: "three"}


def headline(story: Story, region: str, lang: Lang) -> str:
    """Say what the latest figure of the region (its short name) shows."""
    latest = story.latest
    part = part_words(story.indicator, latest.shown.series, lang) if latest else ""
    subject = f"{story.indicator.short.get(lang)}{part} {region}"
    if latest is None:
        return t("indicator.title_none", lang, subject=subject)
    words = {
        "subject": subject,
        "value": due_words(story, latest, lang)[0],
        "period": period(latest.shown.period.code, lang),
    }
    if latest.value is None:
        return _category_title(story, latest, words, lang) + _weakness(latest, lang)
    return t(f"indicator.title_{_way(story)}", lang, **words) + (
        _weakness(latest, lang) or _suffix(story, latest, lang)
    )


def _weakness(latest: Point, lang: Lang) -> str:
    """Say in the headline itself that a figure is weak: a warning beneath it would come too late."""
    return t(f"indicator.but_{latest.weakness}", lang) if latest.weakness else ""


def _way(story: Story) -> str:
    if story.move is None or not story.move.is_told:
        return "first"
    size = story.move.difference
    return "up" if size > 0 else "down" if size < 0 else "same"


def _category_title(story: Story, latest: Point, words: dict[str, str], lang: Lang) -> str:
    points = [each for each in story.main.points if each.shown.period <= latest.shown.period] if story.main else []
    earlier = points[:-1]
    tail = _conflict_suffix(latest, lang)
    sure = bool(earlier) and all(map(is_certain, (earlier[-1], latest)))
    if sure and earlier[-1].shown.category != latest.shown.category:
        old = earlier[-1].shown.category or ""
        return t("indicator.title_category_changed", lang, **words, old=old) + tail
    since = streak_start(story)
    if since is not None and since is not latest:
        start = period(since.shown.period.code, lang)
        return t("indicator.title_category_same", lang, **words, since=start) + tail
    return t("indicator.title_category", lang, **words) + tail


def streak_start(story: Story) -> Point | None:
    """Return the first of the unbroken periods in which the latest category is known to have been held."""
    for segment in story.main.segments if story.main else ():
        if story.latest in segment:
            run = list(segment[: segment.index(story.latest) + 1])
            first = run[-1]
            for each in reversed(run):
                if each.shown.category != run[-1].shown.category or not all(map(is_certain, (each, run[-1]))):
                    break
                first = each
            return first
    return None


def _suffix(story: Story, latest: Point, lang: Lang) -> str:
    if latest.rivals:
        return _conflict_suffix(latest, lang)
    due = due_of(story)
    if due is not None and story.achievement is not None:
        key = "target_met" if story.achievement >= 100 else "target_unmet"
        return t(f"indicator.{key}", lang, target=whose(due, lang) + due_words(story, latest, lang)[1])
    ahead = next_target(story)
    if ahead is None or due is not None:
        return ""
    gap = distance(story, ahead)
    if gap is None:
        return ""
    when = whose(ahead, lang) + period(ahead.period.code, lang)
    if gap <= 0:
        return t("indicator.target_passed", lang, period=when)
    return t("indicator.target_far", lang, distance=gap_text(story, gap, lang), period=when)


def whose(target: EffectiveTarget, lang: Lang) -> str:
    """Name the government a lent target belongs to; empty for the region's own."""
    return t("indicator.of_nation" if target.owner == "ID" else "indicator.of_province", lang) if target.lent else ""


def _conflict_suffix(latest: Point, lang: Lang) -> str:
    if not latest.rivals:
        return ""
    values = {(each.value, each.category) for each in (latest.shown, *latest.rivals)}
    word = COUNTS.get(len(values), "several")
    return t("indicator.but_conflict", lang, count=t(f"indicator.{word}", lang))


def due_of(story: Story) -> EffectiveTarget | None:
    """Return the target of the latest figure's own period and series."""
    return story.worth.target if story.worth else None


def due_words(story: Story, latest: Point, lang: Lang) -> tuple[str, str]:
    """Return the latest figure and its due target, empty without one, so that a gap between them shows."""
    due = due_of(story)
    if due is None:
        return shown(story.indicator, latest.shown, lang), ""
    return told_apart(story.indicator, latest.shown, due, lang)


def next_target(story: Story) -> EffectiveTarget | None:
    """Return the nearest printed target of the headline's series whose period has not ended."""
    return next((each for each in _ahead(story) if each.period.end >= story.today), None)


def awaited_target(story: Story) -> EffectiveTarget | None:
    """Return the last printed target whose period has ended without a realisation loaded."""
    return next((each for each in reversed(_ahead(story)) if each.period.end < story.today), None)


def _ahead(story: Story) -> list[EffectiveTarget]:
    series = story.latest.shown.series if story.latest else story.indicator.default_series
    return [each for each in story.targets if each.state == "future" and each.series == series and not each.derived]


def distance(story: Story, target: EffectiveTarget) -> Decimal | None:
    """Return what is left to a target, 0 or less once passed; None where that has no meaning."""
    value = story.latest.value if story.latest else None
    if value is None or isinstance(target.value, str) or story.indicator.direction not in ("higher", "lower"):
        return None
    return target.value - value if story.indicator.direction == "higher" else value - target.value


def ahead_text(story: Story, target: EffectiveTarget, lang: Lang) -> str:
    """Say a target that is still ahead, and what is left to it."""
    words = {
        "period": whose(target, lang) + period(target.period.code, lang),
        "value": target_text(story.indicator, target, lang),
    }
    gap = distance(story, target)
    if gap is None:
        return t("indicator.target_next_only", lang, **words)
    if gap <= 0:
        return t("indicator.target_next_passed", lang, **words)
    return t("indicator.target_next", lang, distance=gap_text(story, gap, lang), **words)


def gap_text(story: Story, gap: Decimal, lang: Lang) -> str:
    """Return a distance to a target in the indicator's unit."""
    decimals = story.indicator.decimals
    while gap and not rounded(abs(gap), decimals):
        decimals += 1  # what is left is never printed as nothing
    return difference(story.indicator, gap, decimals, lang)


def move_text(story: Story, lang: Lang) -> str:
    """Say the change since the earlier figure, or that there is none to compare with."""
    if story.move is None or story.latest is None:
        return t(f"indicator.move_{story.withheld}", lang) if story.withheld else without_move(story, lang)
    since = period(story.move.since.shown.period.code, lang)
    if not story.move.difference and story.move.firm:
        return t("indicator.move_same", lang, since=since)
    places = max(digits(story.indicator, each.shown.step) for each in (story.latest, story.move.since))
    size = difference(story.indicator, story.move.difference, places, lang)
    if not story.move.is_told:
        sign = "+" if story.move.difference > 0 else "−" if story.move.difference else "±"
        signed = sign + size
        return t(
            "indicator.move_minor" if story.move.minor else "indicator.move_survey", lang, size=signed, since=since
        )
    return t(f"indicator.move_{'up' if story.move.difference > 0 else 'down'}", lang, size=size, since=since)


def without_move(story: Story, lang: Lang) -> str:
    """Say why there is no change: no earlier figure at all, or none that is comparable."""
    return t("indicator.move_none" if story.has_earlier else "indicator.move_first", lang)


def trend_title(story: Story, lang: Lang) -> str:
    """Say where the comparable figures began, where they are, and what went against the way between.

    What sampling may have made has no direction: a survey without a known error gets both ends alone.
    """
    run = comparable_run(story)
    if not run:
        return t("indicator.no_data", lang)
    first, last = run[0], run[-1]
    words = {
        "first": shown(story.indicator, first.shown, lang),
        "last": marked(story.indicator, last.shown, lang),
        "start": period(first.shown.period.code, lang),
        "end": period(last.shown.period.code, lang),
    }
    if len(run) == 1:
        key = "chart_single" if story.has_earlier else "chart_only"
        return t(f"indicator.{key}", lang, last=words["last"], end=words["end"])
    if first.value == last.value:
        same = {"last": words["last"], "end": words["end"], "start": words["start"]}
        return t("indicator.chart_same", lang, **same)
    return t("indicator.chart_from_to", lang, **words) + _against(story, run, lang)


def comparable_run(story: Story) -> list[Point]:
    """Return the points up to the latest one that may be compared with it, oldest first."""
    if story.latest is None or story.main is None:
        return []
    return [
        point
        for point in story.main.points
        if point is story.latest
        or (
            point.shown.period < story.latest.shown.period
            and point.value is not None
            and is_sound(point)
            and comparable(story.indicator, story.main.series, point, story.latest)
        )
    ]


def _against(story: Story, run: list[Point], lang: Lang) -> str:
    steps = [(after, (after.value or Decimal()) - (before.value or Decimal())) for before, after in pairwise(run)]
    whole = sum((step for _, step in steps), Decimal())
    series = run[-1].shown.series
    against = [point for point, step in steps if step * whole < 0 and is_firm(story.indicator, series, step)]
    if not against:
        return ""
    if len(against) > 1:
        return t("indicator.chart_mixed", lang)
    key = "chart_with_fall" if whole > 0 else "chart_with_rise"
    return t(f"indicator.{key}", lang, period=period(against[0].shown.period.code, lang))


def alternative(story: Story, names: dict[str, str], lang: Lang) -> str:
    """Say in one sentence what the trend figure shows."""
    name = story.indicator.name.get(lang)
    points = [
        f"{period(point.shown.period.code, lang)} {marked(story.indicator, point.shown, lang)}"
        for point in (story.main.points if story.main else ())
    ]
    text = t("indicator.chart_alt", lang, name=name, region=names[story.region], points="; ".join(points))
    peers = [
        f"{names[line.region]} {marked(story.indicator, newest(line.points).shown, lang)}"
        f" ({period(newest(line.points).shown.period.code, lang)})"
        for line in story.lines
        if line.region in names and line.region != story.region and story.main and line.series == story.main.series
    ]
    return text + (t("indicator.chart_alt_peers", lang, peers="; ".join(peers)) if peers else "")
