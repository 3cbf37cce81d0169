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
from tests.jobs import job

ROOT = Path(__file__).resolve().parents[1]
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)


def ship(folder: Path) -> str:
    """Migrate a warehouse in `folder`, load what is shipped, return its address."""
    url = f"sqlite:///{folder / 'warehouse.sqlite'}"
    engine = open_engine(url)
    migrate(engine)
    catalogue = load_catalogue(ROOT, CONNECTORS)
    list(run_feeds(job(engine, catalogue, ROOT, NOW), [each for each in catalogue.feeds if each.enabled]))
    engine.dispose()
    return url


def copy_shipped(folders: pytest.TempPathFactory) -> str:
    """Give the address of a warehouse of one's own; whoever asks first in this run of the tests ships for all."""
    shared = folders.getbasetemp()
    if shared.name.startswith("popen-"):  # one of several workers
        shared = shared.parent
    whole = shared / "shipped"
    with (shared / "shipped.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            began = folders.mktemp("shipping")
            ship(began)
            began.rename(whole)
    copied = shutil.copytree(whole, folders.mktemp("shipped") / "warehouse")
    return f"sqlite:///{copied / 'warehouse.sqlite'}"
