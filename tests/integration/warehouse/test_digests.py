"""The digests that seal rows are composed of ready fragments; they are those of the rows' cells, whatever these hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select
from sqlalchemy.engine import Row

from etl.warehouse import schema
from etl.warehouse.contents import row_digests
from etl.warehouse.schema import KINDS, observation
from etl.warehouse.seal import digest
from tests.integration.warehouse.loads import CATALOGUE, House, load, row

TEXTS = st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), min_size=1, max_size=12)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9).map(
    lambda value: f"{value:f}".rstrip("0").rstrip(".") if value else "0"
)
SPECIAL = ("\\N", "\\", "a\tb", "a\nb\r", '","', "\u2028é😀", "\\\\N\\t")
PRINTED = st.sampled_from(SPECIAL) | TEXTS
ROWS = st.builds(
    dict,
    value=st.none() | NUMBERS,
    printed=PRINTED,
    category=PRINTED,
    numerator=st.none() | NUMBERS,
    denominator=st.none() | NUMBERS,
    note=st.none() | PRINTED,
    publication=PRINTED,
    sheet=st.none() | PRINTED,
)


@pytest.fixture
def house(engine: Engine) -> House:
    built = House(engine)
    built.record(CATALOGUE)
    return built


def cells(connection: Connection, each: Row[Any]) -> list[str | int | None]:
    """Read the cells of a stored row one by one, as the seal has always meant them."""

    def texts(table: Any, key: int, *names: str) -> list[str]:
        column = table.primary_key.columns[0]
        return list(connection.execute(select(*(table.c[name] for name in names)).where(column == key)).one())

    indicator, code = texts(schema.series, each.series_id, "indicator_id", "code")
    exact = [None if number is None else f"{number:f}" for number in (each.value, each.numerator, each.denominator)]
    plain = exact[0] or each.category
    file = select(schema.file.c.name).join(schema.run_file).join(schema.run)
    return [
        KINDS[each.kind],
        *texts(schema.indicator, int(indicator), "code"),
        code,
        *texts(schema.region, each.region_id, "code"),
        *texts(schema.period, each.period_id, "code"),
        *texts(schema.source, each.source_id, "producer", "publication"),
        exact[0],
        each.category,
        plain if each.printed is None else each.printed,
        *exact[1:],
        *texts(
            schema.annotation,
            each.annotation_id,
            *("unit", "printed_unit", "step", "status", "marks", "note", "plan"),
        ),
        connection.execute(file.where(schema.run.c.vintage_no == each.vintage_no)).scalar_one(),
        *texts(schema.position, each.position_id, "sheet", "column"),
        each.row,
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_the_fast_digest_is_that_of_the_cells(house: House, given_rows: list[dict[str, Any]]) -> None:
    rows = [
        row(**{**each, "category": None if each["value"] else each["category"], "period": str(1990 + place)})
        for place, each in enumerate(given_rows)
    ]
    house.commit(load(*rows))
    with house.engine.connect() as connection:
        stored = connection.execute(select(observation).order_by(observation.c.id)).all()
        expected = b"".join(digest(cells(connection, each)) for each in stored)
        assert b"".join(part for _, parts in row_digests(connection) for part in parts) == expected
