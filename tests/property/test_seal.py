"""Seals: whatever is written differently is sealed differently, whatever is the same in another order is not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue.decimals import canonical
from etl.catalogue.period import from_code
from etl.warehouse.period_keys import period_key, period_of
from etl.warehouse.seal import GENESIS, content_hash, digest, seal

cells = st.lists(st.none() | st.text() | st.integers(), max_size=5)
rows = st.lists(st.binary(min_size=32, max_size=32), max_size=20)
days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
codes = st.one_of(
    st.integers(1900, 2100).map(str),
    st.builds(lambda year, part: f"{year}-S{part}", st.integers(1900, 2100), st.integers(1, 2)),
    st.builds(lambda year, part: f"{year}-Q{part}", st.integers(1900, 2100), st.integers(1, 4)),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(dt.date.isoformat),
)


@given(cells, cells)
def test_different_rows_have_different_digests(one: list[str | int | None], two: list[str | int | None]) -> None:
    assert (digest(one) == digest(two)) == (one == two)


@given(rows, st.randoms())
def test_the_order_of_rows_does_not_matter(digests: list[bytes], random: st.DataObject) -> None:
    shuffled = random.sample(digests, len(digests))  # type: ignore[attr-defined]
    assert content_hash(shuffled) == content_hash(digests)


@given(rows, st.binary(min_size=32, max_size=32))
def test_one_more_row_is_another_content(digests: list[bytes], extra: bytes) -> None:
    assert content_hash([*digests, extra]) != content_hash(digests)


@given(st.text(), st.text(), st.dictionaries(st.text(), st.integers() | st.text()))
def test_a_seal_depends_on_all_it_covers(content: str, other: str, metadata: dict[str, object]) -> None:
    sealed = seal(GENESIS, content, metadata)
    assert seal(GENESIS, content, dict(reversed(metadata.items()))) == sealed
    assert seal(sealed, content, metadata) != sealed
    assert seal(GENESIS, content, metadata | {"tambahan": 1, "\x00": 2}) != sealed
    assert (seal(GENESIS, other, metadata) == sealed) == (other == content)


def test_seals_do_not_depend_on_the_version_of_the_code() -> None:
    assert content_hash([digest(["é", None, 1, ""])]) == (
        "5de8f32090a3526fa9343a4bd8a64cba172ed253888adc23e7035a70a5cf9ff5"
    )


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_equal_decimals_have_one_text(value: Decimal) -> None:
    text = canonical(value)
    assert Decimal(text) == value
    assert canonical(value * Decimal("1.000")) == text
    assert "E" not in text
    assert text != "-0"


@given(codes, codes)
def test_keys_of_periods_sort_like_periods(one: str, two: str) -> None:
    assert period_of(period_key(one)).code == one
    assert (period_key(one) < period_key(two)) == (from_code(one) < from_code(two))
