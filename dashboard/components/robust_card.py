"""How far a regency's positions hang on choices: their ranges, what rests on each indicator, who pulls against whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from dash import html
from dash.development.base_component import Component

from dashboard.components.cards import card
from dashboard.components.tables import Cell, table
from dashboard.data import Scene
from dashboard.language import number, percent, t
from dashboard.lines import draw_lines
from etl.catalogue.models import Dimension, Indicator
from etl.measures.observation import DimensionScore
from etl.measures.robustness import opposed, shares
from etl.measures.valuation import locate

ROBUST = "ketangguhan"
COLUMNS = ("dimension", "range", "robust", "shares", "opposed")
Places = Mapping[tuple[str, str], Fraction]  # region, period -> place


def robust_card(scene: Scene) -> Component:
    """Return the card for the scene's region and the newest period with scores; each dimension in a row."""
    lang, periods = scene.lang, scene.reader.score_periods(scene.vintage, scene.region.code)
    title = t("methodology.robust_title", lang, region=scene.region.short)
    if not periods:
        return card(title, [html.P(t("methodology.robust_none", lang))], id=ROBUST)
    found = scene.reader.scores(scene.vintage, regions=(scene.region.code,), period=max(periods))
    scores = {each.dimension: each for each in found}
    known = [each for each in scene.catalogue.dimensions if each.id in scores]
    head = [t(f"methodology.robust_{name}", lang) for name in COLUMNS]
    body = table(title, head, [_row(scene, each, scores[each.id]) for each in known], cards=True)
    return card(title, [body], sub=t("methodology.robust_sub", lang, period=max(periods)), id=ROBUST)


def _row(scene: Scene, dimension: Dimension, score: DimensionScore) -> list[Cell]:
    lang = scene.lang
    span = f"{number(score.low, 1, lang)}–{number(score.high, 1, lang)}"
    robust = t("methodology.robust_few", lang, present=score.present, total=score.total)
    if score.robust_low is not None and score.robust_high is not None:
        low, high = number(score.robust_low, 1, lang), number(score.robust_high, 1, lang)
        robust = t("methodology.robust_span", lang, low=low, high=high, count=score.variants)
    pairs = [t("methodology.robust_pair", lang, one=one, two=two) for one, two in opposed_pairs(scene, dimension)]
    resting = [f"{_short(scene, name)} {percent(each * 100, 1, lang)}" for name, each in shares(score.leaves).items()]
    return [dimension.name.get(lang), span, robust, "; ".join(resting) or "–", "; ".join(pairs) or "–"]


def _short(scene: Scene, name: str) -> str:
    return scene.public[name].short.get(scene.lang) if name in scene.public else t("home.internal", scene.lang)


def opposed_pairs(scene: Scene, dimension: Dimension) -> Iterator[tuple[str, str]]:
    """Yield pairs of a dimension's indicators that rise against each other over the ten regencies and their years."""
    parts = {part.id for part in dimension.subdimensions}
    core = [each for each in scene.public.values() if each.role == "core" and each.subdimension in parts]
    placed = {each.id: _places(scene, each) for each in core if each.score and not each.score.waits}
    for one, two in combinations(placed, 2):
        shared = placed[one].keys() & placed[two].keys()
        if opposed([(placed[one][key], placed[two][key]) for key in shared]):
            yield _short(scene, one), _short(scene, two)


def _places(scene: Scene, indicator: Indicator) -> Places:
    """Return an indicator's unclamped place in each region and year."""
    ten = tuple(each.code for each in scene.catalogue.regions if each.level in ("regency", "city"))
    found: dict[tuple[str, str], Fraction] = {}
    for line in draw_lines(scene.catalogue, indicator, scene.reader.series(scene.vintage, indicator.id, ten)):
        for point in line.points if line.series == indicator.default_series else ():
            raw = locate(indicator, point.shown.category if point.value is None else point.value).raw
            if raw is not None:
                found[line.region, point.shown.period.code[:4]] = raw
    return found
