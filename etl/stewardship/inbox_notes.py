"""What lies in the inbox and will not be loaded: files of no feed, folders that cannot be read, dates to come."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote

from etl.catalogue.feeds import Feed
from etl.catalogue.names import censored
from etl.catalogue.period import from_code, label
from etl.catalogue.reference import Text
from etl.catalogue.wita import WITA
from etl.stewardship.inbox_files import INBOX, dropped_files, unclaimed_files

AHEAD = dt.timedelta(days=1)  # clocks differ by minutes, not by a day


def inbox_notes(root: Path, feeds: Iterable[Feed], now: dt.datetime) -> list[Text]:
    """Say of each thing in the inbox that waits in vain what it is and what helps."""
    known = list(feeds)
    return [*_closed(root), *_unknown(root, known), *_ahead(root, known, now)]


def _closed(root: Path) -> Iterator[Text]:
    for folder in (root / INBOX, *sorted((root / INBOX).glob("*/"))):
        if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):
            name = _name(root, folder)
            yield Text(
                id=f"Folder {name} tidak dapat dibaca, jadi berkas di dalamnya tidak terlihat. Minta pengelola server "
                "memperbaiki izinnya.",
                en=f"The folder {name} cannot be read, so its files are not seen. Ask the server's keeper to mend it.",
            )


def _unknown(root: Path, feeds: Iterable[Feed]) -> Iterator[Text]:
    for path in unclaimed_files(root, feeds):
        name = _name(root, path)
        yield Text(
            id=f"Berkas tak dikenal: {name}. Tidak ada kiriman yang mengambilnya dari tempat itu. Pindahkan ke folder "
            f"kirimannya; bila belum ada, konsepnya dibuat oleh: python -m etl inspect {quote(name)}",
            en=f"Unknown file: {name}. No feed takes it from there. Move it to its feed's folder; where there is none, "
            f"this drafts one: python -m etl inspect {quote(name)}",
        )


def _ahead(root: Path, feeds: Iterable[Feed], now: dt.datetime) -> Iterator[Text]:
    for path in (path for feed in feeds for path in dropped_files(root, feed)):
        try:
            changed = max(path.stat().st_mtime, path.stat().st_ctime)
        except OSError:  # taken meanwhile
            continue
        if changed > (now + AHEAD).timestamp():
            name, day = _name(root, path), from_code(dt.datetime.fromtimestamp(changed, WITA).date().isoformat())
            yield Text(
                id=f"Berkas {name} bertanggal {label(day, 'id')}, sesudah hari ini. Periksa jam komputer pengirim "
                "dan jam server.",
                en=f"The file {name} is dated {label(day, 'en')}, after today. Check the clocks of sender and server.",
            )


def _name(root: Path, path: Path) -> str:
    return censored(path.relative_to(root).as_posix())
