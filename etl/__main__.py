"""The command line: python -m etl COMMAND. Exits 0 done, 1 done with refused rows, 2 wrong use, 3 a feed failed."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from etl.catalogue.reading.problem import CatalogueErrors
from etl.commands import aliasing, inspecting, keeping, looking, reviewing, running, simulating, tokening, working
from etl.commands.context import FAILED, MISUSED, Command, Context, UsageError
from etl.jobs.logs import log_to_stderr
from etl.settings import Settings
from etl.warehouse.db_errors import explain
from etl.warehouse.engine import UNUSABLE

STOPPED = 130  # as a shell says it of Ctrl-C
ROOT = Path(__file__).resolve().parents[1]
log = logging.getLogger("etl")

WORDS = {
    "usage:": "Cara pakai:",
    "positional arguments:": "Isian:",
    "options:": "Pilihan:",
    "show this help message and exit": "tampilkan bantuan ini",
}
COMMANDS: dict[str, Command] = {
    **aliasing.COMMANDS,
    **inspecting.COMMANDS,
    **keeping.COMMANDS,
    **running.COMMANDS,
    **looking.COMMANDS,
    **reviewing.COMMANDS,
    **simulating.COMMANDS,
    **tokening.COMMANDS,
    **working.COMMANDS,
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
    for name, command in sorted(COMMANDS.items()):
        command.declare(commands.add_parser(name, help=command.run.__doc__))
    return parser


def main(words: Sequence[str], environ: Mapping[str, str], root: Path = ROOT) -> int:
    """Run one command and return its exit code; what a user did wrong is a sentence, never a traceback.

    A traceback of Python itself would exit with 1, as if all but some rows had been loaded.
    """
    log_to_stderr()
    try:
        arguments = build_parser().parse_args(words)
        context = Context(Settings.from_environment(environ, root), arguments, lambda: dt.datetime.now(dt.UTC))
        return COMMANDS[arguments.command].run(context)
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
