"""A small, sound catalogue that tests only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.jobs.connector_registry import CONNECTORS

SOUND = Path(__file__).resolve().parents[1] / "problems" / "catalogue" / "sound"


@pytest.fixture(scope="session")
def small() -> Catalogue:
    return load_catalogue(SOUND, CONNECTORS)
