"""Commands of the steward: accept, return and replay what was received, and list what was returned."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from etl.commands.context import DONE, Command, CommandContext, UsageError, feed_named
from etl.commands.running import exit_code

if TYPE_CHECKING:
    from etl.jobs.loading.delivery_load import Report


def accept_run(context: CommandContext) -> int:
    """Terima kiriman yang menunggu pemeriksaan; nama pemeriksanya dicatat."""
    from etl.jobs.loading.steward_review import accept

    words, by = context.arguments, _by(context)
    job = context.job(context.catalogue())
    return _told(lambda: accept(job, words.number, by))


def return_run(context: CommandContext) -> int:
    """Kembalikan kiriman yang menunggu pemeriksaan, dengan alasannya."""
    from etl.jobs.loading.steward_review import give_back_held

    words, by = context.arguments, _by(context)
    reason = " ".join(words.reason.split())
    if not reason:
        raise UsageError('Tulis alasannya, supaya pengirim tahu apa yang harus dibetulkan: --reason "…"')
    job = context.job(context.catalogue())
    return _told(lambda: give_back_held(job, words.number, by, reason))


def replay_run(context: CommandContext) -> int:
    """Terima ulang berkas asli satu pemuatan data menurut katalog hari ini."""
    from etl.jobs.loading.steward_review import replay

    job = context.job(context.catalogue())
    return _told(lambda: replay(job, context.arguments.number))


def list_findings(context: CommandContext) -> int:
    """Tampilkan baris yang dikembalikan, atau simpan sebagai XLSX."""
    from etl.jobs.reports.run_report import refused_lines
    from etl.jobs.workbooks.returned_rows import returned_rows
    from etl.warehouse.read.journal import every_finding

    words, feed = context.arguments, context.arguments.feed
    if feed is not None:
        feed_named(context.catalogue(), feed)
    if words.xlsx is not None and words.xlsx.exists():
        raise UsageError(f"{words.xlsx} sudah ada. Pilih nama lain.")
    with context.warehouse().connect() as connection:
        print("\n".join(refused_lines(every_finding(connection, feed, words.run))))
        if words.xlsx is not None:
            book, count = returned_rows(every_finding(connection, feed, words.run))
            book.save(words.xlsx)
            print(f"{words.xlsx} dibuat: {count} baris.")
    return DONE


def _by(context: CommandContext) -> str:
    by = " ".join(context.arguments.by.split())
    if not by:
        raise UsageError('Tulis nama pemeriksanya: --by "NAMA"')
    return by


def _told(work: Callable[[], Report]) -> int:
    from etl.jobs.loading.steward_review import ReviewError
    from etl.jobs.reports.run_report import run_lines

    try:
        report = work()
    except ReviewError as error:
        raise UsageError(str(error)) from error
    print("\n".join(run_lines([report])))
    return exit_code([report])


def _declare_number(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="NOMOR", help="nomor pemuatan data")


def _declare_accept(parser: argparse.ArgumentParser) -> None:
    _declare_number(parser)
    parser.add_argument("--by", required=True, metavar="NAMA", help="nama yang memeriksa")


def _declare_return(parser: argparse.ArgumentParser) -> None:
    _declare_accept(parser)
    parser.add_argument("--reason", required=True, metavar="ALASAN", help="apa yang harus dibetulkan")


def _declare_findings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feed", nargs="?", metavar="KIRIMAN", help="id kiriman; semua bila kosong")
    parser.add_argument("--run", type=int, metavar="NOMOR", help="nomor pemuatan data; bila kosong, yang masih berlaku")
    parser.add_argument("--xlsx", type=Path, metavar="BERKAS", help="simpan sebagai buku kerja")


COMMANDS = {
    "accept": Command(accept_run, _declare_accept),
    "findings": Command(list_findings, _declare_findings),
    "replay": Command(replay_run, _declare_number),
    "return": Command(return_run, _declare_return),
}
