"""A warehouse with the test catalogue recorded, on each database in turn."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.integration.warehouse.loads import CATALOGUE, House


@pytest.fixture
def house(engine: Engine) -> House:
    house = House(engine)
    house.record(CATALOGUE)
    return house
