"""The strict number parser: text in, exact decimal out, under the decimal mark that the feed declares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from functools import cache
from typing import Literal

import pandas as pd

from etl.catalogue.decimals import canonical
from etl.catalogue.period import MONTH_NUMBERS
from etl.sheets.categorical import choose, constant, split, spread

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
BARE = re.compile(r"[0-9.,]+")


def _plain_shape(decimal: str, group: str) -> re.Pattern[str]:
    """Match digits whose canonical text is theirs: without a sign but a minus before a digit that is not 0."""
    return re.compile(rf"(0|-?[1-9](?:[0-9]*|[0-9]{{0,2}}(?:\{group}[0-9]{{3}})+))(?:\{decimal}([0-9]+))?")


PLAIN: dict[DecimalMark, re.Pattern[str]] = {".": _plain_shape(".", ","), ",": _plain_shape(",", ".")}


MONEY = re.compile(r"^(?:Rp|IDR)\.?\s*", re.IGNORECASE)
SCALES = {"ribu": "ribu", "juta": "juta", "miliar": "miliar", "milyar": "miliar", "triliun": "triliun"}
DIGITS = r"[+\-\u2212]?[0-9][0-9.,]*"
SCALED = re.compile(
    rf"(?P<number>{DIGITS})\s*(?:(?P<word>{'|'.join(SCALES)})(?: (?:rupiah|rp))?|(?P<money>rupiah))", re.IGNORECASE
)
SHORT_SCALE = re.compile(rf"(?P<number>{DIGITS})\s*(?P<word>Jt|Rb|Mil|Tr|M|T|K|B)\.?", re.IGNORECASE)
SHOWN = re.compile(rf"(?P<number>{DIGITS}) \[(?P<unit>[^\[\]]+)\]")  # as a cell's number format shows it
MONEY_INSIDE = re.compile(r"(?:\(\s*(?P<inside>(?:Rp|IDR)[^()]*)\)|[-\u2212]\s*(?P<after>(?:Rp|IDR).*))", re.IGNORECASE)
PERCENT_INSIDE = re.compile(r"\(([^()]*?)\s*%\s*\)")
ERRORS = {
    "#DIV/0!": "pembagian dengan nol",
    "#REF!": "rumusnya menunjuk sel yang sudah tidak ada",
    "#N/A": "rumus pencarian tidak menemukan datanya",
    "#VALUE!": "rumusnya menghitung sel yang berisi teks",
    "#NAME?": "nama pada rumusnya tidak dikenal",
    "#NUM!": "hasil hitungannya bukan angka yang mungkin",
    "#NULL!": "rentang pada rumusnya tidak bersinggungan",
    "#ERROR!": "rumusnya tidak terbaca oleh programnya",
    "ERR:502": "isian rumusnya tidak sah",
    "ERR:522": "rumusnya menunjuk dirinya sendiri",
}
ERROR = re.compile(r"#[A-Z][A-Z0-9/]*[!?]?|#\w+(?:/\w+)?[!?]|Err:\d+", re.IGNORECASE)
REPAIR = "Perbaiki rumusnya, simpan ulang, lalu kirim lagi."
OTHER_CELLS = {
    **dict.fromkeys(("nan", "inf", "-inf", "infinity", "-infinity"), "hasil hitungan program yang bukan angka"),
    **dict.fromkeys(("loading...", "memuat..."), "belum selesai dihitung ketika berkas disimpan"),
}
FORMULA = "sel berisi rumus tanpa hasil tersimpan. Buka di Excel, simpan ulang, lalu kirim lagi."
DATE = re.compile(  # what Excel makes of 3.24 or 1/3, as programs write it
    rf"\d{{4}}-\d{{1,2}}-\d{{1,2}}(?:[ T][\d:.]+)?|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{2}}|\d{{4}})|"
    rf"\d{{1,2}}[- ](?:{'|'.join(MONTH_NUMBERS)})(?:[- ]\d{{2,4}})?|(?:{'|'.join(MONTH_NUMBERS)})-\d{{2,4}}",
    re.IGNORECASE,
)
NEGATIVE = re.compile(
    r"\(\s*(?P<inside>[0-9][0-9.,]*)\s*\)|(?P<before>[0-9](?:[0-9.,]*[0-9])?)\s*[-\u2212]|[-\u2212]\s+(?P<apart>[0-9][0-9.,]*)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number, its printed precision, and the unit sign that stood beside it if any.

    Signs are `%`, `Rp`, `miliar Rp`, and short scales as written: `M`, `M Rp`.
    """

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
    body, symbol = _strip_symbol(_inside_out(text.strip(BLANKS)))
    body, marks = _strip_cents(_signed(body))
    readings = {mark: body for mark in marks if len(body) <= LONGEST and SHAPES[mark].fullmatch(body)}
    if not readings and (error := cell_error(text)):
        raise NumberError("sel-galat", error)
    if not readings:
        raise _no_number(text)
    if decimal is not None and decimal not in readings:
        raise NumberError("tanda-desimal", _other_mark(text, decimal))
    values = {_plain(body, mark) for mark in ([decimal] if decimal else readings)}
    if len(values) > 1:
        raise NumberError(
            "angka-ambigu",
            f"“{text}” dapat berarti dua angka karena tanda desimalnya belum dinyatakan. "
            "Kabari walidata, tanda desimal mana yang dipakai berkas ini.",
        )
    value = Decimal(values.pop())
    return Number(value, Decimal((0, (1,), int(value.as_tuple().exponent))), symbol)


