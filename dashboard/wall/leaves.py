"""What a score stands on: the figures, the indicator that weighs it down most, the one that fell most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from dashboard import page_queries
from dashboard.language import t
from dashboard.wall.sentence import uncapitalised
from dashboard.wall.view import View
from etl.catalogue.models import Indicator
from etl.measures.observation import DimensionScore, Leaf, Observation
from etl.measures.scoring import change

Named = Indicator | None


def explained(view: View, subjects: Sequence[str], indicator: Named) -> list[str]:
    """Word each subject with the indicator that explains it; as it is where none does."""
    if indicator is None:
        return list(subjects)
    cause = uncapitalised(indicator.short.get(view.lang))
    return [t("wall.caused_by", view.lang, subject=each, cause=cause) for each in subjects]


def figures_of(view: View, scores: Iterable[DimensionScore]) -> list[Observation]:
    """Return the public figures that count in scores of any of the regencies."""
    found: list[Observation] = []
    for score in scores:
        page = replace(view.page, region=view.catalogue.region[score.region])
        counted = [leaf for leaf in score.leaves if leaf.score is not None and score.score is not None]
        found += page_queries.leaf_figures(page, counted).values()
    return found


def heaviest(view: View, score: DimensionScore) -> Indicator | None:
    """Return the public indicator that keeps a score furthest from 100; None where all stand at 100."""
    losses = [(leaf.weight * (100 - leaf.score), leaf) for leaf in score.leaves if leaf.score is not None]
    return _greatest(view, losses)


def fallen(view: View, now: DimensionScore, since: str) -> Indicator | None:
    """Return the public indicator that took most from a score since an earlier period; None where none did."""
    before = page_queries.scores_of(view.page, since).get(now.dimension)
    if before is None:
        return None
    return _greatest(view, [(-_difference(now, before, leaf), leaf) for leaf in now.leaves])


def _greatest(view: View, losses: Iterable[tuple[Fraction, Leaf]]) -> Indicator | None:
    public = view.catalogue.public
    found = [(loss, leaf.indicator) for loss, leaf in losses if loss > 0 and leaf.indicator in public]
    return public[max(found)[1]] if found else None


def _difference(now: DimensionScore, before: DimensionScore, leaf: Leaf) -> Fraction:
    """Return what a leaf gave to the change of the score, by the same rule that compares the scores; 0 for nothing."""
    old = next((each for each in before.leaves if each.indicator == leaf.indicator), None)
    if old is None:
        return Fraction(0)
    alone = change(
        replace(now, leaves=(replace(leaf, weight=Fraction(1)),)),
        replace(before, leaves=(replace(old, weight=Fraction(1)),)),
    )
    return alone.difference * leaf.weight if alone else Fraction(0)
