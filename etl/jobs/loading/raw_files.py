"""Raw bytes of what was received, kept under their hash before anything is loaded, with their validators."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from etl.connectors.base import Delivery, Known
from etl.connectors.formats.kinds import extension
from etl.jobs.whole_files import write_whole
from etl.stewardship.inbox_files import outstayed_files

INBOX, SHIPPED = "data/inbox/", "data/published/"
VALIDATORS = "validators.json"


def from_inbox(delivery: Delivery) -> bool:
    """Tell whether a delivery was dropped by an office."""
    return delivery.name.startswith(INBOX)


def is_shipped(delivery: Delivery) -> bool:
    """Tell whether git keeps a delivery with its whole history; a second copy would only drift from it."""
    return delivery.name.startswith(SHIPPED)


def keep_raw(root: Path, feed: str, delivery: Delivery) -> Path:
    """Store the bytes as data/raw/<feed>/<sha256>.<ext>, whole or not at all; return the path."""
    path = _folder(root, feed) / f"{delivery.sha256}.{extension(delivery.content)}"
    if not path.exists():
        write_whole(path, delivery.content)
    return path


def known(root: Path, feed: str) -> Mapping[str, Known]:
    """Give the earlier answers of a feed's addresses; their bytes are read only when asked for."""
    return _Earlier(_folder(root, feed))


def remember(root: Path, feed: str, delivery: Delivery) -> None:
    """Note the validators of an answer that was loaded, so that an unchanged one need not be sent again."""
    folder = _folder(root, feed)
    notes = _notes(folder)
    before = dict(notes)
    notes.pop(delivery.name, None)
    if delivery.etag or delivery.modified:
        file = f"{delivery.sha256}.{extension(delivery.content)}"
        notes[delivery.name] = {"etag": delivery.etag, "modified": delivery.modified, "file": file}
    if notes != before:
        write_whole(folder / VALIDATORS, json.dumps(notes, indent=1).encode())


def kept(root: Path, feed: str, name: str, sha256: str) -> bytes | None:
    """Return the bytes of a delivery that was received before, from its raw copy or the checkout; None without them.

    Bytes that no longer have their hash are none.
    """
    copies = sorted(_folder(root, feed).glob(f"{sha256}.*")) + ([root / name] if name.startswith(SHIPPED) else [])
    for path in copies:
        with contextlib.suppress(OSError):
            content = path.read_bytes()
            if Delivery(name, content).sha256 == sha256:
                return content
    return None


def clear_inbox(root: Path, delivery: Delivery) -> None:
    """Take a file out of the inbox, unless another one came under its name meanwhile.

    A file left there would be loaded again after its own correction, and the two would take turns for ever.
    """
    path = root / delivery.name
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        same = delivery.withheld is not None or file.read() == delivery.content
        if same and os.path.samestat(os.fstat(file.fileno()), path.stat()):  # not put in its place while it was read
            path.unlink()


def clear_outstayed(root: Path, today: dt.date) -> None:
    """Delete the files with personal data whose days in `dikembalikan` are over; their letters stay."""
    for path in outstayed_files(root, today):
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


def _folder(root: Path, feed: str) -> Path:
    return root / "data" / "raw" / feed


def _notes(folder: Path) -> dict[str, dict[str, str | None]]:
    try:
        notes = json.loads((folder / VALIDATORS).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


class _Earlier(Mapping[str, Known]):
    """Answers whose raw bytes still lie there unchanged; any other is unknown and asked for in full."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._notes = folder, _notes(folder)

    def __getitem__(self, name: str) -> Known:
        note = self._notes[name]
        try:
            content = (self._folder / str(note["file"])).read_bytes()
        except OSError as error:
            raise KeyError(name) from error
        if Delivery(name, content).sha256 != str(note["file"]).partition(".")[0]:
            raise KeyError(name)
        return Known(note["etag"], note["modified"], content)

    def __iter__(self) -> Iterator[str]:
        return iter(self._notes)

    def __len__(self) -> int:
        return len(self._notes)
