"""Commands that show or write something for people: status and template."""

from __future__ import annotations

import argparse
from pathlib import Path

from etl.catalogue.wita import WITA
from etl.commands.context import DONE, Command, CommandContext, UsageError, feed_named


def status(context: CommandContext) -> int:
    """Tampilkan keadaan setiap kiriman, ketepatan kirim, Daftar Data dan baris yang dikembalikan."""
    from etl.jobs.reports.run_report import refused_lines
    from etl.jobs.reports.status_report import feed_lines, holding_lines, office_lines, read_situation
    from etl.stewardship.desk import conflicts_by_feed
    from etl.warehouse.read.journal import every_finding
    from etl.warehouse.read.queries import contested, current_vintage

    job = context.job(context.catalogue())
    with job.engine.connect() as connection:
        returned = refused_lines(every_finding(connection))
        seen = read_situation(connection, job)
        vintage = current_vintage(connection)
        contests = contested(connection, vintage) if vintage else []
    parts = [feed_lines(job.now(), seen, conflicts_by_feed(contests)), office_lines(seen), holding_lines(seen)]
    print("\n\n".join("\n".join(lines) for lines in parts))
    print(f"\nBaris dibaca pada semua kiriman: {sum(each.rows for each in seen.status.values())}")
    print("\n".join(returned))
    return DONE


def template(context: CommandContext) -> int:
    """Buat templat XLSX untuk satu kiriman, di folder ini."""
    from etl.jobs.workbooks.template import build_template, folder_of

    catalogue = context.catalogue()
    feed = feed_named(catalogue, context.arguments.feed)
    path = Path(f"templat-{feed.id}.xlsx")
    if path.exists():
        raise UsageError(f"{path} sudah ada dan mungkin sudah diisi. Pindahkan atau ganti namanya dulu.")
    today = context.clock().astimezone(WITA).date()
    build_template(feed, catalogue, context.settings.home, today).save(path)
    print(f"{path} dibuat. Isi lembar “Data”, lalu taruh di {folder_of(feed)}")
    return DONE


def _declare_template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feed", metavar="KIRIMAN", help="id kiriman pada indicators.yaml")


COMMANDS = {"status": Command(status), "template": Command(template, _declare_template)}
