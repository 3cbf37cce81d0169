"""The command that looks at an unknown file: inspect."""

from __future__ import annotations

import argparse
from pathlib import Path

from etl.catalogue.wita import WITA
from etl.commands.context import DONE, Command, CommandContext, UsageError


def look(context: CommandContext) -> int:
    """Lihat bentuk berkas yang belum dikenal dan cetak konsep kirimannya."""
    from etl.connectors.base import UnreadableError
    from etl.connectors.formats.kinds import extension, read_bytes
    from etl.pipeline.inspection.look import inspect

    path = Path(context.arguments.file)
    content = path.read_bytes()
    try:
        sheets = list(read_bytes(content))
    except UnreadableError as error:
        raise UsageError(f"{path.name}: {error}") from error
    today = context.clock().astimezone(WITA).date()
    print("\n".join(inspect(path.name, extension(content), sheets, context.catalogue(), today)))
    return DONE


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="BERKAS", help="berkas CSV, XLSX, XLS, ODS, HTML atau XML")


COMMANDS = {"inspect": Command(look, _declare)}
