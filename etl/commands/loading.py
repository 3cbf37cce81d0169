"""Commands that load: run and schedule."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence

from sqlalchemy import Engine

from etl.catalogue.reading.problem import CatalogueErrors
from etl.commands.context import DONE, FAILED, REFUSED, Command, Context, UsageError, feed_named
from etl.jobs.load import Report
from etl.jobs.report import ENDINGS, run_lines
from etl.jobs.run import run_feeds
from etl.jobs.schedule import Stopper, build_scheduler
from etl.warehouse.journal import feed_status

log = logging.getLogger("etl")


def run(context: Context) -> int:
    """Terima kiriman: satu, beberapa, atau semua (--all)."""
    catalogue, names = context.catalogue(), context.arguments.feeds
    if bool(names) == context.arguments.all:
        raise UsageError("Sebutkan kiriman yang diterima, atau --all untuk semuanya: python -m etl run --all")
    feeds = list(catalogue.feeds) if context.arguments.all else [feed_named(catalogue, name) for name in names]
    reports = list(run_feeds(context.warehouse(), catalogue, feeds, context.settings.root, context.clock))
    print("\n".join(run_lines(reports)))
    return exit_code(reports)


def exit_code(reports: Sequence[Report]) -> int:
    """Judge a run: a failure weighs more than refused rows; a feed without a file is none."""
    if any(each.ending == "failed" for each in reports):
        return FAILED
    return REFUSED if any(each.refused or each.ending == "empty" for each in reports) else DONE


def schedule(context: Context) -> int:
    """Jalankan penjadwal sampai dihentikan (Ctrl-C)."""
    engine, catalogue = context.warehouse(), context.catalogue()
    with engine.connect() as connection:
        states = feed_status(connection)
    last = {each.feed: each.last_attempt.started_at for each in states if each.last_attempt}

    def run_one(name: str) -> None:
        if not stopper.stopping.is_set():
            _run_scheduled(context, engine, name)

    scheduler = build_scheduler(catalogue, run_one, last, context.clock)
    stopper = Stopper(scheduler)
    stopper.listen()
    log.info("penjadwal berjalan")
    if not stopper.stopping.is_set():
        scheduler.start()
    log.info("penjadwal berhenti")
    return DONE


def _run_scheduled(context: Context, engine: Engine, name: str) -> None:
    """Load one feed by the catalogue as it is now: an edit since the start must not be undone by an older one."""
    try:
        catalogue = context.catalogue()
    except CatalogueErrors as errors:
        log.error("katalog rusak, %s tidak dijalankan:\n%s", name, errors)
        return
    feeds = [catalogue.feed[name]] if name in catalogue.feed else []
    for report in run_feeds(engine, catalogue, feeds, context.settings.root, context.clock):
        counts = f"{report.rows_read} baris dibaca, {report.refused} dikembalikan"
        log.info("%s: %s, %s", name, ENDINGS[report.ending], counts)


def _declare_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feeds", nargs="*", metavar="KIRIMAN", help="id kiriman pada indicators.yaml")
    parser.add_argument("--all", action="store_true", help="semua kiriman")


COMMANDS = {"run": Command(run, _declare_run), "schedule": Command(schedule)}
