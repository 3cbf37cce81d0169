"""Commands for what is unusual: confirm figures that wait for it, and compute anew what is usual."""

from __future__ import annotations

import argparse

from etl.commands.context import DONE, Command, CommandContext, UsageError
from etl.commands.running import exit_code


def confirm_figures(context: CommandContext) -> int:
    """Nyatakan benar angka tak biasa dari satu pemuatan data, dengan alasannya, lalu muat."""
    from etl.jobs.loading.confirmation import confirm
    from etl.jobs.loading.steward_review import ReviewError
    from etl.jobs.reports.run_report import run_lines

    words = context.arguments
    by, reason = (" ".join(each.split()) for each in (words.by, words.reason))
    if not by or not reason:
        raise UsageError('Tulis nama pemeriksa dan alasannya: --by "NAMA" --reason "ALASAN"')
    try:
        report = confirm(context.job(context.catalogue()), words.number, by, reason, words.row or ())
    except ReviewError as error:
        raise UsageError(str(error)) from error
    print("\n".join(run_lines([report])))
    return exit_code([report])


def renew_ranges(context: CommandContext) -> int:
    """Hitung ulang batas kebiasaan tiap ukuran dari angka yang ada (data/reference/plausible.csv)."""
    from etl.jobs.reports.plausible_file import write_ranges

    count = write_ranges(context.job(context.catalogue()))
    print(f"data/reference/plausible.csv: {count} ukuran.")
    return DONE


def _declare_confirm(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="NOMOR", help="nomor pemuatan data")
    parser.add_argument("--by", required=True, metavar="NAMA", help="nama yang memeriksa")
    parser.add_argument("--reason", required=True, metavar="ALASAN", help="mengapa angkanya benar")
    parser.add_argument("--row", type=int, action="append", metavar="BARIS", help="hanya baris ini; boleh diulang")


COMMANDS = {"confirm": Command(confirm_figures, _declare_confirm), "ranges": Command(renew_ranges)}
