"""The reads a page needs, for the region, period and vintage of its scene."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from dashboard.data import PROVINCE, REGENCIES, Scene
from dashboard.indicator_story import Line, Story, draw_lines, headline_line, is_sound, tell
from etl.catalogue.models import Dimension, Indicator
from etl.catalogue.period import from_code
from etl.catalogue.reference import Region
from etl.catalogue.wita import WITA
from etl.measures.denominator import mark_unsteady, yearly
from etl.measures.effective_targets import Met, targets_for
from etl.measures.observation import Change, DimensionScore, Leaf, Observation
from etl.measures.scoring import change
from etl.measures.valuation import valuate

LOOK_BACK = 3


def today_of(scene: Scene) -> dt.date:
    """Return the day on which the vintage was recorded, in WITA: what was known then is judged by that day."""
    return scene.vintage.recorded_at.astimezone(WITA).date()


def story_of(scene: Scene, indicator: Indicator, until: str | None = None) -> Story:
    """Read what is known of an indicator, up to a period where one is given, and tell its story for the region.

    Of a past period it is told on the day after its end, as its scores are: what counts in them is not too old.
    """
    today = today_of(scene)
    realised = steady(scene, indicator, scene.reader.series(scene.vintage, indicator.id, (*REGENCIES, PROVINCE)))
    if until is not None:
        end = from_code(until).end
        realised = [each for each in realised if each.period.end <= end]
        today = min(today, end + dt.timedelta(days=1))
    fed = scene.reader.series(scene.vintage, indicator.id, (scene.region.code,), kinds=("target",))
    return tell(scene.catalogue, indicator, scene.region.code, realised, fed, REGENCIES, today)


def steady(scene: Scene, indicator: Indicator, realised: Sequence[Observation]) -> Sequence[Observation]:
    """Mark per-head figures whose denominator leaps: they lead nothing, and change and rank nothing."""
    counted = scene.catalogue.indicator.get(indicator.denominator or "")
    if counted is None:
        return realised
    heads = scene.reader.series(scene.vintage, counted.id, (*REGENCIES, PROVINCE))
    return mark_unsteady(realised, yearly(scene.catalogue, counted, heads))


def region_names(scene: Scene, indicator: Indicator | None = None) -> dict[str, str]:
    """Return the short names of the regencies, and of the province where its size does not dwarf them (no sums)."""
    codes = REGENCIES if indicator is not None and indicator.additive else (*REGENCIES, PROVINCE)
    return {code: scene.catalogue.region[code].short for code in codes}


def period_of(scene: Scene) -> str | None:
    """Return the period asked for if the region has scores for it, else the newest; None without scores."""
    periods = scene.reader.score_periods(scene.vintage, scene.region.code)
    if scene.state.periode in periods:
        return scene.state.periode
    return max(periods) if periods else None


def scores_of(scene: Scene, period: str | None) -> dict[str, DimensionScore]:
    """Return the region's scores of a period by dimension."""
    if period is None:
        return {}
    found = scene.reader.scores(scene.vintage, regions=(scene.region.code,), period=period)
    return {each.dimension: each for each in found}


def changes_of(scene: Scene, scores: dict[str, DimensionScore], period: str | None) -> dict[str, Change]:
    """Return each dimension's change since the nearest earlier year it can be compared with."""
    found: dict[str, Change] = {}
    periods = scene.reader.score_periods(scene.vintage, scene.region.code)
    earlier = sorted((each for each in periods if period and each < period), reverse=True)[:LOOK_BACK]
    for since in earlier:
        before = scores_of(scene, since)
        figures = leaf_figures(
            scene, [leaf for each in (scores, before) for tree in each.values() for leaf in tree.leaves]
        )
        for dimension in scores.keys() & before.keys() - found.keys():
            difference = change(scores[dimension], before[dimension], figures)
            if difference is not None and scores[dimension].score is not None:
                found[dimension] = difference
    return found


def leaf_of(scene: Scene, indicator: str) -> Leaf | None:
    """Return the indicator's leaf in the score tree of the period shown; None where it is not scored."""
    leaves = (leaf for score in scores_of(scene, period_of(scene)).values() for leaf in score.leaves)
    return next((leaf for leaf in leaves if leaf.indicator == indicator), None)


def leaf_figures(scene: Scene, leaves: Iterable[Leaf]) -> dict[int, Observation]:
    """Return the observations the leaves stand on, by id."""
    found: dict[int, Observation] = {}
    for leaf in leaves:
        if leaf.observation is not None and leaf.indicator in scene.public:
            figures = scene.reader.series(scene.vintage, leaf.indicator, (scene.region.code,))
            found |= {each.id: each for each in figures if each.id == leaf.observation}
    return found


def past_period(scene: Scene) -> str | None:
    """Return the period asked for where it is not the newest: figures of later ones are not shown beside its scores."""
    periods = scene.reader.score_periods(scene.vintage, scene.region.code)
    return scene.state.periode if scene.state.periode in periods and scene.state.periode != max(periods) else None


def lead_stories(scene: Scene, dimension: Dimension, count: int, until: str | None = None) -> list[Story]:
    """Return the stories of a dimension's leading indicators that have a figure for the region."""
    found: list[Story] = []
    for name in dimension.leads:
        if name in scene.public and len(found) < count:
            story = story_of(scene, scene.public[name], until)
            found += [story] if story.latest is not None else []
    return found


def targets_met(scene: Scene, dimension: Dimension, period: str | None) -> Met | None:
    """Count the region's own targets of a year in a dimension; None where none is loaded."""
    if period is None:
        return None
    parts = {part.id for part in dimension.subdimensions}
    inside = [each for each in scene.public.values() if each.subdimension in parts]
    results = [met for each in inside for met in _year_targets(scene, each, period)]
    reached = sum(each is True for each in results)
    return Met(period, reached, len(results), sum(each is None for each in results)) if results else None


def _year_targets(scene: Scene, indicator: Indicator, period: str) -> list[bool | None]:
    """Tell for the own target of a year whether it is met; None where there is no realisation to judge."""
    fed = scene.reader.series(scene.vintage, indicator.id, (scene.region.code,), kinds=("target",))
    listed = targets_for(scene.catalogue, indicator, scene.region.code, fed)
    own = [each for each in listed if each.state == "future" and not each.lent and each.period.code[:4] == period]
    if not own:
        return []
    realised = scene.reader.series(scene.vintage, indicator.id, (scene.region.code,))
    line = headline_line(indicator, draw_lines(scene.catalogue, indicator, realised))
    points = [each for each in line.points if each.shown.period.code[:4] == period] if line else []
    raw = valuate(scene.catalogue, points[-1].shown, fed).raw if points and is_sound(points[-1]) else None
    return [None if raw is None else raw >= 100]


def districts_of(scene: Scene, indicator: Indicator) -> tuple[list[Region], list[Line]]:
    """Return the region's kecamatan and the lines of those that have figures."""
    below = [each for each in scene.catalogue.regions if each.parent == scene.region.code and each.level == "district"]
    found = scene.reader.series(scene.vintage, indicator.id, tuple(each.code for each in below))
    return below, list(draw_lines(scene.catalogue, indicator, found))
