"""Periods: year, semester, quarter, month, day, each with its kind and ISO start and end."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

PeriodKind = Literal["year", "semester", "quarter", "month", "day"]
MONTHS_PER: dict[PeriodKind, int] = {"year": 12, "semester": 6, "quarter": 3, "month": 1}

FORMS = "2024, 2024-S1, 2024-Q2, 2024-08, 2024-08-31"
ROMAN = ("I", "II", "III", "IV")
MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days; ordered by end, then by start. `code` is canonical: 2024, 2024-S1, 2024-Q2, 2024-08, 2024-08-31.

    `cumulative` tells that the text said "s.d.": the figure counts from 1 January. It takes no part in comparisons.
    """

    end: dt.date
    start: dt.date
    kind: PeriodKind
    code: str
    cumulative: bool = field(default=False, compare=False)


def _months(year: int, first: int, count: int, kind: PeriodKind, code: str) -> Period:
    last = first + count - 1
    return Period(dt.date(year, last, calendar.monthrange(year, last)[1]), dt.date(year, first, 1), kind, code)


@lru_cache(maxsize=8192)
def from_code(code: str) -> Period:
    """Read a canonical code.

    Raises ValueError naming the code and the forms allowed.
    """
    if match := re.fullmatch(r"([0-9]{4})(?:-(S[12]|Q[1-4]|[0-9]{2})(?:-([0-9]{2}))?)?", code):
        year, part, day = int(match[1]), match[2], match[3]
        if not 1900 <= year <= 2100:
            raise ValueError(f"tahun {year} di luar 1900 sampai 2100")
        if part is None:
            return _months(year, 1, 12, "year", code)
        if part[0] == "S" and not day:
            return _months(year, 6 * int(part[1]) - 5, 6, "semester", code)
        if part[0] == "Q" and not day:
            return _months(year, 3 * int(part[1]) - 2, 3, "quarter", code)
        if part.isdigit() and 1 <= int(part) <= 12:
            if day is None:
                return _months(year, int(part), 1, "month", code)
            if 1 <= int(day) <= calendar.monthrange(year, int(part))[1]:
                date = dt.date(year, int(part), int(day))
                return Period(date, date, "day", code)
            raise ValueError(f"tanggal {code} tidak ada dalam kalender")
    raise ValueError(f'periode "{code}" tidak dikenal; bentuk yang sah: {FORMS}')


def year_of(period: Period) -> int:
    """Return the calendar year that a period lies in; none crosses a year's end."""
    return period.end.year


def label(period: Period, lang: str) -> str:
    """Write a period for readers: "Triwulan II 2024", in English ("en") "Q2 2024"; "s.d." where it is cumulative."""
    text = _label(period, lang)
    if not period.cumulative:
        return text
    return f"up to {text}" if lang == "en" else f"s.d. {text}"


def _label(period: Period, lang: str) -> str:
    year, month = period.end.year, period.end.month
    names = MONTHS["en" if lang == "en" else "id"]
    if period.kind == "day":
        return f"{period.end.day} {names[month - 1]} {year}"
    if period.kind == "month":
        return f"{names[month - 1]} {year}"
    if period.kind == "year":
        return str(year)
    number = month // MONTHS_PER[period.kind]
    if lang == "en":
        return f"{'Q' if period.kind == 'quarter' else 'H'}{number} {year}"
    return f"{'Triwulan' if period.kind == 'quarter' else 'Semester'} {ROMAN[number - 1]} {year}"


