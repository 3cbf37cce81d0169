"""Words, numbers and dates in Indonesian (first) and English."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from dashboard.urls import Lang
from etl.catalogue.period import from_code
from etl.catalogue.wita import WITA

Number = Decimal | Fraction | int
MESSAGES = Path(__file__).parent / "messages"


@cache
def messages() -> dict[str, dict[str, str]]:
    """Read every messages/<section>.toml as `section.key` -> texts by language."""
    return {
        f"{path.stem}.{key}": texts
        for path in sorted(MESSAGES.glob("*.toml"))
        for key, texts in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def t(key: str, lang: Lang, /, **values: object) -> str:
    """Return the text of a key, with values put in. Raises KeyError for an unknown key."""
    text = messages()[key][lang]
    return text.format(**values) if values else text


def rounded(value: Number, decimals: int) -> Decimal:
    """Round half up, for display only; exact for fractions, never a negative zero."""
    whole = int(abs(Fraction(value)) * 10**decimals + Fraction(1, 2))
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)


def number(value: Number, decimals: int, lang: Lang) -> str:
    """Format a number: `1.234,5` in Indonesian, `1,234.5` in English."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(rounded(value, decimals), format=pattern, locale=lang).replace("-", "−")


def percent(value: Number, decimals: int, lang: Lang) -> str:
    """Format a percentage without a space: `22,4%`."""
    return f"{number(value, decimals, lang)}%"


def unit_text(unit: str, lang: Lang, one: bool = False) -> str:
    """Return a unit of the catalogue in the reader's language, untranslated where messages/units.toml lacks it."""
    single, _, several = messages().get(f"units.{unit}", {}).get(lang, unit).partition("|")
    return single if one or not several else several


def amount(value: Number, decimals: int, unit: str, lang: Lang) -> str:
    """Format a value with its unit: percent without a space, rupiah before the number, indices bare."""
    text = number(value, decimals, lang)
    said = unit_text(unit, lang, one=text == "1")
    if unit == "%":
        return f"{text}%"
    if said.startswith("Rp"):
        return f"Rp{text}{said.removeprefix('Rp')}"
    if said.endswith("Rp"):
        return f"Rp{text} {said.removesuffix('Rp').strip()}".strip()
    if unit == "peringkat":
        return t("shell.rank", lang, number=text)
    return text if unit.split(" ")[0] in {"indeks", "nilai", "rasio", "skor", "tingkat"} else f"{text} {said}"


def date(value: dt.date | dt.datetime, lang: Lang, short: bool = False) -> str:
    """Format a date, a time stamp as its date in WITA: `22 November 2026`, short `22 Nov 2026`."""
    day = value.astimezone(WITA).date() if isinstance(value, dt.datetime) else value
    return format_date(day, "d MMM y" if short else "d MMMM y", locale=lang)


def short_month(value: dt.date, lang: Lang) -> str:
    """Format a month for the axis of a figure: `Agu 2025`."""
    return format_date(value, "MMM y", locale=lang)


def moment(value: dt.datetime, lang: Lang) -> str:
    """Format a time stamp in WITA: `22 November 2026 11.25 WITA`."""
    clock = "HH.mm" if lang == "id" else "HH:mm"
    return format_datetime(value, f"d MMMM y {clock} 'WITA'", tzinfo=WITA, locale=lang)


ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def period(code: str, lang: Lang) -> str:
    """Format a canonical period code: `2024`, `Agustus 2024`, `triwulan II 2024` (`Q2 2024`), `semester I 2024`."""
    span = from_code(code)
    if span.kind == "year":
        return code
    if span.kind == "month":
        return format_date(span.start, "MMMM y", locale=lang)
    if span.kind == "day":
        return date(span.start, lang)
    part = code[-1]
    said = ROMAN[part] if lang == "id" else part
    return t(f"shell.{span.kind}", lang, part=said, year=code[:4])
