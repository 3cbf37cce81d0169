"""Defects as offices make them: in one row of many, or in a whole file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from etl.simulation.figures import Row

ROW_SHARE, FILE_SHARE, LATE_SHARE = 0.01, 0.05, 0.04
Break = Callable[[Row], Row]


def _thousandfold(row: Row) -> Row:
    return row | {"value": f"{row['value'].replace('.', '').split(',')[0]}000"}


def _other_mark(row: Row) -> Row:
    return row | {"value": row["value"].replace(".", "").replace(",", ".") + ("" if "," in row["value"] else ".5")}


def _misspelt(row: Row) -> Row:
    return row | {"region": row["region"].replace("a", "e", 1) + " Kota"}


def _missing(row: Row) -> Row:
    return row | {"value": "-"}


def _future(row: Row) -> Row:
    return row | {"period": "2031-12" if "-" in row["period"] else "2031"}


def _worded(row: Row) -> Row:
    return row | {"value": f"{row['value']} (sementara)"}


ROW_DEFECTS: tuple[Break, ...] = (_thousandfold, _other_mark, _misspelt, _missing, _future, _worded)


def spoil_rows(rows: Sequence[Row], dice: Random) -> tuple[list[Row], int]:
    """Break a realistic share of rows that hold a figure; return them and how many were broken."""
    hit = [index for index, row in enumerate(rows) if "value" in row and dice.random() < ROW_SHARE]
    broken = {index: dice.choice(ROW_DEFECTS)(rows[index]) for index in hit}
    return [broken.get(index, row) for index, row in enumerate(rows)], len(hit)


def spoil_headers(headers: Sequence[str], dice: Random) -> list[str]:
    """Break the head of a file, seldom: rename a column, or add one that holds personal numbers."""
    if dice.random() >= FILE_SHARE:
        return list(headers)
    return [*headers[:-1], "NIK"] if dice.random() < 0.3 else ["No.", *headers[1:]]


def is_late(dice: Random) -> bool:
    """Tell whether an office sends nothing for a period."""
    return dice.random() < LATE_SHARE
