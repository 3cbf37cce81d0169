"""A draft of a feed for an unknown file: what its sheets say is filled in, the rest is left to be filled."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from etl.catalogue.declared_layout import PATH, Meaning
from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name
from etl.pipeline.identify import indicator_words
from etl.pipeline.inspection.column_roles import (
    INDICATOR_HEAD,
    LikelyColumn,
    LikelyColumns,
    body,
    indicator_named,
    is_category,
    region_over,
    sections,
)
from etl.pipeline.inspection.marks import Decimals, unit_told
from etl.pipeline.inspection.table_finding import LikelyTable
from etl.pipeline.layout.claims import unwanted
from etl.pipeline.layout.head_words import YEAR, head_key, head_period, is_total, speaks_of_target, words
from etl.pipeline.layout.part_columns import PARTS
from etl.pipeline.layout.sheet_lines import Lines
from etl.pipeline.layout.table_context import ToldPeriod, told_period, told_region
from etl.pipeline.layout.told_words import told_series

INDICATOR, UNIT, PERIOD, REGION, SERIES = "ISI_INDIKATOR", "ISI_SATUAN", "ISI_PERIODE", "ISI_WILAYAH", "ISI_SERI"
PLAN, HEAD = "ISI_RENCANA", "ISI_JUDUL"
OWN_UNIT = ("indeks", "poin", "skor", "kategori")  # of figures without a dimension, which files do not name


@dataclass(frozen=True, slots=True)
class Seen:
    """One table of a file with all that was seen of it and its sheet."""

    lines: Lines
    table: LikelyTable
    columns: LikelyColumns
    notes: tuple[str, ...]


@dataclass
class Draft:
    """The parts of a feed's block, each line with its comment where there is something to say."""

    columns: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, tuple[str, str]] = field(default_factory=dict)  # value, comment
    layout: list[str] = field(default_factory=list)

    def key(self, line: str, comment: str = "") -> None:
        self.layout.append(f"      {line}" + (f"  # {comment}" if comment else ""))


def draft_feed(
    name: str, seen: Sequence[Seen], several: bool, marks: dict[str, Meaning], found: Decimals, catalogue: Catalogue
) -> str:
    """Write the block of a feed for the first table seen; `several` where its sheet holds other tables too."""
    one, draft = seen[0], Draft()
    bps = any(
        text in catalogue.bps for each in one.columns.of("region") for text in body(one.lines, one.table, each.at)
    )
    title = one.table.titles[0] if one.table.titles else name.replace("-", " ")
    if several and one.table.titles:
        draft.key(f"title: {_quoted(one.table.titles[0])}", "lembar ini memuat beberapa tabel")
    draft.key(f"header_rows: {one.table.header_rows}")
    if one.columns.parent:
        draft.key(f"parent: {_quoted(one.columns.parent)}", catalogue.region[one.columns.parent].name)
    _tell_region(draft, seen, catalogue)
    _tell_period(draft, seen)
    _tell_sections(draft, one, catalogue)
    skipped = _tell_labels(draft, one, catalogue)
    skipped = [*skipped, *_tell_values(draft, one, catalogue)]
    if marks:
        draft.key("marks: {" + ", ".join(f"{_quoted(mark)}: {meaning}" for mark, meaning in marks.items()) + "}")
    if skipped:
        draft.key("skip: [" + ", ".join(_quoted(each) for each in skipped) + "]")
    return "\n".join(_block(name, title, draft, found, bps))


def _block(name: str, title: str, draft: Draft, found: Decimals, bps: bool) -> Iterator[str]:
    yield f"  - id: {name}"
    yield f"    name: {{id: {_quoted(title)}, en: {_quoted(title)}}}"
    yield "    connector: file"
    yield f"    path: data/inbox/{name}/*"
    yield f"    decimal: {found.declared}"
    if bps:
        yield "    region_codes: bps"
    yield "    columns:" + ("" if draft.columns else " {}")
    yield from (f"      {each}: {_quoted(head)}" for each, head in draft.columns.items())
    if draft.defaults:
        yield "    defaults:"
    for each, (value, comment) in draft.defaults.items():
        yield f"      {each}: {_quoted(value)}" + (f"  # {comment}" if comment else "")
    yield "    layout:"
    yield from draft.layout


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _shown(one: Seen, column: LikelyColumn, path: Sequence[str] | None = None) -> str:
    """Name a column as a layout does: by its heads, or by its letter where there are none."""
    if not one.table.header_rows:
        return get_column_letter(column.at)
    return PATH.join(" ".join(part.split()) for part in (column.path if path is None else path))


