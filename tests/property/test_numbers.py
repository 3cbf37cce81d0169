"""The number parser: what it accepts is exact, what could be read two ways is never accepted undeclared."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from etl.catalogue.decimals import canonical
from etl.pipeline.numbers import Number, NumberError, parse_number, parse_numbers, scale

Mark = Literal[".", ","]
MARKS: st.SearchStrategy[Mark] = st.sampled_from([".", ","])
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4)


def attempt(text: str, mark: Mark | None) -> Number | None:
    try:
        return parse_number(text, mark)
    except NumberError:
        return None


def printed(value: Decimal, mark: Mark, grouped: bool) -> str:
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text if mark == "." else text.translate(str.maketrans(".,", ",."))


@given(DECIMALS, MARKS, st.booleans())
def test_a_printed_number_comes_back_exactly(value: Decimal, mark: Mark, grouped: bool) -> None:
    number = parse_number(printed(value, mark, grouped), mark)
    assert number.value == value
    assert number.step == Decimal("0.0001")


@given(st.text(alphabet="0123456789.,-+ %Rp", max_size=14))
@example("1.234")
@example("335,58")
@example("43.1")
@example("0,123")
def test_undeclared_means_a_single_reading(text: str) -> None:
    readings = {each.value for mark in (".", ",") if (each := attempt(text, mark)) is not None}
    undeclared = attempt(text, None)
    assert (undeclared is not None) == (len(readings) == 1)


@given(st.text(max_size=12), MARKS)
@example("12²", ".")
@example("１２", ".")
@example("1e5", ".")
@example("1_000", ".")
@example("٣٤", ".")
@example("1 234", ".")
@example("-", ".")
@example("007", ".")
@example("inf", ".")
@example("5.", ".")
@example(".5", ".")
@example("(5)", ".")
def test_nothing_but_plain_digits_is_ever_a_number(text: str, mark: Mark) -> None:
    number = attempt(text, mark)
    if number is None:
        return
    digits = "".join(each for each in text if each in "0123456789")
    assert Decimal(canonical(number.value).replace(".", "").replace("-", "").lstrip("0") or "0") * 1 <= int(digits)
    bare = text.strip().removeprefix("Rp").removeprefix(".").removesuffix("%").strip()
    inside = bare.removeprefix("(").removesuffix(")")
    assert set(inside) <= set("0123456789.,+-\u2212 ")
    assert (inside == bare) or number.value <= 0


@given(DECIMALS, st.sampled_from([Decimal(1), Decimal(1000), Decimal("1e6"), Decimal("1e9"), Decimal("0.01")]))
def test_unit_factors_are_exact_and_canonical(value: Decimal, factor: Decimal) -> None:
    text = scale(value, factor)
    assert Decimal(text) == value * factor
    assert "E" not in text.upper()
    assert text != "-0"
    assert "." not in text or text[-1] not in ".0"


@given(st.lists(st.text(alphabet="0123456789.,-+ %Rp\u2212x", max_size=36), min_size=1), MARKS, st.data())
@example(["-0", "-0,0", "0,10", "1.234,50", "12.34", "1.234.567", "007", "-1,5", "+3", "4,5%", "9" * 31, ""], ",", None)
def test_a_column_is_read_as_each_of_its_texts_is(texts: list[str], mark: Mark, data: st.DataObject | None) -> None:
    typed = [data.draw(st.booleans()) for _ in texts] if data else [False] * len(texts)
    read = parse_numbers(pd.Series(texts, dtype=object), pd.Series(typed, dtype=bool), mark)
    for place, (text, is_typed) in enumerate(zip(texts, typed, strict=True)):
        number, step, symbol, rule, problem = (None if pd.isna(each) else each for each in read.iloc[place])
        strict = outcome(text, "." if is_typed else mark)
        if isinstance(strict, NumberError):
            assert (number, step, rule, problem) == (None, None, strict.rule, str(strict))
        else:
            assert (number, step, symbol) == (canonical(strict.value), canonical(strict.step), strict.symbol)
            assert (rule, problem) == (None, None)


def outcome(text: str, mark: Mark) -> Number | NumberError:
    try:
        return parse_number(text, mark)
    except NumberError as error:
        return error
