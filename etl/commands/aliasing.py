"""The command for other names of regions, facilities and offices, and for the shape of files: aliases."""

from __future__ import annotations

import argparse
from pathlib import Path

from etl.commands.context import DONE, Command, CommandContext, UsageError

BLANK = Path("alias.xlsx")


def aliases(context: CommandContext) -> int:
    """Buat buku alias kosong (alias.xlsx), atau catat isi buku alias yang sudah diisi."""
    from etl.connectors.base import UnreadableError
    from etl.jobs.workbooks.alias_book import build_alias_book
    from etl.jobs.workbooks.alias_intake import AliasError, add_aliases

    file = context.arguments.file
    if file is None:
        if BLANK.exists():
            raise UsageError(f"{BLANK} sudah ada dan mungkin sudah diisi. Catat dengan: python -m etl aliases {BLANK}")
        build_alias_book(context.catalogue()).save(BLANK)
        print(f"{BLANK} dibuat. Isi, lalu catat dengan: python -m etl aliases {BLANK}")
        return DONE
    try:
        added = add_aliases(context.settings.root, Path(file).read_bytes())
    except OSError as error:
        raise UsageError(f"{file} tidak dapat dibuka: {error.strerror}.") from error
    except (AliasError, UnreadableError) as error:
        raise UsageError(f"Tidak ada yang dicatat.\n{error}") from error
    written = [f"data/reference/{name}.csv: {count} isian baru" for name, count in added.items() if count]
    print("\n".join(written) or "Semua isian sudah tercatat; tidak ada yang berubah.")
    return DONE


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="BERKAS", help="buku alias yang sudah diisi")


COMMANDS = {"aliases": Command(aliases, _declare)}
