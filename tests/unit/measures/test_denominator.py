"""Per-head figures whose denominator leaps are withheld."""

from __future__ import annotations

import pytest

from etl.measures.denominator import UNSTEADY, mark_unsteady, yearly
from tests.making import catalogue, indicator, observation

HEADS = indicator("population", role="supporting", direction="none")


@pytest.mark.parametrize(
    ("before", "now", "held"),
    [
        ("197.6", "267.7", True),
        ("100", "105", False),
        ("100", "105.1", True),
        ("100", "94.9", True),
        ("100", "95", False),
    ],
)
def test_a_move_of_over_five_percent_a_year_withholds(before: str, now: str, held: bool) -> None:
    heads = yearly(
        catalogue(HEADS),
        HEADS,
        [observation(before, "2023", indicator="population"), observation(now, "2024", indicator="population")],
    )
    [old, new] = mark_unsteady([observation("69.5", "2023"), observation("87.1", "2024")], heads)
    assert UNSTEADY not in old.marks  # nothing is known of the year before
    assert (UNSTEADY in new.marks) is held


def test_another_region_series_or_gap_withholds_nothing() -> None:
    figures = [
        observation("100", "2022", indicator="population"),
        observation("200", "2024", indicator="population"),
        observation("100", "2023", indicator="population", region="64.08"),
        observation("100", "2023", indicator="population", series="dukcapil"),
    ]
    heads = yearly(catalogue(HEADS), HEADS, figures)
    [only] = mark_unsteady([observation("87.1", "2024")], heads)
    assert UNSTEADY not in only.marks
