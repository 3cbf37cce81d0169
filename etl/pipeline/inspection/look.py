"""Look at an unknown file: what its sheets hold, in words, and a draft of the feed that would read it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import yaml
from openpyxl.utils import get_column_letter

from etl.catalogue.models import Catalogue
from etl.catalogue.names import CENSORED, censored, normalise_name
from etl.pipeline.inspection.column_roles import classify
from etl.pipeline.inspection.draft import draft_feed
from etl.pipeline.inspection.draft_parts import HEAD, INDICATOR, PERIOD, PLAN, REGION, SERIES, UNIT, YEAR_OF, Seen
from etl.pipeline.inspection.marks import DECIMAL, Decimals, decimals, legend
from etl.pipeline.inspection.reading_report import seen_lines, sheet_lines, table_lines
from etl.pipeline.inspection.table_finding import tables
from etl.pipeline.inspection.trial_reading import Trial, try_draft
from etl.pipeline.layout.head_words import ranked_name
from etl.pipeline.layout.sheet_lines import Lines, note_lines
from etl.pipeline.layout.sheet_reading import ReadTable
from etl.pipeline.personal import personal_columns, personal_place
from etl.sheets.sheet import Sheet
from etl.sheets.template_sheets import MARK_SHEET

PLACEHOLDERS = {
    **{INDICATOR: "id indikator pada katalog", UNIT: "satuan yang tercetak", PERIOD: "periode angkanya"},
    **{REGION: "kode wilayah", SERIES: "id seri indikatornya", PLAN: "id dokumen rencana pada `plans`"},
    **{HEAD: "judul kolom angkanya", YEAR_OF: "tahun angkanya, misalnya 2024"},
    **{DECIMAL: "koma (,) bila 1.234 berarti seribu lebih, titik (.) bila 1,234 yang berarti seribu lebih"},
}


def inspect(name: str, kind: str, sheets: Sequence[Sheet], catalogue: Catalogue, today: dt.date) -> Iterator[str]:
    """Yield the lines of the report and, where a table was found, of the draft.

    `name` is the file's name without folder, `kind` what its bytes say it is. What the report tells of tables is what
    the reader makes of the file by the drafts, so what a run will make of it.
    """
    yield f"Berkas {censored(name)}: menurut isinya {kind.upper()}"
    personal = [personal_place(each.name, personal_columns(each.cells)) for each in sheets]
    personal += [f"nama berkas {CENSORED}"] if censored(name) != name else []
    if where := "; ".join(filter(None, personal)):
        yield f"Memuat data pribadi ({where}). Berkas seperti ini ditolak seluruhnya; hapus itu lebih dulu."
        return
    firsts = _firsts(sheets)
    marks = legend(line for each in firsts for line in _legend_lines(Lines(each)))
    seen = [one for each in firsts if not each.hidden for one in _seen(each, catalogue)]
    drafts = [
        draft_feed(_slug(name), each, _several(each, seen), marks, _decimals(each), catalogue) for each in _groups(seen)
    ]
    trials = [try_draft(draft, firsts, catalogue, today) for draft in drafts]
    for each in firsts:
        yield ""
        yield from sheet_lines(each)
        if sum(one.name == each.name for one in sheets) > 1:
            yield f"  Lebih panjang dari itu; yang dicoba hanya {len(each.cells)} baris pertama."
        if not each.hidden:
            found = _tables_of(each.name, trials)
            for number, (table, trial) in enumerate(found, 1):
                if len(found) > 1:
                    yield f"  Tabel {number} dari {len(found)}:"
                yield from table_lines(table, trial, marks, catalogue)
            there = [one for one in seen if one.lines.name == each.name]
            if not found:
                yield from seen_lines(there[0]) if there else ["  Tidak ada tabel angka."]
    yield ""
    yield from _draft_lines(drafts, trials[0]) if drafts else ["Tidak ada tabel yang dapat dibaca."]


def _firsts(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Leave out a template's mark, and all but the first part of a sheet that comes in parts."""
    return [
        each
        for at, each in enumerate(sheets)
        if each.name != MARK_SHEET and (not at or sheets[at - 1].name != each.name)
    ]


def _legend_lines(lines: Lines) -> Iterator[str]:
    """Yield the notes of a sheet; all lines of one that has no figures."""
    if lines.has_values:
        yield from note_lines(lines)
    else:
        for row in range(lines.first, lines.last + 1):
            yield " ; ".join(lines.texts(row))


def _seen(sheet: Sheet, catalogue: Catalogue) -> list[Seen]:
    lines = Lines(sheet)
    notes = tuple(note_lines(lines))
    found = tables(lines, lambda text: bool(catalogue.named.get(normalise_name(ranked_name(text)[0]))))
    return [Seen(lines, table, classify(lines, table, catalogue), notes) for table in found]


def _groups(seen: Sequence[Seen]) -> list[list[Seen]]:
    """Put tables of one shape together, one of each sheet; the shape with most figures comes first."""
    groups: dict[tuple[str, int], list[Seen]] = {}
    sizes: Counter[str] = Counter()
    for at, one in enumerate(seen):
        shape = _signature(one)
        sizes[shape] += len(one.table.rows) * len(one.columns.of("figure"))
        turn = sum(one.lines is each.lines and _signature(each) == shape for each in seen[:at])
        groups.setdefault((shape, turn), []).append(one)
    return [groups[key] for key in sorted(groups, key=lambda key: (-sizes[key[0]], key[1]))]


def _several(group: Sequence[Seen], seen: Sequence[Seen]) -> bool:
    """Tell whether the sheet of a group's first table holds others."""
    return any(one.lines is group[0].lines and one is not group[0] for one in seen)


def _decimals(seen: Sequence[Seen]) -> Decimals:
    """Sort the texts of the likely figures by the decimal marks under which they are numbers."""
    return decimals(
        (f"{get_column_letter(column.at)}{row}", one.lines.text(row, column.at))
        for one in seen
        for row in one.table.rows
        for column in one.columns.of("figure")
        if not one.lines.typed(row, column.at)
    )


def _signature(one: Seen) -> str:
    return repr([(each.role, each.at, each.head, each.reads) for each in one.columns.columns])


def _tables_of(sheet: str | None, trials: Sequence[Trial]) -> list[tuple[ReadTable, Trial]]:
    """List the tables of a sheet from the top down, each as the first draft reads it that does."""
    found: dict[int, tuple[ReadTable, Trial]] = {}
    for trial in trials:
        for table in trial.tables:
            if table.sheet == sheet:
                found.setdefault(table.header.top, (table, trial))
    return [found[top] for top in sorted(found)]


def _draft_lines(drafts: Sequence[str], trial: Trial) -> Iterator[str]:
    if trial.failure:
        yield f"Konsep ini belum dapat dijalankan: {trial.failure}"
    yield "Tempelkan di bawah `feeds:` pada indicators.yaml, isi yang bertanda ISI_, lalu python -m etl check:"
    for word, meaning in PLACEHOLDERS.items():
        if word in drafts[0]:
            yield f"  {word} = {meaning}"
    if len(drafts) > 1:
        yield f"Ada {len(drafts) - 1} bentuk tabel lain; konsep ini hanya untuk tabel terbesar."
    yield ""
    yield drafts[0]


def _slug(name: str) -> str:
    """Make a feed's id of a file's name; one that YAML reads as a number or a yes gets a word before it."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.rsplit(".", 1)[0].casefold()).strip("-") or "baru"
    return slug if slug != "baru" and isinstance(yaml.safe_load(slug), str) else f"kiriman-{slug}"
