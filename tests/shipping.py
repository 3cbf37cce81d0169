"""A warehouse holding everything that is shipped, built once for all tests that need real figures."""

from __future__ import annotations

import datetime as dt
import fcntl
import shutil
from pathlib import Path

import pytest

from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.feed_run import run_feeds
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate

ROOT = Path(__file__).resolve().parents[1]
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)


def ship(folders: pytest.TempPathFactory) -> str:
    """Give the address of a warehouse of its own with what is shipped; the first who asks in this run loads it."""
    folder = folders.mktemp("shipped")
    shared = folders.getbasetemp()
    if shared.name.startswith("popen-"):  # one of several workers
        shared = shared.parent
    kept = shared / "shipped.sqlite"
    with (shared / "shipped.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            shutil.copy(_load(folder), kept)
        shutil.copy(kept, folder / "warehouse.sqlite")
    return f"sqlite:///{folder / 'warehouse.sqlite'}"


def _load(folder: Path) -> Path:
    """Load what is shipped into a file; once the engine is disposed of, all of it is in that one file."""
    path = folder / "loading.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    catalogue = load_catalogue(ROOT, CONNECTORS)
    list(run_feeds(engine, catalogue, catalogue.feeds, ROOT, lambda: NOW))
    engine.dispose()
    return path