def _tell_region(draft: Draft, seen: Sequence[Seen], catalogue: Catalogue) -> None:
    one = seen[0]
    if regions := one.columns.of("region"):
        draft.columns["region"] = _shown(one, regions[0])
        for column in one.columns.of("parent"):
            draft.key(f"parent_column: {_quoted(_shown(one, column))}")
        if any(not one.lines.filled(row, regions[0].at) for row in one.table.rows):
            draft.key(f"# fill_down: [{_quoted(_shown(one, regions[0]))}]", "bila sel kosong berarti sel di atasnya")
        return
    figures = one.columns.of("figure")
    if any(each.reads == "region" or region_over(each, catalogue) for each in figures):
        return
    if all(told_region([each.lines.name or ""], catalogue) for each in seen):
        draft.key("region: sheet", "nama lembar")
    elif all(told_region(each.table.titles, catalogue) for each in seen):
        draft.key("region: title", "baris di atas tabel")
    else:
        told = told_region(one.notes, catalogue)
        said = f"dari catatan: {catalogue.region[told].name}; pastikan" if told else "kode wilayah, misalnya 64.01"
        draft.defaults["region"] = (told or REGION, said)


def _tell_period(draft: Draft, seen: Sequence[Seen]) -> None:
    one = seen[0]
    periods = one.columns.of("period")
    heads = [_shown(one, each) for each in periods]
    texts = [text for each in periods for text in body(one.lines, one.table, each.at)]
    if len(periods) == 1:
        draft.columns["period"] = heads[0]
    dated = [each for each in one.columns.columns if each.reads == "period"]
    complete = (periods and any(YEAR.search(text) for text in texts)) or (
        dated and all(any(YEAR.search(part) for part in each.path) for each in dated)
    )
    told = [] if complete else _where_told(seen, whole=not (periods or dated))
    if told or len(periods) > 1:
        places = [*(_quoted(each) for each in heads if len(periods) > 1), *told]
        read = told_period(_lines_at(one, told))
        draft.key(f"period: [{', '.join(places)}]", f"terbaca: {read.text or read.year}; pastikan" if told else "")
    elif not complete:
        draft.defaults["period"] = (PERIOD, "misalnya 2024, 2024-Q2 atau 2024-08")


def _where_told(seen: Sequence[Seen], whole: bool) -> list[str]:
    """Find the places that tell the period of every table, or its year."""

    def good(told: ToldPeriod) -> bool:
        return bool(told.text if whole else told.year)

    def finely(told: ToldPeriod) -> bool:  # a month on the sheet, its year above
        return not YEAR.fullmatch(told.text or "")

    places = (["sheet"], ["title"], ["title", "sheet"], ["notes"], ["title", "notes"])
    found = [each for each in places if all(good(told_period(_lines_at(one, each))) for one in seen)]
    finer = [each for each in found if whole and all(finely(told_period(_lines_at(one, each))) for one in seen)]
    return next(iter(finer or found), [])


def _lines_at(one: Seen, places: Sequence[str]) -> list[str]:
    lines = {"sheet": [one.lines.name or ""], "title": one.table.titles, "notes": one.notes}
    return [line for place in places for line in lines[place]]


def _tell_sections(draft: Draft, one: Seen, catalogue: Catalogue) -> None:
    """Tell what lines of their own between the rows say, where they say all of one kind."""
    said = sections(one.lines, one.table)
    if not said or not _keys_repeat(one):
        return
    if all(head_period([text], "2000", {}) for text in said) and "period" not in draft.columns:
        draft.key("sections: period", f"misalnya “{said[0]}”")
        draft.defaults.pop("period", None)
        draft.layout = [line for line in draft.layout if "period: [" not in line]
    elif all(told_region([text], catalogue) for text in said) and "region" not in draft.columns:
        draft.key("sections: region", f"misalnya “{said[0]}”")
        draft.defaults.pop("region", None)
    else:
        draft.key("# sections: series", f"bila “{said[0]}” dan seterusnya adalah seri; tanpa ini barisnya dikembalikan")


def _tell_labels(draft: Draft, one: Seen, catalogue: Catalogue) -> list[str]:
    """Tell what text columns mean; return the heads that need not be read."""
    labels = one.columns.of("label")
    skipped = [_shown(one, each) for each in one.columns.columns if each.role in ("number", "code")]
    for role in ("unit", "note"):
        draft.columns |= {each.role: _shown(one, each) for each in one.columns.of(role)}
    for column in labels:
        listed = bool(INDICATOR_HEAD.fullmatch(head_key("".join(column.path[-1:]))))
        apart = _keys_repeat(one) and not any("sections: p" in line for line in draft.layout)
        part = bool(PARTS.fullmatch(words("".join(column.path[-1:]))))
        sums = apart and not listed and _sums(one, column, catalogue)
        if column is not labels[0] or not (listed or apart) or (part and not sums):
            continue  # the reader judges it: a column in `skip` would hide that the figures are those of a part
        if sums:
            draft.key("totals: read", f"hanya baris jumlah yang dibaca, bukan tiap “{_shown(one, column)}”")
            skipped.append(_shown(one, column))
        else:
            _map_words(draft, one, column, catalogue)
    return [each for each in skipped if each and one.table.header_rows]


