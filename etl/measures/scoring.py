"""Dimension scores, 0 to 100, with coverage and interval; their changes and ranks. Exact fractions throughout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import Period, from_code
from etl.catalogue.reference import plain_text
from etl.measures.achievement import achievement, band, place
from etl.measures.conflict import bands_differ, resolve
from etl.measures.cycle import is_expired
from etl.measures.observation import Change, DimensionScore, Leaf, Observation
from etl.measures.score_tree import HALF, recompute
from etl.measures.valuation import SCORE_SCHEME, valuate

__all__ = ["achievement", "band", "change", "core_weights", "place", "rank", "score_dimension"]

UNSCORED_MARKS = {"doubtful", "claim"}


def score_dimension(
    catalogue: Catalogue,
    dimension: str,
    region: str,
    period: Period,
    observations: Iterable[Observation],
    targets: Iterable[Observation],
) -> DimensionScore:
    """Score one dimension of one region at the end of `period`.

    `observations` are current realisations of all sources, `targets` current fed targets; those of other regions,
    kinds and indicators are passed over, and their order does not matter. Raises KeyError for an unknown dimension.
    """
    by_indicator: dict[str, list[Observation]] = {}
    for each in observations:
        if each.region == region and each.kind == "realisation":
            by_indicator.setdefault(each.indicator, []).append(each)
    fed = [each for each in targets if each.kind == "target" and each.region == region]
    leaves = tuple(
        _leaf(catalogue, indicator, weight, period, by_indicator.get(indicator.id, []), fed)
        for indicator, weight in core_weights(catalogue, dimension)
    )
    added = recompute(leaves)
    return DimensionScore(
        dimension=dimension,
        region=region,
        period=period.code,
        score=added.score,
        low=added.low,
        high=added.high,
        coverage=added.coverage,
        present=added.present,
        total=added.total,
        band=None if added.score is None else band(catalogue.scheme[SCORE_SCHEME], added.score),
        leaves=leaves,
    )


def core_weights(catalogue: Catalogue, dimension: str) -> Iterator[tuple[Indicator, Fraction]]:
    """Yield a dimension's scored indicators with their shares, which add to 1.

    A sub-dimension without core indicators takes no share.
    """
    declared = {each.id: each for each in catalogue.dimensions}[dimension].subdimensions
    filled = [sub for sub in declared if sub.id in catalogue.core]
    whole = sum(Fraction(sub.weight) for sub in filled)
    for sub in filled:
        inside = sum(Fraction(each.weight) for each in catalogue.core[sub.id])
        for each in catalogue.core[sub.id]:
            yield each, Fraction(sub.weight) / whole * Fraction(each.weight) / inside


def _leaf(
    catalogue: Catalogue,
    indicator: Indicator,
    weight: Fraction,
    period: Period,
    observations: Sequence[Observation],
    fed: Sequence[Observation],
) -> Leaf:
    usable = [each for each in observations if _is_usable(indicator, each, period)]
    if not usable:
        return _empty_leaf(indicator, weight)
    latest = max(each.period for each in usable)
    shown, others = resolve([each for each in usable if each.period == latest], catalogue)
    worth = valuate(catalogue, shown, fed)
    expired = is_expired(indicator, latest, period)
    scored = worth.score is not None and not expired
    return Leaf(
        indicator=indicator.id,
        subdimension=indicator.subdimension or "",
        weight=weight,
        score=worth.score if scored else None,
        raw=worth.raw if scored else None,
        basis=worth.basis if scored else None,
        absence="expired" if expired else worth.absence,
        series=shown.series,
        period=shown.period.code,
        observation=shown.id,
        target=plain_text(worth.target.value) if worth.target else None,
        disputed=scored and bands_differ(shown, others, catalogue, fed),
    )


def _empty_leaf(indicator: Indicator, weight: Fraction) -> Leaf:
    return Leaf(
        indicator=indicator.id,
        subdimension=indicator.subdimension or "",
        weight=weight,
        score=None,
        raw=None,
        basis=None,
        absence="no_data",
        series=None,
        period=None,
        observation=None,
        target=None,
        disputed=False,
    )


def _is_usable(indicator: Indicator, observation: Observation, period: Period) -> bool:
    """Tell whether a realisation may be scored at all: headline series, sound, no in-year progress.

    A cumulative figure counts only once its year is complete: "s.d. triwulan II" has no place between yearly points.
    """
    return (
        observation.series == indicator.default_series
        and observation.period.end <= period.end
        and observation.status != "progress"
        and not UNSCORED_MARKS & observation.marks
        and (not indicator.cumulative or (observation.period.end.month, observation.period.end.day) == (12, 31))
    )


def change(now: DimensionScore, before: DimensionScore) -> Change | None:
    """Compare two periods over the indicators present in both with one series and basis, in today's weights.

    A figure carried over, or one that skipped a year, says nothing about the time between the two scores: an indicator
    counts only where its own figures lie as far apart as the scores. None where those that count carry less than half
    of the weight in either period.
    """
    earlier = {each.indicator: each for each in before.leaves if each.score is not None}
    total, common, common_before, compared = Fraction(0), Fraction(0), Fraction(0), 0
    for each in now.leaves:
        old = earlier.get(each.indicator)
        if each.score is None or old is None or old.score is None:
            continue
        if (old.series, old.basis) == (each.series, each.basis) and _years(each, old) == _years(now, before):
            total += each.weight * (each.score - old.score)
            common += each.weight
            common_before += old.weight
            compared += 1
    if min(common, common_before) < HALF:
        return None
    return Change(since=before.period, difference=total / common, compared=compared, total=len(now.leaves))


def _years(later: Leaf | DimensionScore, earlier: Leaf | DimensionScore) -> int:
    """Return how many years lie between the ends of two periods; 0 where one has none."""
    if later.period is None or earlier.period is None:
        return 0
    return from_code(later.period).end.year - from_code(earlier.period).end.year


def rank(scores: Iterable[DimensionScore]) -> dict[str, int | None]:
    """Rank regions in one dimension and period, 1 for the highest; None where the rank is withheld.

    Withheld for a region without a score, and where its interval meets another scored region's. Equal scores
    without a gap in their data share a rank.
    """
    every = list(scores)
    scored = [each for each in every if each.score is not None]
    return {each.region: _rank(each, scored) if each.score is not None else None for each in every}


def _rank(one: DimensionScore, scored: Sequence[DimensionScore]) -> int | None:
    others = [each for each in scored if each.region != one.region]
    if any(_overlap(one, each) for each in others):
        return None
    return 1 + sum(each.low > one.high for each in others)


def _overlap(one: DimensionScore, two: DimensionScore) -> bool:
    tie = one.low == one.high == two.low == two.high
    return not tie and one.low <= two.high and two.low <= one.high