def is_formula(text: str) -> bool:
    """Tell whether a cell holds a formula instead of its result: `=D2+1`, in ODS `of:=[.D2]+1`."""
    return re.match(r"(of:|oooc:|msoxl:)?=.", text) is not None


def _no_number(text: str) -> NumberError:
    """Name the cause where one is known: a formula that was never computed, a figure that became a date."""
    if is_formula(text):
        return NumberError("rumus-tanpa-hasil", FORMULA)
    if DATE.fullmatch(text.strip(BLANKS)):
        return NumberError(
            "bukan-angka",
            f"sel berisi tanggal ({text}), bukan angka; mungkin Excel mengubah angkanya menjadi tanggal. Ubah format "
            "sel menjadi Angka, tulis ulang angkanya, lalu kirim lagi.",
        )
    return NumberError("bukan-angka", f"“{text}” bukan angka. Isi dengan angka saja; keterangan ditulis di kolom lain.")


def cell_error(text: str) -> str | None:
    """Name what a program wrote into a cell instead of a figure, and why; None for any other text."""
    if ERROR.fullmatch(text):
        cause = ERRORS.get(text.upper())
        return f"sel berisi galat rumus {text}{f' ({cause})' if cause else ''}. {REPAIR}"
    if set(text) == {"#"}:
        return "sel berisi #### karena kolomnya terlalu sempit. Lebarkan kolomnya, simpan ulang, lalu kirim lagi."
    if cause := OTHER_CELLS.get(text.casefold()):
        return f"sel berisi “{text}” ({cause}). Isi dengan angkanya, atau kosongkan, lalu kirim lagi."
    return None


def short_scale(text: str) -> str:
    """Say that a short scale beside a figure may mean several, and what to write instead."""
    return (
        f"“{text}” memakai singkatan satuan, yang dapat berarti beberapa satuan. Tulis angkanya saja, dan satuannya "
        "lengkap (miliar Rp, juta Rp) di kolom satuan atau judul."
    )


def _inside_out(body: str) -> str:
    """Write `(Rp 5)`, `-Rp 5` and `(2,81%)` with their sign at the figure itself."""
    if match := MONEY_INSIDE.fullmatch(body):
        money = match["inside"] or match["after"]
        bare = MONEY.sub("", money, count=1)
        return f"Rp -{bare}" if bare[:1].isdigit() else body
    return PERCENT_INSIDE.sub(r"(\1)%", body) if PERCENT_INSIDE.fullmatch(body) else body


def _strip_symbol(body: str) -> tuple[str, str | None]:
    if body.endswith("%"):
        return body[:-1].rstrip(BLANKS), "%"
    if shown := SHOWN.fullmatch(body):
        return shown["number"], shown["unit"]
    bare = MONEY.sub("", body, count=1)
    if scaled := SCALED.fullmatch(bare):
        return scaled["number"], "Rp" if scaled["money"] else f"{SCALES[scaled['word'].casefold()]} Rp"
    money = None if bare == body else "Rp"
    if short := SHORT_SCALE.fullmatch(bare):
        return short["number"], " ".join(filter(None, (short["word"], money)))
    return bare, money


