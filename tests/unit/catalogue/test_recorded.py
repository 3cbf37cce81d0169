"""Catalogues recorded by earlier versions are read for as long as their figures are."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.catalogue.canonical import catalogue_form, from_json, to_json

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("catalogue-*.json"))


@pytest.mark.parametrize("recorded", SAMPLES, ids=lambda path: path.stem)
def test_a_catalogue_of_an_earlier_version_is_still_read(recorded: Path) -> None:
    catalogue = from_json(recorded.read_text(encoding="utf-8"), 1)
    assert catalogue.indicators
    assert from_json(to_json(catalogue), catalogue_form()) == catalogue
