"""Every stored score of the shipped figures, computed again from the observations by another way of reckoning.

Nothing of etl.measures.scoring, score_tree, valuation or robustness is used here: binary floats, plain dictionaries and
brute force stand against exact fractions.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from itertools import product
from typing import Any

import pytest
import yaml

from etl.measures.observation import DimensionScore, Leaf, Observation
from etl.warehouse.engine import open_engine
from etl.warehouse.read import queries
from tests.shipping import ROOT, copy_shipped

DOCUMENT = yaml.safe_load((ROOT / "indicators.yaml").read_text(encoding="utf-8"))
CORE = {each["id"]: each for each in DOCUMENT["indicators"] if each.get("role") == "core"}
DIMENSION_OF = {
    part["id"]: dimension["id"] for dimension in DOCUMENT["dimensions"] for part in dimension["subdimensions"]
}
PRINTED = {
    each["id"]: each for each in yaml.safe_load((ROOT / "data/published/publications.yaml").read_text(encoding="utf-8"))
}
PRODUCERS = {each["id"]: each["name"] for each in DOCUMENT["producers"]}
STATUSES = ("revised", "final", "estimate", "preliminary", "very_preliminary")
STEPS = {"year": 1, "semester": 2, "quarter": 4, "month": 12, "day": 365}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[DimensionScore], list[Observation]]:
    engine = open_engine(copy_shipped(tmp_path_factory))
    with engine.connect() as connection:
        vintage = queries.resolve(connection, None)
        scores = queries.scores(connection, vintage)
        figures = [
            each
            for name in CORE
            for each in queries.observations(connection, vintage, indicator=name, kind="realisation", limit=100_000)
        ]
    engine.dispose()
    return scores, figures


def usable(figures: list[Observation], name: str, region: str, year: int) -> list[Observation]:
    known = CORE[name]
    series = (known.get("score") or {}).get("series") or (known.get("series") or [{"id": "utama"}])[0]["id"]
    return [
        each
        for each in figures
        if (each.indicator, each.region, each.series) == (name, region, series)
        and each.period.end <= dt.date(year, 12, 31)
        and each.status != "progress"
        and (each.period.kind == "year" or known.get("month") in (None, each.period.end.month))
        and not each.marks & {"doubtful", "claim"}
    ]


def place(name: str, figure: Observation) -> float | None:
    score: dict[str, Any] = CORE[name].get("score") or {}
    if "reference" in score and figure.value is not None:
        worst, best = (float(score["reference"][end]) for end in ("worst", "best"))
        return min(100.0, max(0.0, (float(figure.value) - worst) / (best - worst) * 100))
    if "categories" in score and figure.category is not None:
        order = [each.casefold() for each in score["categories"]["order"]]
        return order.index(figure.category.casefold()) / (len(order) - 1) * 100
    return None


def expected(figures: list[Observation], tree: DimensionScore) -> dict[str, float]:
    """Return the place of each core indicator that counts, from the figures of its newest period."""
    found = {}
    year = int(tree.period)
    for leaf in tree.leaves:
        known = usable(figures, leaf.indicator, tree.region, year)
        if not known:
            continue
        newest = max(each.period.end for each in known)
        age = year - newest.year
        if age * STEPS[CORE[leaf.indicator]["frequency"]] > CORE[leaf.indicator].get("max_age", 2):
            continue
        chosen = min((each for each in known if each.period.end == newest), key=rank_of)
        if (at := place(leaf.indicator, chosen)) is not None:
            found[leaf.indicator] = at
    return found


def rank_of(figure: Observation) -> tuple[int, bool, int, int, int, str]:
    """Order sources: revised by its producer; year stated, unrounded; a release, a copy, an office, the press."""
    printed = PRINTED.get(figure.publication)
    maker = CORE[figure.indicator]["producer"]
    channel = 2
    if printed is not None and figure.producer == maker:
        own = printed["publisher"] in (maker, PRODUCERS[maker])
        channel = 0 if own else 1 if printed["channel"] == "copy" else 3 if printed["channel"] == "press" else 2
    elif printed is not None and printed["channel"] == "press":
        channel = 3
    day = printed.get("published") if printed else None
    status = STATUSES.index(figure.status)
    lesser = "rounded" in figure.marks or "year_inferred" in figure.marks
    return int(status > 0), lesser, channel, status, -day.toordinal() if day else 0, figure.publication


def test_every_tree_is_the_one_that_the_figures_give(
    shipped: tuple[list[DimensionScore], list[Observation]],
) -> None:
    scores, figures = shipped
    assert len(scores) > 300
    told = 0
    for tree in scores:
        inside = {name for name, each in CORE.items() if DIMENSION_OF[each["subdimension"]] == tree.dimension}
        assert {leaf.indicator for leaf in tree.leaves} == inside
        places = expected(figures, tree)
        mine = {leaf.indicator: float(leaf.score) for leaf in tree.leaves if leaf.score is not None}
        assert mine == pytest.approx(places, abs=1e-9), (tree.region, tree.period, tree.dimension)
        known, all_of_them = len(places), len(inside)
        low = sum(places.values()) / all_of_them
        assert float(tree.low) == pytest.approx(low)
        assert float(tree.high) == pytest.approx(low + 100 * (all_of_them - known) / all_of_them)
        enough = known >= 3 and 2 * known >= all_of_them
        assert (tree.score is not None) == enough
        assert (tree.position is not None) == (enough and 3 * known >= 2 * all_of_them)
        if enough:
            told += 1
            mean = statistics.fmean(places.values())
            assert float(tree.score or 0) == pytest.approx(mean)
            assert tree.position in (None, min(5, 1 + math.floor(mean / 20)))
            check_robustness(tree)
    assert told > 0


def check_robustness(tree: DimensionScore) -> None:
    leaves = [leaf for leaf in tree.leaves if leaf.score is not None]
    kinds = [None, *{other.kind for leaf in leaves for other in leaf.others}]
    values = []
    for kind, gone, equal, geometric in product(kinds, [None, *leaves], (False, True), (False, True)):
        kept = [leaf for leaf in leaves if leaf is not gone]
        values.append(mean_of(kept, kind, equal=equal, geometric=geometric))
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    assert tree.variants == len(values)
    assert float(tree.robust_low or 0) == pytest.approx(cuts[0])
    assert float(tree.robust_high or 0) == pytest.approx(cuts[-1])


def mean_of(leaves: list[Leaf], kind: str | None, *, equal: bool, geometric: bool) -> float:
    places = [
        float(next((other.score for other in leaf.others if other.kind == kind), leaf.score or 0)) for leaf in leaves
    ]
    parts = [leaf.subdimension for leaf in leaves]
    weights = [1 / parts.count(part) / len(set(parts)) if equal else 1 / len(leaves) for part in parts]
    if geometric:
        return math.exp(sum(weight * math.log(max(each, 1)) for weight, each in zip(weights, places, strict=True)))
    return sum(weight * each for weight, each in zip(weights, places, strict=True))
