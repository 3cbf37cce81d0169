"""The command line: python -m etl COMMAND. Exits 0 done, 1 done with refused rows, 2 wrong use, 3 a feed failed."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from etl.catalogue.feeds import Feed
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.catalogue.observation import Finding
from etl.catalogue.reading.problem import CatalogueErrors, nearest_word
from etl.jobs.report import ENDINGS, feed_lines, refused_lines, run_lines
from etl.jobs.run import Report, run_feeds
from etl.jobs.schedule import Stopper, build_scheduler
from etl.jobs.template import build_template, folder_of
from etl.settings import Settings
from etl.warehouse.engine import UNUSABLE, open_engine, problems
from etl.warehouse.journal import feed_status, findings
from etl.warehouse.trouble import explain
from etl.warehouse.verify import verify
from etl.warehouse.write import migrate

DONE, REFUSED, MISUSED, FAILED = range(4)
STOPPED = 130  # as a shell says it of Ctrl-C
ROOT = Path(__file__).resolve().parents[1]
PAGE = 500
log = logging.getLogger("etl")


WORDS = {
    "usage:": "Cara pakai:",
    "positional arguments:": "Isian:",
    "options:": "Pilihan:",
    "show this help message and exit": "tampilkan bantuan ini",
}


class UsageError(Exception):
    """Wrong use or configuration; the message is an Indonesian sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every command may need: settings, the words after it, and a clock in UTC."""

    settings: Settings
    arguments: argparse.Namespace
    clock: Callable[[], dt.datetime]

    def catalogue(self) -> Catalogue:
        return load_catalogue(self.settings.root)

    def warehouse(self) -> Engine:
        """Open a migrated warehouse."""
        engine = open_engine(self.settings.database_url)
        if found := problems(engine):
            raise UsageError(" ".join(found))
        return engine


def check(context: Context) -> int:
    """Periksa indicators.yaml dan berkas data; semua kesalahan sekaligus."""
    catalogue = context.catalogue()
    counts = f"{len(catalogue.indicators)} indikator, {len(catalogue.feeds)} kiriman, {len(catalogue.regions)} wilayah"
    print(f"Katalog baik: {counts}.")
    return DONE


def bring_current(context: Context) -> int:
    """Buat atau perbarui tabel gudang data."""
    migrate(open_engine(context.settings.database_url))
    print("Gudang data siap.")
    return DONE


def run(context: Context) -> int:
    """Terima kiriman: satu, beberapa, atau semua (--all)."""
    catalogue, names = context.catalogue(), context.arguments.feeds
    if bool(names) == context.arguments.all:
        raise UsageError("Sebutkan kiriman yang diterima, atau --all untuk semuanya: python -m etl run --all")
    feeds = list(catalogue.feeds) if context.arguments.all else [_feed(catalogue, name) for name in names]
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
    feed = _feed(catalogue, context.arguments.feed)
    path = Path(f"templat-{feed.id}.xlsx")
    if path.exists():
        raise UsageError(f"{path} sudah ada dan mungkin sudah diisi. Pindahkan atau ganti namanya dulu.")
    build_template(feed, catalogue).save(path)
    print(f"{path} dibuat. Isi lembar “Data”, lalu taruh di {folder_of(feed)}")
    return DONE


def verify_seals(context: Context) -> int:
    """Hitung ulang semua segel; sebutkan penerimaan yang isinya diubah."""
    faults = verify(context.warehouse())
    print("\n".join(each.sentence for each in faults) if faults else "Gudang data utuh: semua segel cocok.")
    return FAILED if faults else DONE


def _feed(catalogue: Catalogue, name: str) -> Feed:
    if name not in catalogue.feed:
        near = nearest_word(name, list(catalogue.feed))
        hint = f" Maksud Anda “{near}”?" if near else ""
        raise UsageError(f"Kiriman “{name}” tidak ada.{hint} Yang ada: {', '.join(catalogue.feed)}.")
    return catalogue.feed[name]


COMMANDS: dict[str, Callable[[Context], int]] = {
    "check": check,
    "migrate": bring_current,
    "run": run,
    "schedule": schedule,
    "status": status,
    "template": template,
    "verify": verify_seals,
}


class Parser(argparse.ArgumentParser):
    """Speaks Indonesian where argparse would not."""

    def format_help(self) -> str:
        text = super().format_help()
        for english, indonesian in WORDS.items():
            text = text.replace(english, indonesian)
        return text

    def error(self, message: str) -> NoReturn:
        log.debug("argparse: %s", message)
        raise UsageError(f"Perintah tidak dikenal atau kurang lengkap. Lihat: {self.prog} --help")


def build_parser() -> Parser:
    """Describe the commands; each one's help is the first line of its function."""
    parser = Parser(prog="python -m etl", usage="python -m etl PERINTAH …", description="Penerimaan data Pantau.")
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="PERINTAH", title="perintah", prog="python -m etl"
    )
    parsers = {name: commands.add_parser(name, help=function.__doc__) for name, function in COMMANDS.items()}
    parsers["run"].add_argument("feeds", nargs="*", metavar="KIRIMAN", help="id kiriman pada indicators.yaml")
    parsers["run"].add_argument("--all", action="store_true", help="semua kiriman")
    parsers["template"].add_argument("feed", metavar="KIRIMAN", help="id kiriman pada indicators.yaml")
    return parser


def main(words: Sequence[str], environ: Mapping[str, str], root: Path = ROOT) -> int:
    """Run one command and return its exit code; what a user did wrong is a sentence, never a traceback.

    A traceback of Python itself would exit with 1, as if all but some rows had been loaded.
    """
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        arguments = build_parser().parse_args(words)
        context = Context(Settings.from_environment(environ, root), arguments, lambda: dt.datetime.now(dt.UTC))
        return COMMANDS[arguments.command](context)
    except CatalogueErrors as errors:
        print(f"{len(errors.errors)} kesalahan pada katalog:\n{errors}", file=sys.stderr)
    except ArgumentError:
        print(UNUSABLE, file=sys.stderr)
    except SQLAlchemyError as error:
        print(f"Gudang data tidak dapat dipakai: {explain(error)}. Periksa PANTAU_DATABASE_URL.", file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'Berkas'} tidak dapat dibaca atau ditulis: {error.strerror}.", file=sys.stderr)
    except (UsageError, ValueError) as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("Dihentikan; yang belum selesai tidak dimuat.", file=sys.stderr)
        return STOPPED
    except Exception:
        log.exception("Kesalahan tak terduga. Kirim catatan ini kepada pengembang Pantau")
        return FAILED
    return MISUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
