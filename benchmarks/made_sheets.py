"""Spreadsheets as offices send them, made from a seed, with the feed that a steward would write and the known truth.

A sound one may be of many shapes, marks and kinds of file. A trap is a sound one with one thing that makes its figures
mean something else: whatever is taken from it must still be the truth, and mostly nothing may be taken at all.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from benchmarks.made_subjects import REGIONS, SUBJECTS, Subject
from etl.catalogue.feeds import Feed

Key = tuple[str, str, str]  # indicator, region, period
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni")


@dataclass
class MadeSheet:
    """A table in the making: rows of cells (text, or a number to be typed), what is true, and how the feed reads it."""

    subject: Subject
    shape: str  # long, years, regions
    decimal: str
    kind: str  # csv, typed, text
    years: list[int]
    values: dict[Key, Decimal] = field(default_factory=dict)
    written: dict[Key, str] = field(default_factory=dict)  # where a cell says something else than the feed's mark would
    titles: list[str] = field(default_factory=list)
    head: str = ""
    sheet: str = "Sheet1"
    more_heads: list[str] = field(default_factory=list)
    more_cells: list[str] = field(default_factory=list)
    more_rows: list[list[str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    trap: str = "none"
    void: bool = False  # its figures are something else than its feed says: none of them is true
    typed: bool = False

    @property
    def truth(self) -> dict[Key, Decimal]:
        return {} if self.void else self.values

    @property
    def name(self) -> str:
        return f"{self.trap}/{self.shape}/{self.kind}/{self.decimal}/{self.subject.id}"


def show(value: Decimal, mark: str, grouped: bool = False) -> str:
    """Write a number as an office does: `1.234,5` or `1234.5`."""
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text.replace(",", "G").replace(".", mark).replace("G", "." if mark == "," else ",")


def make(seed: int) -> tuple[MadeSheet, Feed, bytes]:
    """Make the sheet of a seed, its feed and its bytes. Half of all are sound."""
    dice = random.Random(seed)
    made = _sound(dice)
    if dice.random() < 0.5:
        name = dice.choice(sorted(TRAPS))
        if TRAPS[name](made, dice):
            made.trap = name
    return made, _feed(made), _bytes(made, dice)


def _sound(dice: random.Random) -> MadeSheet:
    subject = dice.choice(SUBJECTS)
    start = dice.randint(2015, 2021)
    years = list(range(start, start + dice.randint(2, 4)))
    kind = dice.choice(("csv", "typed", "text"))
    made = MadeSheet(subject, dice.choice(("long", "years", "regions")), dice.choice(",."), kind, years)
    made.typed, made.head = kind == "typed", subject.head
    made.names = {code: name for code, (name, _) in REGIONS.items()}
    step, least = Decimal(subject.step), Decimal(subject.least)
    steps = int((Decimal(subject.greatest) - least) / step)
    for code in REGIONS:
        at = dice.randint(steps // 4, steps)  # neighbours in time are near each other, as real figures are
        for year in years:
            at = min(steps, max(0, at + dice.randint(-steps // 30 - 1, steps // 30 + 1)))
            made.values[subject.id, code, str(year)] = least + at * step
    if dice.random() < 0.5:
        made.titles = [f"{subject.head} Menurut Kabupaten, {years[0]}-{years[-1]}"]
    if dice.random() < 0.3:
        made.names = {code: f"Kabupaten {name}" for code, name in made.names.items()}
    return made


def _written(made: MadeSheet, key: Key) -> str:
    if key in made.written:
        return made.written[key]
    value = made.values[key]
    if made.typed:
        return f"{value:f}"
    return show(value, made.decimal, grouped=value >= 1000 and value == value.to_integral())


def _rows(made: MadeSheet) -> list[list[str]]:
    """Lay the figures out in the sheet's shape, heads first; columns beside them come last."""
    keys = [(made.subject.id, code, str(year)) for code in made.names for year in made.years]
    if made.shape == "long":
        head = ["Wilayah", "Tahun", made.head, *made.more_heads]
        rows = [[made.names[key[1]], key[2], _written(made, key), *made.more_cells] for key in keys]
    elif made.shape == "years":
        head = ["Wilayah", *(str(year) for year in made.years), *made.more_heads]
        rows = [
            [name, *(_written(made, (made.subject.id, code, str(year))) for year in made.years), *made.more_cells]
            for code, name in made.names.items()
        ]
    else:
        head = ["Tahun", *made.names.values(), *made.more_heads]
        rows = [
            [str(year), *(_written(made, (made.subject.id, code, str(year))) for code in made.names), *made.more_cells]
            for year in made.years
        ]
    return [head, *rows, *made.more_rows]


def _feed(made: MadeSheet) -> Feed:
    """Write the feed as a steward who looked at a sound file of this shape."""
    defaults = {"indicator": made.subject.id, "unit": made.subject.unit}
    if made.subject.series:
        defaults["series"] = made.subject.series
    plain = {
        "id": "uji", "name": {"id": "Kiriman uji", "en": "Trial feed"}, "connector": "file", "path": "data/inbox/uji/*",
        "decimal": made.decimal, "missing": ("", "-", "…"), "defaults": defaults,
    }  # fmt: skip
    if made.shape == "long":
        columns = {"region": "Wilayah", "period": "Tahun", "value": made.head}
        return Feed.model_validate({**plain, "columns": columns})
    reads, columns = ("period", {"region": "Wilayah"}) if made.shape == "years" else ("region", {"period": "Tahun"})
    defaults = {name: word for name, word in defaults.items() if name != "unit"}
    layout = {"values": [{"reads": reads, "fill": {"unit": made.subject.unit}}]}
    return Feed.model_validate({**plain, "columns": columns, "defaults": defaults, "layout": layout})


