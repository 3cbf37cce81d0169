"""Checks that a spreadsheet makes by itself while a template is filled in: what may be typed, and what is coloured."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.catalogue.record_kinds import RECORDS
from etl.jobs.workbooks.template_words import TemplateTask

ROWS = 1000
NUMBERS = ("value", "numerator", "denominator")
KEYS = ("indicator", "series", "region", "period")
REQUIRED = ("indicator", "region", "period", "value", "unit", "plan")
PAST_DATES, DATES = ("issued",), ("deadline", "issued", "expires")
MISSING, WRONG, TWICE = (PatternFill("solid", bgColor=colour) for colour in ("FFF2B3", "FFC7C7", "FFDDB8"))
LEGEND = (
    ("Kuning", "Sel wajib yang masih kosong pada baris yang sudah mulai diisi."),
    ("Merah", "Bukan angka, atau di luar batas wajar."),
    ("Jingga", "Baris yang sama sudah ada: indikator, wilayah dan periodenya sama."),
)


def add_checks(data: Worksheet, task: TemplateTask, filled_in: int) -> None:
    """Check numbers, dates, required cells and repeated rows; `filled_in` cells of each row are there already."""
    letters = {field: get_column_letter(number) for number, field in enumerate(task.feed.columns, 1)}
    for field, letter in letters.items():
        if check := _validation(field, task):
            data.add_data_validation(check)
            check.add(_whole(letter))
    for field in _required(task):
        _colour(data, letters[field], f'AND(COUNTA($A2:${_last(letters)}2)>{filled_in},{letters[field]}2="")', MISSING)
    for field in set(NUMBERS) & letters.keys():
        if field != "value" or is_numeric(task):
            cell = f"{letters[field]}2"
            _colour(data, letters[field], f'AND({cell}<>"",NOT(ISNUMBER({cell})))', WRONG)
    if task.feed.records is None and {"region", "period"} <= letters.keys():
        formula = f'AND(${letters["period"]}2<>"",COUNTIFS({_same(letters)})>1)'
        _colour(data, letters["region"], formula, TWICE)


def _same(letters: dict[str, str]) -> str:
    """Write the criteria of a row with the same key; an empty series counts as one too."""
    wanted = {field: f"${letters[field]}2" + ('&""' if field == "series" else "") for field in KEYS if field in letters}
    ranges = {field: f"${letters[field]}$2:${letters[field]}${ROWS + 1}" for field in wanted}
    return ",".join(f"{ranges[field]},{cell}" for field, cell in wanted.items())


def is_numeric(task: TemplateTask) -> bool:
    """Tell whether every value of the feed is a number."""
    return all(each.direction != "category" for each in task.indicators)


def is_date(field: str, task: TemplateTask) -> bool:
    """Tell whether a field's cells hold dates."""
    return field in DATES or (field == "period" and task.feed.frequency == "day")


def _required(task: TemplateTask) -> Sequence[str]:
    if task.feed.records:
        return [each.name for each in RECORDS[task.feed.records] if each.required and each.name in task.feed.columns]
    return [each for each in REQUIRED if each in task.feed.columns and each not in task.feed.defaults]


def _validation(field: str, task: TemplateTask) -> DataValidation | None:
    if is_date(field, task):
        return _date(past=field in (*PAST_DATES, "period"))
    if field == "value" and is_numeric(task):
        return _number(*_bounds(task))
    return _number(Decimal(0), None) if field in ("numerator", "denominator") else None


def _number(low: Decimal | None, high: Decimal | None) -> DataValidation:
    check = DataValidation("decimal", operator="between", allow_blank=True, showErrorMessage=True)
    check.formula1, check.formula2 = str(-(10**15) if low is None else low), str(10**15 if high is None else high)
    within = {
        (True, True): f"antara {low} dan {high}",
        (True, False): f"paling kecil {low}",
        (False, True): f"paling besar {high}",
    }.get((low is not None, high is not None), "tanpa huruf")
    check.errorTitle, check.error = "Angka tidak wajar", f"Isi dengan angka {within}. Keterangan ditulis di kolom lain."
    return check


def _bounds(task: TemplateTask) -> tuple[Decimal | None, Decimal | None]:
    """Return the bounds that hold for every indicator of the feed; none where a row may choose another unit."""
    chosen = "unit" in task.feed.columns and any(each.units for each in task.indicators)
    unit = task.feed.defaults.get("unit")
    if chosen or any(unit not in (None, each.unit) and each.units.get(unit or "") != 1 for each in task.indicators):
        return None, None
    lows, highs = [each.sanity.min for each in task.indicators], [each.sanity.max for each in task.indicators]
    low = None if None in lows else min(each for each in lows if each is not None)
    return low, None if None in highs else max(each for each in highs if each is not None)


def _date(past: bool) -> DataValidation:
    check = DataValidation("date", operator="between", allow_blank=True, showErrorMessage=True)
    check.formula1, check.formula2 = "DATE(1990,1,1)", "TODAY()" if past else "DATE(2100,12,31)"
    check.errorTitle = "Bukan tanggal yang sah"
    check.error = "Tulis tanggal, misalnya 2026-12-31" + (", dan bukan tanggal yang akan datang." if past else ".")
    return check


def _colour(data: Worksheet, letter: str, formula: str, fill: PatternFill) -> None:
    data.conditional_formatting.add(_whole(letter), FormulaRule(formula=[formula], fill=fill))  # type: ignore[no-untyped-call]


def _whole(letter: str) -> str:
    return f"{letter}2:{letter}{ROWS + 1}"


def _last(letters: dict[str, str]) -> str:
    return list(letters.values())[-1]
