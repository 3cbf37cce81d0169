"""Stored scores: computed where what is known may have moved them, written only where they changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from etl.catalogue.models import Catalogue
from etl.catalogue.period import from_code
from etl.measures.observation import DimensionScore, Observation
from etl.measures.score_tree import tree_form, tree_from_json, tree_to_json
from etl.measures.scoring import score_dimension
from etl.warehouse import schema
from etl.warehouse.period_keys import period_of
from etl.warehouse.read.observation_records import VERSIONS, observations_of
from etl.warehouse.schema import REALISATION, observation, score

SCORED_LEVELS = ("regency", "city")
NO_YEAR = 9999
Key = tuple[str, str, str]  # region, period, dimension
Touched = Mapping[str, Mapping[str, int]]  # region -> dimension -> the first year whose score may differ


def scored_regions(catalogue: Catalogue) -> set[str]:
    """Return the codes of the regions that get scores."""
    return {each.code for each in catalogue.regions if each.level in SCORED_LEVELS}


def touched_scores(connection: Connection, catalogue: Catalogue, after: int) -> Touched:
    """Tell which scores the observations with an id greater than `after` may have moved.

    A realisation counts from its own year on, for it is carried forward; no target counts. A region is named
    without a dimension where only its span of years may differ.
    """
    query = (
        select(schema.region.c.code, schema.indicator.c.code, func.min(observation.c.period_id))
        .join(schema.region, schema.region.c.id == observation.c.region_id)
        .join(schema.series, schema.series.c.id == observation.c.series_id)
        .join(schema.indicator, schema.indicator.c.id == schema.series.c.indicator_id)
        .where(observation.c.id > after, observation.c.kind == REALISATION)
        .where(observation.c.series_id.in_(_core_series(catalogue)))
        .where(schema.region.c.code.in_(scored_regions(catalogue)))
        .group_by(schema.region.c.code, schema.indicator.c.code)
    )
    within: dict[str | None, str] = {part.id: each.id for each in catalogue.dimensions for part in each.subdimensions}
    touched: dict[str, dict[str, int]] = {}
    for region, indicator, period in connection.execute(query):
        first = period_of(period).end.year
        years = touched.setdefault(region, {})
        if dimension := within.get(catalogue.indicator[indicator].subdimension):
            years[dimension] = min(first, years.get(dimension, NO_YEAR))
    return touched


def _core_series(catalogue: Catalogue) -> Select[Any]:
    core = [each.id for part in catalogue.core.values() for each in part]
    return (
        select(schema.series.c.id)
        .join(schema.indicator, schema.indicator.c.id == schema.series.c.indicator_id)
        .where(schema.indicator.c.code.in_(core))
    )


def _core_observations(connection: Connection, catalogue: Catalogue, region: str) -> list[Observation]:
    here = select(schema.region.c.id).where(schema.region.c.code == region)
    query = VERSIONS.where(
        observation.c.region_id.in_(here),
        observation.c.series_id.in_(_core_series(catalogue)),
        observation.c.kind == REALISATION,
        observation.c.superseded_in.is_(None),
    )
    return observations_of(connection, query.order_by(observation.c.id))


def compute(
    connection: Connection, catalogue: Catalogue, region: str, kept: Mapping[Key, str] | None = None
) -> dict[Key, str]:
    """Return the score trees of a region as stored texts, for every year from its first core realisation on.

    Those in `kept` are taken as they are.
    """
    realised = _core_observations(connection, catalogue, region)
    if not realised:
        return {}
    years = [each.period.end.year for each in realised]
    kept = kept or {}
    trees = {}
    for dimension in catalogue.dimensions:
        parts = {part.id for part in dimension.subdimensions}
        own = [each for each in realised if catalogue.indicator[each.indicator].subdimension in parts]
        for year in range(min(years), max(years) + 1):
            key = (region, str(year), dimension.id)
            trees[key] = kept.get(key) or _written(_score(catalogue, key, own))
    return trees


def _score(catalogue: Catalogue, key: Key, own: Sequence[Observation]) -> DimensionScore:
    region, period, dimension = key
    return score_dimension(catalogue, dimension, region, from_code(period), own)


def _written(scored: DimensionScore) -> str:
    return json.dumps(tree_to_json(scored), ensure_ascii=False, separators=(",", ":"))


def current_trees(connection: Connection, regions: Collection[str] | None = None) -> dict[Key, str]:
    """Return the stored trees that are valid now, of some regions or of all, as they would be written now."""
    query = select(score.c.region, score.c.period, score.c.dimension, score.c.tree)
    query = query.where(score.c.superseded_in.is_(None))
    if regions is not None:
        query = query.where(score.c.region.in_(regions))
    return {(row[0], row[1], row[2]): _as_now(row[3]) for row in connection.execute(query)}


def _as_now(tree: str) -> str:
    """Write a stored tree of an earlier form in the present one, so that a form alone makes no new score."""
    if tree_form() == 1 or tree.startswith(f'{{"form":{tree_form()},'):
        return tree
    try:
        return _written(tree_from_json(json.loads(tree)))
    except (LookupError, ValueError):  # changed by hand
        return tree


def recompute(connection: Connection, catalogue: Catalogue, vintage: int, touched: Touched | None) -> int:
    """Bring the touched scores (None: all) up to date in a vintage; return how many changed.

    A score that has no basis any more ends without a successor.
    """
    stored = current_trees(connection, None if touched is None else touched.keys())
    kept = {key: tree for key, tree in stored.items() if touched is not None and not _may_differ(touched, key)}
    trees: dict[Key, str] = {}
    for region in sorted(scored_regions(catalogue) if touched is None else touched):
        trees |= compute(connection, catalogue, region, kept)
    ended = [key for key, tree in stored.items() if trees.get(key) != tree]
    fresh = [key for key, tree in trees.items() if stored.get(key) != tree]
    for region, period, dimension in ended:
        this = (score.c.region == region, score.c.period == period, score.c.dimension == dimension)
        connection.execute(update(score).where(*this, score.c.superseded_in.is_(None)).values(superseded_in=vintage))
    if fresh:
        names = ("region", "period", "dimension")
        rows = [dict(zip(names, key, strict=True), vintage_no=vintage, tree=trees[key]) for key in sorted(fresh)]
        connection.execute(insert(score), rows)
    return len(fresh)


def _may_differ(touched: Touched, key: Key) -> bool:
    region, period, dimension = key
    return int(period) >= touched[region].get(dimension, NO_YEAR)
