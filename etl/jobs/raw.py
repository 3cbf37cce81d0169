"""Raw bytes of what came through the inbox, kept under their hash before anything is loaded."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from etl.connectors.base import Delivery
from etl.connectors.file import extension

INBOX = "data/inbox/"


def from_inbox(delivery: Delivery) -> bool:
    """Tell whether a delivery was dropped by an office.

    What is shipped (data/published) is kept by git with its whole history; a second copy would only drift from it.
    """
    return delivery.name.startswith(INBOX)


def keep_raw(root: Path, feed: str, delivery: Delivery) -> Path:
    """Store the bytes as data/raw/<feed>/<sha256>.<ext>, whole or not at all; return the path."""
    folder = root / "data" / "raw" / feed
    path = folder / f"{delivery.sha256}.{extension(delivery.content)}"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(delivery.content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
    return path


def clear_inbox(root: Path, delivery: Delivery) -> None:
    """Take a loaded file out of the inbox, unless another one came under its name meanwhile.

    A file left there would be loaded again after its own correction, and the two would take turns for ever.
    """
    path = root / delivery.name
    with contextlib.suppress(FileNotFoundError):
        if path.read_bytes() == delivery.content:
            path.unlink()
