"""From the steward's alias workbook to data/reference: all faults at once, nothing written while there is one."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from etl.catalogue.load import PUBLISHED, REFERENCE, load_catalogue
from etl.catalogue.names import fold_name
from etl.catalogue.reading.problem import CatalogueError, CatalogueErrors
from etl.connectors.formats.kinds import read_bytes
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.whole_files import write_whole
from etl.jobs.workbooks.alias_book import SHEETS, AliasSheet
from etl.sheets.sheet import Sheet

COLUMNS = {
    "aliases": ("alias", "code", "why"),
    "facilities": ("facility", "kind", "code", "why"),
    "office_aliases": ("alias", "region", "office", "why"),
    "layout_fixes": ("feed", "key", "field", "written", "meaning"),
}


class AliasError(Exception):
    """A workbook with faults; the message lists all of them in Indonesian."""


@dataclass(frozen=True, slots=True)
class Addition:
    """One new row of a reference file, and the sheet's row that it comes from."""

    row: int
    fields: dict[str, str]


def add_aliases(root: Path, content: bytes) -> dict[str, int]:
    """Add the workbook's names to data/reference; return how many each file gained.

    Names that stand there already are passed over. Raises AliasError with every fault, and UnreadableError.
    """
    sheets = {sheet.name: sheet for sheet in read_bytes(content)}
    if not any(each.title in sheets for each in SHEETS):
        raise AliasError("Berkas ini bukan buku alias. Buat yang kosong dengan: python -m etl aliases")
    faults: list[str] = []
    added: dict[str, list[Addition]] = {}
    for each in SHEETS:
        rows = list(_rows(sheets[each.title], each, faults)) if each.title in sheets else []
        known = {_key(row) for row in _standing(root, each.file)}
        added[each.file] = [row for row in rows if _key(row.fields) not in known]
    faults += _catalogue_faults(root, added) if not faults else []
    if faults:
        raise AliasError("\n".join(faults))
    for file, rows in added.items():
        if rows:
            write_whole(_path(root, file), _text(root, file, rows, spaced=False))
    return {file: len(rows) for file, rows in added.items()}


def _rows(sheet: Sheet, each: AliasSheet, faults: list[str]) -> Iterator[Addition]:
    heads = [str(text or "").strip() for text in sheet.cells.iloc[0]]
    if heads[: len(each.headers)] != list(each.headers):
        faults.append(f"Lembar “{each.title}”: judul kolom diubah. Diharapkan: {', '.join(each.headers)}.")
        return
    typed = sheet.typed
    for row in sheet.cells.index[1:]:
        texts = [str(text or "").strip() for text in sheet.cells.loc[row].tolist()[: len(heads)]]
        if not any(texts):
            continue
        place = f"Lembar “{each.title}” baris {row}"
        filled = dict(zip(each.headers, texts, strict=False))
        empty = [header for header, text in filled.items() if not text and header not in each.optional]
        faults += [f"{place}: kolom “{header}” belum diisi." for header in empty]
        column = sheet.cells.columns[heads.index(each.coded)]
        if typed is not None and typed.at[row, column]:
            faults.append(f"{place}: “{filled[each.coded]}” tertulis sebagai angka, nolnya dapat hilang. Pilih daftar.")
        elif not empty:
            yield Addition(int(row), _fields(each, filled))


def _fields(each: AliasSheet, filled: dict[str, str]) -> dict[str, str]:
    """Take the code before the name: “64.01.04 Kuaro”, and of an office “64.01/dinkes Dinas Kesehatan”."""
    fields = {field: filled[header] for header, field in each.headers.items()}
    if each.file == "layout_fixes":
        return {field: " ".join(text.splitlines()) for field, text in fields.items()}
    code = filled[each.coded].split()[0]
    if each.file == "office_aliases":
        region, _, office = code.partition("/")
        return fields | {"region": region, "office": office}
    return fields | {"code": code}


def _key(fields: dict[str, str]) -> tuple[str, ...]:
    if "written" in fields:  # of marks, case and signs tell
        return tuple(text or "" for _, text in sorted(fields.items()))
    return tuple(fold_name(text or "") for field, text in sorted(fields.items()) if field != "why")


def _path(root: Path, file: str) -> Path:
    return root / REFERENCE / f"{file}.csv"


def _standing(root: Path, file: str) -> list[dict[str, str]]:
    path = _path(root, file)
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""))) if path.exists() else []


def _text(root: Path, file: str, rows: list[Addition], *, spaced: bool) -> bytes:
    """Write the file with its new rows; `spaced` leaves a blank line for each of the sheet's rows that adds none."""
    path = _path(root, file)
    text = path.read_text("utf-8").rstrip("\r\n") + "\n" if path.exists() else ",".join(COLUMNS[file]) + "\n"
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    last = 1
    for each in rows:
        buffer.write("\n" * (each.row - last - 1) if spaced else "")
        writer.writerow([each.fields[column] for column in COLUMNS[file]])
        last = each.row
    return (text + buffer.getvalue()).encode()


def _catalogue_faults(root: Path, added: dict[str, list[Addition]]) -> list[str]:
    """Load a copy of the catalogue with the new rows, and say of each error which sheet and row it is about."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copy(root / "indicators.yaml", copy)
        for each in (REFERENCE, PUBLISHED):
            shutil.copytree(root / each, copy / each)
        for file, rows in added.items():
            if rows:
                _path(copy, file).write_bytes(_text(root, file, rows, spaced=True))
        try:
            load_catalogue(copy, CONNECTORS)
        except CatalogueErrors as errors:
            return [_in_words(root, error) for error in errors.errors]
    return []


def _in_words(root: Path, error: CatalogueError) -> str:
    for each in SHEETS:
        path = _path(root, each.file)
        lines = len(path.read_text("utf-8").rstrip("\r\n").splitlines()) if path.exists() else 1
        if error.file == f"{REFERENCE}/{each.file}.csv" and error.line is not None and error.line > lines:
            return str(replace(error, file=f"Lembar “{each.title}”", line=error.line - lines + 1))
    return str(error)
