"""Cells of BPS as a tidy grid: one cell in each row, named by what its key means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from etl.connectors.bps.bps_cells import BpsCell, BpsItem
from etl.connectors.bps.bps_words import note_status, period_words, plain, year_status
from etl.connectors.formats.json_text import JsonNumber
from etl.connectors.portal.choice import UNDECIDED
from etl.sheets.sheet import RowFault, Sheet

HEADERS = (
    *("wilayah_bps", "wilayah", "var", "turvar", "tahun", "turtahun", "periode"),
    *("nilai", "satuan", "status", "catatan", "kunci"),
)
LETTERS = [chr(ord("A") + number) for number in range(len(HEADERS))]
NATION, NATION_NAMES = "9999", ("indonesia", "nasional")
NO_UNIT = "tidak ada satuan"
DOUBLE, UNKNOWN, AMBIGUOUS = "kunci-bps-ganda", "kunci-bps-tak-dikenal", "angka-ambigu"
TWO_READINGS = (
    "“{}” datang sebagai teks, bukan bilangan, dan dapat dibaca dengan tanda desimal titik maupun koma. Angkanya tidak "
    "dimuat; ambil angka ini dari tabel di situs BPS."
)


def build_grid(cells: Iterable[BpsCell]) -> list[Sheet]:
    """Make one sheet of cells; none where there are none."""
    listed = list(cells)
    if not listed:
        return []
    rows = [HEADERS, *(_row(cell) for cell in listed)]
    index = range(1, len(rows) + 1)
    typed = pd.DataFrame(False, index, LETTERS)
    typed[LETTERS[HEADERS.index("nilai")]] = [False, *(isinstance(cell.value, JsonNumber) for cell in listed)]
    faults = tuple(fault for row, cell in enumerate(listed, 2) if (fault := _fault(cell, row)))
    return [Sheet(None, pd.DataFrame(rows, index, LETTERS, dtype=object), typed, faults=faults)]


def _row(cell: BpsCell) -> tuple[str, ...]:
    """Name a cell's parts; where its key means several things, each part lists them all."""
    parts = [" / ".join(dict.fromkeys(each.label for each in items)) for items in zip(*cell.meant, strict=True)]
    vervar, var, turvar, year, part = parts or [""] * 5
    variable = cell.meant[0][1].entry if cell.meant else {}
    unit, note = plain(variable.get("unit")), plain(variable.get("note"))
    return (
        " / ".join(dict.fromkeys(_place(each[0]) for each in cell.meant)),
        *(vervar, var, turvar, year, part),
        period_words(year, part) if len(cell.meant) == 1 else "",
        "" if cell.value is None else str(cell.value),
        "" if unit.casefold() == NO_UNIT else unit,
        year_status(year) or note_status(note, year, part),
        note,
        _key(cell),
    )


def _place(vervar: BpsItem) -> str:
    """Return the code of a row: BPS's code of the nation stands in other lists for whatever is their sum."""
    if vervar.code != NATION or vervar.label.casefold() in NATION_NAMES:
        return vervar.code
    return f"{vervar.code} ({vervar.label})"


def _is_ambiguous(value: Any) -> bool:
    """BPS sends numbers; one between quotes says nothing of its decimal mark."""
    return type(value) is str and re.fullmatch(r"[-−]?[1-9][0-9]{0,2}[.,][0-9]{3}", value.strip()) is not None


def _key(cell: BpsCell) -> str:
    """Write a key in its parts, one that has none in blocks: sixteen digits in a row would pass for a NIK."""
    if len(cell.meant) == 1:
        return "·".join(each.code for each in cell.meant[0])
    return " ".join(cell.key[at : at + 8] for at in range(0, len(cell.key), 8))


def _fault(cell: BpsCell, row: int) -> RowFault | None:
    if len(cell.meant) == 1 and cell.doubt:
        return RowFault(row, UNDECIDED, cell.doubt)
    if len(cell.meant) == 1:
        return RowFault(row, AMBIGUOUS, TWO_READINGS.format(cell.value)) if _is_ambiguous(cell.value) else None
    if not cell.meant:
        sentence = (
            f"kunci {_key(cell)} tidak cocok dengan daftar wilayah, tahun dan rincian dari BPS, jadi artinya tidak "
            "diketahui. Angkanya tidak dimuat; laporkan kepada BPS bila berulang."
        )
        return RowFault(row, UNKNOWN, sentence)
    readings = "; atau ".join(" · ".join(each.label for each in combination) for combination in cell.meant[:4])
    sentence = (
        f"kunci {_key(cell)} dapat berarti {readings}. BPS tidak membedakannya, jadi angkanya tidak dimuat; "
        "ambil angka ini dari tabel di situs BPS."
    )
    return RowFault(row, DOUBLE, sentence)
