"""The town whose feeds are scheduled, on each database in turn."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.jobs.scheduling.run_process import start_server
from tests.integration.schedule.town import SOUND, Town


@pytest.fixture(scope="session", autouse=True)
def _server() -> None:
    start_server()


@pytest.fixture
def town(tmp_path: Path, warehouse_url: str, engine: Engine) -> Iterator[Town]:
    root = tmp_path / "pantau"
    shutil.copytree(SOUND, root)
    town = Town(root, warehouse_url, engine)
    town.declare("kiriman")
    town.send()
    yield town
    for process in town.processes:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.communicate()
