"""What the draft of a feed says of labels and figures: words of the catalogue, columns of figures, what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from etl.catalogue.models import Catalogue, Indicator
from etl.pipeline.inspection.column_roles import (
    INDICATOR_HEAD,
    LikelyColumn,
    body,
    indicator_named,
    is_category,
    period_within,
    region_over,
)
from etl.pipeline.inspection.draft_parts import (
    HEAD,
    INDICATOR,
    PLAN,
    SERIES,
    UNIT,
    YEAR_OF,
    Draft,
    Seen,
    keys_repeat,
    quoted,
    shown,
)
from etl.pipeline.inspection.indicator_names import indicator_told, part_told
from etl.pipeline.inspection.marks import unit_told
from etl.pipeline.layout.claims import unwanted
from etl.pipeline.layout.head_words import head_key, is_total, speaks_of_target, words
from etl.pipeline.layout.part_columns import PARTS
from etl.pipeline.layout.table_context import told_period
from etl.pipeline.layout.told_series import told_series
from etl.pipeline.layout.told_words import PARTS as COUNTERPARTS
from etl.pipeline.numbers import DecimalMark, fits, parse_number

OWN_UNIT = ("indeks", "poin", "skor", "kategori")  # of figures without a dimension, which files do not name
SHORT_HEAD = re.compile(r"\s*(?:(?:NILAI|SKOR|INDEKS) )?[A-Z]{2,6}(?:\s+(?:19|20)\d{2})?\s*(?:\([^()]*\))?\s*")
PAIR = 2
SHARE = re.compile(r"\s*(?:%|persen|persentase|prosentase|capaian)\b|\s*[(]?%", re.IGNORECASE)
STRANGE = "tidak dikenal katalog, jadi dilewati; bila indikator, tulis di sini dan hapus dari skip"


def tell_labels(draft: Draft, one: Seen, catalogue: Catalogue) -> list[str]:
    """Tell what text columns mean; return the heads that need not be read."""
    labels = one.columns.of("label")
    skipped = [shown(one, each) for each in one.columns.columns if each.role == "number"]
    for role in ("unit", "note"):
        draft.columns |= {each.role: shown(one, each) for each in one.columns.of(role)}
    for column in labels:
        listed = bool(INDICATOR_HEAD.fullmatch(head_key(column.last_head)))
        apart = keys_repeat(one) and not any("sections: p" in line for line in draft.layout)
        part = bool(PARTS.fullmatch(words(column.last_head)))
        sums = apart and not listed and _sums(one, catalogue)
        if column is not labels[0] or not (listed or apart) or (part and not sums):
            continue  # the reader judges it: a column in `skip` would hide that the figures are those of a part
        if sums:
            draft.key("totals: read", f"hanya baris jumlah yang dibaca, bukan tiap “{shown(one, column)}”")
            skipped.append(shown(one, column))
        else:
            skipped += _map_words(draft, one, column, catalogue)
    return [each for each in skipped if each and one.table.header_rows]


def _sums(one: Seen, catalogue: Catalogue) -> bool:
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


def _map_words(draft: Draft, one: Seen, column: LikelyColumn, catalogue: Catalogue) -> list[str]:
    """Map a column's words; beside words of the catalogue the others are rows to pass over, listed to be seen."""
    as_series = bool(one.columns.of("region")) and not INDICATOR_HEAD.fullmatch(head_key(column.last_head))
    name = "series" if as_series else "indicator"
    draft.columns[name] = shown(one, column)
    draft.key("words:", "kata pada berkas -> kata pada katalog; baris yang tidak dibaca dipindahkan ke skip")
    draft.key(f"  {name}:")
    texts = [each for each in dict.fromkeys(body(one.lines, one.table, column.at)) if not is_total(each, catalogue)]
    named = {} if as_series else {each: found.id for each in texts if (found := indicator_told(each, catalogue))}
    strange = [each for each in texts if each not in named] if named else []
    for text in texts:
        if text in strange:
            draft.key(f"    # {quoted(text)}: {STRANGE}")
        else:
            draft.key(f"    {quoted(text)}: {SERIES if as_series else named.get(text, INDICATOR)}")
    return strange


