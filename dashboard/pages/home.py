"""/: the state of one regency: six dimensions, SPBE, development indicators, contradictions, changes, age."""

from __future__ import annotations

from functools import partial
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import ids, page_queries, page_shell, urls
from dashboard.citation import cited
from dashboard.components import news
from dashboard.components.attributes import CHOSEN
from dashboard.components.development_card import development
from dashboard.components.directory import directory
from dashboard.components.frame import region_switch
from dashboard.components.leaf_list import LeafContext
from dashboard.components.spbe import spbe_panel
from dashboard.components.tiles import TileContent, tile
from dashboard.components.warnings import predicate_warnings
from dashboard.data import Scene
from dashboard.indicator_story import draw_lines, headline_line, is_sound, newest
from dashboard.language import date, t
from dashboard.page_shell import Body
from dashboard.urls import href
from etl.catalogue.models import METHOD
from etl.measures.observation import DimensionScore, Observation

YOUNGEST, LEADS = 5, 3


def register() -> None:
    """Register the page."""
    page_shell.register_page(__name__, path=urls.HOME, layout=layout, label=partial(t, "shell.home"), order=10)


def layout(**query: Any) -> Component:
    """Return the summary."""
    return page_shell.page(query, urls.HOME, build)


def build(scene: Scene) -> Body:
    """Compose the page."""
    asked = page_queries.period_of(scene)
    scores = page_queries.scores_of(scene, asked)
    title = finding(scene, scores)
    latest = newest_figures(scene)
    return Body(
        title,
        [
            *_replaced_period(scene, asked),
            top(scene, title, asked),
            dimensions(scene, scores, asked),
            _development(scene),
            html.Div(
                [
                    html.Div([_spbe(scene), _ages(scene, scores, asked)], className="pt-column"),
                    html.Div([_conflicts(scene), _changes(scene, latest)], className="pt-column"),
                ],
                className="pt-halves pt-even",
            ),
            directory(scene.catalogue, list(scene.public.values()), latest, scene.region.short, scene.state),
        ],
    )


def finding(scene: Scene, scores: dict[str, DimensionScore]) -> str:
    """Say how many dimensions have a position; none is called higher than another, for they are never compared."""
    worded = sum(each.position is not None for each in scores.values())
    ranged = sum(each.score is not None for each in scores.values()) - worded
    words = {"region": scene.region.short, "worded": worded, "ranged": ranged}
    if any(each.method != METHOD for each in scores.values()):
        return t("home.title", scene.lang, region=scene.region.short)
    if not worded and not ranged:
        return t("home.finding_none", scene.lang, region=scene.region.short)
    key = "finding_both" if worded and ranged else "finding_worded" if worded else "finding_ranged"
    return t(f"home.{key}", scene.lang, **words)


def _replaced_period(scene: Scene, asked: str | None) -> list[Component]:
    if scene.state.periode in (None, asked):
        return []
    text = t("shell.unknown_period", scene.lang, code=scene.state.periode, shown=asked or "–")
    return [html.P(text, className="pt-notice", role="status")]


def top(scene: Scene, title: str, asked: str | None) -> Component:
    """Return the finding, what the scores are, and the switches of region and period."""
    lang = scene.lang
    before, after = t("home.lead", lang, period=asked or "–", link="|").split("|")
    link = html.A(t("home.methodology", lang), href=href(urls.METHODOLOGY, scene.state))
    choice = html.Div([region_switch(scene, urls.HOME), *periods(scene, asked)], className="pt-row")
    return html.Div([choice, html.H1(title), html.P([before, link, after], className="pt-lead")], className="pt-top")


def periods(scene: Scene, asked: str | None) -> list[Component]:
    """Link the periods with scores, newest first."""
    found = sorted(scene.reader.score_periods(scene.vintage, scene.region.code), reverse=True)
    if not found:
        return []
    links = [
        html.A(
            code,
            href=href(urls.HOME, scene.state, periode=None if code == found[0] else code),
            **(CHOSEN if code == asked else {}),
        )
        for code in found
    ]
    summary = html.Summary([f"{t('indicator.col_period', scene.lang)} {asked} ▾"], className="pt-button")
    return [html.Details([summary, html.Div(links)], className="pt-menu")]


