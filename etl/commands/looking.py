"""Commands that show or write something for people: status and template."""

from __future__ import annotations

import argparse
from pathlib import Path

from etl.catalogue.observation import Finding
from etl.commands.context import DONE, Command, Context, UsageError, feed_named
from etl.jobs.report import feed_lines, refused_lines
from etl.jobs.template import build_template, folder_of
from etl.warehouse.journal import feed_status, findings

PAGE = 500


def status(context: Context) -> int:
    """Tampilkan keadaan setiap kiriman dan baris yang dikembalikan."""
    catalogue = context.catalogue()
    with context.warehouse().connect() as connection:
        states = feed_status(connection)
        found: list[Finding] = []
        while page := findings(connection, limit=PAGE, offset=len(found)):
            found += page
    print("\n".join(feed_lines(catalogue, states, context.clock())))
    print(f"\nBaris dibaca pada semua kiriman: {sum(each.rows for each in states)}")
    print("\n".join(refused_lines(found)))
    return DONE


def template(context: Context) -> int:
    """Buat templat XLSX untuk satu kiriman, di folder ini."""
    catalogue = context.catalogue()
    feed = feed_named(catalogue, context.arguments.feed)
    path = Path(f"templat-{feed.id}.xlsx")
    if path.exists():
        raise UsageError(f"{path} sudah ada dan mungkin sudah diisi. Pindahkan atau ganti namanya dulu.")
    build_template(feed, catalogue).save(path)
    print(f"{path} dibuat. Isi lembar “Data”, lalu taruh di {folder_of(feed)}")
    return DONE


def _declare_template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feed", metavar="KIRIMAN", help="id kiriman pada indicators.yaml")


COMMANDS = {"status": Command(status), "template": Command(template, _declare_template)}
