"""Cells of BPS as a tidy grid: one cell in each row, named by what its key means."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from etl.connectors.base import Fault, Sheet
from etl.connectors.bps_cells import BpsCell
from etl.connectors.bps_words import period_words, plain, year_status
from etl.connectors.choice import UNDECIDED
from etl.connectors.json_text import Figure

HEADERS = (
    *("wilayah_bps", "wilayah", "var", "turvar", "tahun", "turtahun", "periode"),
    *("nilai", "satuan", "status", "catatan", "kunci"),
)
LETTERS = [chr(ord("A") + number) for number in range(len(HEADERS))]
NO_UNIT = "tidak ada satuan"
DOUBLE, UNKNOWN = "kunci-bps-ganda", "kunci-bps-tak-dikenal"


def build_grid(cells: Iterable[BpsCell]) -> list[Sheet]:
    """Make one sheet of cells; none where there are none."""
    listed = list(cells)
    if not listed:
        return []
    rows = [HEADERS, *(_row(cell) for cell in listed)]
    index = range(1, len(rows) + 1)
    typed = pd.DataFrame(False, index, LETTERS)
    typed[LETTERS[HEADERS.index("nilai")]] = [False, *(isinstance(cell.value, Figure) for cell in listed)]
    faults = tuple(_fault(cell, row) for row, cell in enumerate(listed, 2) if len(cell.meant) != 1 or cell.doubt)
    return [Sheet(None, pd.DataFrame(rows, index, LETTERS, dtype=object), typed, faults=faults)]


def _row(cell: BpsCell) -> tuple[str, ...]:
    """Name a cell's parts; where its key means several things, each part lists them all."""
    parts = [" / ".join(dict.fromkeys(each.label for each in items)) for items in zip(*cell.meant, strict=True)]
    vervar, var, turvar, year, part = parts or [""] * 5
    variable = cell.meant[0][1].entry if cell.meant else {}
    unit = plain(variable.get("unit"))
    return (
        " / ".join(dict.fromkeys(each[0].code for each in cell.meant)),
        *(vervar, var, turvar, year, part),
        period_words(year, part) if len(cell.meant) == 1 else "",
        "" if cell.value is None else str(cell.value),
        "" if unit.casefold() == NO_UNIT else unit,
        year_status(year),
        plain(variable.get("note")),
        _key(cell),
    )


def _key(cell: BpsCell) -> str:
    """Write a key in its parts, one that has none in blocks: sixteen digits in a row would pass for a NIK."""
    if len(cell.meant) == 1:
        return "·".join(each.code for each in cell.meant[0])
    return " ".join(cell.key[at : at + 8] for at in range(0, len(cell.key), 8))


def _fault(cell: BpsCell, row: int) -> Fault:
    if len(cell.meant) == 1:
        return Fault(row, UNDECIDED, cell.doubt or "")
    if not cell.meant:
        sentence = (
            f"kunci {_key(cell)} tidak cocok dengan daftar wilayah, tahun dan rincian dari BPS, jadi artinya tidak "
            "diketahui. Angkanya tidak dimuat; laporkan kepada BPS bila berulang."
        )
        return Fault(row, UNKNOWN, sentence)
    readings = "; atau ".join(" · ".join(each.label for each in combination) for combination in cell.meant[:4])
    sentence = (
        f"kunci {_key(cell)} dapat berarti {readings}. BPS tidak membedakannya, jadi angkanya tidak dimuat; "
        "ambil angka ini dari tabel di situs BPS."
    )
    return Fault(row, DOUBLE, sentence)