def _signed(body: str) -> str:
    """Write a negative number as usual: accounting has it in parentheses, some programs put the minus last or apart."""
    if match := NEGATIVE.fullmatch(body):
        return f"-{match['inside'] or match['before'] or match['apart']}"
    return body


def _strip_cents(body: str) -> tuple[str, Iterable[DecimalMark]]:
    """Take off the ",-" for no cents, as sums of money are written; it proves a decimal comma."""
    whole = body.removesuffix(",-")
    return (whole, (",",)) if whole != body and whole[-1:].isdigit() and "," not in whole else (body, SHAPES)


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


def parse_numbers(texts: pd.Series, typed: pd.Series, decimal: DecimalMark | pd.Series) -> pd.DataFrame:
    """Read a column: `number` and `step` (canonical texts), `symbol`, `rule` and `problem` (missing where read).

    `typed` marks cells that a spreadsheet holds as numbers: their text is always with a decimal point. `decimal` is
    the mark of all others, or of each of them. Each distinct text is parsed once; the columns of the frame are coded.
    """
    points = typed.astype(bool) | (decimal == ".")
    if points.all() or not points.any():
        return _read(texts, "." if points.any() else ",")
    pointed, with_comma = _read(texts, "."), _read(texts, ",")
    return pd.DataFrame({name: choose(points, pointed[name], with_comma[name]) for name in pointed.columns})


def fits(text: str, decimal: DecimalMark | None) -> bool:
    """Tell whether a text is a number under a decimal mark, or has a single reading where None is given."""
    if decimal is not None and len(text) <= LONGEST and BARE.fullmatch(text):
        return SHAPES[decimal].fullmatch(text) is not None  # as the strict parser, which takes much longer
    try:
        parse_number(text, decimal)
    except NumberError:
        return False
    return True


def is_marked(text: str) -> bool:
    """Tell whether a text holds what may be a decimal mark."""
    return "," in text or "." in text.removeprefix("Rp.")


def _read(texts: pd.Series, decimal: DecimalMark) -> pd.DataFrame:
    codes, words = split(texts)
    numbers, steps, others = _outcomes(words, decimal)
    read = {"number": spread(codes, numbers, texts.index), "step": spread(codes, steps, texts.index)}
    for place, name in enumerate(("symbol", "rule", "problem")):
        said = (others[each][place] if each in others else None for each in range(len(numbers)))
        read[name] = spread(codes, said, texts.index) if others else constant(None, texts.index)
    return pd.DataFrame(read, copy=False)


def _outcomes(
    texts: Iterable[str], decimal: DecimalMark
) -> tuple[list[str | None], list[str | None], dict[int, tuple[str | None, ...]]]:
    """Return number and step of each text and of none, and by place what else is to say: symbol, rule, problem.

    Plain shapes are read by their text alone, any other one by the strict parser: both say the same.
    """
    numbers, steps, others = list[str | None](), list[str | None](), dict[int, tuple[str | None, ...]]()
    match, group = PLAIN[decimal].fullmatch, OTHER[decimal]
    for place, text in enumerate(texts):
        found = match(text) if len(text) <= LONGEST else None
        if found is None:
            number, step, *others[place] = _attempt(text, decimal)  # type: ignore[assignment]
        else:
            whole, digits = found.groups()
            rest = digits.rstrip("0") if digits else ""
            whole = whole.replace(group, "") if group in whole else whole
            number, step = f"{whole}.{rest}" if rest else whole, _step(len(digits or ""))
        numbers.append(number)
        steps.append(step)
    return [*numbers, None], [*steps, None], others


@cache
def _step(digits: int) -> str:
    return "1" if not digits else f"0.{'0' * (digits - 1)}1"


def _attempt(text: str, decimal: DecimalMark) -> tuple[str | None, str | None, str | None, str | None, str | None]:
    try:
        number = parse_number(text, decimal)
    except NumberError as error:
        return None, None, None, error.rule, str(error)
    return canonical(number.value), canonical(number.step), number.symbol, None, None
