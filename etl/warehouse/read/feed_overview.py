"""How deliveries stand, judged on reading: a scheduler that died cannot hide it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.wita import WITA
from etl.measures.freshness import Freshness, overdue
from etl.measures.observation import Observation
from etl.stewardship.data_register import Holding, cells_wanted, holdings
from etl.stewardship.desk import Desk, GoingBack, all_owed
from etl.warehouse.read.delivered_periods import deliveries, filled, first_day, waiting
from etl.warehouse.read.journal import FeedStatus, feed_status, returned
from etl.warehouse.read.schedule_state import SchedulerState, scheduler_state

REACH = dt.timedelta(days=13 * 366)  # thirteen periods of the longest frequency


@dataclass(frozen=True, slots=True)
class Situation:
    """Promises and what waits (`desk`), the last try of each feed, the scheduler, and the cells that are filled."""

    desk: Desk
    status: Mapping[str, FeedStatus]
    scheduler: SchedulerState | None
    holdings: tuple[Holding, ...]
    releases: tuple[tuple[Indicator, Freshness], ...]  # whose producers are overdue, never an office's fault


def situation(
    connection: Connection,
    catalogue: Catalogue,
    home: str,
    now: dt.datetime,
    latest: Iterable[Observation] = (),
    going_back: Iterable[GoingBack] = (),
) -> Situation:
    """Read how deliveries stand at a moment.

    `latest` are the newest figures of the home regency, `going_back` the letters that lie in the inbox.
    """
    today = now.astimezone(WITA).date()
    dateless = [each.id for each in catalogue.feeds if each.records is not None]
    owed = all_owed(catalogue, deliveries(connection, now - REACH, dateless), today, first_day(connection))
    wanted = cells_wanted(catalogue, home, owed)
    cells = filled(connection, wanted.indicators, wanted.regions, wanted.periods)
    desk = Desk(
        catalogue, home, today, owed, tuple(waiting(connection)), tuple(returned(connection)), tuple(going_back)
    )
    states = {each.feed: each for each in feed_status(connection)}
    held = tuple(holdings(catalogue, home, owed, cells))
    newest = {each.indicator: each.period for each in latest if _leads(catalogue, each)}
    releases = tuple(overdue(catalogue, newest, today))
    return Situation(desk, states, scheduler_state(connection), held, releases)


def _leads(catalogue: Catalogue, each: Observation) -> bool:
    indicator = catalogue.indicator.get(each.indicator)
    return indicator is not None and each.series == indicator.default_series
