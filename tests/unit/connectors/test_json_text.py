"""JSON as sent: exact numbers, no value of two, pages that come back as they were."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.connectors.base import UnreadableError
from etl.connectors.formats.json_text import JsonNumber, join_pages, read_json, split_pages


@pytest.mark.parametrize(
    ("text", "figure"),
    [("1.850", "1.850"), ("-0", "-0"), ("2.5E+3", "2500"), ("1e-2", "0.01"), ("9" * 5000, "9" * 5000)],
)
def test_numbers_keep_their_text(text: str, figure: str) -> None:
    read = read_json(text.encode())
    assert (read, type(read)) == (figure, JsonNumber)


def test_a_text_is_no_number() -> None:
    assert not isinstance(read_json(b'"1.5"'), JsonNumber)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_exact(number: float) -> None:
    text = json.dumps(number)
    assert Decimal(read_json(text.encode())) == Decimal(text)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b'{"a": 1} x',
        b"[" * 100_000,
        b'{"a": 1, "a": 2}',
        b'{"a": 1, "a": "1"}',
    ],
)
def test_what_is_broken_or_says_two_things_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_json(content)


def test_the_same_value_twice_is_one() -> None:
    assert read_json(b'\xef\xbb\xbf{"a": 1, "a": 1}') == {"a": "1"}


@given(st.lists(st.binary().filter(lambda page: b"\x1e" not in page), min_size=1))
def test_pages_come_back_as_they_were(pages: list[bytes]) -> None:
    assert split_pages(join_pages(pages)) == pages
