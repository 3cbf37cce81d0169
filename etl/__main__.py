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

from etl.commands import (
    aliasing,
    confirming,
    connecting,
    inspecting,
    keeping,
    looking,
    reviewing,
    running,
    simulating,
    tokening,
    working,
)
from etl.commands.context import FAILED, MISUSED, Command, CommandContext, UsageError
from etl.jobs.logs import log_to_stderr
from etl.settings import Settings

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
    **confirming.COMMANDS,
    **connecting.COMMANDS,
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
    parser = Parser(prog="python -m etl", usage="python -m etl PERINTAH …", description="Pemuatan data Pantau.")
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
        settings = Settings.from_environment(environ, root)
        context = CommandContext(settings, dict(environ), arguments, lambda: dt.datetime.now(dt.UTC))
        return COMMANDS[arguments.command].run(context)
    except KeyboardInterrupt:
        print("Dihentikan; yang belum selesai tidak dimuat.", file=sys.stderr)
        return STOPPED
    except Exception as error:
        sentence = explain_misuse(error)
        if sentence is None:
            log.exception("Kesalahan tak terduga. Kirim catatan ini kepada pengembang Pantau")
            return FAILED
        print(sentence, file=sys.stderr)
        return MISUSED


def explain_misuse(error: Exception) -> str | None:
    """Say what a user did wrong; None where nobody foresaw the error."""
    from sqlalchemy.exc import ArgumentError, SQLAlchemyError

    from etl.catalogue.reading.problem import CatalogueErrors
    from etl.warehouse.db_errors import explain
    from etl.warehouse.engine import UNUSABLE

    match error:
        case CatalogueErrors():
            return f"{len(error.errors)} kesalahan pada katalog:\n{error}"
        case ArgumentError():
            return UNUSABLE
        case SQLAlchemyError():
            return f"Gudang data tidak dapat dipakai: {explain(error)}. Periksa PANTAU_DATABASE_URL."
        case OSError():
            return f"{error.filename or 'Berkas'} tidak dapat dibaca atau ditulis: {error.strerror}."
        case UsageError() | ValueError():
            return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
