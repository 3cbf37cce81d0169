"""The command that makes up a regency for training and load."""

from __future__ import annotations

import argparse
import shutil

from etl.catalogue.wita import WITA
from etl.commands.context import DONE, Command, CommandContext, UsageError

FOLDER = "data/simulasi"


def simulate(context: CommandContext) -> int:
    """Buat kabupaten simulasi dengan gudang datanya sendiri, untuk pelatihan dan uji."""
    from etl.catalogue.load import load_catalogue
    from etl.jobs.connector_registry import CONNECTORS
    from etl.jobs.job_context import JobContext
    from etl.jobs.loading.feed_run import run_feeds
    from etl.jobs.reports.run_report import run_lines
    from etl.simulation.figures import MAKERS, Regency
    from etl.simulation.folder import fill_inbox, lay_out
    from etl.warehouse.engine import open_engine
    from etl.warehouse.migration import migrate

    settings, words = context.settings, context.arguments
    finished, folder = settings.root / FOLDER, settings.root / f"{FOLDER}.baru"
    if finished.exists():
        raise UsageError(f"{FOLDER} sudah ada. Hapus foldernya bila ingin membuat yang baru.")
    shutil.rmtree(folder, ignore_errors=True)  # one that was interrupted
    lay_out(settings.root, folder)
    catalogue = load_catalogue(folder, CONNECTORS)
    # Every delivery is loaded at once: nobody trains for the days between.
    feeds = [each.model_copy(update={"check": "automatic"}) for each in catalogue.feeds if each.id in MAKERS]
    regency = Regency(catalogue, catalogue.region[settings.home], words.seed)
    today = context.clock().astimezone(WITA).date()
    sent = list(fill_inbox(regency, folder, feeds, today, words.months))
    engine = open_engine(f"sqlite:///{folder / 'warehouse.sqlite'}")
    migrate(engine)
    job = JobContext(engine, catalogue, folder, context.clock, settings.home, context.environ)
    reports = list(run_feeds(job, feeds))
    engine.dispose()
    folder.rename(finished)
    print("\n".join(run_lines(reports)[-1:]))
    print(f"SIMULASI: {len(sent)} berkas, {sum(each.rows for each in sent)} baris, di antaranya "
          f"{sum(each.broken for each in sent)} sengaja dirusak, di {FOLDER}.")  # fmt: skip
    return DONE


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--months", type=int, default=24, help="banyaknya bulan ke belakang; 24 bila tidak ditulis")
    parser.add_argument("--seed", type=int, default=1, help="benih acak; benih yang sama memberi angka yang sama")


COMMANDS = {"simulate": Command(simulate, _declare)}
