"""What is seen in an unknown file, in Indonesian sentences. No cell of a personal column is ever repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.utils import get_column_letter

from etl.catalogue.declared_layout import Meaning
from etl.catalogue.models import Catalogue
from etl.pipeline.inspection.columns import Column
from etl.pipeline.inspection.draft import Seen
from etl.pipeline.inspection.marks import Decimals
from etl.pipeline.layout.figure_cells import ERROR, MISSING
from etl.pipeline.layout.head_words import is_total
from etl.pipeline.layout.sheet_lines import Lines
from etl.sheets.sheet import Sheet

ROLES = {
    **{"number": "nomor urut", "region": "wilayah", "code": "kode atau nama wilayah lain", "period": "periode"},
    **{"unit": "satuan", "note": "keterangan", "figure": "angka", "label": "teks", "total": "jumlah"},
    **{"parent": "wilayah induk", "nameless": "tanpa judul, tidak dibaca"},
}
MEANINGS = {
    **{"final": "angka tetap", "revised": "diperbaiki", "estimate": "perkiraan", "preliminary": "sementara"},
    **{"very_preliminary": "sangat sementara", "missing": "tidak ada data", "zero": "nol"},
}
SHOWN = 8


def sheet_lines(grid: Sheet) -> Iterator[str]:
    """Describe a sheet as such: its size, what is hidden, what is merged."""
    height, width = grid.cells.shape
    hidden = ", TERSEMBUNYI (tidak dibaca)" if grid.hidden else ""
    yield f"{f'Lembar “{grid.name}”' if grid.name else 'Isi berkas'}: {height} baris, {width} kolom{hidden}"
    if grid.hidden_rows:
        yield f"  Baris tersembunyi: {_few(sorted(grid.hidden_rows))}. Angkanya akan dikembalikan."
    if grid.hidden_columns:
        yield f"  Kolom tersembunyi: {_few(sorted(grid.hidden_columns))}. Angkanya akan dikembalikan."
    if grid.merged:
        ranges = [
            f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
            for top, left, bottom, right in grid.merged
        ]
        yield f"  Sel gabung: {_few(ranges)}"


def table_lines(seen: Seen, catalogue: Catalogue) -> Iterator[str]:
    """Describe one table: titles, heads, columns, totals, notes."""
    table, lines = seen.table, seen.lines
    for row, title in zip(table.title_rows, table.titles, strict=False):
        yield f"  Baris {row}, judul: {' '.join(title.split())}"
    if table.header_rows:
        lowest = f" sampai {table.top + table.header_rows - 1}" if table.header_rows > 1 else ""
        yield f"  Judul kolom: baris {table.top}{lowest}"
    else:
        yield "  Tanpa judul kolom"
    if table.enumerator:
        yield f"  Baris nomor kolom: {table.enumerator} (dilewati)"
    yield f"  Baris angka: {table.first} sampai {table.last} ({len(table.rows)} baris)"
    for group in _groups(seen.columns.columns):
        yield "  " + _column_line(group)
    if seen.columns.parent:
        yield f"  Baris-barisnya bagian dari {catalogue.region[seen.columns.parent].name} ({seen.columns.parent})"
    totals = [row for row in table.rows if any(is_total(text, catalogue) for text in lines.texts(row)[:2])]
    if totals:
        yield f"  Baris jumlah atau rata-rata: {_few(totals)} (untuk memeriksa, tidak dimuat)"
    if table.footer:
        yield f"  Catatan, sumber atau tanda tangan: mulai baris {table.footer}"


def _groups(columns: Sequence[Column]) -> list[list[Column]]:
    groups: list[list[Column]] = []
    for column in columns:
        last = groups[-1][-1] if groups else None
        if last and column.reads and (last.reads, last.head) == (column.reads, column.head):
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _column_line(group: Sequence[Column]) -> str:
    first, last = group[0], group[-1]
    letters = get_column_letter(first.at) + ("" if first is last else f"–{get_column_letter(last.at)}")
    head = " > ".join(" ".join(part.split()) for part in (first.head if first.reads else first.path))
    read = {"period": "periode sebagai judul kolom", "region": "wilayah sebagai judul kolom"}.get(first.reads or "", "")
    said = ", ".join(" ".join(part.split()) for each in group for part in each.path if part not in each.head)
    named = f"Kolom {letters} “{head}”" if head else f"Kolom {letters}"
    return f"{named}: {read}: {said}" if read else f"{named}: {ROLES[first.role]}"


def cell_lines(found: Decimals, cells: Sequence[tuple[str, str, bool]], marks: dict[str, Meaning]) -> Iterator[str]:
    """Describe the figures of a file: (place, text, typed) of each cell."""
    typed = sum(each[2] for each in cells)
    if typed:
        yield f"  Angka asli: {typed} sel (tidak bergantung pada tanda desimal)"
    for name, places in (("koma", found.comma), ("titik", found.point)):
        if places:
            yield f"  Angka sebagai teks yang hanya terbaca dengan {name} desimal: {len(places)} sel ({_few(places)})"
    if found.both:
        yield f"  Angka sebagai teks dengan dua kemungkinan bacaan: {len(found.both)} sel ({_few(found.both)})"
    if found.comma and found.point:
        other = found.comma if found.mark == "." else found.point
        yield f"  Tanda desimal bercampur: {_few(other)} dan sel bermakna ganda akan dikembalikan."
    missing = [(place, text) for place, text, is_typed in cells if text.casefold() in MISSING and text and not is_typed]
    for text in dict.fromkeys(text for _, text in missing):
        spots = [place for place, each in missing if each == text]
        meaning = MEANINGS.get(marks.get(text, ""), "tidak ada keterangannya, dibaca sebagai tidak ada data")
        yield f"  Tanda “{text}”: {len(spots)} sel ({_few(spots)}); {meaning}"
    broken = [place for place, text, _ in cells if ERROR.fullmatch(text) or text.startswith("=")]
    if broken:
        yield f"  Sel galat atau rumus tanpa hasil: {_few(broken)}. Akan dikembalikan."
    if marks:
        yield "  Keterangan tanda pada berkas: " + ", ".join(
            f"{mark} = {MEANINGS[each]}" for mark, each in marks.items()
        )


def figures_of(seen: Seen) -> list[tuple[str, str, bool]]:
    """List the cells of a table's value columns: place, text, and whether it is a typed number."""
    columns = [each.at for each in seen.columns.columns if each.role == "figure"]
    lines: Lines = seen.lines
    places = [(row, at) for row in seen.table.rows for at in columns]
    return [(f"{get_column_letter(at)}{row}", lines.text(row, at), lines.typed(row, at)) for row, at in places]


def _few(each: Sequence[object]) -> str:
    more = f" dan {len(each) - SHOWN} lagi" if len(each) > SHOWN else ""
    return ", ".join(str(one) for one in each[:SHOWN]) + more