def dimensions(scene: Scene, scores: dict[str, DimensionScore], asked: str | None) -> Component:
    """Return the six tiles."""
    changes = page_queries.changes_of(scene, scores, asked)
    leaves = [leaf for score in scores.values() for leaf in score.leaves]
    context = LeafContext(scene.catalogue, scene.state, page_queries.leaf_figures(scene, leaves))
    until = page_queries.past_period(scene)
    tiles = [
        tile(
            context,
            TileContent(
                each,
                page_queries.lead_stories(scene, each, LEADS, until),
                scores.get(each.id),
                changes.get(each.id),
                page_queries.targets_met(scene, each, asked),
            ),
        )
        for each in scene.catalogue.dimensions
    ]
    heading = html.H2(t("home.dimensions", scene.lang), className="visually-hidden")
    return html.Section([heading, html.Div(tiles, className="pt-tiles")], id=ids.DIMENSIONS)


def newest_figures(scene: Scene) -> dict[str, Observation]:
    """Return the newest figure shown of each indicator that has one."""
    grouped: dict[str, list[Observation]] = {}
    figures = scene.reader.latest(scene.vintage, scene.region.code)
    for each in (figure for figure in figures if figure.indicator in scene.public):
        grouped.setdefault(each.indicator, []).append(each)
    found = {}
    for code, group in grouped.items():
        indicator = scene.catalogue.indicator[code]
        line = headline_line(indicator, draw_lines(scene.catalogue, indicator, group))
        point = newest(line.points) if line is not None else None
        # A sound figure of the year goes before a weak one, and before another round of its survey.
        if point is None or indicator.denominator is not None or not is_sound(point):
            point = page_queries.story_of(scene, indicator).latest
        if point is not None:
            found[code] = point.shown
    return found


def _development(scene: Scene) -> Component:
    known = [scene.public[code] for code in scene.catalogue.headlines if code in scene.public]
    until = page_queries.past_period(scene)
    stories = [page_queries.story_of(scene, each, until) for each in known]
    return development(stories, scene.catalogue, scene.state, page_queries.today_of(scene))


def _ages(scene: Scene, scores: dict[str, DimensionScore], asked: str | None) -> Component:
    return news.ages(list(scores.values()), scene.catalogue, scene.vintage, asked or "–", scene.state)


def _spbe(scene: Scene) -> Component:
    spbe = scene.catalogue.indicator.get("spbe")
    if spbe is None:
        return html.Div()
    story = page_queries.story_of(scene, spbe)
    pemdi = scene.catalogue.indicator.get("pemdi")
    printed = scene.reader.series(scene.vintage, "spbe-predicate", (scene.region.code,))
    shown = [point.shown for line in story.own for point in line.points]
    warnings = predicate_warnings(scene.catalogue, "spbe", shown, printed, scene.lang)
    names = page_queries.region_names(scene)
    return spbe_panel(
        story,
        page_queries.story_of(scene, pemdi) if pemdi else None,
        scene.catalogue,
        names,
        warnings,
        scene.state,
        t(
            "indicator.png_note",
            scene.lang,
            name=spbe.name.get(scene.lang),
            region=scene.region.name,
            sources=", ".join(sorted({cited(scene.catalogue, each, scene.lang) for each in shown})),
            date=date(scene.vintage.recorded_at, scene.lang),
            seal=scene.vintage.seal[:8],
        ),
    )


def _conflicts(scene: Scene) -> Component:
    contests = scene.reader.contested(scene.vintage, scene.region.code)
    mine = [each for each in contests if each.region == scene.region.code and each.indicator in scene.public]
    found = [each for each in mine if each.reason == "conflict"]
    return news.conflicts(found, scene.catalogue, scene.region.short, scene.state)


def _changes(scene: Scene, latest: dict[str, Observation]) -> Component:
    every = scene.reader.changes(scene.vintage, scene.region.code)
    found = [pair for pair in every if pair[0].indicator in scene.public]
    core = {each.id for each in scene.public.values() if each.role == "core"}
    by_weight = sorted(latest.values(), key=lambda each: (each.indicator not in core, each.indicator))
    youngest = sorted(by_weight, key=lambda each: each.period, reverse=True)[:YOUNGEST]
    return news.changes(found, youngest, scene.catalogue, scene.vintage, scene.state)
