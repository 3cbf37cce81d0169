"""The strict number parser: text in, exact decimal out, under the decimal mark that the feed declares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from typing import Literal

import pandas as pd

from etl.catalogue.exact import canonical

DecimalMark = Literal[".", ","]

# Every product of a printed number and a unit factor is exact in 60 digits; one that is not stops the row.
EXACT = Context(prec=60, traps=[Inexact, InvalidOperation, Overflow])
LONGEST = 30
BLANKS = " \t\r\n\u00a0\u202f"
MARK_NAMES: dict[DecimalMark, str] = {".": "titik", ",": "koma"}
OTHER: dict[DecimalMark, DecimalMark] = {".": ",", ",": "."}


def _shape(decimal: str, group: str) -> re.Pattern[str]:
    whole = rf"(?:0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:\{group}[0-9]{{3}})+)"
    return re.compile(rf"[+\-\u2212]?{whole}(?:\{decimal}[0-9]+)?")


SHAPES: dict[DecimalMark, re.Pattern[str]] = {".": _shape(".", ","), ",": _shape(",", ".")}


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number, its printed precision, and the unit sign that stood beside it (`%`, `Rp`) if any."""

    value: Decimal
    step: Decimal
    symbol: str | None


class NumberError(ValueError):
    """A text that is no number under the declared mark. `rule` names why; the message is an Indonesian sentence."""

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule = rule


def parse_number(text: str, decimal: DecimalMark | None) -> Number:
    """Read one printed number exactly.

    `decimal` is the feed's declared mark; None accepts only what has a single reading.
    Raises NumberError; never guesses and never passes through a float.
    """
    body, symbol = _strip_symbol(text.strip(BLANKS))
    readings = {mark: body for mark, shape in SHAPES.items() if len(body) <= LONGEST and shape.fullmatch(body)}
    if not readings:
        raise NumberError(
            "bukan-angka", f"“{text}” bukan angka. Isi dengan angka saja; keterangan ditulis di kolom lain."
        )
    if decimal is not None and decimal not in readings:
        raise NumberError("tanda-desimal", _other_mark(text, decimal))
    values = {_plain(body, mark) for mark in ([decimal] if decimal else readings)}
    if len(values) > 1:
        raise NumberError(
            "angka-ambigu",
            f"“{text}” dapat berarti dua angka karena tanda desimalnya belum dinyatakan. "
            "Nyatakan `decimal` kiriman ini di indicators.yaml.",
        )
    value = Decimal(values.pop())
    return Number(value, Decimal((0, (1,), int(value.as_tuple().exponent))), symbol)


def _strip_symbol(body: str) -> tuple[str, str | None]:
    if body.endswith("%"):
        return body[:-1].rstrip(BLANKS), "%"
    if match := re.match(r"Rp\.?", body):
        return body[match.end() :].lstrip(BLANKS), "Rp"
    return body, None


def _plain(body: str, decimal: DecimalMark) -> str:
    return body.replace(OTHER[decimal], "").replace(decimal, ".").replace("\u2212", "-")


def _other_mark(text: str, decimal: DecimalMark) -> str:
    group = MARK_NAMES[OTHER[decimal]]
    form = "1.234,5" if decimal == "," else "1,234.5"
    return (
        f"“{text}” tidak terbaca dengan tanda desimal {MARK_NAMES[decimal]} yang dinyatakan kiriman ini; "
        f"{group} hanya boleh memisahkan ribuan. Tulis ulang angkanya dalam bentuk {form}."
    )


def scale(value: Decimal, factor: Decimal) -> str:
    """Convert by a declared unit factor, exactly, into canonical text."""
    return canonical(EXACT.multiply(value, factor))


def parse_numbers(texts: pd.Series, typed: pd.Series, decimal: DecimalMark) -> pd.DataFrame:
    """Read a column: `value` and `step` (Decimal), `symbol`, `rule` and `problem` (None where read).

    `typed` marks cells that a spreadsheet holds as numbers: their text is always with a decimal point.
    Each distinct text is parsed once.
    """
    known: dict[tuple[str, bool], tuple[object, ...]] = {}
    pairs = list(zip(texts, typed, strict=True))
    for text, is_typed in pairs:
        if (text, is_typed) not in known:
            known[text, is_typed] = _attempt(text, "." if is_typed else decimal)
    return pd.DataFrame(
        [known[pair] for pair in pairs],
        columns=["value", "step", "symbol", "rule", "problem"],
        index=texts.index,
        dtype=object,
    )


def _attempt(text: str, decimal: DecimalMark) -> tuple[object, ...]:
    try:
        number = parse_number(text, decimal)
    except NumberError as error:
        return None, None, None, error.rule, str(error)
    return number.value, number.step, number.symbol, None, None
