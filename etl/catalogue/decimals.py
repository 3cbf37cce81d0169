"""Exact numbers as text, in the one form that is stored, sealed and shown to programs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction

DIGITS = 12


def canonical(value: Decimal) -> str:
    """Write a decimal without exponent, trailing zeros or a negative zero: `1E+3` becomes `1000`."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def indonesian(value: Decimal | str, unit: str = "") -> str:
    """Write a decimal as Indonesian sentences do, with its unit: `1.204,5 jiwa`, `8,29%`."""
    text = canonical(Decimal(value))
    whole, _, parts = text.partition(".")
    grouped = f"{Decimal(whole):,}".replace(",", ".") if whole != "-0" else whole
    said = f"{grouped},{parts}" if parts else grouped
    return f"{said}%" if unit == "%" else f"{said} {unit}".strip()


def rounding_slack(steps: Iterable[Decimal], whole: bool) -> Decimal:
    """Return by how much rounding may part a total from its parts: half a step of each; whole counts allow nothing."""
    return Decimal(0) if whole else sum(steps, Decimal(0)) / 2


def rounded(value: Fraction) -> Decimal:
    """Read an exact fraction as a decimal of twelve digits after the point, half to even."""
    with localcontext(prec=60):
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-DIGITS))
