"""The warehouse's only door for readers: a connection and a vintage in, typed records out. No clock, no writing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, FromClause, ScalarSelect, Select, and_, func, or_, select

from etl.catalogue.period import from_code
from etl.catalogue.reference import Kind
from etl.measures import conflict
from etl.measures.observation import Contest, DimensionScore, Observation, Vintage
from etl.measures.score_tree import tree_from_json
from etl.warehouse import schema
from etl.warehouse.engine import open_reader
from etl.warehouse.period_keys import first_key_ending, known_at
from etl.warehouse.read.feed_overview import Situation, situation
from etl.warehouse.read.journal import FeedStatus, attempts, feed_status, findings, runs
from etl.warehouse.read.observation_records import VERSIONS, observations_of
from etl.warehouse.read.stored_records import records
from etl.warehouse.read.vintages import catalogue_at, current_vintage, resolve, vintages
from etl.warehouse.revision import problems
from etl.warehouse.schema import IDENTITY, KINDS, REALISATION, observation, token

__all__ = [
    "FeedStatus",
    "Situation",
    "attempts",
    "catalogue_at",
    "changes",
    "contested",
    "current_vintage",
    "feed_status",
    "findings",
    "history",
    "latest",
    "observations",
    "open_reader",
    "problems",
    "records",
    "resolve",
    "runs",
    "score_periods",
    "scores",
    "series",
    "situation",
    "token_of",
    "vintages",
]


def _region_ids(codes: Iterable[str]) -> Select[Any]:
    return select(schema.region.c.id).where(schema.region.c.code.in_(tuple(codes)))


def _series_ids(indicator: str | None, series: str | None = None) -> Select[Any]:
    query = select(schema.series.c.id).join(schema.indicator, schema.indicator.c.id == schema.series.c.indicator_id)
    if indicator is not None:
        query = query.where(schema.indicator.c.code == indicator)
    return query if series is None else query.where(schema.series.c.code == series)


def _is_current(connection: Connection, vintage: Vintage) -> bool:
    newest = connection.scalar(select(func.max(schema.vintage.c.no)))
    return bool(newest == vintage.number)


def _latest_then(here: ScalarSelect[Any], vintage: Vintage) -> FromClause:
    """Select what the table of latest periods held at a vintage, for one region; no period where there was none."""
    newest = (
        select(observation.c.period_id)
        .where(observation.c.region_id == here, observation.c.series_id == schema.series.c.id)
        .where(observation.c.kind == REALISATION, known_at(observation, vintage.number))
        .order_by(observation.c.period_id.desc())
        .limit(1)
        .correlate(schema.series)
        .scalar_subquery()
    )
    columns = (here.label("region_id"), schema.series.c.id.label("series_id"), newest.label("period_id"))
    return select(*columns).select_from(schema.series).subquery()


def latest(connection: Connection, vintage: Vintage, region: str) -> list[Observation]:
    """Return all sources of the newest realised period of every series of a region, by indicator and series."""
    here = _region_ids([region]).scalar_subquery()
    newest: FromClause = schema.latest if _is_current(connection, vintage) else _latest_then(here, vintage)
    # An outer join keeps SQLite from starting with all observations of the region; it never finds nothing.
    found = and_(
        *(observation.c[name] == newest.c[name] for name in ("region_id", "series_id", "period_id")),
        observation.c.kind == REALISATION,
        known_at(observation, vintage.number),
    )
    query = VERSIONS.select_from(newest.outerjoin(observation, found))
    query = query.where(newest.c.region_id == here, newest.c.period_id.is_not(None))
    return sorted(observations_of(connection, query), key=lambda each: (each.indicator, each.series, each.publication))


def series(
    connection: Connection,
    vintage: Vintage,
    indicator: str,
    regions: Iterable[str],
    kinds: tuple[Kind, ...] = ("realisation",),
) -> list[Observation]:
    """Return all sources of one indicator's figures in some regions, by period."""
    query = VERSIONS.where(
        observation.c.region_id.in_(_region_ids(regions)),
        observation.c.series_id.in_(_series_ids(indicator)),
        observation.c.kind.in_([KINDS.index(kind) for kind in kinds]),
        known_at(observation, vintage.number),
    )
    return observations_of(connection, query.order_by(observation.c.period_id, observation.c.id))


def history(connection: Connection, indicator: str, region: str) -> list[Observation]:
    """Return every version ever recorded of an indicator's figures in a region, by identity and version."""
    query = VERSIONS.where(
        observation.c.region_id.in_(_region_ids([region])), observation.c.series_id.in_(_series_ids(indicator))
    )
    order = ("series_id", "kind", "period_id", "source_id", "vintage_no")
    return observations_of(connection, query.order_by(*(observation.c[name] for name in order)))


def _printed_in(publications: frozenset[str]) -> Select[tuple[int]]:
    return select(schema.source.c.id).where(schema.source.c.publication.in_(sorted(publications)))