def _bytes(made: MadeSheet, dice: random.Random) -> bytes:
    rows = [[title] for title in made.titles] + _rows(made)
    if made.kind == "csv":
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=dice.choice(";,\t")).writerows(rows)  # quotes what holds its delimiter
        return buffer.getvalue().encode()
    book, out = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = made.sheet
    figures = {_written(made, key) for key in made.values} if made.typed else set()
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            is_number = number > len(made.titles) and text in figures
            sheet[f"{get_column_letter(column)}{number}"] = float(text) if is_number else text
    book.save(out)
    return out.getvalue()


# Traps: each changes a sound sheet so that its figures are no longer what the feed says, or some of them.


def _emptied(made: MadeSheet) -> bool:
    """Leave what is written, but let nothing of it be true."""
    made.void = True
    return True


def _fraction(made: MadeSheet, _: random.Random) -> bool:
    if made.subject.unit != "%":
        return False
    mark = "." if made.typed else made.decimal
    made.written = {key: show(value / 100, mark) for key, value in made.values.items()}
    return True


def _other_mark(made: MadeSheet, _: random.Random) -> bool:
    if made.typed or Decimal(made.subject.step) == 1:
        return False
    other = "." if made.decimal == "," else ","
    made.written = {key: show(value, other, grouped=value >= 1000) for key, value in made.values.items()}
    return True


def _thousandths(made: MadeSheet, dice: random.Random) -> bool:
    """Write a column by the other mark in which one cell alone proves it: the others have two readings."""
    if made.typed or made.subject.id != "investment-pma":
        return False
    other = "." if made.decimal == "," else ","
    proof = dice.choice(sorted(made.values))
    for key in made.values:
        made.values[key] = Decimal(dice.randint(10_000, 99_999)) / 1000
    made.values[proof] = Decimal("0.85")
    made.written = {key: show(value, other) for key, value in made.values.items()}
    return True


def _part(made: MadeSheet, dice: random.Random) -> bool:
    word = dice.choice(("(Perkotaan)", "(Perdesaan)", "Laki-laki", "Perempuan", "(Laki-laki)", "Usia 15-24 Tahun"))
    where = dice.choice(("title", "sheet", "head"))
    if where == "title":
        made.titles = [f"{made.subject.head} {word} Menurut Kabupaten"]
    elif where == "sheet" and made.kind != "csv":
        made.sheet = word.strip("()")
    elif made.shape == "long":
        made.head = f"{made.subject.head} {word}"
    else:
        made.titles = [f"{made.subject.head} {word}"]
    return _emptied(made)


def _other_region(made: MadeSheet, _: random.Random) -> bool:
    """Say in the title that all is another regency's, while a column names those of the feed: a contradiction."""
    made.titles = ["DATA KABUPATEN BERAU", f"{made.subject.head}"]
    return _emptied(made)


def _plan(made: MadeSheet, dice: random.Random) -> bool:
    word = dice.choice(("Target", "Proyeksi", "Rencana"))
    made.titles = [f"{word} {made.subject.head} Menurut Kabupaten"]
    return _emptied(made)


def _unit(made: MadeSheet, dice: random.Random) -> bool:
    others = {
        "jiwa": "ribu jiwa", "miliar Rp": "juta Rp", "juta US$": "ribu US$", "kunjungan": "ribu kunjungan",
        "orang": "ribu orang",
    }  # fmt: skip
    if made.subject.unit not in others:
        return False
    made.titles = [f"{made.subject.head} ({others[made.subject.unit]})"]
    if made.shape == "long" and dice.random() < 0.5:
        made.titles, made.head = [], f"{made.subject.head} ({others[made.subject.unit]})"
    return _emptied(made)


def _gender_column(made: MadeSheet, dice: random.Random) -> bool:
    if made.shape != "long":
        return False
    made.more_heads, made.more_cells = ["Jenis Kelamin"], [dice.choice(("Laki-laki", "Perempuan"))]
    return _emptied(made)


def _facility(made: MadeSheet, _: random.Random) -> bool:
    if made.shape != "long":
        return False
    made.more_heads, made.more_cells = ["Puskesmas"], ["Puskesmas Tanah Grogot"]
    return _emptied(made)


def _budget(made: MadeSheet, _: random.Random) -> bool:
    if made.subject.id != "pad" or made.shape != "long":
        return False
    made.head = "Anggaran Pendapatan Asli Daerah"
    return _emptied(made)


def _month(made: MadeSheet, dice: random.Random) -> bool:
    """Say that a year's figure is that of some months."""
    if made.subject.step != "1":
        return False
    made.titles = [f"{made.subject.head} Keadaan s.d. {dice.choice(MONTHS)}"]
    return _emptied(made)


def _total(made: MadeSheet, _: random.Random) -> bool:
    """Add a row of totals that its parts do not give: one of the figures is wrong, and nobody knows which."""
    if made.subject.step != "1" or made.shape != "years":
        return False
    sums = [sum(value for key, value in made.values.items() if key[2] == str(year)) * 2 for year in made.years]
    made.more_rows = [["Jumlah", *(show(Decimal(each), made.decimal, grouped=True) for each in sums)]]
    return _emptied(made)


TRAPS: dict[str, Callable[[MadeSheet, random.Random], bool]] = {
    "fraction": _fraction,
    "other-mark": _other_mark,
    "thousandths": _thousandths,
    "part": _part,
    "other-region": _other_region,
    "plan": _plan,
    "unit": _unit,
    "gender-column": _gender_column,
    "facility": _facility,
    "budget": _budget,
    "month": _month,
    "total": _total,
}
