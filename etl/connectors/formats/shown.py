"""Numbers and dates of spreadsheets as text: exact, and as far as the cell's format shows them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Context, Decimal
from functools import lru_cache

from etl.catalogue.units import BASES
from etl.connectors.formats.grid import Cell

EXCEL_DIGITS = Context(prec=15)  # a spreadsheet holds 15 significant digits; what follows is noise of the float
UNSEEN = re.compile(r"[_*].|\[[^\]]*\]")  # of a number format: padding, fill, colour, locale
QUOTED = re.compile(r'"[^"]*"|\\.')
SPELT = re.compile(r'"([^"]*)"|\\(.)|.', re.DOTALL)  # the letters that a format puts beside the digits
CURRENCY = re.compile(r"\[\$([^\]-]+)")
PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
SCALED = re.compile(r"[0#?],+(?![0#?,])")  # a comma behind the last digit shows thousands
SCALES = {
    **{"ribu": "ribu", "juta": "juta", "miliar": "miliar", "milyar": "miliar", "triliun": "triliun"},
    **{"rb": "Rb", "k": "K", "jt": "Jt", "mn": "Mil", "mio": "Mil", "mil": "Mil", "m": "M", "b": "B", "bn": "B"},
    **{"t": "T", "tr": "Tr", "tn": "T"},
}
RUPIAH, DOLLAR = {"rp", "idr", "rupiah"}, {"$", "us$", "usd"}


def number_cell(value: int | float | Decimal, number_format: str = "") -> Cell:
    """Write a number exactly; a percent sign of its format multiplies, one that is quoted there only stands beside.

    A unit that the format puts beside stands in brackets: `2.75 [T]`, `22 [orang]`; the declared one must agree.
    Where the format shows another number than the cell holds (thousands cut off, percent for some signs only), nobody
    can tell which is meant: the cell is then text with both, which no rule reads as a number.
    """
    number = EXCEL_DIGITS.plus(Decimal(repr(value))) if isinstance(value, float) else Decimal(value)
    percent, sign, unsure = _reading(number_format)
    if unsure:
        return f"{_plain(number)} (tampil dengan format {number_format})", False
    return _plain(number * 100 if percent else number) + sign, True


@lru_cache(maxsize=1000)
def _reading(number_format: str) -> tuple[bool, str, bool]:
    """Tell whether a format multiplies to percent, the sign it puts beside, and whether it shows another number."""
    seen = UNSEEN.sub("", number_format)
    sections = QUOTED.sub("", seen).split(";")[:3]  # positive, negative, zero; the fourth is for texts
    digits = [each for each in sections if re.search("[0#?]", each)]
    percent = {"%" in each for each in digits}
    unsure = len(percent) > 1 or any(SCALED.search(each) for each in digits)
    return percent == {True}, "%" if "%" in seen else _unit_beside(number_format, seen), unsure


def _unit_beside(number_format: str, seen: str) -> str:
    """Return the unit that a format puts beside a number, in brackets after a blank; nothing for other words."""
    spelt = "".join(match[1] or match[2] or " " for match in SPELT.finditer(seen.split(";")[0]))
    words = re.findall(r"us\$|\$|\w+", " ".join((*CURRENCY.findall(number_format), spelt)).casefold())
    scales = [SCALES[word] for word in words if word in SCALES]
    rest = " ".join(word for word in words if word not in SCALES)
    if scales:
        bare = "Rp" if scales[0].islower() else ""  # "juta" alone is of money, as in a cell's text
        counted = "Rp" if rest in RUPIAH else rest if rest in BASES else bare
        return f" [{f'{scales[0]} {counted}'.strip()}]"
    unit = "us$" if rest in DOLLAR else rest  # Rp alone dresses whatever scale the title tells
    return f" [{unit}]" if unit in BASES and unit not in RUPIAH else ""


def written_number(text: str) -> Decimal | None:
    """Read a number as XML holds it, without the noise of a float behind 15 digits; None for anything else."""
    body = text.strip()
    if not PLAIN.fullmatch(body):
        return None
    number = Decimal(body)
    return EXCEL_DIGITS.plus(number) if re.search("[.eE]", body) else number


def unsure_formula(formula: str, number: str) -> str:
    """Write a formula whose stored result may never have been computed, so that it is refused."""
    return f"{formula} (hasil tersimpan {number}, belum tentu dihitung)"


def moment_text(value: dt.datetime, number_format: str) -> str:
    """Write a date as far as its cell shows it: "Agt 2024" stands in a cell as 1 August."""
    shown = QUOTED.sub("", UNSEEN.sub("", number_format)).casefold()
    if "y" in shown and "d" not in shown:
        return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
    return value.date().isoformat() if value.time() == dt.time() else value.isoformat()


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
