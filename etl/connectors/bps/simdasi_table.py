"""A table of SIMDASI as a tidy grid: regions down, variables across, figures as Indonesian text with marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.connectors.base import UnreadableError
from etl.connectors.bps.bps_words import plain
from etl.connectors.bps.simdasi_cell import Doubt, value_of
from etl.connectors.formats.json_text import JsonNumber
from etl.connectors.portal.choice import UNDECIDED, undecided
from etl.sheets.sheet import RowFault, Sheet

HEADERS = (
    *("wilayah_bps", "wilayah", "variabel", "indikator", "tahun"),
    *("nilai", "satuan", "status", "catatan", "sumber"),
)
LETTERS = tuple("ABCDEFGHIJ")
MEANINGS = {
    **{"sangat sementara": "sangat sementara", "sementara": "sementara"},
    **{"diperbaiki": "revisi", "revisi": "revisi", "estimasi": "estimasi"},
}
OWN_YEAR = re.compile(r"^[0-9]{4}\b(?=\W*\w?$)|\btahun [0-9]{4}\b|\((?:19|20)[0-9]{2}\)", re.IGNORECASE)
OF_PRICES = re.compile("konstan|dasar", re.IGNORECASE)  # their year is that of the prices
OTHER_YEAR = "kolom “{}” menyebut tahun lain daripada tabelnya ({}), jadi periodenya tidak pasti. Pilih kolom lain."
TWO_UNITS = "satuan kolom “{}” berbeda dengan satuan baris “{}”. Angkanya tidak dimuat; tanyakan kepada BPS."
UNKNOWN_MARK = "tanda-tak-dikenal"
UNKNOWN = "tanda “{}” bukan status angka menurut keterangan tabel, jadi angkanya tidak dimuat. Tanyakan kepada BPS."


class TableRefusedError(Exception):
    """SIMDASI says no inside an outer OK; the message is an Indonesian sentence."""


def open_table(page: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the table of an open envelope, None where BPS has none.

    Raises TableRefusedError where the inner status is an error, UnreadableError for another shape.
    """
    if page is None:
        return None
    match page.get("data"):
        case [_, dict(table)]:
            if str(table.get("status")) != "200":
                said = " ".join(str(table.get("message", "")).split())[:200]
                raise TableRefusedError(f"SIMDASI menolak permintaan: “{said}”.")
            if isinstance(table.get("kolom"), dict) and isinstance(table.get("data"), list):
                return table
    raise UnreadableError("Tabel SIMDASI tidak berbentuk yang dikenal. Laporkan kepada pengelola Pantau.")


def table_sheet(table: Mapping[str, Any], feed: Feed, wanted: Mapping[str, str]) -> Sheet:
    """Lay out the table of one year, one figure in each row.

    `wanted` maps columns to indicators and leaves all others out; empty, it takes all. A figure whose
    mark the table's own legend does not explain is refused. Raises UnreadableError for rows without figures.
    """
    heads = [head for each, head in table["kolom"].items() if not wanted or each in wanted]
    names = [plain(_dict(head).get("nama_variabel")) for head in heads]
    doubt = undecided(feed, names, ("indikator", "variabel"), "bps_simdasi › variabel")
    found = list(_values(table, wanted))
    rows = [HEADERS, *(row for row, _, _ in found)]
    index = range(1, len(rows) + 1)
    typed = pd.DataFrame(False, index, list(LETTERS))
    typed["F"] = [False, *(is_number for _, is_number, _ in found)]
    faults = [RowFault(row, *doubted) for row, (*_, doubted) in enumerate(found, 2) if doubted]
    if doubt:
        faults = [RowFault(row, UNDECIDED, doubt) for row in index[1:]]
    absent = [
        ("kolom-tidak-ada", f"Kolom “{each}” tidak ada dalam tabel. Periksa variabel di indicators.yaml.")
        for each in wanted
        if each not in table["kolom"]
    ]
    cells = pd.DataFrame(rows, index, list(LETTERS), dtype=object)
    return Sheet(str(table.get("tahun_data")), cells, typed, remarks=tuple(absent), faults=tuple(faults))


def _values(table: Mapping[str, Any], wanted: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], bool, Doubt]]:
    """Yield each row, whether its figure is a JSON number, and why it must not be loaded: rule and sentence."""
    legend = {str(mark).strip(): plain(words).casefold() for mark, words in _dict(table.get("keterangan_data")).items()}
    for row in table["data"]:
        place = (str(_dict(row).get("kode_wilayah", "")), plain(row.get("label_raw") or row.get("label")))
        for column, head in table["kolom"].items():
            if wanted and column not in wanted:
                continue
            cell = _dict(_dict(row.get("variables")).get(column))
            value, doubt = value_of(cell)
            mark = str(cell.get("value_code") or "").strip()
            name = plain(_dict(head).get("nama_variabel"))
            status = _status(legend.get(mark, ""))
            known = not mark or status or mark == str(value).strip()
            yield (
                (
                    *(*place, name, wanted.get(column, name), str(table.get("tahun_data"))),
                    *("" if value is None else str(value), plain(_dict(head).get("satuan") or row.get("satuan"))),
                    *(status, plain(table.get("catatan")), plain(table.get("sumber"))),
                ),
                isinstance(value, JsonNumber),
                doubt or _misplaced(head, row, table) or (None if known else (UNKNOWN_MARK, UNKNOWN.format(mark))),
            )


def _misplaced(head: Any, row: Any, table: Mapping[str, Any]) -> Doubt:
    """Say where column and table, or column and row, speak of different years or units."""
    name, year = plain(_dict(head).get("nama_variabel")), str(table.get("tahun_data"))
    named = OWN_YEAR.search(name)
    if named and year not in named.group() and not OF_PRICES.search(name):
        return "tahun-kolom", OTHER_YEAR.format(name, year)
    units = plain(_dict(head).get("satuan")), plain(row.get("satuan"))
    if all(units) and units[0].casefold() != units[1].casefold():
        return "satuan-berbeda", TWO_UNITS.format(*units)
    return None


def _status(words: str) -> str:
    return next((status for part, status in MEANINGS.items() if part in words), "")


def _dict(value: Any) -> dict[str, Any]:
    """Return what must be an object; raises UnreadableError where it is something else."""
    if value is None or value in ("", []):
        return {}
    if not isinstance(value, dict):
        raise UnreadableError("Tabel SIMDASI tidak berbentuk yang dikenal. Laporkan kepada pengelola Pantau.")
    return value
