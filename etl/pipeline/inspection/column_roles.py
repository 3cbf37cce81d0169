"""What the columns of an unknown table are: numbers, regions, periods, units, notes, labels, figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import MONTH_NUMBERS
from etl.pipeline.inspection.indicator_names import indicator_told
from etl.pipeline.inspection.table_finding import LikelyTable, is_value
from etl.pipeline.layout.head_words import YEAR, head_key, head_period, is_total, region_of, words
from etl.pipeline.layout.heads import BLANK_CORNER
from etl.pipeline.layout.part_columns import PARTS
from etl.pipeline.layout.sheet_lines import Lines, Path, numeric
from etl.pipeline.layout.table_context import speaks_of_sum, told_period, told_region
from etl.pipeline.layout.told_words import MONTH_TOLD
from etl.pipeline.layout.value_cells import MISSING
from etl.pipeline.numbers import cell_error
from etl.pipeline.region_words import RANKS

ROW_NUMBER = re.compile(r"no|nomor|no urut|nomor urut|urut|id")
CODE_HEAD = re.compile(r"(?:.* )?(?:kode|code|id|nik)\b.*|id[a-z]+|kd[a-z]+")
WHOLE_CODE = re.compile(r"\d+(?:\.0)?")
PERIOD_HEAD = re.compile(
    r"(?!.*\b(?:ini|lalu|sebelumnya|berjalan)$)(?:tahun|thn|th|year|bulan|month|triwulan|tw|quarter|semester|periode|period|tanggal|waktu)\b.*"
)
NOTE_HEAD = re.compile(r"(?:keterangan|ket|catatan|note|notes|remarks?|sumber|source)\b.*")
REGION_HEAD = re.compile(
    r"(?:nama )?(?:kab|kabupaten|kota|kecamatan|kec|desa|kelurahan|wilayah|daerah|region|regency)\b.*"
)
PARENT_HEAD = re.compile(r"(?:nama )?(?:kecamatan|kec)")
VILLAGE_HEAD = re.compile(r"(?:nama )?(?:desa|kelurahan|kampung|village)\b.*")
UNIT_HEAD = re.compile(r"(?:satuan|unit)(?: unit| satuan)?")
INDICATOR_HEAD = re.compile(r"(?:indikator|uraian|rincian|nama indikator|komponen|variabel|akun)\b.*|jenis(?: data)?")
MOST, HALF = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class LikelyColumn:
    """One column: what it is, its heads, and for figures which of its heads say what."""

    at: int
    role: str  # number, region, parent, wider, code, period, unit, note, figure, category, label, empty, total
    path: Path
    head: Path = ()  # what is left of the heads beside a period or a region
    reads: str | None = None  # period or region, where a head says it

    @property
    def last_head(self) -> str:
        """The head next to the figures; empty where there is none."""
        return "".join(self.path[-1:])


@dataclass(frozen=True, slots=True)
class LikelyColumns:
    """The columns of a table, and the region whose parts its rows are."""

    columns: tuple[LikelyColumn, ...]
    parent: str | None

    def of(self, role: str) -> list[LikelyColumn]:
        return [each for each in self.columns if each.role == role]


def classify(lines: Lines, table: LikelyTable, catalogue: Catalogue) -> LikelyColumns:
    """Tell what each column of a table is."""
    parent = _parent(lines, table, catalogue, range(1, lines.width + 1))
    year = told_period([*table.titles, lines.name or ""]).year
    columns = [_column(lines, table, at, parent, year, catalogue) for at in range(1, lines.width + 1)]
    columns = [each for each in columns if each.role != "empty"]
    if not any(each.role == "figure" for each in columns):  # words or dates may stand in most cells of figures
        columns = [_as_figures(lines, table, each) for each in columns]
    columns = _one_region(lines, table, columns, parent, catalogue)
    above = [each.at for each in columns if each.role == "parent"]
    coded = [
        text in catalogue.region for each in columns if each.role == "region" for text in body(lines, table, each.at)
    ]
    if coded and all(coded):
        parent = None  # a whole code needs none
    return LikelyColumns(tuple(columns), _parent(lines, table, catalogue, above) if above else parent)


def _as_figures(lines: Lines, table: LikelyTable, column: LikelyColumn) -> LikelyColumn:
    some = column.role == "label" and any(numeric(text) for text in body(lines, table, column.at))
    return replace(column, role="figure", head=column.path) if some else column


def body(lines: Lines, table: LikelyTable, at: int) -> list[str]:
    """List a column's texts in the rows of data, blanks and lines of their own left out."""
    return [text for row in table.rows if len(lines.texts(row)) > 1 and (text := lines.filled(row, at))]


def sections(lines: Lines, table: LikelyTable) -> list[str]:
    """List the lines of their own between the rows of data."""
    return [lines.texts(row)[0] for row in table.rows if len(lines.texts(row)) == 1]


