"""Every indicator with its weight, basis and age limit, by dimension and sub-dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.components.badges import badge
from dashboard.components.cards import card, fold
from dashboard.components.tables import Cell, table
from dashboard.data import Scene
from dashboard.formatting import decimals_of
from dashboard.language import amount, percent, t, unit_text
from dashboard.urls import href, indicator_path
from etl.catalogue.models import Dimension, Indicator, Subdimension
from etl.measures.scoring import core_weights

INDICATORS = "indikator"
MEASURED = ("country", "province", "subject", "regency", "city")


def indicators_with_data(scene: Scene) -> frozenset[str]:
    """Return the ids of indicators that any region above the kecamatan has a realised figure of."""
    codes = [each.code for each in scene.catalogue.regions if each.level in MEASURED]
    return frozenset(each.indicator for code in codes for each in scene.reader.latest(scene.vintage, code))


def indicators_card(scene: Scene) -> Component:
    """Return all public indicators: one group per dimension, and those outside the six."""
    lang = scene.lang
    public = [each for each in scene.catalogue.indicators if each.access == "publik"]
    filled = indicators_with_data(scene)
    dimensions = scene.catalogue.dimensions
    inside = {sub.id for each in dimensions for sub in each.subdimensions}
    outside = [each for each in public if each.subdimension not in inside]
    groups = [_dimension(scene, each, public, filled, at == 0) for at, each in enumerate(dimensions)]
    if outside:
        groups.append(fold(t("methodology.outside", lang, count=len(outside)), [_names(scene, outside, filled)]))
    counts = {
        "total": len(public),
        "scored": sum(each.role == "core" for each in public),
        "empty": sum(each.id not in filled for each in public),
    }
    title, sub = t("methodology.indicators", lang), t("methodology.indicators_sub", lang, **counts)
    return card(title, groups, sub=sub, id=INDICATORS, wide="pt-folds")


def _dimension(
    scene: Scene, dimension: Dimension, public: Sequence[Indicator], filled: frozenset[str], opened: bool
) -> Component:
    lang = scene.lang
    weights = {each.id: share for each, share in core_weights(scene.catalogue, dimension.id)}
    parts: list[Component] = []
    members: list[Indicator] = []
    for sub in dimension.subdimensions:
        inside = sorted((each for each in public if each.subdimension == sub.id), key=lambda each: each.name.get(lang))
        parts += _subdimension(scene, f"{dimension.name.get(lang)}: {sub.name.get(lang)}", sub, inside, weights, filled)
        members += inside
    core = sum(each.role == "core" for each in members)
    counts = {"name": dimension.name.get(lang), "core": core, "supporting": len(members) - core}
    return fold(t("methodology.dimension_summary", lang, **counts), parts, opened=opened)


def _subdimension(
    scene: Scene,
    caption: str,
    sub: Subdimension,
    inside: Sequence[Indicator],
    weights: Mapping[str, Fraction],
    filled: frozenset[str],
) -> list[Component]:
    """Return the scored indicators as a table, the others by name."""
    lang = scene.lang
    core = [each for each in inside if each.role == "core"]
    others = [each for each in inside if each.role != "core"]
    share = percent(sum((weights[each.id] for each in core), Fraction(0)) * 100, 1, lang)
    words = t("methodology.subdimension_share" if core else "methodology.subdimension_none", lang, share=share)
    parts: list[Component] = [html.H3([sub.name.get(lang), html.Small(words)])]
    if core:
        head = [t(f"methodology.{name}", lang) for name in ("indicator", "weight", "basis", "max_age", "data")]
        rows = [_row(scene, each, weights[each.id], each.id in filled) for each in core]
        parts.append(table(caption, head, rows, numeric=(1,), cards=True))
    if others:
        parts += [html.P(t("methodology.shown_only", lang), className="pt-sub"), _names(scene, others, filled)]
    return parts


def _names(scene: Scene, indicators: Sequence[Indicator], filled: frozenset[str]) -> Component:
    items = [html.Li(_name(scene, each, each.id in filled)) for each in indicators]
    return html.Ul(items, className="pt-names")


def _name(scene: Scene, each: Indicator, has_data: bool) -> list[Component | str]:
    link = html.A(each.name.get(scene.lang), href=href(indicator_path(each.id), scene.state))
    direction = "" if each.direction == "category" else f" · {t(f'methodology.{each.direction}', scene.lang).lower()}"
    small: list[Component | str] = [unit_text(each.unit, scene.lang) + direction]
    if not has_data:
        small += [" ", badge(t("methodology.no_data", scene.lang))]
    return [link, html.Small(small)]


def _row(scene: Scene, each: Indicator, weight: Fraction, has_data: bool) -> list[Cell]:
    lang = scene.lang
    age = t(f"methodology.age_{each.frequency}", lang, count=each.max_age)
    data = t("methodology.has_data", lang) if has_data else badge(t("methodology.no_data", lang))
    return [_name(scene, each, True), percent(weight * 100, 1, lang), basis_cell(each, scene), age, data]


def basis_cell(each: Indicator, scene: Scene) -> Cell:
    """Say between which points an indicator is placed, and where these come from; or what it waits for."""
    lang = scene.lang
    reference = each.score.reference if each.score else None
    categories = each.score.categories if each.score else None
    if reference:
        points = {"worst": _point(reference.worst, each, scene), "best": _point(reference.best, each, scene)}
        count = t("methodology.basis_count", lang, count=reference.n) if reference.n else ""
        where = f"{reference.scope}, {reference.base}{count}; {reference.source}"
        return [t("methodology.basis_reference", lang, **points), html.Small(where)]
    if categories:
        order = t("methodology.basis_categories", lang, order=" < ".join(categories.order))
        return [order, html.Small(categories.source)]
    waits = each.score.waits if each.score else None
    words = waits.get(lang) if waits else t("methodology.basis_none", lang)
    return html.Span(t("methodology.basis_waits", lang, words=words), className="pt-mute")


def _point(value: Decimal, each: Indicator, scene: Scene) -> str:
    return amount(value, decimals_of(value), each.unit, scene.lang)
