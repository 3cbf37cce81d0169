"""The app over the shipped figures, for what only a whole page can show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from dashboard.app import Pantau, create_app
from dashboard.data import Reader, Scene, open_read_only, open_scene
from dashboard.settings import WebSettings
from dashboard.urls import State
from dashboard.warmup import warm
from tests.shipping import copy_shipped


@pytest.fixture(scope="session")
def shipped_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return copy_shipped(tmp_path_factory)


@pytest.fixture(scope="session")
def reader(shipped_url: str) -> Iterator[Reader]:
    engine = open_read_only(shipped_url)
    yield Reader(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def app(shipped_url: str) -> Iterator[Pantau]:
    engine = open_read_only(shipped_url)
    made = create_app(WebSettings(database_url=shipped_url), engine)
    warm(made)
    yield made
    engine.dispose()


@pytest.fixture
def client(app: Pantau) -> FlaskClient:
    made: FlaskClient = app.server.test_client()
    return made


@pytest.fixture
def scene(reader: Reader) -> Scene:
    found = open_scene(reader, State(), "64.01")
    assert found is not None
    return found
