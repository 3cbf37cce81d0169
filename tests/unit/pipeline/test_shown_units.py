"""A unit that a cell's number format shows beside the figure must agree with the declared one."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from tests.problems.sheets import sheet_catalogue
from tests.problems.trial import feed, refine_bytes


def read(shown: str, indicator: str, unit: str) -> list[str]:
    """Return the value that came of a cell of 2, or the rule by which it went back."""
    book = Workbook()
    book.create_sheet("Data")
    for row in (["Wilayah", "Nilai"], ["Paser", 2]):
        book["Data"].append(row)
    book["Data"]["B2"].number_format = shown
    content = io.BytesIO()
    book.save(content)
    of = feed(
        columns={"region": "Wilayah", "value": "Nilai"},
        defaults={"indicator": indicator, "unit": unit, "period": "2024"},
    )
    found = refine_bytes(content.getvalue(), of, sheet_catalogue())
    back = found.findings.loc[found.findings["severity"].eq("refused"), "rule"]
    return [*found.accepted["value"], *back]


@pytest.mark.parametrize(
    ("shown", "indicator", "unit"),
    [
        ('0.00" T"', "pad", "juta Rp"),
        ('0" rb"', "population", "jiwa"),
        ('0" KK"', "population", "jiwa"),
        ('0" jiwa"', "population", "ribu jiwa"),
        ('0" jiwa"', "growth", "%"),
        ('0" Miliar"', "pad", "juta Rp"),
        ("[$$-409]0", "pad", "juta Rp"),
    ],
)
def test_another_unit_returns_the_cell(shown: str, indicator: str, unit: str) -> None:
    assert read(shown, indicator, unit) in (["satuan-tak-dikenal"], ["singkatan-satuan"])


@pytest.mark.parametrize(
    ("shown", "indicator", "unit", "value"),
    [
        ('0" jt"', "pad", "juta Rp", "2000000"),
        ('0.0" juta"', "pad", "juta Rp", "2000000"),
        ('"Rp"0', "pad", "juta Rp", "2000000"),
        ('0" orang"', "population", "jiwa", "2"),
        ('0" ribu jiwa"', "population", "ribu jiwa", "2000"),
        ('0" titik"', "population", "jiwa", "2"),
    ],
)
def test_the_declared_unit_and_words_that_are_none_change_nothing(
    shown: str, indicator: str, unit: str, value: str
) -> None:
    assert read(shown, indicator, unit) == [value]
