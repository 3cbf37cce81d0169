from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.api.encoding import exact, to_json, utc_text
from etl.catalogue.decimals import canonical, rounded


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_survives_json_digit_for_digit(value: Decimal) -> None:
    text = to_json([{"value": value}])
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal)[0]["value"] == value


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+3", "1000"), ("8.630", "8.63"), ("-0.00", "0"), ("0.1", "0.1"), ("-1.90", "-1.9"), ("1E-9", "0.000000001")],
)
def test_a_decimal_is_written_without_exponent_and_trailing_zeros(value: str, text: str) -> None:
    assert canonical(Decimal(value)) == text


def test_what_json_has_no_word_for_is_refused() -> None:
    with pytest.raises(ValueError, match="berhingga"):
        to_json(Decimal("NaN"))
    with pytest.raises(TypeError, match="float"):
        to_json([0.1])


SCALARS = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_everything_else_reads_back_as_it_was(value: object) -> None:
    assert json.loads(to_json(value)) == value


def test_a_third_is_exact_as_fraction_and_twelve_digits_as_decimal() -> None:
    assert exact(Fraction(200, 3)) == "200/3"
    assert exact(Fraction(5)) == "5/1"
    assert canonical(rounded(Fraction(200, 3))) == "66.666666666667"


def test_moments_are_utc_with_z() -> None:
    wita = dt.timezone(dt.timedelta(hours=8))
    assert utc_text(dt.datetime(2026, 11, 22, 11, 25, tzinfo=wita)) == "2026-11-22T03:25:00Z"
    assert utc_text(dt.datetime(2026, 11, 22, 3, 25)) == "2026-11-22T03:25:00Z"
