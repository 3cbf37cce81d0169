"""Positions of dimensions, 0 to 100, with coverage, interval and robustness; their changes. Exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from etl.catalogue.models import METHOD, Catalogue, Indicator
from etl.catalogue.period import Period, from_code
from etl.measures.achievement import band
from etl.measures.conflict import reason, resolve
from etl.measures.cycle import is_expired, is_late, is_of_round
from etl.measures.observation import Change, DimensionScore, Leaf, Observation
from etl.measures.other_places import other_places
from etl.measures.robustness import Spread, spread
from etl.measures.score_tree import HALF, is_enough, recompute
from etl.measures.soundness import is_unsure
from etl.measures.valuation import POSITION_SCHEME, locate, placed_value

UNSCORED_MARKS = {"doubtful", "claim"}
WORDED = Fraction(2, 3)  # of the weight: below it a position has no word


def score_dimension(
    catalogue: Catalogue, dimension: str, region: str, period: Period, observations: Iterable[Observation]
) -> DimensionScore:
    """Give the position of one region in one dimension at the end of `period`.

    `observations` are current realisations of all sources; those of other regions, kinds and indicators are passed
    over, and their order does not matter. No target enters. Raises KeyError for an unknown dimension.
    """
    by_indicator: dict[str, list[Observation]] = {}
    for each in observations:
        if each.region == region and each.kind == "realisation":
            by_indicator.setdefault(each.indicator, []).append(each)
    leaves = tuple(
        _leaf(catalogue, indicator, weight, period, by_indicator.get(indicator.id, []))
        for indicator, weight in core_weights(catalogue, dimension)
    )
    added, robust = recompute(leaves), spread(leaves)
    worded = added.score is not None and added.coverage >= WORDED
    robust = robust if added.score is not None else None
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
        band=None,
        leaves=leaves,
        method=METHOD,
        position=band(catalogue.scheme[POSITION_SCHEME], added.score) if worded and added.score is not None else None,
        robust_low=robust.low if robust else None,
        robust_high=robust.high if robust else None,
        variants=robust.tried if robust else 0,
    )


def core_weights(catalogue: Catalogue, dimension: str) -> Iterator[tuple[Indicator, Fraction]]:
    """Yield a dimension's core indicators with their shares, which add to 1; equal unless weights are declared."""
    declared = {each.id: each for each in catalogue.dimensions}[dimension].subdimensions
    weighed = [
        (indicator, Fraction(sub.weight) * Fraction(indicator.weight))
        for sub in declared
        for indicator in catalogue.core.get(sub.id, ())
    ]
    whole = sum((weight for _, weight in weighed), Fraction(0))
    for indicator, weight in weighed:
        yield indicator, weight / whole


def _leaf(
    catalogue: Catalogue, indicator: Indicator, weight: Fraction, period: Period, observations: Sequence[Observation]
) -> Leaf:
    bare = Leaf(
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
    usable = [each for each in observations if _is_usable(indicator, each, period)]
    if not usable:
        return bare
    latest = max(each.period for each in usable)
    shown, others = resolve([each for each in usable if each.period == latest], catalogue)
    named = replace(bare, series=shown.series, period=shown.period.code, observation=shown.id)
    worth = locate(indicator, placed_value(shown))
    if is_expired(indicator, latest, period) or worth.score is None:
        return replace(named, absence="expired" if is_expired(indicator, latest, period) else worth.absence)
    rivals = [each for each in others if "doubtful" not in each.marks and reason(shown, each, catalogue) == "conflict"]
    return replace(
        named,
        score=worth.score,
        raw=worth.raw,
        basis=worth.basis,
        absence=None,
        disputed=bool(rivals),
        late=is_late(indicator, latest, period),
        others=tuple(other_places(indicator, shown, rivals)),
    )


def _is_usable(indicator: Indicator, observation: Observation, period: Period) -> bool:
    """Tell whether a realisation may be scored at all: headline series and round, sound, no in-year progress.

    A cumulative figure counts only once its year is complete: "s.d. triwulan II" has no place between yearly points.
    """
    return (
        observation.series == indicator.default_series
        and observation.period.end <= period.end
        and is_of_round(indicator, observation.period)
        and observation.status != "progress"
        and not UNSCORED_MARKS & observation.marks
        and (not indicator.cumulative or (observation.period.end.month, observation.period.end.day) == (12, 31))
    )


def change(now: DimensionScore, before: DimensionScore, figures: Mapping[int, Observation]) -> Change | None:
    """Compare two periods of one method over the indicators present in both with one series and basis.

    An indicator's figures must lie as far apart as the scores, in today's weights. None where those that count carry
    less than half of the weight in either period, or one of them is disputed at either end, or unsure by its figures,
    which `figures` gives by their ids.
    """
    if now.method != before.method:
        return None
    earlier = {each.indicator: each for each in before.leaves if each.score is not None}
    total, common, common_before, compared = Fraction(0), Fraction(0), Fraction(0), 0
    for each in now.leaves:
        old = earlier.get(each.indicator)
        if each.score is None or old is None or old.score is None:
            continue
        if (old.series, old.basis) == (each.series, each.basis) and _years(each, old) == _years(now, before):
            if each.disputed or old.disputed or _is_unsure(each, old, figures):
                return None
            total += each.weight * (each.score - old.score)
            common += each.weight
            common_before += old.weight
            compared += 1
    if min(common, common_before) < HALF:
        return None
    return Change(since=before.period, difference=total / common, compared=compared, total=len(now.leaves))


def _is_unsure(later: Leaf, earlier: Leaf, figures: Mapping[int, Observation]) -> bool:
    one, other = figures.get(later.observation or 0), figures.get(earlier.observation or 0)
    return one is not None and other is not None and is_unsure(one, other)


def _years(later: Leaf | DimensionScore, earlier: Leaf | DimensionScore) -> int:
    """Return how many years lie between the ends of two periods; 0 where one has none."""
    if later.period is None or earlier.period is None:
        return 0
    return from_code(later.period).end.year - from_code(earlier.period).end.year


def places(scores: Iterable[DimensionScore]) -> dict[str, int | None]:
    """Order regions in one dimension and period, 1 for the nearest to the best; None where no order can be told.

    Told on the indicators that all of them share alone, where these carry a score, and only for a region whose range
    of robustness meets no other's.
    """
    every = [each for each in scores if each.score is not None]
    ranges = _shared_ranges(every)
    told: dict[str, int | None] = {each.region: None for each in every}
    for region, own in ranges.items():
        others = [each for other, each in ranges.items() if other != region]
        if others and not any(each.low <= own.high and own.low <= each.high for each in others):
            told[region] = 1 + sum(each.low > own.high for each in others)
    return told


def _shared_ranges(scores: Sequence[DimensionScore]) -> Mapping[str, Spread]:
    shared = set.intersection(*({_measure(leaf) for leaf in _placed(each)} for each in scores)) if scores else set()
    ranges = {}
    for each in scores:
        kept = [leaf for leaf in _placed(each) if _measure(leaf) in shared]
        found = spread(kept)
        if found is None or not is_enough([leaf.weight for leaf in kept]):
            return {}
        ranges[each.region] = found
    return ranges


def _placed(score: DimensionScore) -> list[Leaf]:
    return [leaf for leaf in score.leaves if leaf.score is not None]


def _measure(leaf: Leaf) -> tuple[str, str | None]:
    return leaf.indicator, leaf.series
