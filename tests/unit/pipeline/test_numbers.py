"""Numbers as Indonesian offices print them, under the declared decimal mark."""

from __future__ import annotations

import re
from decimal import Decimal

import pandas as pd
import pytest

from etl.pipeline.numbers import DecimalMark, NumberError, parse_number, parse_numbers


@pytest.mark.parametrize(
    ("text", "decimal", "value", "step"),
    [
        ("335,58", ",", "335.58", "0.01"),
        ("1.234,5", ",", "1234.5", "0.1"),
        ("1.234", ",", "1234", "1"),
        ("388.250.500.000,00", ",", "388250500000", "0.01"),
        ("1.234", ".", "1.234", "0.001"),
        ("1,234", ".", "1234", "1"),
        ("14.80", ".", "14.80", "0.01"),
        ("-2.86", ".", "-2.86", "0.01"),
        ("\u22122,86", ",", "-2.86", "0.01"),
        ("+3", ",", "3", "1"),
        ("\u00a0 12\u00a0", ".", "12", "1"),
        ("0", ",", "0", "1"),
        ("43.1", None, "43.1", "0.1"),
        ("1.234,-", None, "1234", "1"),
    ],
)
def test_reads_exactly(text: str, decimal: DecimalMark | None, value: str, step: str) -> None:
    number = parse_number(text, decimal)
    assert number.value == Decimal(value)
    assert number.step == Decimal(step)


@pytest.mark.parametrize(
    ("text", "symbol"), [("68,4%", "%"), ("68,4 %", "%"), ("Rp 388.250", "Rp"), ("Rp.5", "Rp"), ("Rp 420.000,-", "Rp")]
)
def test_keeps_the_sign_beside_the_number(text: str, symbol: str) -> None:
    assert parse_number(text, ",").symbol == symbol


@pytest.mark.parametrize(
    ("text", "decimal", "rule", "word"),
    [
        ("43.1", ",", "tanda-desimal", "koma"),
        ("1.23.456", ",", "bukan-angka", "1.23.456"),
        ("1.234,-", ".", "tanda-desimal", "titik"),
        ("1.234,5,-", ".", "bukan-angka", "bukan angka"),
        (",-", ",", "bukan-angka", "bukan angka"),
        ("335,58", ".", "tanda-desimal", "titik"),
        ("0.123", ",", "tanda-desimal", "1.234,5"),
        ("1234.567", ",", "tanda-desimal", "koma"),
        ("1..234", ",", "bukan-angka", "bukan angka"),
        ("12.34.567", ",", "bukan-angka", "bukan angka"),
        ("1.234", None, "angka-ambigu", "dua angka"),
        ("1.234,5,6", ",", "bukan-angka", "bukan angka"),
        ("12²", ".", "bukan-angka", "bukan angka"),
        ("dua belas", ".", "bukan-angka", "bukan angka"),
        ("9" * 31, ".", "bukan-angka", "bukan angka"),
    ],
)
def test_refuses_with_a_sentence(text: str, decimal: DecimalMark | None, rule: str, word: str) -> None:
    with pytest.raises(NumberError, match=word) as raised:
        parse_number(text, decimal)
    assert raised.value.rule == rule


def test_typed_cells_are_read_with_a_point_whatever_the_feed_declares() -> None:
    read = parse_numbers(pd.Series(["43.1", "43.1"]), pd.Series([True, False]), ",")
    assert read["number"][0] == "43.1"
    assert read["rule"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("text", "value", "symbol"),
    [
        ("(2,81)", "-2.81", None),
        ("(2,81%)", "-2.81", "%"),
        ("(2,81)%", "-2.81", "%"),
        ("2,34-", "-2.34", None),
        ("(Rp 1.250)", "-1250", "Rp"),
        ("-Rp1.250", "-1250", "Rp"),
        ("Rp (1.250)", "-1250", "Rp"),
        ("IDR 1.250", "1250", "Rp"),
        ("Rp 98,7 Miliar", "98.7", "miliar Rp"),
        ("98,7 miliar rupiah", "98.7", "miliar Rp"),
        ("1.250 rupiah", "1250", "Rp"),
        ("2.479,31 M", "2479.31", "M"),
        ("Rp 1,2 T", "1.2", "T Rp"),
    ],
)
def test_money_and_negatives_as_books_have_them(text: str, value: str, symbol: str | None) -> None:
    number = parse_number(text, ",")
    assert (number.value, number.symbol) == (Decimal(value), symbol)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("#DIV/0!", "galat rumus #DIV/0! (pembagian dengan nol)"),
        ("#REF!", "sel yang sudah tidak ada"),
        ("#N/A", "tidak menemukan datanya"),
        ("#VALUE!", "sel yang berisi teks"),
        ("Err:502", "galat rumus Err:502 (isian rumusnya tidak sah)"),
        ("#BAGI/0!", "galat rumus #BAGI/0!"),
        ("#####", "terlalu sempit"),
        ("NaN", "bukan angka"),
        ("Loading...", "belum selesai dihitung"),
    ],
)
def test_what_a_program_wrote_instead_of_a_figure_is_named(text: str, cause: str) -> None:
    with pytest.raises(NumberError, match=re.escape(cause)):
        parse_number(text, ",")
