"""Look at an unknown file: what its sheets hold, in words, and a draft of the feed that would read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.catalogue.declared_layout import Meaning
from etl.catalogue.models import Catalogue
from etl.catalogue.names import CENSORED, censored
from etl.pipeline.inspection.columns import classify
from etl.pipeline.inspection.draft import (
    DECIMAL,
    HEAD,
    INDICATOR,
    PERIOD,
    PLAN,
    REGION,
    SERIES,
    UNIT,
    Seen,
    draft_feed,
)
from etl.pipeline.inspection.marks import Decimals, decimals, legend
from etl.pipeline.inspection.report import cell_lines, figures_of, sheet_lines, table_lines
from etl.pipeline.inspection.tables import tables
from etl.pipeline.layout.reader import notes
from etl.pipeline.layout.sheet_lines import Lines
from etl.pipeline.personal import personal_columns, personal_place
from etl.sheets.sheet import Sheet
from etl.sheets.template_sheets import MARK_SHEET

PLACEHOLDERS = {
    **{INDICATOR: "id indikator pada katalog", UNIT: "satuan yang tercetak", PERIOD: "periode angkanya"},
    **{REGION: "kode wilayah", SERIES: "id seri indikatornya", PLAN: "id dokumen rencana pada `plans`"},
    HEAD: "judul kolom angkanya",
    **{DECIMAL: "koma (,) bila 1.234 berarti seribu lebih, titik (.) bila 1,234 yang berarti seribu lebih"},
}


def inspect(name: str, kind: str, grids: Sequence[Sheet], catalogue: Catalogue) -> Iterator[str]:
    """Yield the lines of the report and, where a table was found, of the draft.

    `name` is the file's name without folder, `kind` what its bytes say it is.
    """
    yield f"Berkas {censored(name)}: menurut isinya {kind.upper()}"
    personal = [personal_place(grid.name, personal_columns(grid.cells)) for grid in grids]
    personal += [f"nama berkas {CENSORED}"] if censored(name) != name else []
    if where := "; ".join(filter(None, personal)):
        yield f"Memuat data pribadi ({where}). Berkas seperti ini ditolak seluruhnya; hapus itu lebih dulu."
        return
    legends = [line for grid in _firsts(grids) for line in _legend_lines(Lines(grid))]
    marks = legend(legends)
    seen: list[Seen] = []
    for grid in _firsts(grids):
        yield ""
        yield from sheet_lines(grid)
        if not grid.hidden:
            mine = _seen(grid, catalogue)
            seen += mine
            for number, one in enumerate(mine, 1):
                if len(mine) > 1:
                    yield f"  Tabel {number} dari {len(mine)}:"
                yield from table_lines(one, catalogue)
                cells = figures_of(one)
                yield from cell_lines(_decimals([one]), cells, marks)
            if not mine:
                yield "  Tidak ada tabel angka."
    yield ""
    yield from _draft(name, seen, marks, catalogue) if seen else ["Tidak ada tabel yang dapat dibaca."]


def _firsts(grids: Sequence[Sheet]) -> list[Sheet]:
    """Leave out a template's mark, and all but the first part of a sheet that comes in parts."""
    return [
        each for at, each in enumerate(grids) if each.name != MARK_SHEET and (not at or grids[at - 1].name != each.name)
    ]


def _legend_lines(lines: Lines) -> Iterator[str]:
    """Yield the notes of a sheet; all lines of one that has no figures."""
    if lines.has_figures:
        yield from notes(lines)
    else:
        for row in range(lines.first, lines.last + 1):
            yield " ; ".join(lines.texts(row))


def _seen(grid: Sheet, catalogue: Catalogue) -> list[Seen]:
    lines = Lines(grid)
    return [Seen(lines, table, classify(lines, table, catalogue), tuple(notes(lines))) for table in tables(lines)]


def _decimals(seen: Sequence[Seen]) -> Decimals:
    cells = [(place, text) for one in seen for place, text, typed in figures_of(one) if not typed]
    return decimals(cells)


def _draft(name: str, seen: Sequence[Seen], marks: dict[str, Meaning], catalogue: Catalogue) -> Iterator[str]:
    first = max(seen, key=lambda one: sum(_size(each) for each in seen if _signature(each) == _signature(one)))
    group = [one for one in seen if _signature(one) == _signature(first)]
    same_sheet = [one for one in seen if one.lines is first.lines and one is not first]
    whole = [first, *(one for one in group if one.lines is not first.lines)]
    text = draft_feed(_slug(name), whole, bool(same_sheet), marks, _decimals(group), catalogue)
    yield "Tempelkan di bawah `feeds:` pada indicators.yaml, isi yang bertanda ISI_, lalu python -m etl check:"
    for word, meaning in PLACEHOLDERS.items():
        if word in text:
            yield f"  {word} = {meaning}"
    others = len(seen) - len(group)
    if others:
        yield f"Ada {others} tabel lain yang bentuknya berbeda; konsep ini hanya untuk tabel terbesar."
    yield ""
    yield text


def _size(one: Seen) -> int:
    return len(one.table.rows) * len(one.columns.of("figure"))


def _signature(one: Seen) -> object:
    return [(each.role, each.at, each.head, each.reads) for each in one.columns.columns]


def _slug(name: str) -> str:
    stem = name.rsplit(".", 1)[0].casefold()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "kiriman-baru"