def _parent(lines: Lines, table: LikelyTable, catalogue: Catalogue, columns: Iterable[int]) -> str | None:
    """Find the region of which most labels of a column are parts; the one that the titles name needs only half."""
    told = told_region([*table.titles, lines.name or ""], catalogue)
    best: tuple[float, int, str | None] = (0, 0, None)
    for at in columns:
        texts = {text for text in body(lines, table, at) if not numeric(text) and not is_total(text, catalogue)}
        parents: Counter[str] = Counter()
        for text in texts:
            parents.update(_parents(text, catalogue))
        for code, count in parents.items():
            enough = HALF if code == told else MOST
            if count >= enough * len(texts) and _may_hold(table.paths.get(at, ()), catalogue.region[code].level):
                worth = count + (HALF if code == told else 0)
                best = max(best, (worth, -len(code), code), key=lambda each: each[:2])
    return best[2]


def _may_hold(path: Path, level: str) -> bool:
    """Tell whether regions of a level may have the parts that a column's head speaks of."""
    head = words("".join(path[-1:]))
    if VILLAGE_HEAD.fullmatch(head):
        return level == "district"
    return level in (("regency", "city") if "kecamatan" in head else ("regency", "city", "district"))


def _parents(text: str, catalogue: Catalogue) -> set[str]:
    lower = [each for each in catalogue.regions if each.level in ("district", "village") and each.parent]
    said = head_key(text)
    names = {str(each.parent) for each in lower if head_key(each.name) in said}
    return {code for code in names if (found := region_of(text, catalogue, None, code)) and found != code}


def _column(
    lines: Lines, table: LikelyTable, at: int, parent: str | None, year: str | None, catalogue: Catalogue
) -> LikelyColumn:
    path = table.paths.get(at, ())
    texts = body(lines, table, at)
    if not path and texts and at == 1 and table.header_rows:
        return _corner(texts, parent, catalogue)
    if not path and (not texts or table.header_rows):
        return LikelyColumn(at, "empty" if not texts else "nameless", ())
    head = words(path[-1]) if path else ""
    figures = [text for text in texts if is_value(text) or text.startswith("=") or cell_error(text)]
    if ROW_NUMBER.fullmatch(head) or (not table.header_rows and _counts(texts)):
        return LikelyColumn(at, "number", path)
    if CODE_HEAD.fullmatch(head.replace("_", " ")) and all(WHOLE_CODE.fullmatch(text) for text in texts):
        return LikelyColumn(at, "region" if texts and all(text in catalogue.bps for text in texts) else "code", path)
    if UNIT_HEAD.fullmatch(head) or (NOTE_HEAD.fullmatch(head) and len(figures) <= MOST * len(texts)):
        return LikelyColumn(at, "unit" if UNIT_HEAD.fullmatch(head) else "note", path)
    named = _share(texts, lambda text: _is_place(text, catalogue, parent)) if texts else 0
    if texts and PARTS.fullmatch(head.replace("_", " ")):
        return LikelyColumn(at, "label", path)  # a puskesmas bears its kecamatan's name and is not it
    if named >= MOST or (texts and REGION_HEAD.fullmatch(head) and not any(numeric(text) for text in texts)):
        return LikelyColumn(at, "region", path)
    if path and (read := _read_head(path, year, parent, catalogue)):
        return LikelyColumn(at, "figure", path, *read)
    dated = [text for text in texts if not is_total(text, catalogue)]
    if dated and PERIOD_HEAD.fullmatch(head) and _share(dated, lambda text: _dated(text, head)) >= MOST:
        return LikelyColumn(at, "period", path)
    if dated and not PERIOD_HEAD.fullmatch(head) and all(_month(text) for text in dated):
        return LikelyColumn(at, "period", path)
    if path and is_total(path[-1], catalogue) and not texts:
        return LikelyColumn(at, "total", path)
    real = [text for text in figures if text.casefold() not in MISSING]
    if texts and len(figures) >= MOST * len(texts) and (real or len(figures) == len(texts)):
        return LikelyColumn(at, "figure", path, path)
    if not texts:
        return LikelyColumn(at, "figure" if path else "empty", path, path)
    return LikelyColumn(at, "label", path, path)


def _corner(texts: Sequence[str], parent: str | None, catalogue: Catalogue) -> LikelyColumn:
    """Tell what the first column holds where it has no head: years or months, or regions, that name the rows."""
    rows = [text for text in texts if not is_total(text, catalogue)]
    dated = bool(rows) and all(YEAR.fullmatch(text) or _month(text) for text in rows)
    placed = _share(texts, lambda text: _is_place(text, catalogue, parent)) >= MOST
    role = "period" if dated else "region" if placed else "nameless"
    return LikelyColumn(1, role, (BLANK_CORNER,) if role != "nameless" else ())