EXAMPLES = "2024, Semester I 2024, Triwulan II 2024, Agustus 2024 atau 31 Agustus 2024"
NOISE = frozenset(("tahun", "thn", "th", "ta", "anggaran", "bulan", "bln", "per", "posisi", "periode", "ke"))
UNITS: dict[str, PeriodKind] = {
    **dict.fromkeys(("semester", "sem", "smt", "smtr", "s", "h"), "semester"),
    **dict.fromkeys(("triwulan", "triw", "trw", "tw", "kuartal", "quarter", "q"), "quarter"),
}
MONTH_NUMBERS = {
    **{name.casefold(): number for names in MONTHS.values() for number, name in enumerate(names, 1)},
    **{name[:3].casefold(): number for names in MONTHS.values() for number, name in enumerate(names, 1)},
    **dict.fromkeys(("janr", "janu", "januar"), 1),
    **dict.fromkeys(("pebruari", "peb", "febr", "pebr", "febuari", "pebuari"), 2),
    **dict.fromkeys(("mrt", "mart"), 3),
    **{"aprl": 4},
    **dict.fromkeys(("agst", "agt", "ags", "agts", "agus", "agust", "agtus", "agstus"), 8),
    **dict.fromkeys(("sept", "spt", "septem", "septbr"), 9),
    **dict.fromkeys(("okto", "oktob", "oktbr", "octob"), 10),
    **dict.fromkeys(("nopember", "nop", "nopem", "novem", "nopb", "novb", "novbr", "nopbr"), 11),
    **dict.fromkeys(("desem", "desemb", "desb", "desbr", "decem"), 12),
}
ROMAN_NUMBERS = {
    **{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6},
    **{"vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12},
}
ORDINALS = {"pertama": 1, "kesatu": 1, "kedua": 2, "ketiga": 3, "keempat": 4}
CUMULATIVE = re.compile(r"\b(?:s\s*[./]\s*d\b\.?|sd\b\.?|sampai(?: dengan)?\b|hingga\b|kumulatif\b|up to\b)")
LATER = "|".join(sorted((each for each, number in MONTH_NUMBERS.items() if number > 1), key=len, reverse=True))
FROM_JANUARY = re.compile(rf"(?:0?1 )?jan(?:uari|uary)?\.? ?[–»-] ?(?=(?:[0-9]{{1,2}} )?(?:{LATER})\b)")
CANONICAL = re.compile(r"[0-9]{4}(?:-(?:[SQ][0-9]|[0-9]{2}(?:-[0-9]{2})?))?")
DATE_CELL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ]00:00:00")
FLOAT = re.compile(r"(?<![0-9.,])([0-9]{4}|[0-9]{1,2})[.,]0(?![0-9.,])")  # 2023.0, as programs write whole numbers
TENTH = re.compile(r"[0-9]{4}[.,]1")
FIRST_DAY = re.compile(r"([0-9]{4}-[0-9]{2})-01(?:[t ]00:00:00)?", re.IGNORECASE)
PLAIN = re.compile(r"[a-z0-9 .,/()'–-]*")


def parse_period(text: str, hint: PeriodKind | None = None) -> Period:
    """Read a period as offices write it: canonical codes, "TW III 2024", "Agt 2024", "IX/2024", "s.d. Juni 2024".

    `hint` decides only between readings that the text leaves open ("II/2024"). Years have four digits; dates in
    figures are day, month, year. Raises ValueError with an Indonesian sentence where nothing or no single reading fits.
    """
    plain = FLOAT.sub(r"\1", " ".join(unicodedata.normalize("NFKC", text).split()))
    if TENTH.fullmatch(plain):
        raise ValueError(f'"{text}" dapat berarti Januari atau, bila nolnya hilang, Oktober; tulis misalnya {EXAMPLES}')
    if CANONICAL.fullmatch(plain):
        return from_code(plain)
    folded = plain.casefold()
    if match := DATE_CELL.fullmatch(folded):
        return from_code(match[1])
    marked = " ".join(CUMULATIVE.sub("»", folded).split())
    rest = FROM_JANUARY.sub("", marked, count=1).strip("»() ")
    if not PLAIN.fullmatch(rest):
        raise _unknown(text)
    found = _read(text, rest, hint)
    return replace(found, cumulative=True) if rest != folded else found


