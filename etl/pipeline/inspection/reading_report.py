"""What the reader sees in an unknown file, in Indonesian sentences. No cell of a personal column is ever repeated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import pandas as pd
from openpyxl.utils import get_column_letter

from etl.catalogue.declared_layout import Meaning, Values
from etl.catalogue.models import Catalogue
from etl.pipeline.inspection.draft_parts import Seen
from etl.pipeline.inspection.marks import Decimals, decimals
from etl.pipeline.inspection.trial_reading import Trial
from etl.pipeline.layout.head_words import head_key, is_footer
from etl.pipeline.layout.sheet_lines import Path, numeric
from etl.pipeline.layout.sheet_reading import ReadTable
from etl.pipeline.layout.table_header import ValueColumn, show_path, split_path
from etl.pipeline.layout.value_cells import MISSING
from etl.sheets.sheet import Sheet

FIELDS = {
    **{"region": "wilayah", "period": "periode", "unit": "satuan", "note": "keterangan", "indicator": "indikator"},
    **{"series": "seri"},
}
READS = {"period": "periode sebagai judul kolom", "region": "wilayah sebagai judul kolom"}
MEANINGS: Mapping[Meaning, str] = {
    **{"final": "angka tetap", "revised": "diperbaiki", "estimate": "perkiraan", "preliminary": "sementara"},
    **{"very_preliminary": "sangat sementara", "missing": "tidak ada data", "zero": "nol"},
}
SEEN = {"figure": "angka", "number": "nomor urut", "code": "kode", "parent": "wilayah induk", "wider": "wilayah"}
SHOWN = 8
FigureCell = tuple[str, str, bool]  # place, text, and whether it is a typed number


def sheet_lines(sheet: Sheet) -> Iterator[str]:
    """Describe a sheet as such: its size, what is hidden, what is merged."""
    height, width = sheet.cells.shape
    hidden = ", TERSEMBUNYI (tidak dibaca)" if sheet.hidden else ""
    yield f"{f'Lembar “{sheet.name}”' if sheet.name else 'Isi berkas'}: {height} baris, {width} kolom{hidden}"
    if sheet.hidden_rows:
        yield f"  Baris tersembunyi: {_few(sorted(sheet.hidden_rows))}. Angkanya akan dikembalikan."
    if sheet.hidden_columns:
        yield f"  Kolom tersembunyi: {_few(sorted(sheet.hidden_columns))}. Angkanya akan dikembalikan."
    if sheet.merged:
        ranges = [
            f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
            for top, left, bottom, right in sheet.merged
        ]
        yield f"  Sel gabung: {_few(ranges)}"


def table_lines(table: ReadTable, trial: Trial, marks: Mapping[str, Meaning], catalogue: Catalogue) -> Iterator[str]:
    """Describe one table as it is read: heads, rows, columns, figures, and what comes back of them and why."""
    yield from _place_lines(table)
    yield from _row_lines(table, trial)
    skipped = trial.feed.layout.skip if trial.feed and trial.feed.layout else ()
    for line in _column_lines(table, skipped):
        yield f"  {line}"
    parent = trial.feed.layout.parent if trial.feed and trial.feed.layout else None
    if parent:
        yield f"  Baris-barisnya bagian dari {catalogue.region[parent].name} ({parent})"
    cells = values_of(table)
    yield from _cell_lines(decimals([(place, text) for place, text, typed in cells if not typed]), cells, marks)
    yield from _outcome_lines(*trial.of(table))


def seen_lines(one: Seen) -> Iterator[str]:
    """Describe a table that no draft reads yet by what seems to stand in its columns."""
    table = one.table
    yield "  Tabelnya belum terbaca oleh konsep di bawah; tampaknya:"
    yield from _head_lines(table.top, table.header_rows)
    yield f"  Baris angka: {_spans(table.rows)} ({len(table.rows)} baris)"
    for each in one.columns.columns:
        yield f"  {_named([each.at], each.path)}: {FIELDS.get(each.role, SEEN.get(each.role, 'belum dikenali'))}"


def _place_lines(table: ReadTable) -> Iterator[str]:
    header = table.header
    for title in header.titles:
        yield f"  Judul tabel: {' '.join(title.split())}"
    yield from _head_lines(header.top, header.rows)
    for number in table.body.enumerators:
        yield f"  Baris nomor kolom: {number} (dilewati)"


def _head_lines(top: int, rows: int) -> Iterator[str]:
    if rows:
        yield f"  Judul kolom: baris {top}" + (f" sampai {top + rows - 1}" if rows > 1 else "")
    else:
        yield "  Tanpa judul kolom"


def _row_lines(table: ReadTable, trial: Trial) -> Iterator[str]:
    body, layout = table.body, trial.feed.layout if trial.feed else None
    read = layout is not None and layout.totals == "read"
    rows = [row.number for row in body.rows if row.total == read]
    totals = [row.number for row in body.rows if row.total != read]
    yield f"  Baris angka: {_spans(rows)} ({len(rows)} baris)"
    if totals:
        said = "bagian dari jumlahnya, tidak dimuat" if read else "untuk memeriksa, tidak dimuat"
        yield f"  {'Baris bagian' if read else 'Baris jumlah atau rata-rata'}: {_spans(totals)} ({said})"
    if body.sections:
        yield f"  Baris judul bagian: {_spans(body.sections)}"
    if body.passed:
        yield f"  Baris yang dilewati menurut `skip`: {_spans(body.passed)}"
    if body.end:
        texts = table.lines.texts(body.end)
        said = "Catatan, sumber atau tanda tangan" if is_footer(texts, silent=True) else "Tabel atau judul lain"
        yield f"  {said}: mulai baris {body.end}"
    if body.left:
        yield f"  Angka di bawahnya tidak dibaca: baris {_spans(body.left)}"


def _spans(numbers: Sequence[int]) -> str:
    """Write rows in order, neighbours as a span: 7 sampai 9, 12."""
    spans = []
    for _, group in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        run = [number for _, number in group]
        spans.append(f"{run[0]} sampai {run[-1]}" if len(run) > 1 else str(run[0]))
    return ", ".join(spans) or "tidak ada"


def _column_lines(table: ReadTable, skipped: Sequence[str]) -> Iterator[str]:
    header = table.header
    values = {each.column: (each, entry) for each, entry in header.columns.values}
    roles = {at: FIELDS.get(name, name) for name, at in header.keys.items()}
    roles |= dict.fromkeys(header.periods, "periode") | dict.fromkeys(header.columns.totals, "jumlah, tidak dimuat")
    roles |= {header.parent: "wilayah induk"} if header.parent else {}
    roles |= {at: "judul tidak terbaca sebagai periode atau wilayah, dikembalikan" for at, _ in header.columns.bad}
    for _, group in groupby(sorted(header.paths), key=lambda at: id(values[at][1]) if at in values else at):
        columns = list(group)
        if columns[0] in values:
            yield _value_line([values[at] for at in columns])
        elif header.rows or columns[0] in roles:
            role = roles.get(columns[0]) or _unread(table, columns[0], skipped)
            yield f"{_named(columns, header.paths[columns[0]])}: {role}"
    rows = [row.number for row in table.body.rows]
    for at in range(1, table.lines.width + 1):
        if at not in header.paths and any(table.lines.text(row, at) for row in rows):
            yield f"Kolom {get_column_letter(at)}: tanpa judul, tidak dibaca"


def _unread(table: ReadTable, column: int, skipped: Sequence[str]) -> str:
    """Say why a column is not read."""
    path = table.header.paths[column]
    if {head_key(each) for each in skipped} & {head_key(each) for each in (*path, show_path(path))}:
        return "tidak dibaca, ada pada `skip`"
    if any(numeric(table.lines.text(row.number, column)) for row in table.body.rows):
        return "tidak dibaca, sebabnya ada pada konsep di bawah"
    return "tidak dibaca, tidak dipakai untuk mengenali barisnya"


def _value_line(group: Sequence[tuple[ValueColumn, Values]]) -> str:
    columns, entry = [each for each, _ in group], group[0][1]
    taken = split_path(entry.head or "")
    rest = [[part for part in each.path if split_path(part)[0] not in taken] for each in columns]
    head = tuple(part for part in columns[0].path if part not in rest[0]) if entry.reads else columns[0].path
    said = ", ".join(" ".join(part.split()) for parts in rest for part in parts)
    read = f"{READS[entry.reads]}: {said}" if entry.reads else "angka"
    return f"{_named([each.column for each in columns], head)}: {read}"


def _named(columns: Sequence[int], path: Path) -> str:
    letters = get_column_letter(columns[0]) + (f"–{get_column_letter(columns[-1])}" if len(columns) > 1 else "")
    head = " > ".join(" ".join(part.split()) for part in path)
    return f"Kolom {letters} “{head}”" if head else f"Kolom {letters}"


def _cell_lines(found: Decimals, cells: Sequence[FigureCell], marks: Mapping[str, Meaning]) -> Iterator[str]:
    typed = sum(each[2] for each in cells)
    if typed:
        yield f"  Angka asli: {typed} sel (tidak bergantung pada tanda desimal)"
    for name, places in (("koma", found.comma), ("titik", found.point)):
        if places:
            yield f"  Angka sebagai teks yang hanya terbaca dengan {name} desimal: {len(places)} sel ({_few(places)})"
    if found.both:
        yield f"  Angka sebagai teks dengan dua kemungkinan bacaan: {len(found.both)} sel ({_few(found.both)})"
    missing = [(place, text) for place, text, is_typed in cells if text.casefold() in MISSING and text and not is_typed]
    for text in dict.fromkeys(text for _, text in missing):
        spots = [place for place, each in missing if each == text]
        said = MEANINGS[marks[text]] if text in marks else "tidak ada keterangannya, dibaca sebagai tidak ada data"
        yield f"  Tanda “{text}”: {len(spots)} sel ({_few(spots)}); {said}"
    if marks:
        yield "  Keterangan tanda pada berkas: " + ", ".join(
            f"{mark} = {MEANINGS[each]}" for mark, each in marks.items()
        )


def _outcome_lines(figures: pd.DataFrame, returned: pd.DataFrame) -> Iterator[str]:
    yield f"  Terbaca: {len(figures)} angka; akan dikembalikan: {len(returned)}"
    causes: dict[str, list[str]] = {}
    for sentence in dict.fromkeys(returned["sentence"]) if len(returned) else ():
        where, _, why = sentence.partition(": ")
        causes.setdefault(why, []).append(where)
    for why, places in list(causes.items())[:SHOWN]:
        more = f" dan {len(places) - 1} tempat lain" if len(places) > 1 else ""
        yield f"    {places[0]}{more}: {why}"
    if len(causes) > SHOWN:
        yield f"    dan {len(causes) - SHOWN} sebab lain"


def values_of(table: ReadTable) -> list[FigureCell]:
    """List the cells of a table's value columns: place, text, and whether it is a typed number."""
    columns, lines = [each.column for each, _ in table.header.columns.values], table.lines
    places = [(row.number, at) for row in table.body.rows for at in columns]
    return [(f"{get_column_letter(at)}{row}", lines.text(row, at), lines.typed(row, at)) for row, at in places]


def _few(each: Sequence[object]) -> str:
    more = f" dan {len(each) - SHOWN} lagi" if len(each) > SHOWN else ""
    return ", ".join(str(one) for one in each[:SHOWN]) + more