def _region(text: str, catalogue: Catalogue, parent: str | None) -> str | None:
    if numeric(text) and "." not in text:
        return None
    return region_of(text, catalogue, None, parent) or region_of(text, catalogue, None, None)


def _is_place(text: str, catalogue: Catalogue, parent: str | None) -> bool:
    """Tell whether a text names a region: one of ours, or any other province or regency of the country."""
    if numeric(text) and "." not in text:
        return False
    return bool(_region(text, catalogue, parent) or catalogue.outside_region(text))


def _dated(text: str, head: str) -> bool:
    return any(head_period(parts, "2000", {}) for parts in ([text], [head, text])) or (
        text.isdigit() and len(text) <= 2 and not head.startswith("tahun")
    )


def _month(text: str) -> bool:
    return not numeric(text) and head_period([text], "2000", {}) is not None


def _share(texts: Sequence[str], test: object) -> float:
    return sum(bool(callable(test) and test(text)) for text in texts) / len(texts)


def _counts(texts: Sequence[str]) -> bool:
    numbers = [int(text.rstrip(".")) for text in texts if text.rstrip(".").isdigit() and len(text) < 5]
    return len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1))


def _read_head(path: Path, year: str | None, parent: str | None, catalogue: Catalogue) -> tuple[Path, str] | None:
    """Find which heads of a column say a period or a region; return the others and what was found."""
    for taken in range(len(path)):
        for left in combinations(range(len(path)), taken):
            said = [part for at, part in enumerate(path) if at not in left]
            rest = tuple(path[at] for at in left)
            if any(YEAR.search(part) or not numeric(part) for part in said) and head_period(said, year or "2000", {}):
                return rest, "period"
            if len(said) == 1 and region_of(said[0], catalogue, None, parent):
                return rest, "region"
    return None


def _one_region(
    lines: Lines, table: LikelyTable, columns: Sequence[LikelyColumn], parent: str | None, catalogue: Catalogue
) -> list[LikelyColumn]:
    """Keep the region column of the lowest rank, then the one that names most rows apart.

    Of villages the column of their kecamatan is the parent. Codes beside names are left out; the names of wider regions
    are left to the reader, which holds each row against them.
    """
    regions = [each for each in columns if each.role == "region"]
    if len(regions) < 2:
        return list(columns)

    def worth(column: LikelyColumn) -> tuple[int, int, float, bool]:
        texts = body(lines, table, column.at)
        known = [_region(text, catalogue, parent) for text in texts]
        rank = max((RANKS.get(catalogue.region[each].level, 0) for each in known if each), default=0)
        named = (len(known) - known.count(None)) / len(known)
        village = VILLAGE_HEAD.fullmatch(words(column.last_head))
        return 4 if village else rank, len({*known} - {None}), named, texts[0][:1].isdigit()

    best = max(regions, key=worth)
    above = [each for each in regions if not VILLAGE_HEAD.fullmatch(words(each.last_head))]
    above = [each for each in above if PARENT_HEAD.fullmatch(words(each.last_head))] or above
    parents = above if VILLAGE_HEAD.fullmatch(words(best.last_head)) and len(above) == 1 else []

    def role(column: LikelyColumn) -> str:
        if column not in regions or column is best:
            return column.role
        coded = all(WHOLE_CODE.fullmatch(text.replace(".", "")) for text in body(lines, table, column.at))
        return "parent" if column in parents else "code" if coded else "wider"

    return [replace(each, role=role(each), head=each.path if role(each) == "code" else each.head) for each in columns]


def region_over(column: LikelyColumn, catalogue: Catalogue) -> str | None:
    """Find the one region that stands among a column's heads beside its period."""
    found = (
        {code for part in column.head if (code := region_of(part, catalogue, None, None))} if column.reads else set()
    )
    return found.pop() if len(found) == 1 else None


def period_within(column: LikelyColumn, year: str) -> str | None:
    """Find the one month that a head of figures speaks of among other words: "Garis Kemiskinan - Maret (Rp)"."""
    said = " ".join(column.path)
    months, years = set(MONTH_TOLD.findall(words(said))), set(YEAR.findall(said))
    if column.role != "figure" or column.reads or len(months) != 1 or len(years) > 1 or speaks_of_sum(said):
        return None
    return f"{next(iter(years), year)}-{MONTH_NUMBERS[months.pop()]:02}"


def indicator_named(column: LikelyColumn, catalogue: Catalogue) -> Indicator | None:
    """Find the indicator that a head names exactly."""
    found = (indicator_told(part, catalogue) for part in reversed(column.head or column.path))
    return next(filter(None, found), None)


def is_category(column: LikelyColumn, catalogue: Catalogue) -> bool:
    """Tell whether a column's head names an indicator whose figures are words."""
    indicator = indicator_named(column, catalogue)
    return indicator is not None and indicator.direction == "category"
