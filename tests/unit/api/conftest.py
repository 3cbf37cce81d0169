from __future__ import annotations

from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.api.api_blueprint import create_blueprint
from dashboard.data import Reader
from tests.unit.api.samples import FakeReader


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def client(reader: FakeReader) -> FlaskClient:
    server = Flask("test")
    server.register_blueprint(create_blueprint(cast(Reader, reader)))
    return server.test_client()
