"""A feed's turn: what its connector finds is loaded, delivery by delivery."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Engine

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.connectors.base import FetchError, Reach, Span
from etl.jobs.load import CONNECTORS, WITA, Clock, Report, load_delivery
from etl.warehouse.write import finish_attempt, record_catalogue, start_attempt

log = logging.getLogger(__name__)


def run_feed(engine: Engine, catalogue: Catalogue, feed: Feed, root: Path, clock: Clock) -> list[Report]:
    """Load every delivery of a feed, each in an attempt and a transaction of its own.

    `root` is the folder that `feed.path` is relative to, `clock` gives the time in UTC. Never raises for what a
    delivery holds: that is a report with `failed` or `empty` and a sentence.
    """
    reports: list[Report] = []
    try:
        today = clock().astimezone(WITA).date()
        reach = Reach(root, Span(today.year - 1, today.year), os.environ)
        for each in CONNECTORS[feed.connector].fetch(feed, reach):
            reports.append(load_delivery(engine, catalogue, feed, root, clock, each))
    except (FetchError, OSError) as error:
        sentence = str(error) if isinstance(error, FetchError) else _unopened(feed, error)
        finish_attempt(engine, start_attempt(engine, feed.id, clock()), "failed", sentence, clock())
        reports.append(Report(feed.id, None, "failed", message=sentence))
    return reports or [Report(feed.id, None, "absent", message=f"belum ada berkas di {feed.path or feed.connector}")]


def _unopened(feed: Feed, error: OSError) -> str:
    return f"{error.filename or feed.path} tidak dapat dibuka: {error.strerror}. Periksa izin berkasnya."


def run_feeds(
    engine: Engine, catalogue: Catalogue, feeds: Sequence[Feed], root: Path, clock: Clock
) -> Iterator[Report]:
    """Record the catalogue where it changed, then load each feed in turn; yield reports as they come."""
    vintage = record_catalogue(engine, catalogue, clock())
    if vintage is not None:
        log.info("katalog berubah: vintage %d, segel %s", vintage.number, vintage.seal[:8])
    for feed in feeds:
        yield from run_feed(engine, catalogue, feed, root, clock)
