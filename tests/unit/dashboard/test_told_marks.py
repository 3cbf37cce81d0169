from __future__ import annotations

import pytest

from dashboard.told_marks import told_marks
from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS
from tests.making import observation
from tests.shipping import ROOT

KNOWN = load_catalogue(ROOT, CONNECTORS)


@pytest.mark.parametrize(
    ("name", "told"),
    [("ombudsman-zone", False), ("bpk-opinion", False), ("spi", False), ("apbd-revenue", True), ("ipm", True)],
)
def test_an_assessment_of_a_government_is_not_said_to_leave_the_capital_open(name: str, told: bool) -> None:
    figure = observation(indicator=name, marks=frozenset({"ikn_unknown", "claim"}))
    assert told_marks(KNOWN, figure) == {"claim", *(["ikn_unknown"] if told else [])}
