"""Dimension scores as rows of the API, with the whole tree down to the observation."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from dashboard.api.encoding import exact
from dashboard.api.rows import Row, text_row
from etl.catalogue.decimals import rounded
from etl.catalogue.models import Catalogue, Dimension
from etl.measures.observation import DimensionScore, Leaf

ABSENCE = {
    "no_data": "belum ada data",
    "expired": "kedaluwarsa",
    "no_basis": "belum ada titik acuan atau target",
    "no_target": "target belum dimuat",
}


def score_row(each: DimensionScore, catalogue: Catalogue) -> Row:
    """Return one dimension's score, or the reason for none, with coverage, interval and tree.

    Every exact figure is a fraction `n/d` beside its decimal of twelve digits.
    """
    dimension = next((one for one in catalogue.dimensions if one.id == each.dimension), None)
    region = catalogue.region.get(each.region)
    return {
        "region": each.region,
        "region_name": region.name if region else each.region,
        "period": each.period,
        "dimension": each.dimension,
        "dimension_name": text_row(dimension.name) if dimension else None,
        **_pair("score", each.score),
        "reason": reason_for_none(each),
        "band": _band_row(each, catalogue),
        **_pair("coverage", each.coverage),
        **_pair("low", each.low),
        **_pair("high", each.high),
        "present": each.present,
        "total": each.total,
        "method": catalogue.method,
        "tree": _tree(each, dimension, catalogue),
    }


def reason_for_none(each: DimensionScore) -> str | None:
    """Say why there is no score, or None where there is one."""
    if each.score is not None:
        return None
    return f"belum cukup data ({each.present} dari {each.total})"


def _pair(name: str, value: Fraction | None) -> Row:
    return {name: None if value is None else rounded(value), f"{name}_exact": exact(value)}


def _band_row(each: DimensionScore, catalogue: Catalogue) -> Row | None:
    scheme = catalogue.scheme.get("capaian")
    if each.band is None or scheme is None:
        return None
    return {"no": each.band, "label": text_row(scheme.bands[each.band - 1].label)}


def _tree(each: DimensionScore, dimension: Dimension | None, catalogue: Catalogue) -> list[Row]:
    names = {sub.id: sub.name for sub in dimension.subdimensions} if dimension else {}
    order = list(dict.fromkeys([*names, *(leaf.subdimension for leaf in each.leaves)]))
    return [
        {
            "subdimension": sub,
            "name": text_row(names[sub]) if sub in names else None,
            **_pair("weight", sum((leaf.weight for leaf in leaves), Fraction(0))),
            "leaves": [_leaf_row(leaf, catalogue) for leaf in leaves],
        }
        for sub, leaves in ((sub, _of(each.leaves, sub)) for sub in order)
    ]


def _of(leaves: Iterable[Leaf], subdimension: str) -> list[Leaf]:
    return [leaf for leaf in leaves if leaf.subdimension == subdimension]


def _leaf_row(leaf: Leaf, catalogue: Catalogue) -> Row:
    indicator = catalogue.indicator.get(leaf.indicator)
    return {
        "indicator": leaf.indicator,
        "name": text_row(indicator.name) if indicator else None,
        **_pair("weight", leaf.weight),
        **_pair("score", leaf.score),
        **_pair("raw", leaf.raw),
        "basis": leaf.basis,
        "absence": leaf.absence,
        "reason": ABSENCE[leaf.absence] if leaf.absence else None,
        "series": leaf.series,
        "period": leaf.period,
        "observation": leaf.observation,
        "target": leaf.target,
        "disputed": leaf.disputed,
    }