def _keys_repeat(one: Seen) -> bool:
    """Tell whether rows with figures have the same region and period, so that a label must tell them apart."""
    keys = [each.at for each in one.columns.columns if each.role in ("region", "period")]
    rows = [row for row in one.table.rows if len(one.lines.texts(row)) > 1]
    named = [tuple(one.lines.filled(row, at) for at in keys) for row in rows]
    return len(set(named)) < len(named)


def _sums(one: Seen, column: LikelyColumn, catalogue: Catalogue) -> bool:
    if INDICATOR_HEAD.fullmatch(head_key("".join(column.path[-1:]))):
        return False
    regions = [each.at for each in one.columns.of("region")]
    every = {
        tuple(one.lines.filled(row, at) for at in regions) for row in one.table.rows if len(one.lines.texts(row)) > 1
    }
    summed = {
        tuple(one.lines.filled(row, at) for at in regions)
        for row in one.table.rows
        if any(is_total(text, catalogue) for text in one.lines.texts(row)[:3])
    }
    return bool(summed) and every <= summed


def _map_words(draft: Draft, one: Seen, column: LikelyColumn, catalogue: Catalogue) -> None:
    known = indicator_words(catalogue.indicators)
    as_series = bool(one.columns.of("region")) and not INDICATOR_HEAD.fullmatch(head_key("".join(column.path[-1:])))
    name = "series" if as_series else "indicator"
    draft.columns[name] = _shown(one, column)
    draft.key("words:", "kata pada berkas -> kata pada katalog; baris yang tidak dibaca dipindahkan ke skip")
    draft.key(f"  {name}:")
    for text in dict.fromkeys(body(one.lines, one.table, column.at)):
        if not is_total(text, catalogue):
            draft.key(f"    {_quoted(text)}: {SERIES if as_series else known.get(fold_name(text), INDICATOR)}")


def _tell_values(draft: Draft, one: Seen, catalogue: Catalogue) -> list[str]:
    """Write the entries of the columns of figures; return the heads of budgets that would be read as their years."""
    entries: dict[tuple[str, str | None], LikelyColumn] = {}
    alone = [each for each in one.columns.of("figure") if each.reads and len(each.path) == 1]
    budgets = [each for each in alone if unwanted(each.path, [other.path for other in alone])]
    for column in one.columns.columns:
        read = column.role == "figure" and column not in budgets
        if read or (column.role == "label" and is_category(column, catalogue)):
            entries.setdefault((_shown(one, column, column.head if column.reads else None), column.reads), column)
    dated = "period" in {reads for _, reads in entries}
    draft.key("values:")
    written = len(draft.layout)
    for (head, reads), column in entries.items():
        if not reads and is_total("".join(column.path[-1:]), catalogue) and any(each for _, each in entries):
            continue
        if dated and reads != "period" and "period" not in (*draft.columns, *draft.defaults):
            draft.key(f"  # {head}: tidak jelas untuk periode mana, jadi tidak dibaca")
            continue
        if why := unwanted(column.path, [each.path for each in entries.values()]):
            draft.key(f"  # {head}: {why}, jadi tidak dibaca")
            continue
        aim = ["kind: target", f"plan: {PLAN}"] if speaks_of_target(column.path) else []
        fill = [*_fill(draft, one, column, catalogue), *aim]
        lines = ([f"head: {_quoted(head)}"] if head else []) + ([f"reads: {reads}"] if reads else [])
        lines.append("fill: {" + ", ".join(fill) + "}")
        draft.layout += [f"      {'    ' if number else '  - '}{line}" for number, line in enumerate(lines)]
    if not any("- " in line.split("#")[0] for line in draft.layout[written:]):
        draft.key(f"  - head: {HEAD}", "tidak ada kolom angka yang dikenali")
        draft.key(f'    fill: {{indicator: {INDICATOR}, unit: "{UNIT}"}}')
    return [each.path[-1] for each in budgets]


def _fill(draft: Draft, one: Seen, column: LikelyColumn, catalogue: Catalogue) -> Iterator[str]:
    indicator = indicator_named(column, catalogue)
    if "region" not in draft.columns and (region := region_over(column, catalogue)):
        yield f"region: {_quoted(region)}"
    if "indicator" not in draft.columns:
        yield f"indicator: {indicator.id if indicator else INDICATOR}"
        told = told_series(indicator, (*column.path, *one.table.titles)) if indicator else None
        if indicator and indicator.series[1:] and not told and "series" not in draft.columns:
            yield f"series: {SERIES}"
    if "unit" not in draft.columns:
        heads = unit_told(column.path, catalogue) or unit_told(one.table.titles, catalogue)
        own = indicator.unit if indicator and indicator.unit in OWN_UNIT else None
        yield f"unit: {_quoted(heads or own or UNIT)}"
