"""Levels of an instrument are whole, but for those that other ministries set."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS
from tests.problems.trial import refine_bytes

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[4], CONNECTORS)


def rules(item: str, level: str, feed: str) -> list[str]:
    head = ";".join(CATALOGUE.feed[feed].columns.values())
    text = f"{head}\n{item};Kabupaten Paser;2026;{level};;;\n"
    found = refine_bytes(text.encode(), CATALOGUE.feed[feed], CATALOGUE).findings
    return [str(rule) for rule in found["rule"]]


@pytest.mark.parametrize("level", ["1", "3", "5", "4,0"])
def test_a_whole_level_is_taken(level: str) -> None:
    assert rules("i12", level, "spbe_levels") == []


def test_a_gated_level_with_decimals_is_returned() -> None:
    assert rules("i12", "3,5", "spbe_levels") == ["tingkat-tidak-bulat"]
    assert rules("i04", "2,25", "pemdi_levels") == ["tingkat-tidak-bulat"]


def test_a_level_that_another_ministry_sets_may_have_decimals() -> None:
    assert rules("i05", "3,46", "pemdi_levels") == []


def test_a_level_beyond_the_scale_is_returned() -> None:
    assert rules("i05", "5,5", "pemdi_levels") == ["di-luar-batas"]
