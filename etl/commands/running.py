"""Commands that load: run, backfill and schedule."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from etl.catalogue.wita import WITA
from etl.commands.context import DONE, FAILED, REFUSED, Command, CommandContext, UsageError, feed_named

if TYPE_CHECKING:
    from etl.jobs.loading.delivery_load import Report

EARLIEST = 1945


def run(context: CommandContext) -> int:
    """Terima kiriman: satu, beberapa, atau semua (--all)."""
    from etl.jobs.loading.feed_run import run_feeds
    from etl.jobs.reports.run_report import run_lines
    from etl.stewardship.inbox_notes import inbox_notes

    catalogue, names = context.catalogue(), context.arguments.feeds
    if bool(names) == context.arguments.all:
        raise UsageError("Sebutkan kiriman yang diterima, atau --all untuk semuanya: python -m etl run --all")
    feeds = [each for each in catalogue.feeds if each.enabled]
    if not context.arguments.all:
        feeds = [feed_named(catalogue, name) for name in names]
    if idle := [each.id for each in feeds if not each.enabled]:
        raise UsageError(f"Kiriman {', '.join(idle)} belum dihidupkan. Jalankan: python -m etl connect {idle[0]}")
    job = context.job(catalogue)
    reports = list(run_feeds(job, feeds))
    notes = inbox_notes(job.root, catalogue.feeds, job.now()) if context.arguments.all else []
    print("\n".join([*run_lines(reports), *(each.id for each in notes)]))
    return exit_code(reports)


def exit_code(reports: Sequence[Report]) -> int:
    """Judge a run: a failure weighs more than refused rows; a feed without a file is none."""
    if any(each.ending == "failed" for each in reports):
        return FAILED
    return REFUSED if any(each.refused or each.ending == "empty" for each in reports) else DONE


def backfill(context: CommandContext) -> int:
    """Minta ulang tahun-tahun lama dari sumber yang menyimpannya."""
    from etl.connectors.base import Span
    from etl.jobs.connector_registry import CONNECTORS
    from etl.jobs.loading.feed_run import run_feeds
    from etl.jobs.reports.run_report import run_lines

    catalogue, words = context.catalogue(), context.arguments
    feed = feed_named(catalogue, words.feed)
    if not CONNECTORS[feed.connector].historic:
        raise UsageError(
            f"Kiriman {feed.id} hanya memuat apa yang dikirim sekarang; tahun lama tidak dapat diminta. "
            "Kirim berkas tahun itu, lalu: python -m etl run " + feed.id
        )
    span = Span(words.first, words.last)
    if not EARLIEST <= span.first <= span.last <= context.clock().astimezone(WITA).year:
        raise UsageError(
            f"Tahun --from dan --to ditulis empat angka, dari {EARLIEST} sampai tahun ini, yang lama lebih dulu."
        )
    reports = list(run_feeds(context.job(catalogue), [feed], span))
    print("\n".join(run_lines(reports)))
    return exit_code(reports)


def schedule(context: CommandContext) -> int:
    """Jalankan penjadwal sampai dihentikan (Ctrl-C)."""
    from etl.jobs.scheduling.scheduler import Scheduler

    scheduler = Scheduler(context.warehouse(), context.settings, context.environ, context.clock)
    scheduler.listen()
    scheduler.run()
    return DONE


def _declare_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feeds", nargs="*", metavar="KIRIMAN", help="id kiriman pada indicators.yaml")
    parser.add_argument("--all", action="store_true", help="semua kiriman")


def _declare_backfill(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feed", metavar="KIRIMAN", help="id kiriman pada indicators.yaml")
    parser.add_argument("--from", dest="first", type=int, required=True, metavar="TAHUN", help="tahun pertama")
    parser.add_argument("--to", dest="last", type=int, required=True, metavar="TAHUN", help="tahun terakhir")


COMMANDS = {
    "backfill": Command(backfill, _declare_backfill),
    "run": Command(run, _declare_run),
    "schedule": Command(schedule),
}