def ended_by(day: Period, kind: PeriodKind) -> str | None:
    """Return the code of the period of a kind whose last day this is: 31 March is that of March, and of a quarter."""
    if kind not in MONTHS_PER or day.kind != "day":
        return None
    number, parts = day.end.month // MONTHS_PER[kind], {"year": "", "semester": "-S{}", "quarter": "-Q{}"}
    code = f"{day.end.year}{parts.get(kind, '-{:02d}').format(number)}" if number else ""
    return code if code and from_code(code).end == day.end else None


def month_of_first_day(text: str) -> str | None:
    """Return the month whose first day a date cell holds; None for any other text."""
    match = FIRST_DAY.fullmatch(text.strip())
    return match[1] if match else None


def _unknown(text: str) -> ValueError:
    if not text.strip():
        return ValueError(f"periode kosong; tulis misalnya {EXAMPLES}")
    return ValueError(f'periode "{text}" tidak dikenal; tulis misalnya {EXAMPLES}')


def _read(text: str, folded: str, hint: PeriodKind | None) -> Period:
    """Find the one year, then read the words beside it."""
    words = [each for each in re.findall(r"[a-z]+|[0-9]+", folded) if each not in NOISE]
    years = [each for each in words if len(each) == 4 and each.isdigit()]
    if len(years) > 1:
        raise ValueError(f'"{text}" menyebut lebih dari satu tahun, bukan satu periode; tulis misalnya {EXAMPLES}')
    if not years:
        raise _unknown(text)
    year = years[0]
    words.remove(year)
    match words:
        case []:
            return from_code(year)
        case [unit, number] if unit in UNITS:
            return from_code(f"{year}-{_part(text, UNITS[unit], number)}")
        case [month] if month in MONTH_NUMBERS:
            return from_code(f"{year}-{MONTH_NUMBERS[month]:02d}")
        case [number]:
            return from_code(f"{year}-{_lone(text, number, hint)}")
        case [day, month] if day.isdigit() and month in MONTH_NUMBERS:
            return from_code(f"{year}-{MONTH_NUMBERS[month]:02d}-{int(day):02d}")
        case [day, month] if day.isdigit() and month.isdigit() and folded.endswith(year):
            return _date(text, int(day), int(month), year)
    raise _unknown(text)


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return ROMAN_NUMBERS.get(word, ORDINALS.get(word))


def _part(text: str, kind: PeriodKind, word: str) -> str:
    """Return the code's part for the n-th semester or quarter."""
    number = _number(word)
    last = 12 // MONTHS_PER[kind]
    if number is None or not 1 <= number <= last:
        name = "semester" if kind == "semester" else "triwulan"
        raise ValueError(f'"{text}" tidak dikenal; {name} bernomor I sampai {ROMAN[last - 1]}, misalnya {EXAMPLES}')
    return f"{'S' if kind == 'semester' else 'Q'}{number}"


def _lone(text: str, word: str, hint: PeriodKind | None) -> str:
    """Return the code's part for a bare numeral: "IX" and "06" are months, "II" needs a hint."""
    number = _number(word)
    if number is None or word in ORDINALS or not 1 <= number <= 12:
        raise _unknown(text)
    if hint in ("semester", "quarter") and number <= 12 // MONTHS_PER[hint] and not word.startswith("0"):
        return _part(text, hint, word)
    if hint == "month" or number > 4 or word.startswith("0"):
        return f"{number:02d}"
    raise ValueError(f'"{text}" dapat berarti bulan, triwulan atau semester; tulis misalnya {EXAMPLES}')


def _date(text: str, day: int, month: int, year: str) -> Period:
    """Read day, month, year in figures; where day and month could be swapped the date is no single day."""
    if month > 12 or day == 0 or month == 0:
        raise _unknown(text)
    if day <= 12 and day != month:
        raise ValueError(f'"{text}" dapat dibaca sebagai dua tanggal; tulis bulannya dengan huruf, misalnya {EXAMPLES}')
    return from_code(f"{year}-{month:02d}-{day:02d}")