def tell_values(draft: Draft, one: Seen, catalogue: Catalogue) -> list[str]:
    """Write the entries of the columns of figures; return the heads of budgets that would be read as their years."""
    entries: dict[tuple[str, str | None], LikelyColumn] = {}
    alone = [each for each in one.columns.of("figure") if each.reads and len(each.path) == 1]
    budgets = [each for each in alone if unwanted(each.path, [other.path for other in alone])]
    for column in one.columns.columns:
        read = column.role == "figure" and column not in budgets
        if read or (column.role == "label" and is_category(column, catalogue)):
            entries.setdefault((shown(one, column, column.head if column.reads else None), column.reads), column)
    dated = "period" in {reads for _, reads in entries}
    monthly = not one.columns.of("period") and any(period_within(each, YEAR_OF) for each in entries.values())
    split = any(each for _, each in entries) or any(part_told(each.path, catalogue) for each in entries.values())
    year = told_period([*one.table.titles, one.lines.name or ""]).year or YEAR_OF
    parts = _parts_of_total(one, [*entries.values()], catalogue)
    added = f"sum: [{', '.join(quoted(shown(one, each)) for each in parts[:PAIR])}]"
    draft.key("values:")
    written = len(draft.layout)
    for (head, reads), column in entries.items():
        if not reads and is_total(column.last_head, catalogue) and split:
            continue
        whole = monthly and not reads and period_within(column, YEAR_OF) is None
        if whole or (dated and reads != "period" and "period" not in (*draft.columns, *draft.defaults)):
            draft.key(f"  # {head}: tidak jelas untuk periode mana, jadi tidak dibaca")
            continue
        if column in parts[1:]:
            continue  # told with the first; the total is held against them
        if why := unwanted(column.path, [each.path for each in entries.values()]):
            draft.key(f"  # {head}: {why}, jadi tidak dibaca")
            continue
        if "indicator" in draft.columns and len(entries) > 1 and SHARE.match(column.last_head):
            draft.key(f"  # {head}: persentase dari kolom di sampingnya, jadi tidak dibaca")
            continue
        aim = ["kind: target", f"plan: {PLAN}"] if speaks_of_target(column.path) else []
        month = [f'period: "{period_within(column, year)}"'] if monthly and not reads else []
        fill = [*month, *_fill(draft, one, column, catalogue), *aim]
        named = ([f"head: {quoted(head)}"] if head else []) + ([f"reads: {reads}"] if reads else [])
        lines = [*([added] if column in parts else named), "fill: {" + ", ".join(fill) + "}"]
        draft.layout += [f"      {'    ' if number else '  - '}{line}" for number, line in enumerate(lines)]
    if not any("- " in line.split("#")[0] for line in draft.layout[written:]):
        draft.key(f"  - head: {HEAD}", "tidak ada kolom angka yang dikenali")
        draft.key(f'    fill: {{indicator: {INDICATOR}, unit: "{UNIT}"}}')
    return [each.path[-1] for each in budgets]


def _says_percent(indicator: Indicator, column: LikelyColumn) -> bool:
    return indicator.unit == "%" and any(re.match("persentase|persen", words(part)) for part in column.path)


def _parts_of_total(one: Seen, columns: Sequence[LikelyColumn], catalogue: Catalogue) -> list[LikelyColumn]:
    """List the two columns that only together are the whole, Laki-laki and Perempuan, and the one that adds them up."""
    heads = {each.at: words(each.path[0]) for each in columns if len(each.path) == 1 and not each.reads}
    totals = [each for each in columns if each.at in heads and is_total(each.path[0], catalogue)]
    for pair in COUNTERPARTS:
        found = [each for part in pair for each in columns if re.search(rf"\b(?:{part})\b", heads.get(each.at, ""))]
        if (
            len(totals) == 1
            and len(found) == len({each.at for each in found}) == PAIR
            and _add_up(one, found, totals[0])
        ):
            return [*found, *totals]
    return []


def _add_up(one: Seen, parts: Sequence[LikelyColumn], total: LikelyColumn) -> bool:
    rows = [row for row in one.table.rows if one.lines.text(row, total.at)]
    marks: tuple[DecimalMark, ...] = (".", ",")
    return any(
        all(_sum_of(one, row, parts, mark) == _sum_of(one, row, [total], mark) for row in rows) for mark in marks
    )


def _sum_of(one: Seen, row: int, columns: Sequence[LikelyColumn], mark: DecimalMark) -> Decimal:
    texts = [one.lines.text(row, each.at) for each in columns]
    return (
        sum((parse_number(each, mark).value for each in texts), Decimal(0))
        if all(fits(each, mark) for each in texts)
        else Decimal("nan")
    )


def _is_short(column: LikelyColumn) -> bool:
    return column.role == "figure" and SHORT_HEAD.fullmatch(column.last_head) is not None


def _fill(draft: Draft, one: Seen, column: LikelyColumn, catalogue: Catalogue) -> Iterator[str]:
    indicator, part = indicator_named(column, catalogue), part_told(column.path, catalogue)
    if _is_short(column) and any(
        _is_short(each) and not indicator_named(each, catalogue) for each in one.columns.columns
    ):
        indicator = None  # beside IKS and IKE an IKL is another one than beside IKA and IKU
    if "region" not in draft.columns and (region := region_over(column, catalogue)):
        yield f"region: {quoted(region)}"
    if "indicator" not in draft.columns and part:
        yield f"indicator: {INDICATOR}, series: {part}"
    elif "indicator" not in draft.columns:
        yield f"indicator: {indicator.id if indicator else INDICATOR}"
        told = told_series(indicator, (*column.path, *one.table.titles)) if indicator else None
        if indicator and indicator.series[1:] and not told and "series" not in draft.columns:
            yield f"series: {SERIES}"
    if "unit" not in draft.columns:
        heads = unit_told(column.path, catalogue) or unit_told(one.table.titles, catalogue)
        own = indicator.unit if indicator and (indicator.unit in OWN_UNIT or _says_percent(indicator, column)) else None
        yield f"unit: {quoted(heads or own or UNIT)}"
