"""Which figures are in beda data that nobody has settled: what is scored with them says so."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.wall.view import View
from etl.measures.observation import Contest, DimensionScore

Key = tuple[str, str, str]  # indicator, series, period


def keys_of(contests: Iterable[Contest]) -> frozenset[Key]:
    """Return what contradictory realisations speak about."""
    return frozenset(
        (each.indicator, each.disputed.series, each.period)
        for each in contests
        if each.reason == "conflict" and each.kind == "realisation"
    )


def keys_in(view: View, region: str) -> frozenset[Key]:
    """Return what is contradicted in a region, the view's own or another."""
    if region == view.region:
        return keys_of(view.conflicts)
    found = view.page.reader.contested(view.page.vintage, region)
    return keys_of(each for each in found if each.region == region and each.indicator in view.page.public)


def targets_in_dispute(view: View) -> frozenset[str]:
    """Return the indicators of the region whose targets contradict each other."""
    return frozenset(each.indicator for each in view.conflicts if each.kind == "target")


def is_disputed(score: DimensionScore, keys: frozenset[Key]) -> bool:
    """Tell whether there is a score and a figure that counts in it is contradicted."""
    return score.score is not None and any(
        leaf.disputed or (leaf.indicator, leaf.series, leaf.period) in keys
        for leaf in score.leaves
        if leaf.score is not None
    )
