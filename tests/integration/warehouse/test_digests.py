"""The digests that seal rows are composed of ready fragments; they are those of the rows' cells as they were given."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from etl.warehouse.seal import digest
from etl.warehouse.sealed_content import row_digests
from tests.integration.warehouse.loads import CATALOGUE, House, load, row

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9).map(
    lambda value: f"{value:f}".rstrip("0").rstrip(".") if value else "0"
)
SPECIAL = ("\\N", "\\", "a\tb", "a\nb\r", '","', "\u2028é😀", "\\\\N\\t", "?", '"')
TEXTS = st.sampled_from(SPECIAL) | st.text(
    alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=8
)
ROWS = st.fixed_dictionaries(
    {
        **{name: st.none() | NUMBERS for name in ("value", "numerator", "denominator")},
        **dict.fromkeys(("printed", "category", "publication", "status"), TEXTS),
        **{name: st.none() | TEXTS for name in ("note", "sheet", "plan")},
    }
)
PLAIN = {
    **{"value": "70", "numerator": None, "denominator": None, "printed": "70", "category": "x"},
    **{"publication": "p", "status": "final", "note": None, "sheet": None, "plan": None},
}
SERIES = count(1)


@pytest.fixture
def house(engine: Engine) -> House:
    built = House(engine)
    built.record(CATALOGUE)
    return built


def cells(each: dict[str, Any], place: int) -> list[str | int | None]:
    """List the cells of a row as seals have meant them from the first."""
    key = ("kind", "indicator", "series", "region", "period", "producer", "publication")
    figure = ("value", "category", "printed", "numerator", "denominator")
    annotation = ("unit", "printed_unit", "step", "status", "marks", "note", "plan")
    return [
        *(each[name] for name in (*key, *figure)),
        *(each[name] or "" for name in annotation),
        *("ipm.csv", each["sheet"] or "", each["column"], place),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=6))
@example([PLAIN, PLAIN | {"value": None}, PLAIN | {"printed": "7\\0"}, PLAIN | {"numerator": "7", "denominator": "10"}])
def test_the_fast_digest_is_that_of_the_cells(house: House, made: list[dict[str, Any]]) -> None:
    series = f"seri-{next(SERIES)}"
    rows = [
        row(**{**each, "category": None if each["value"] else each["category"], "period": str(1990 + place)})
        | {"series": series}
        for place, each in enumerate(made)
    ]
    house.commit(load(*rows))
    with house.engine.connect() as connection:
        *_, (_, parts) = row_digests(connection)
    stored = b"".join(parts)
    expected = [digest(cells(each, place)) for place, each in enumerate(rows, 2)]
    assert sorted(stored[start : start + 32] for start in range(0, len(stored), 32)) == sorted(expected)
