"""Dimension scores as rows of the API, with the whole tree down to the observation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from dashboard.api.encoding import exact
from dashboard.api.observation_rows import region_name
from dashboard.api.row_models import BilingualRow, Exact, Row, RowModel, list_of, row_model, row_of
from etl.catalogue.decimals import rounded
from etl.catalogue.models import Catalogue, Dimension
from etl.measures.observation import DimensionScore, Leaf, OtherPlace
from etl.measures.robustness import shares
from etl.measures.valuation import ACHIEVEMENT_SCHEME, POSITION_SCHEME

ABSENCE = {
    "no_data": "belum ada data",
    "expired": "terlalu lama, tidak dihitung",
    "no_basis": "belum ada acuan bersumber",
    "no_target": "target belum dimuat",
}


WEIGHT = {"weight": Decimal, "weight_exact": Exact}  # its share of the whole dimension
OtherPlaceRow = row_model(
    "OtherPlaceRow", OtherPlace, "Letak satu angka menurut pilihan lain.",
    kind=..., score=Decimal, score_exact=Exact,
)  # fmt: skip
LeafRow = row_model(
    "LeafRow", Leaf, "Satu indikator dalam pohon skor: bagiannya, skornya, atau mengapa tidak ada.",
    indicator=..., name=BilingualRow | None, **WEIGHT, score=Decimal | None, score_exact=Exact | None,
    raw=Decimal | None, raw_exact=Exact | None, basis=..., absence=..., reason=str | None, series=..., period=...,
    observation=..., target=..., disputed=..., late=..., share=Decimal | None, share_exact=Exact | None,
    others=list_of(OtherPlaceRow),
)  # fmt: skip


class BandRow(RowModel):
    """Pita capaian yang dipakai metode 1, 1 sampai 5."""

    no: int
    label: BilingualRow


class PositionRow(RowModel):
    """Kata letak sejak metode 2, 1 (jauh dari acuan terbaik) sampai 5 (dekat acuan terbaik)."""

    no: int
    label: BilingualRow


BranchRow = row_model(
    "BranchRow", Leaf, "Satu subdimensi dengan indikatornya.",
    subdimension=..., name=BilingualRow | None, **WEIGHT, leaves=list_of(LeafRow),
)  # fmt: skip
ScoreRow = row_model(
    "ScoreRow", DimensionScore,
    "Letak satu dimensi antara acuan terburuk dan terbaik, 0 sampai 100; konstruksi Pantau sendiri, bukan nilai resmi.",
    region=..., region_name=str, period=..., dimension=..., dimension_name=BilingualRow | None, score=Decimal | None,
    score_exact=Exact | None, reason=str | None, band=BandRow | None, coverage=Decimal, coverage_exact=Exact,
    low=Decimal, low_exact=Exact, high=Decimal, high_exact=Exact, position=PositionRow | None,
    robust_low=Decimal | None, robust_low_exact=Exact | None, robust_high=Decimal | None,
    robust_high_exact=Exact | None, variants=..., present=..., total=..., method=...,
    tree=list_of(BranchRow),
)  # fmt: skip


def score_row(each: DimensionScore, catalogue: Catalogue) -> Row:
    """Return one dimension's score, or the reason for none, with coverage, interval and tree.

    Every exact figure is a fraction `n/d` beside its decimal of twelve digits.
    """
    dimension = next((one for one in catalogue.dimensions if one.id == each.dimension), None)
    return row_of(
        ScoreRow,
        each,
        region_name=region_name(each.region, catalogue),
        dimension_name=dimension and dimension.name,
        reason=reason_for_none(each),
        band=_step_row(catalogue, ACHIEVEMENT_SCHEME, each.band),
        position=_step_row(catalogue, POSITION_SCHEME, each.position),
        tree=_tree(each, dimension, catalogue),
        **_pairs(score=each.score, coverage=each.coverage, low=each.low, high=each.high),
        **_pairs(robust_low=each.robust_low, robust_high=each.robust_high),
    )


def reason_for_none(each: DimensionScore) -> str | None:
    """Say why there is no score, or None where there is one."""
    if each.score is not None:
        return None
    return f"belum cukup data ({each.present} dari {each.total})"


def _pairs(**values: Fraction | None) -> Row:
    decimals: Row = {name: None if value is None else rounded(value) for name, value in values.items()}
    return decimals | {f"{name}_exact": exact(value) for name, value in values.items()}


def _step_row(catalogue: Catalogue, name: str, step: int | None) -> Row | None:
    scheme = catalogue.scheme.get(name)
    if step is None or scheme is None:
        return None
    return {"no": step, "label": row_of(BilingualRow, scheme.bands[step - 1].label)}


def _tree(each: DimensionScore, dimension: Dimension | None, catalogue: Catalogue) -> list[Row]:
    names = {sub.id: sub.name for sub in dimension.subdimensions} if dimension else {}
    resting = shares(each.leaves)
    order = list(dict.fromkeys([*names, *(leaf.subdimension for leaf in each.leaves)]))
    return [
        {
            "subdimension": sub,
            "name": names.get(sub) and row_of(BilingualRow, names[sub]),
            **_pairs(weight=sum((leaf.weight for leaf in leaves), Fraction(0))),
            "leaves": [_leaf_row(leaf, resting, catalogue) for leaf in leaves],
        }
        for sub, leaves in ((sub, _of(each.leaves, sub)) for sub in order)
    ]


def _of(leaves: Iterable[Leaf], subdimension: str) -> list[Leaf]:
    return [leaf for leaf in leaves if leaf.subdimension == subdimension]


def _leaf_row(leaf: Leaf, resting: Mapping[str, Fraction], catalogue: Catalogue) -> Row:
    indicator = catalogue.indicator.get(leaf.indicator)
    return row_of(
        LeafRow,
        leaf,
        name=indicator and indicator.name,
        reason=ABSENCE[leaf.absence] if leaf.absence else None,
        others=[row_of(OtherPlaceRow, other, **_pairs(score=other.score)) for other in leaf.others],
        **_pairs(weight=leaf.weight, score=leaf.score, raw=leaf.raw, share=resting.get(leaf.indicator)),
    )
