"""What inspect says of a file is what a run does: its draft is pasted, run, and both are compared place by place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import yaml
from openpyxl.utils import column_index_from_string, get_column_letter

from etl.catalogue.feeds import Feed
from etl.connectors.formats.kinds import extension, read_bytes
from etl.pipeline.inspection.look import inspect
from etl.pipeline.layout.reader import read_sheets
from tests.problems.sheets import SPREADSHEETS, book, refine_layout, sheet_catalogue
from tests.problems.trial import TODAY
from tests.unit.pipeline.test_inspect import OPD, SHAPES
from tests.unit.pipeline.test_office_forms import FORMS

BLANKS = {
    **{"ISI_INDIKATOR": "population", "ISI_SATUAN": "jiwa", "ISI_PERIODE": "2024", "ISI_WILAYAH": "64.01"},
    **{"ISI_SERI": "utama", "ISI_DESIMAL": ",", "ISI_RENCANA": "rpjmd"},
}
BEYOND = {"name": "2022", "rows": [["Kabupaten/Kota", "IPM"], ["Kab. Paser", "70,1"], ["PPU", "170,1"]]}
FILES: dict[str, tuple[bytes, dict[str, str]]] = {
    "a figure that a check returns": (book(BEYOND), {}),
    **{name: (content, dict(filled)) for name, (content, filled, *_) in {**SHAPES, **FORMS}.items()},
    **{path.name: (path.read_bytes(), {}) for path in sorted(OPD.iterdir()) if path.is_file()},
    **{path.name: (path.read_bytes(), {}) for path in sorted(SPREADSHEETS.iterdir()) if path.suffix != ".yaml"},
}


class Told(NamedTuple):
    """One table as inspect tells it."""

    sheet: str | None
    header: tuple[int, int] | None
    rows: set[int]
    columns: set[str]
    read: int
    returned: int


def numbers(spans: str) -> set[int]:
    """Read rows as they are told: `7 sampai 9, 12`."""
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?: sampai (\d+))?", spans):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def letters(first: str, last: str) -> set[str]:
    return {get_column_letter(at) for at in range(column_index_from_string(first), column_index_from_string(last) + 1)}


def told_tables(lines: list[str]) -> Iterator[Told]:
    """Read the tables of a report."""
    sheet: str | None = None
    header, rows, columns = None, set[int](), set[str]()
    for line in lines:
        if match := re.match(r"(?:Lembar “(.*)”|Isi berkas): \d+ baris", line):
            sheet = match[1]
        elif match := re.fullmatch(r"  Judul kolom: baris (\d+)(?: sampai (\d+))?", line):
            header = int(match[1]), int(match[2] or match[1])
        elif match := re.fullmatch(r"  Baris angka: (.*) \(\d+ baris\)", line):
            rows = numbers(match[1])
        elif match := re.match(r"  Kolom ([A-Z]+)(?:–([A-Z]+))?(?: “[^”]*”)?: (?:angka|\w+ sebagai judul kolom)", line):
            columns |= letters(match[1], match[2] or match[1])
        elif match := re.fullmatch(r"  Terbaca: (\d+) angka; akan dikembalikan: (\d+)", line):
            yield Told(sheet, header, rows, columns, int(match[1]), int(match[2]))
            header, rows, columns = None, set(), set()


def looked(content: bytes, filled: dict[str, str]) -> tuple[list[str], str, Feed] | None:
    """Inspect a file; return the report, its draft as it is, and the feed once its blanks are filled in."""
    text = "\n".join(inspect("berkas.xlsx", extension(content), list(read_bytes(content)), sheet_catalogue(), TODAY))
    if "  - id: " not in text or "belum dapat dijalankan" in text:
        return None
    report, draft = text.split("Tempelkan di bawah")[0], text[text.index("  - id: ") :]
    whole = draft
    for word, value in {**BLANKS, **filled}.items():
        whole = whole.replace(word, value)
    [block] = yaml.safe_load(f"feeds:\n{whole}")["feeds"]
    return report.splitlines(), draft, Feed.model_validate(block)


@pytest.mark.parametrize("name", FILES)
def test_a_run_does_what_was_told(name: str) -> None:
    content, filled = FILES[name]
    found = looked(content, filled)
    if found is None:
        return
    lines, draft, feed = found
    _, reading = read_sheets(list(read_bytes(content)), feed, sheet_catalogue())
    there = {(each.sheet, each.header.top, each.header.bottom): each for each in reading.tables}
    told = [each for each in told_tables(lines) if each.header is None or (each.sheet, *each.header) in there]
    assert len(told) == len(reading.tables)
    refined = refine_layout(content, feed)
    refused = refined.findings[refined.findings["severity"].eq("refused")]
    assert sum(each.read + each.returned for each in told) == refined.rows_read
    if "ISI_" in draft:
        assert sum(each.returned for each in told) <= len(refused)  # what the blanks hide may be returned too
    else:
        assert sum(each.returned for each in told) == len(refused)
    cells = {(each.sheet, row, column) for each in told for row in each.rows for column in each.columns}
    accepted = refined.accepted[["sheet", "row", "column"]].astype(object)
    assert {(row[0] if isinstance(row[0], str) else None, *row[1:]) for row in accepted.to_numpy().tolist()} <= cells


def test_most_files_are_compared() -> None:
    assert sum(looked(*each) is not None for each in FILES.values()) > 0.8 * len(FILES)
