"""Warnings that stand right under the headline figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.citation import cited
from dashboard.components.badges import badge
from dashboard.components.sentences import due_of
from dashboard.formatting import achievement_text, difference, digits, series_name, shown
from dashboard.indicator_story import Point, Story
from dashboard.language import period, t
from dashboard.told_marks import told_marks
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue, Indicator
from etl.measures.achievement import achievement
from etl.measures.instrument import instrument_for, predicate_contradiction
from etl.measures.observation import Observation

PROVISIONAL = {"preliminary", "very_preliminary", "estimate", "progress"}
MARKS = (
    "doubtful",
    "claim",
    "gone",
    "unsteady_denominator",
    "year_inferred",
    "ikn_unknown",
    "ikn_included",
    "ikn_excluded",
    "rounded",
)
Warning = tuple[str, str]


def warning_list(found: list[Warning]) -> Component | None:
    """Return the warnings side by side; None when there is nothing to warn of."""
    if not found:
        return None
    boxes = [html.P([html.B(f"{strong}. "), text], className="pt-warning") for strong, text in found]
    return html.Div(boxes, className="pt-warnings")


def badges_of(story: Story, lang: Lang) -> list[Component]:
    """Return in a word each what a reader must know where a figure stands without its warnings."""
    if story.latest is None:
        return []
    figure, weak = story.latest.shown, story.latest.weakness
    found = [badge(t("indicator.conflict", lang), "warn")] if story.latest.rivals else []
    if weak and figure.status != weak:
        found.append(badge(t(f"indicator.weak_{weak}", lang).capitalize(), "warn"))
    if figure.status in PROVISIONAL:
        found.append(badge(t(f"indicator.status_{figure.status}", lang), "info"))
    if "year_inferred" in figure.marks:
        found.append(badge(t("indicator.year_inferred", lang), "info"))
    if story.freshness is not None and story.freshness.state == "expired":
        found.append(badge(t("indicator.expired", lang), "warn"))
    return found


def warnings_of(story: Story, catalogue: Catalogue, lang: Lang) -> list[Warning]:
    """Collect what a reader must know before using the latest figure."""
    latest = story.latest
    if latest is None:
        return []
    found = list(_conflicts(story, latest, catalogue, lang))
    fresh = story.freshness
    if fresh is not None and fresh.state in ("expired", "overdue"):
        found.append((t(f"indicator.{fresh.state}", lang), fresh.sentence.get(lang)))
    when = period(latest.shown.period.code, lang)
    if latest.shown.status in PROVISIONAL:
        status = t(f"indicator.status_{latest.shown.status}", lang)
        text = t("indicator.provisional_text", lang, period=when, status=status)
        found.append((t("indicator.provisional", lang, status=status), text))
    found += _withheld(story, latest, lang)
    found += [
        (t(f"indicator.{mark}", lang), t(f"indicator.{mark}_text", lang, period=when))
        for mark in MARKS
        if mark in told_marks(catalogue, latest.shown)
    ]
    return found


def _conflicts(story: Story, latest: Point, catalogue: Catalogue, lang: Lang) -> Iterator[Warning]:
    if latest.rivals:
        yield t("indicator.conflict", lang), _conflict_text(story, latest, catalogue, lang)
    points = story.main.points if story.main else ()
    earlier = [point for point in points if point.rivals and point is not latest]
    if earlier:
        periods = ", ".join(period(point.shown.period.code, lang) for point in earlier)
        yield t("indicator.conflict", lang), t("indicator.conflict_earlier", lang, periods=periods)
    for line in (each for each in story.own if each is not story.main):
        periods = ", ".join(period(point.shown.period.code, lang) for point in line.points if point.rivals)
        if periods:
            series = series_name(story.indicator, line.series, lang)
            yield t("indicator.conflict", lang), t("indicator.conflict_series", lang, series=series, periods=periods)


def _withheld(story: Story, latest: Point, lang: Lang) -> Iterator[Warning]:
    """Name the later figures that are withheld, so that nobody takes the headline for the newest one there is."""
    points = story.main.points if story.main else ()
    later = [point for point in points if point.weakness and latest.shown.period < point.shown.period]
    for why in dict.fromkeys(point.weakness for point in later):
        periods = ", ".join(period(point.shown.period.code, lang) for point in later if point.weakness == why)
        yield t("indicator.withheld", lang), t(f"indicator.withheld_{why}", lang, periods=periods)


def by_value(
    indicator: Indicator, figures: Iterable[Observation], catalogue: Catalogue, lang: Lang
) -> dict[str, list[str]]:
    """Return who made and who printed each value."""
    found: dict[str, list[str]] = {}
    for each in figures:
        names = found.setdefault(shown(indicator, each, lang), [])
        if cited(catalogue, each, lang) not in names:
            names.append(cited(catalogue, each, lang))
    return found


def _conflict_text(story: Story, latest: Point, catalogue: Catalogue, lang: Lang) -> str:
    others = [
        t("indicator.conflict_other", lang, value=value, source=", ".join(sources))
        for value, sources in by_value(story.indicator, latest.rivals, catalogue, lang).items()
    ]
    text = t(
        "indicator.conflict_text",
        lang,
        first=shown(story.indicator, latest.shown, lang),
        source=cited(catalogue, latest.shown, lang),
        second="; ".join(others),
        difference=_size(story, latest, lang),
    )
    return " ".join([text, *_achievements(story, latest, lang)])


def _size(story: Story, latest: Point, lang: Lang) -> str:
    own = latest.value
    gaps = [(abs(each.value - own), each.step) for each in latest.rivals if each.value is not None and own is not None]
    if not gaps:
        return t("indicator.conflict_category", lang)
    widest, step = max(gaps, key=lambda gap: gap[0])
    places = max(digits(story.indicator, each) for each in (latest.shown.step, step))
    size = difference(story.indicator, widest, places, lang)
    return t("indicator.conflict_difference", lang, size=size)


def _achievements(story: Story, latest: Point, lang: Lang) -> Iterator[str]:
    due = due_of(story)
    told: set[str] = set()
    for each in latest.rivals if due else ():
        value = each.value if each.value is not None else each.category
        printed = shown(story.indicator, each, lang)
        result = achievement(story.indicator, value, due.value) if due and value is not None else None
        if result is not None and printed not in told:
            told.add(printed)
            said = achievement_text(result, lang)
            yield t("indicator.conflict_achievement", lang, value=printed, achievement=said)


def predicate_warnings(
    catalogue: Catalogue, index: str, indices: list[Observation], predicates: list[Observation], lang: Lang
) -> list[Warning]:
    """Flag each printed predicate that the cuts contradict, for the years its instrument covers."""
    printed = {each.period.code: each.category for each in predicates if each.category}
    found = []
    for each in indices:
        word, instrument = printed.get(each.period.code), instrument_for(catalogue, index, each.period.end.year)
        if not word or instrument is None or each.value is None:
            continue
        clash = predicate_contradiction(catalogue.scheme[instrument.scheme], word, each.value)
        if clash:
            found.append((f"{t('indicator.predicate', lang)} ({each.period.code})", clash.sentence.get(lang)))
    return found