def observations(
    connection: Connection,
    vintage: Vintage,
    *,
    indicator: str | None = None,
    region: str | None = None,
    series: str | None = None,
    kind: Kind | None = None,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    within: frozenset[str] | None = None,
    without: frozenset[str] = frozenset(),
    limit: int = 500,
    offset: int = 0,
) -> list[Observation]:
    """Return figures in a stable order for paging.

    `since` and `until` are period codes: figures whose period ends from the first day of `since` to the last of
    `until`. `source` is the id of a publication or of a producer; `within` and `without` of publications. Raises
    ValueError for a code that is no period.
    """
    query = VERSIONS.where(known_at(observation, vintage.number))
    if within is not None:
        query = query.where(observation.c.source_id.in_(_printed_in(within)))
    if without:
        query = query.where(observation.c.source_id.not_in(_printed_in(without)))
    if region is not None:
        query = query.where(observation.c.region_id.in_(_region_ids([region])))
    if indicator is not None or series is not None:
        query = query.where(observation.c.series_id.in_(_series_ids(indicator, series)))
    if kind is not None:
        query = query.where(observation.c.kind == KINDS.index(kind))
    if since is not None:
        query = query.where(observation.c.period_id >= first_key_ending(from_code(since).start))
    if until is not None:
        query = query.where(observation.c.period_id < first_key_ending(from_code(until).end + dt.timedelta(days=1)))
    if source is not None:
        named = or_(schema.source.c.publication == source, schema.source.c.producer == source)
        query = query.where(observation.c.source_id.in_(select(schema.source.c.id).where(named)))
    query = query.order_by(*(observation.c[name] for name in (*IDENTITY, "vintage_no")))
    return observations_of(connection, query.limit(limit).offset(offset))


def scores(
    connection: Connection,
    vintage: Vintage,
    *,
    regions: Iterable[str] | None = None,
    period: str | None = None,
    dimension: str | None = None,
) -> list[DimensionScore]:
    """Return the stored dimension scores by region, period and dimension."""
    score = schema.score
    query = select(score.c.tree).where(known_at(score, vintage.number))
    if regions is not None:
        query = query.where(score.c.region.in_(tuple(regions)))
    if period is not None:
        query = query.where(score.c.period == period)
    if dimension is not None:
        query = query.where(score.c.dimension == dimension)
    query = query.order_by(score.c.region, score.c.period, score.c.dimension)
    return [_score(tree) for tree in connection.scalars(query)]


@lru_cache(maxsize=2048)
def _score(tree: str) -> DimensionScore:
    return tree_from_json(json.loads(tree))


def score_periods(connection: Connection, vintage: Vintage, region: str) -> list[str]:
    """Return the periods a region has stored scores for, oldest first."""
    score = schema.score
    query = select(score.c.period).where(score.c.region == region, known_at(score, vintage.number))
    return list(connection.scalars(query.distinct().order_by(score.c.period)))


def contested(connection: Connection, vintage: Vintage, region: str | None = None) -> list[Contest]:
    """Return the keys that more than one observation speaks about, each with the reason.

    `pemprov` is compared with `64` and listed there.
    """
    key = schema.contested
    query = (
        VERSIONS.join(schema.region, schema.region.c.id == observation.c.region_id)
        .join(schema.series, schema.series.c.id == observation.c.series_id)
        .join(
            key,
            and_(
                key.c.base == schema.region.c.base,
                key.c.indicator_id == schema.series.c.indicator_id,
                key.c.period_id == observation.c.period_id,
                key.c.kind == observation.c.kind,
            ),
        )
        .where(known_at(observation, vintage.number))
        .order_by(key.c.base, key.c.indicator_id, key.c.period_id, observation.c.id)
    )
    if region is not None:
        base = select(schema.region.c.base).where(schema.region.c.code == region)
        query = query.where(key.c.base.in_(base))
    found = observations_of(connection, query)
    fed = _fed_targets(connection, vintage, {each.region for each in found}, {each.indicator for each in found})
    return conflict.contests(found, catalogue_at(connection, vintage), fed)


def _fed_targets(
    connection: Connection, vintage: Vintage, regions: Iterable[str], indicators: Iterable[str]
) -> list[Observation]:
    """Return the targets from files that may decide the bands of contested figures."""
    named = select(schema.indicator.c.id).where(schema.indicator.c.code.in_(tuple(indicators)))
    query = VERSIONS.where(
        observation.c.region_id.in_(_region_ids(regions)),
        observation.c.series_id.in_(select(schema.series.c.id).where(schema.series.c.indicator_id.in_(named))),
        observation.c.kind == KINDS.index("target"),
        known_at(observation, vintage.number),
    )
    return observations_of(connection, query)


def changes(
    connection: Connection, vintage: Vintage, region: str, limit: int = 8
) -> list[tuple[Observation, Observation]]:
    """Return realised values that replaced another, newest first, as (new, old)."""
    old, new = observation.alias(), observation.alias()
    same = and_(*(old.c[name] == new.c[name] for name in IDENTITY), new.c.vintage_no == old.c.superseded_in)
    differ = or_(old.c.value.is_distinct_from(new.c.value), old.c.category.is_distinct_from(new.c.category))
    pairs = connection.execute(
        select(new.c.id, old.c.id)
        .join_from(old, new, same)
        .where(old.c.superseded_in <= vintage.number, old.c.kind == REALISATION, differ)
        .where(old.c.region_id.in_(_region_ids([region])))
        .order_by(old.c.superseded_in.desc(), old.c.id.desc())
        .limit(limit)
    ).all()
    keys = {key for pair in pairs for key in pair}
    found = {each.id: each for each in observations_of(connection, VERSIONS.where(observation.c.id.in_(keys)))}
    return [(found[newer], found[older]) for newer, older in pairs if newer in found and older in found]


def token_of(connection: Connection, feed: str) -> str | None:
    """Return the digest of a feed's token; None where it has none."""
    return connection.scalar(select(token.c.digest).where(token.c.feed == feed))
