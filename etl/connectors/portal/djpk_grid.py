"""DJPK's budget table as a tidy grid: one account of one month in each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.period import MONTHS
from etl.connectors.base import UnreadableError
from etl.connectors.portal.choice import UNDECIDED, undecided
from etl.sheets.sheet import RowFault, Sheet

GIVEN = ("akun", "anggaran", "realisasi", "persentase")
HEADERS = (*GIVEN, "indikator", "tahun", "periode")
LETTERS = tuple("ABCDEFG")


def budget_sheet(sheets: list[Sheet], month: tuple[int, int], feed: Feed, wanted: Mapping[str, str]) -> Sheet:
    """Lay out the table of one month, its rows under their own numbers.

    `wanted` maps accounts to indicators and leaves all others out; empty, it takes all. Realisation counts
    from January. An account that comes twice keeps its first figures, as DJPK's own readers do; a later row that
    differs is refused. Raises UnreadableError where there is no such table.
    """
    year, number = month
    given, header = _table(sheets)
    body = given.cells.loc[given.cells.index > header.name, list(header)].fillna("")
    names = body[header["akun"]].str.split().str.join(" ")
    body = body[names.ne("") & (names.isin(list(wanted)) if wanted else True)]
    names = names[body.index]
    cells = pd.DataFrame(index=body.index, columns=list(LETTERS), dtype=object)
    typed = pd.DataFrame(False, body.index, list(LETTERS))
    for letter, head in zip(LETTERS, GIVEN, strict=False):
        cells[letter] = body[header[head]]
        typed[letter] = False if given.typed is None else given.typed.loc[body.index, header[head]]
    cells["A"], cells["E"] = names, names.map(dict(wanted)) if wanted else names
    cells["F"], cells["G"] = str(year), f"s.d. {MONTHS['id'][number - 1]} {year}"
    top = pd.DataFrame([HEADERS], [header.name], list(LETTERS), dtype=object)
    still = pd.DataFrame(False, top.index, top.columns)
    return Sheet(
        f"{year}-{number:02d}",
        pd.concat([top, cells]),
        pd.concat([still, typed]).astype(bool),
        remarks=tuple(_absent(wanted, set(names), month)),
        faults=tuple(_faults(cells, undecided(feed, wanted or set(names), ("indikator", "akun"), "djpk_apbd › akun"))),
    )


def _table(sheets: list[Sheet]) -> tuple[Sheet, pd.Series]:
    """Find the sheet and the row that name the columns; the row is returned as letters by name, named by its number."""
    for sheet in sheets:
        for number, row in sheet.cells.head(30).iterrows():
            letters = {str(text or "").strip().casefold(): letter for letter, text in row.items()}
            if set(GIVEN) <= set(letters):
                return sheet, pd.Series({name: letters[name] for name in GIVEN}, name=number)
    raise UnreadableError("Jawaban DJPK tidak memuat tabel Akun, Anggaran, Realisasi, Persentase. Laporkan ke Pantau.")


def _faults(cells: pd.DataFrame, doubt: str | None) -> Iterator[RowFault]:
    if doubt:
        yield from (RowFault(int(str(row)), UNDECIDED, doubt) for row in cells.index)
        return
    first = cells.drop_duplicates("A").reset_index().set_index("A")
    for row, account, *figures in cells.loc[cells.duplicated("A"), ["A", "B", "C", "D"]].itertuples():
        kept = first.loc[account]
        if figures != [kept["B"], kept["C"], kept["D"]]:
            yield RowFault(
                int(row),
                "akun-ganda",
                f"akun “{account}” sudah ada di baris {kept['index']} dengan angka lain (anggaran {kept['B']}, "
                f"realisasi {kept['C']}). Yang dipakai yang pertama; tanyakan kepada DJPK bila yang ini yang benar.",
            )


def _absent(wanted: Mapping[str, str], found: set[str], month: tuple[int, int]) -> Iterator[tuple[str, str]]:
    for account in wanted:
        if account not in found:
            place = f"{MONTHS['id'][month[1] - 1]} {month[0]}"
            yield (
                "akun-tidak-ada",
                f"Akun “{account}” tidak ada dalam tabel DJPK {place}. Periksa ejaannya di indicators.yaml.",
            )
