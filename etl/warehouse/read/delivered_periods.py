"""What offices delivered and when, and which cells they have filled; made for judging promises, never for figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, and_, func, or_, select

from etl.catalogue.wita import WITA
from etl.stewardship.desk import Waiting
from etl.stewardship.obligation import Delivered
from etl.warehouse import schema
from etl.warehouse.period_keys import period_key, period_of
from etl.warehouse.schema import REALISATION, attempt, delivered, observation
from etl.warehouse.stored_fields import HAS_VALUE

TAKEN = ("loaded", "unchanged", "waiting")  # what waits for the steward has come; what was returned has not
PERIODS_AT_ONCE = 400


def deliveries(connection: Connection, since: dt.datetime, without_period: Collection[str] = ()) -> list[Delivered]:
    """Return the periods delivered, each when it first came, and the good tries since a moment of feeds without them.

    What came earlier than `since` is told for feeds with periods only.
    """
    taken = attempt.c.outcome.in_(TAKEN)
    first = func.min(delivered.c.received_at, type_=schema.Moment())
    named = select(delivered.c.feed, delivered.c.period, first).join(attempt, attempt.c.id == delivered.c.attempt_id)
    named = named.where(taken).group_by(delivered.c.feed, delivered.c.period)
    found = [Delivered(feed, period, _day(moment)) for feed, period, moment in connection.execute(named)]
    brought = or_(attempt.c.rows_read > 0, attempt.c.outcome == "waiting")  # a turn that found no file brought nothing
    tried = select(attempt.c.feed, attempt.c.started_at).where(
        taken, brought, attempt.c.feed.in_(tuple(without_period)), attempt.c.started_at >= since
    )
    days = {(feed, _day(moment)) for feed, moment in connection.execute(tried)}
    return found + [Delivered(feed, None, day) for feed, day in sorted(days)]


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(WITA).date()


def first_day(connection: Connection) -> dt.date | None:
    """Return the day in WITA on which the warehouse recorded its first state; None where it has none."""
    moment = connection.scalar(select(schema.vintage.c.recorded_at).order_by(schema.vintage.c.no).limit(1))
    return None if moment is None else _day(moment)


def waiting(connection: Connection) -> list[Waiting]:
    """Return the deliveries that wait for the steward, oldest first."""
    review = schema.review
    columns = (review.c.attempt_id, attempt.c.feed, attempt.c.file, review.c.cause, review.c.opened_at)
    query = select(*columns).join(attempt, attempt.c.id == review.c.attempt_id).where(attempt.c.outcome == "waiting")
    return [Waiting(*row) for row in connection.execute(query.order_by(review.c.attempt_id))]


def filled(
    connection: Connection, indicators: Collection[str], regions: Collection[str], periods: Collection[str]
) -> set[tuple[str, str, str, str]]:
    """Return the (indicator, series, region, period) that have a figure now, of those that were asked for."""
    code, place = schema.indicator.c.code, schema.region.c.code
    series = select(schema.series.c.id, code, schema.series.c.code).join_from(schema.series, schema.indicator)
    named = {key: (indicator, each) for key, indicator, each in connection.execute(series.where(code.in_(indicators)))}
    areas = select(schema.region.c.id, place).where(place.in_(regions))
    places = {row.id: str(row.code) for row in connection.execute(areas)}
    keys = sorted(period_key(each) for each in periods)
    found: set[tuple[str, str, str, str]] = set()
    for start in range(0, len(keys), PERIODS_AT_ONCE):
        # By the leading columns of the unique index: no table of figures is read through.
        query = select(observation.c.series_id, observation.c.region_id, observation.c.period_id).where(
            and_(
                observation.c.region_id.in_(tuple(places)),
                observation.c.series_id.in_(tuple(named)),
                observation.c.kind == REALISATION,
                observation.c.period_id.in_(keys[start : start + PERIODS_AT_ONCE]),
                observation.c.superseded_in.is_(None),
                HAS_VALUE,
            )
        )
        for kind, area, key in connection.execute(query.distinct()):
            indicator, each = named[kind]
            found.add((indicator, each, places[area], period_of(key).code))
    return found
