"""Stored scores: computed from what is known, written only where they changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from etl.catalogue.models import Catalogue
from etl.catalogue.period import from_code
from etl.measures.observation import DimensionScore, Observation
from etl.measures.score_tree import tree_form, tree_from_json, tree_to_json
from etl.measures.scoring import score_dimension
from etl.warehouse import schema
from etl.warehouse.read.observation_rows import VERSIONS, observations_of
from etl.warehouse.schema import KINDS, REALISATION, observation, score

SCORED_LEVELS = ("regency", "city")
Key = tuple[str, str, str]  # region, period, dimension


def scored_regions(catalogue: Catalogue) -> set[str]:
    """Return the codes of the regions that get scores."""
    return {each.code for each in catalogue.regions if each.level in SCORED_LEVELS}


def touched_regions(connection: Connection, catalogue: Catalogue, after: int) -> set[str]:
    """Return the scored regions with a core indicator among the observations with an id greater than `after`."""
    query = (
        select(schema.region.c.code)
        .where(schema.region.c.id == observation.c.region_id, observation.c.id > after)
        .where(observation.c.series_id.in_(_core_series(catalogue)))
    )
    return set(connection.scalars(query.distinct())) & scored_regions(catalogue)


def _core_series(catalogue: Catalogue) -> Select[Any]:
    core = [each.id for each in catalogue.indicators if each.role == "core"]
    return (
        select(schema.series.c.id)
        .join(schema.indicator, schema.indicator.c.id == schema.series.c.indicator_id)
        .where(schema.indicator.c.code.in_(core))
    )


def _core_figures(connection: Connection, catalogue: Catalogue, region: str) -> list[Observation]:
    here = select(schema.region.c.id).where(schema.region.c.code == region)
    query = VERSIONS.where(
        observation.c.region_id.in_(here),
        observation.c.series_id.in_(_core_series(catalogue)),
        observation.c.kind.in_([REALISATION, KINDS.index("target")]),
        observation.c.superseded_in.is_(None),
    )
    return observations_of(connection, query.order_by(observation.c.id))


def compute(connection: Connection, catalogue: Catalogue, region: str) -> dict[Key, str]:
    """Return the score trees of a region as stored texts, for every year from its first core realisation on."""
    figures = _core_figures(connection, catalogue, region)
    realised = [each for each in figures if each.kind == "realisation"]
    targets = [each for each in figures if each.kind == "target"]
    if not realised:
        return {}
    years = [each.period.end.year for each in realised]
    trees = {}
    for dimension in catalogue.dimensions:
        own = _of_dimension(catalogue, dimension.id, realised)
        for year in range(min(years), max(years) + 1):
            period = from_code(str(year))
            scored = score_dimension(catalogue, dimension.id, region, period, own, targets)
            trees[region, period.code, dimension.id] = _written(scored)
    return trees


def _written(scored: DimensionScore) -> str:
    return json.dumps(tree_to_json(scored), ensure_ascii=False, separators=(",", ":"))


def _of_dimension(catalogue: Catalogue, dimension: str, realised: Sequence[Observation]) -> list[Observation]:
    parts = {part.id for each in catalogue.dimensions if each.id == dimension for part in each.subdimensions}
    return [each for each in realised if catalogue.indicator[each.indicator].subdimension in parts]


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


def recompute(connection: Connection, catalogue: Catalogue, vintage: int, regions: Collection[str] | None) -> int:
    """Bring the stored scores of some regions (None: of all) up to date in a vintage; return how many changed.

    A score that has no basis any more ends without a successor.
    """
    stored = current_trees(connection, regions)
    trees: dict[Key, str] = {}
    for region in sorted(scored_regions(catalogue) if regions is None else regions):
        trees |= compute(connection, catalogue, region)
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
