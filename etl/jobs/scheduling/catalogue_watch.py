"""The catalogue as it stands on disk: read anew when its files change, kept as it was while they are broken."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from etl.catalogue.load import PUBLISHED, REFERENCE, load_catalogue
from etl.catalogue.models import Catalogue
from etl.catalogue.reading.problem import CatalogueErrors
from etl.jobs.connector_registry import CONNECTORS

log = logging.getLogger(__name__)
SETTLING = 0.5  # seconds in which nothing may change: an editor writes a file in parts
State = frozenset[tuple[str, int, int]]


class CatalogueWatch:
    """The last sound catalogue, and why it is not the one on disk, if so. For several threads."""

    def __init__(self, root: Path) -> None:
        """Read the catalogue; raises CatalogueErrors where there is no sound one to begin with."""
        self._root, self._lock = root, threading.Lock()
        self._read = _settled(root)
        self._catalogue = load_catalogue(root, CONNECTORS)
        self._trouble: str | None = None

    @property
    def trouble(self) -> str | None:
        """Say why the catalogue is not the one on disk; None where it is."""
        return self._trouble

    def current(self) -> Catalogue:
        """Return the catalogue that is on disk now, or the last sound one."""
        with self._lock:
            if _state(self._root) != self._read:
                self._read = _settled(self._root)
                self._renew()
            return self._catalogue

    def _renew(self) -> None:
        try:
            self._catalogue, self._trouble = load_catalogue(self._root, CONNECTORS), None
            log.info("katalog dibaca lagi")
        except (CatalogueErrors, OSError) as error:
            log.error("katalog rusak, yang lama tetap dipakai:\n%s", error)
            self._trouble = _sentence(error)


def _sentence(error: Exception) -> str:
    found = error.errors if isinstance(error, CatalogueErrors) else [error]
    return (
        f"Katalog rusak ({len(found)} kesalahan); jadwal dan aturan lama tetap dipakai. Yang pertama: {found[0]} "
        "Lihat semuanya dengan: python -m etl check"
    )


def _settled(root: Path) -> State:
    state = _state(root)
    while True:
        time.sleep(SETTLING)
        if (now := _state(root)) == state:
            return state
        state = now


def _state(root: Path) -> State:
    """Tell the files of the catalogue apart by name, time and size."""
    paths = [root / "indicators.yaml", *(path for each in (REFERENCE, PUBLISHED) for path in (root / each).rglob("*"))]
    found = set()
    for path in paths:
        try:
            seen = path.stat()
        except FileNotFoundError:
            continue
        found.add((str(path), seen.st_mtime_ns, seen.st_size))
    return frozenset(found)
