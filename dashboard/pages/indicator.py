"""/indikator/<id>: one indicator in one regency, from its finding down to every figure's origin."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import ids, page_shell, urls
from dashboard.citation import cited
from dashboard.components.about import about, dimension_of, office_name
from dashboard.components.actions import actions
from dashboard.components.attributes import labelled
from dashboard.components.district_card import districts
from dashboard.components.frame import region_switch
from dashboard.components.provenance import every_figure, plans
from dashboard.components.sentences import headline
from dashboard.components.stats import stat_strip
from dashboard.components.trend_card import timeline, trend_card
from dashboard.components.versions import older_versions
from dashboard.components.warnings import predicate_warnings, warning_list, warnings_of
from dashboard.data import Scene
from dashboard.indicator_story import Story, replaced_versions
from dashboard.language import date, t
from dashboard.page_queries import districts_of, leaf_of, region_names, story_of
from dashboard.page_shell import Body
from dashboard.urls import href
from etl.catalogue.models import Indicator

PREDICATES = {"spbe": "spbe-predicate"}


def register() -> None:
    """Register the page; an indicator the catalogue does not know is answered with 404."""
    page_shell.register_page(__name__, path_template="/indikator/<indicator_id>", layout=layout, exists=exists)


def exists(indicator_id: str) -> bool:
    """Tell whether the current catalogue knows the indicator as a public one; before the first load any may exist."""
    reader = page_shell.bound().reader
    vintage = reader.vintage()
    if vintage is None:
        return True
    found = reader.catalogue(vintage).indicator.get(indicator_id)
    return found is not None and found.access == "publik"


def layout(indicator_id: str = "", **query: Any) -> Component:
    """Return the page of an indicator."""
    return page_shell.page(query, urls.indicator_path(indicator_id), lambda scene: build(scene, indicator_id))


def build(scene: Scene, indicator_id: str) -> Body:
    """Compose the page, or say that there is no such indicator."""
    indicator = scene.public.get(indicator_id)
    if indicator is None:
        return unknown(scene, indicator_id)
    story = story_of(scene, indicator)
    title = headline(story, scene.region.short, scene.lang)
    content = figures(scene, story) if story.own else [empty(scene, story)]
    return Body(title, [top(scene, story, title), *content])


def top(scene: Scene, story: Story, title: str) -> Component:
    """Return breadcrumb, finding and actions."""
    indicator = story.indicator
    csv = urls.observations_csv(indicator.id, scene.region.code, scene.state.per)
    numeric = story.latest is not None and story.latest.value is not None
    name = f"pantau-{indicator.id}-{scene.region.code}-{scene.vintage.seal[:8]}"
    way = [crumb(scene, indicator), region_switch(scene, urls.indicator_path(indicator.id))]
    finding = [html.H1(title), actions(csv if story.own else None, ids.TREND if numeric else None, name, scene.lang)]
    return html.Div([html.Div(way, className="pt-row"), html.Div(finding, className="pt-row")], className="pt-top")


def crumb(scene: Scene, indicator: Indicator) -> Component:
    """Return the way from the summary to here."""
    subdimension = next(
        (
            s.name.get(scene.lang)
            for d in scene.catalogue.dimensions
            for s in d.subdimensions
            if s.id == indicator.subdimension
        ),
        "",
    )
    home = html.A(t("shell.home", scene.lang), href=href(urls.HOME, scene.state))
    words = [dimension_of(scene.catalogue, indicator), subdimension, indicator.name.get(scene.lang)]
    items = [html.Li(home), *(html.Li(word) for word in words if word), html.Li(scene.region.name)]
    return html.Nav(html.Ol(items), className="pt-crumb", **labelled(t("indicator.crumb", scene.lang)))


def figures(scene: Scene, story: Story) -> list[Component]:
    """Return everything under the headline of an indicator that has figures."""
    lang, catalogue = scene.lang, scene.catalogue
    names = region_names(scene, story.indicator)
    warnings = warnings_of(story, catalogue, lang) + _predicates(scene, story)
    numeric = story.latest is not None and story.latest.value is not None
    picture = trend_card(story, names, lang, png_note(scene, story)) if numeric else timeline(story, names, lang)
    replaced = replaced_versions(scene.reader.history(story.indicator.id, scene.region.code), scene.vintage.number)
    older = older_versions(story.indicator, replaced, catalogue, lang)
    figures_and_plans = [picture, every_figure(story, catalogue, lang, older), plans(story, lang)]
    main = html.Div([each for each in figures_and_plans if each], className="pt-column")
    side = [
        districts(story.indicator, *districts_of(scene, story.indicator), lang),
        about(story, catalogue, leaf_of(scene, story.indicator.id), lang),
    ]
    columns = html.Div([main, html.Div([each for each in side if each], className="pt-column")], className="pt-columns")
    return [each for each in (stat_strip(story, catalogue, names, lang), warning_list(warnings), columns) if each]


def png_note(scene: Scene, story: Story) -> str:
    """Return the line printed into the figure's PNG: source, date, seal."""
    drawn = [each for line in story.own for point in line.points for each in (point.shown, *point.rivals)]
    sources = sorted({cited(scene.catalogue, each, scene.lang) for each in drawn})
    return t(
        "indicator.png_note",
        scene.lang,
        name=story.indicator.name.get(scene.lang),
        region=scene.region.name,
        sources=", ".join(sources[:6]) + (" …" if len(sources) > 6 else ""),
        date=date(scene.vintage.recorded_at, scene.lang),
        seal=scene.vintage.seal[:8],
    )


