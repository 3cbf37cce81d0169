"""Which differences mean something, and that crossing a cut, a target or zero always does."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.catalogue.indicator_parts import MaterialityRule
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.measures.conflict import reason
from etl.measures.materiality import is_firm, is_minor
from tests.making import catalogue, indicator, observation, target, text

RULES = (
    MaterialityRule(kind="ipm", indicators=("ipm",), least=Decimal("0.1")),
    MaterialityRule(
        kind="persentase", units=("%",), least=Decimal("0.5"), above=Decimal(85), least_above=Decimal("0.2")
    ),
    MaterialityRule(kind="kecil", units=("indeks",), up_to=Decimal(5), least=Decimal("0.01")),
    MaterialityRule(kind="besar", units=("indeks",), least=Decimal("0.5")),
    MaterialityRule(kind="kategori", units=("peringkat",)),
    MaterialityRule(kind="cacahan", percent=Decimal(1), below=Decimal(100)),
)


def house(**changes: Any) -> Catalogue:
    return catalogue(indicator(**changes), materiality=RULES)


@pytest.mark.parametrize(
    ("changes", "one", "two", "minor"),
    [
        ({"id": "ipm"}, "74.70", "74.79", True),
        ({"id": "ipm"}, "74.70", "74.80", False),
        ({"id": "x", "unit": "%"}, "50", "50.49", True),
        ({"id": "x", "unit": "%"}, "50", "50.5", False),
        ({"id": "x", "unit": "%"}, "90", "90.3", False),
        ({"id": "x", "unit": "%"}, "90", "90.19", True),
        ({"id": "x", "unit": "%"}, "-0.1", "0.1", False),
        ({"id": "x", "sanity": {"max": 5}}, "2.83", "2.839", True),
        ({"id": "x", "sanity": {"max": 5}}, "2.83", "2.84", False),
        ({"id": "x", "sanity": {"max": 100}}, "60", "60.4", True),
        ({"id": "x", "unit": "peringkat"}, "3", "4", False),
        ({"id": "x", "unit": "desa"}, "98", "99", False),
        ({"id": "x", "unit": "desa"}, "1000", "1009", True),
        ({"id": "x", "unit": "desa"}, "1000", "1011", False),
        ({"id": "ipm", "material": "1"}, "74", "74.9", True),
    ],
)
def test_the_least_difference_goes_by_kind_of_unit(changes: dict[str, Any], one: str, two: str, minor: bool) -> None:
    whole = house(**changes)
    known = whole.indicators[0]
    assert is_minor(whole, known, Decimal(one), Decimal(two)) is minor
    assert is_minor(whole, known, Decimal(two), Decimal(one)) is minor


def test_without_rules_every_difference_counts() -> None:
    assert not is_minor(catalogue(indicator()), indicator(), Decimal(70), Decimal("70.01"))


def test_what_crosses_a_target_is_beda_data_however_small() -> None:
    whole = house(scheme=None)
    one, two = observation("74.96"), observation("75.02", publication="berita-a", producer="antara")
    assert reason(one, two, whole) == "minor"
    assert reason(one, two, whole, [target("75")]) == "conflict"
    assert reason(one, two, whole, [target("70")]) == "minor"


def test_a_survey_is_firm_only_beyond_its_published_error() -> None:
    survey = indicator(survey=True)
    assert not is_firm(survey, "utama", Decimal(50))
    told = indicator(survey=True, sampling_error="2")
    assert (is_firm(told, "utama", Decimal("3.1")), is_firm(told, "utama", Decimal(3))) == (True, False)
    assert is_firm(indicator(), "utama", Decimal("0.1"))
    mixed = indicator(survey=True, series=[{"id": "daftar", "name": text("daftar"), "survey": False}])
    assert is_firm(mixed, "daftar", Decimal("0.1"))


def test_every_shipped_indicator_has_a_rule() -> None:
    shipped = load_catalogue(Path(__file__).resolve().parents[3], CONNECTORS)
    assert [rule.kind for rule in shipped.materiality][-1] == "cacahan"
    ipm, spbe, gini = (shipped.indicator[name] for name in ("ipm", "spbe", "gini"))
    assert is_minor(shipped, ipm, Decimal("74.70"), Decimal("74.79"))
    assert not is_minor(shipped, spbe, Decimal("2.83"), Decimal("2.84"))
    assert is_minor(shipped, gini, Decimal("0.305"), Decimal("0.309"))
