"""Keys that more than one source speaks about: beda data, and those that turned out not to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import get_args

from dash import html
from dash.development.base_component import Component

from dashboard.components.badges import badge
from dashboard.components.cards import card
from dashboard.components.feed_tables import CONTESTS
from dashboard.components.provenance import source_link
from dashboard.components.selection import Link, Selection, chips, cut, pager
from dashboard.components.tables import Cell, table
from dashboard.data import REGENCIES, Scene
from dashboard.language import amount, number, period, t
from dashboard.urls import href, indicator_path
from etl.measures.observation import Contest, Observation, Reason

ELSEWHERE = "lain"


def public_contests(scene: Scene) -> list[Contest]:
    """Return all contested keys of public indicators at the scene's vintage."""
    indicators = scene.catalogue.indicator
    return [each for each in scene.reader.contested(scene.vintage) if indicators[each.indicator].access == "publik"]


def contests_card(scene: Scene, contests: Sequence[Contest], chosen: Selection, link: Link) -> Component:
    """Return the contested keys of the reason and region chosen, with the counts of all reasons."""
    lang = scene.lang
    reasons = Counter(each.reason for each in contests if _in_area(each, chosen.daerah))
    counts = {"keys": number(len(contests), 0, lang), "conflicts": number(_conflicts(contests), 0, lang)}
    found = [each for each in contests if each.reason == chosen.alasan and _in_area(each, chosen.daerah)]
    found.sort(key=_urgency)
    shown, at, pages = cut(found, chosen.hal_beda)
    title = t("sources.contests", lang)
    head = [t(f"sources.{name}", lang) for name in ("indicator", "region", "period", "shown", "others", "difference")]
    body = (
        table(
            title,
            head,
            [_row(scene, each) for each in shown],
            numeric=(5,),
            cards=True,
            more=t("desk.rows_more", lang, count=len(shown)),
        )
        if found
        else html.P(t("sources.no_contests", lang), className="pt-mute")
    )
    why = (
        [html.P(t(f"reasons.{chosen.alasan}_why", lang), className="pt-why")]
        if chosen.alasan in get_args(Reason)
        else []
    )
    turn = pager(title, at, pages, lambda page: link(CONTESTS, hal_beda=page), lang)
    filters = [_by_reason(reasons, chosen, link, scene), _by_region(scene, contests, chosen, link)]
    return card(title, [*filters, *why, body, *turn], sub=t("sources.contests_sub", lang, **counts), id=CONTESTS)


def _urgency(each: Contest) -> tuple[object, ...]:
    """Sort key: disputed bands first, then the three regencies, then by how far the figures lie apart."""
    apart = max(_gap(each.disputed, other) for other in each.others)
    base = abs(each.disputed.value) if each.disputed.value else Decimal(1)
    return (
        not each.bands_differ,
        each.region not in REGENCIES,
        -apart / base,
        each.indicator,
        each.region,
        each.period,
    )


def _gap(shown: Observation, other: Observation) -> Decimal:
    return abs(other.value - shown.value) if shown.value is not None and other.value is not None else Decimal(0)


def _conflicts(contests: Sequence[Contest]) -> int:
    return sum(each.reason == "conflict" for each in contests)


def _in_area(each: Contest, area: str | None) -> bool:
    if area == ELSEWHERE:
        return each.region not in REGENCIES
    return area in (None, each.region)


def _by_reason(counts: Counter[Reason], chosen: Selection, link: Link, scene: Scene) -> Component:
    order = sorted(get_args(Reason), key=lambda each: (each != "conflict", -counts[each]))
    options = [
        (
            t(f"reasons.{each}", scene.lang),
            counts[each],
            link(CONTESTS, alasan=each, hal_beda=1),
            each == chosen.alasan,
        )
        for each in order
    ]
    return chips(t("sources.by_reason", scene.lang), options)


def _by_region(scene: Scene, contests: Sequence[Contest], chosen: Selection, link: Link) -> Component:
    areas: list[tuple[str | None, str]] = [
        (None, t("sources.all", scene.lang)),
        *((each.code, each.short) for each in scene.regencies),
        (ELSEWHERE, t("sources.elsewhere", scene.lang)),
    ]
    same = [each for each in contests if each.reason == chosen.alasan]
    options = [
        (
            word,
            sum(_in_area(each, area) for each in same),
            link(CONTESTS, daerah=area, hal_beda=1),
            area == chosen.daerah,
        )
        for area, word in areas
    ]
    return chips(t("sources.by_region", scene.lang), options)


def _row(scene: Scene, each: Contest) -> list[Cell]:
    lang, indicator = scene.lang, scene.catalogue.indicator[each.indicator]
    regency = each.region if each.region in REGENCIES else scene.state.wilayah
    name: list[Component | str] = [
        html.A(indicator.name.get(lang), href=href(indicator_path(each.indicator), scene.state, wilayah=regency))
    ]
    if each.kind != "realisation":
        name.append(html.Small(t(f"sources.{each.kind}_kind", lang)))
    if each.bands_differ:
        name.append(html.Div(badge(t("sources.disputed", lang), "warn", t("sources.disputed_help", lang))))
    others = [_figure(scene, each.shown, other) for other in each.others]
    furthest = max(each.others, key=lambda other: _gap(each.disputed, other))
    region = scene.catalogue.region[each.region].short
    return [
        name,
        region,
        period(each.period, lang),
        _figure(scene, each.shown, each.shown),
        others,
        _between(scene, each, _difference(scene, each.disputed, furthest)),
    ]


def _figure(scene: Scene, shown: Observation, each: Observation) -> Component:
    """Write a figure with its source; series and subject only where they differ from the shown one."""
    source = source_link(scene.catalogue, each, scene.lang)
    differing = []
    if each.series != shown.series:
        differing.append(t("sources.series_named", scene.lang, series=series_name(scene, each)))
    if each.region != shown.region:
        subject = scene.catalogue.region[each.region].name
        differing.append(t("sources.subject_named", scene.lang, subject=subject))
    extra = f" · {', '.join(differing)}" if differing else ""
    return html.Div([html.B(figure_words(scene, each)), extra, html.Small(source)], className="pt-figure")


def series_name(scene: Scene, each: Observation) -> str:
    """Return the name of an observation's series, its id where the catalogue has none."""
    series = scene.catalogue.indicator[each.indicator].series
    return next((one.name.get(scene.lang) for one in series if one.id == each.series), each.series)


def figure_words(scene: Scene, each: Observation) -> str:
    """Write a value with as many decimals as its source printed, or the category."""
    if each.value is None:
        return each.category or "–"
    return amount(each.value, _decimals(each), each.unit, scene.lang)


def _decimals(each: Observation) -> int:
    exponent = each.step.normalize().as_tuple().exponent if each.step else 0
    return min(max(-int(exponent), 0), 6)


def _between(scene: Scene, each: Contest, size: str) -> Cell:
    """Name the series whose figures lie apart where the shown one is of another."""
    if each.disputed.series == each.shown.series:
        return size
    series = t("sources.series_named", scene.lang, series=series_name(scene, each.disputed))
    return html.Div([size, html.Small(series)], className="pt-figure")


def _difference(scene: Scene, shown: Observation, other: Observation) -> str:
    if shown.value is None or other.value is None:
        return t("sources.not_numeric", scene.lang)
    if shown.value == other.value:
        return "–"
    decimals = max(_decimals(shown), _decimals(other))
    if shown.unit == "%":
        return t("sources.points", scene.lang, value=number(_gap(shown, other), decimals, scene.lang))
    return amount(_gap(shown, other), decimals, shown.unit, scene.lang)
