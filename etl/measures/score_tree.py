"""Score trees: leaves that add up to their root, and JSON without loss ("n/d" with a decimal beside for reading)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any, NamedTuple

from etl.catalogue import stored_forms
from etl.catalogue.decimals import canonical, rounded
from etl.catalogue.models import METHOD
from etl.catalogue.stored_forms import present_form, upgrade
from etl.measures.observation import DimensionScore, Leaf, OtherPlace

HALF = Fraction(1, 2)  # of the weight: below it there is no score
FEWEST = 3  # leaves
HEAVIEST = Fraction(2, 5)  # what one leaf may have of the present weight
LEAF_FRACTIONS = ("weight", "score", "raw")
ROOT_FRACTIONS = ("score", "low", "high", "coverage", "robust_low", "robust_high")


class Root(NamedTuple):
    """What the leaves of a tree add up to."""

    score: Fraction | None
    low: Fraction
    high: Fraction
    coverage: Fraction
    present: int
    total: int


def recompute(leaves: Iterable[Leaf], method: int = METHOD) -> Root:
    """Add the leaves up again: missing ones at 0 (low) and at 100 (high); no score where they are too few."""
    every = list(leaves)
    scored = [(each.weight, each.score) for each in every if each.score is not None]
    coverage = sum((weight for weight, _ in scored), Fraction(0))
    low = sum((weight * score for weight, score in scored), Fraction(0))
    enough = coverage >= HALF if method == 1 else is_enough([weight for weight, _ in scored])
    score = low / coverage if enough else None
    return Root(score, low, low + (1 - coverage) * 100, coverage, len(scored), len(every))


def is_enough(weights: Sequence[Fraction]) -> bool:
    """Tell whether the present weights carry a score: half of all, three leaves, none above 40 % of what is present."""
    present = sum(weights, Fraction(0))
    return present >= HALF and len(weights) >= FEWEST and max(weights) <= HEAVIEST * present


def root(score: DimensionScore) -> Root:
    """Return what a stored tree claims; equal to `recompute` of its leaves, or the tree is broken."""
    return Root(score.score, score.low, score.high, score.coverage, score.present, score.total)


def tree_form() -> int:
    """Return the number of the form that `tree_to_json` writes."""
    return present_form(stored_forms.TREE_STEPS)


def tree_to_json(score: DimensionScore) -> dict[str, Any]:
    """Return a JSON-ready dict; each fraction `x` is "n/d" with `x_decimal` beside it, rounded to 12 decimals.

    It begins with the number of its form, but for the first, which was written before there were others.
    """
    form = {"form": tree_form()} if tree_form() > 1 else {}
    head = {each.name: getattr(score, each.name) for each in fields(score) if each.name != "leaves"}
    return {**form, **_spell(head, ROOT_FRACTIONS), "leaves": [_leaf_to_json(each) for each in score.leaves]}


def _leaf_to_json(leaf: Leaf) -> dict[str, Any]:
    spelled = _spell({each.name: getattr(leaf, each.name) for each in fields(leaf)}, LEAF_FRACTIONS)
    return spelled | {"others": [_spell({"kind": each.kind, "score": each.score}, ("score",)) for each in leaf.others]}


def tree_from_json(tree: Mapping[str, Any]) -> DimensionScore:
    """Read what `tree_to_json` wrote, now or in an earlier form; decimals for reading are ignored.

    Raises KeyError for a missing field, ValueError for a fraction that is none or a form that is unknown.
    """
    tree = upgrade(dict(tree), tree.get("form", 1), stored_forms.TREE_STEPS)
    head = _read(tree, [each.name for each in fields(DimensionScore) if each.name != "leaves"], ROOT_FRACTIONS)
    return DimensionScore(**head, leaves=tuple(_leaf_from_json(each) for each in tree["leaves"]))


def _leaf_from_json(leaf: Mapping[str, Any]) -> Leaf:
    read = _read(leaf, [each.name for each in fields(Leaf)], LEAF_FRACTIONS)
    others = tuple(OtherPlace(**_read(each, ["kind", "score"], ("score",))) for each in leaf["others"])
    return Leaf(**read | {"others": others})


def readable(value: Fraction) -> str:
    """Return a fraction as a decimal text of at most 12 decimals, without exponent or trailing zeros."""
    return canonical(rounded(value))


def _spell(record: Mapping[str, Any], fractions: tuple[str, ...]) -> dict[str, Any]:
    spelled: dict[str, Any] = {}
    for name, value in record.items():
        spelled[name] = value
        if name in fractions:
            spelled[name] = None if value is None else f"{value.numerator}/{value.denominator}"
            spelled[f"{name}_decimal"] = None if value is None else readable(value)
    return spelled


def _read(record: Mapping[str, Any], names: list[str], fractions: tuple[str, ...]) -> dict[str, Any]:
    exact = {name: record[name] for name in names}
    for name in fractions:
        exact[name] = None if exact[name] is None else Fraction(exact[name])
    return exact
