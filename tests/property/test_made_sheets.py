"""Whatever office sends what sheet: no wrong value is accepted. benchmarks/generated_sheets.py reads ten thousand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generated_sheets import ROOT, read
from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS

CATALOGUE = load_catalogue(ROOT, CONNECTORS)


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_no_wrong_value_is_accepted(seed: int) -> None:
    outcome = read(seed, CATALOGUE)
    assert outcome.wrong == (), outcome.made.name
    if outcome.made.trap == "none":
        assert outcome.right == len(outcome.made.truth), outcome.reasons