def _predicates(scene: Scene, story: Story) -> list[tuple[str, str]]:
    other = PREDICATES.get(story.indicator.id)
    if other is None:
        return []
    printed = scene.reader.series(scene.vintage, other, [scene.region.code])
    shown = [point.shown for line in story.own for point in line.points]
    return predicate_warnings(scene.catalogue, story.indicator.id, shown, printed, scene.lang)


def empty(scene: Scene, story: Story) -> Component:
    """Return what an indicator without any figure for the region shows: a state, not a fault."""
    lang, indicator = scene.lang, story.indicator
    names = region_names(scene)
    elsewhere = sorted({names[line.region] for line in story.lines if line.region in names})
    office = office_name(scene.catalogue, indicator, scene.region.code)
    words = [t("indicator.empty_text", lang, name=indicator.name.get(lang), region=scene.region.name)]
    words += [t("indicator.empty_elsewhere", lang, regions=", ".join(elsewhere))] if elsewhere else []
    words += [t("indicator.empty_feed", lang, office=office)] if office else []
    box = html.Section(
        [html.H2(t("indicator.empty_title", lang), className="pt-none"), *(html.P(word) for word in words)],
        className="pt-empty",
    )
    left = [each for each in (box, plans(story, lang)) if each]
    side = about(story, scene.catalogue, leaf_of(scene, indicator.id), lang)
    return html.Div([html.Div(left, className="pt-column"), side], className="pt-columns")


def unknown(scene: Scene, indicator_id: str) -> Body:
    """Return the 404 of an indicator, with the nearest ones that exist."""
    lang = scene.lang
    near = get_close_matches(indicator_id, list(scene.public), n=5, cutoff=0.4)
    links = [
        html.Li(
            html.A(scene.catalogue.indicator[each].name.get(lang), href=href(urls.indicator_path(each), scene.state))
        )
        for each in near
    ]
    text = t("shell.indicator_not_found_help", lang, id=f"“{indicator_id[:60]}”")
    home = html.A(t("shell.all_indicators", lang), href=href(urls.HOME, scene.state))
    heading = t("shell.not_found", lang)
    content = [html.P("404", className="pt-404"), html.H1(heading), html.P(text), html.Ul(links), home]
    return Body(heading, [html.Section(content, className="pt-empty")])
