"""What scores stand on: the public figures that count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dashboard import page_queries
from dashboard.wall.view import View
from etl.measures.observation import DimensionScore, Observation


def figures_of(view: View, scores: Iterable[DimensionScore]) -> list[Observation]:
    """Return the public figures that count in scores of any of the regencies."""
    found: list[Observation] = []
    for score in scores:
        page = replace(view.page, region=view.catalogue.region[score.region])
        counted = [leaf for leaf in score.leaves if leaf.score is not None and score.score is not None]
        found += page_queries.leaf_figures(page, counted).values()
    return found
