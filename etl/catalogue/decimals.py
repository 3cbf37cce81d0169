"""Exact numbers as text, in the one form that is stored, sealed and shown to programs."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

DIGITS = 12


def canonical(value: Decimal) -> str:
    """Write a decimal without exponent, trailing zeros or a negative zero: `1E+3` becomes `1000`."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def rounded(value: Fraction) -> Decimal:
    """Read an exact fraction as a decimal of twelve digits after the point, half to even."""
    with localcontext(prec=60):
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-DIGITS))
