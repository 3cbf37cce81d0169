"""Totals against their parts: a regency beside all its kecamatan, and the total rows of a table.

Only indicators that are declared additive are summed, and only where every part is there.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.catalogue.decimals import rounding_slack
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Indicator
from etl.pipeline import identify, normalise, origin
from etl.pipeline.batch import Batch, Row
from etl.pipeline.checks.validity import are_repeats, sizes
from etl.sheets.categorical import Codes, coded, number, plain

RULE = "jumlah-tidak-cocok"
PART_LEVELS = {
    "country": {"province"},
    "province": {"regency", "city"},
    "regency": {"district"},
    "city": {"district"},
    "district": {"village"},
}
CLOSING = ("regency", "city", "district")
GROUP = ["indicator_id", "series_id", "period_code", "producer_id", "publication"]
NOISE = 1e-9  # of binary addition, relative
CELLS_SHOWN = 12
LEAST = 2  # parts of a total
Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class AddedCell(NamedTuple):
    """A figure and where it stands; `at` is its label in the batch."""

    at: Hashable
    number: Decimal
    step: Decimal
    row: int
    column: str | None

    def __str__(self) -> str:
        return f"{self.column}{self.row}" if self.column else f"baris {self.row}"


class Sum(NamedTuple):
    """A total and what it should be the sum of."""

    indicator: Indicator
    period: str
    total: AddedCell
    parts: list[AddedCell]


def refuse_unequal_totals(batch: Batch, feed: Feed, catalogue: Catalogue) -> None:
    """Refuse total and parts where the total differs from their sum by more than their printed steps allow."""
    told: dict[Hashable, str] = {}
    for each in (*_of_regions(batch, catalogue), *_of_lists(batch, catalogue)):
        if sentence := _difference(each):
            told |= dict.fromkeys((cell.at for cell in (each.total, *each.parts)), sentence)
    for each in _of_tables(batch, feed, catalogue):  # their totals are no rows of the batch
        if sentence := _difference(each):
            told |= dict.fromkeys((cell.at for cell in each.parts), sentence)
    fallen = pd.Series(True, index=pd.Index(list(told)), dtype=bool)
    batch.refuse(fallen, RULE, "value", lambda row: told[row["at"]])


def _additive(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return the realised numbers that may be summed, each said once."""
    additive = [each.id for each in catalogue.indicators if each.additive]
    rows = rows[rows["indicator_id"].isin(additive) & rows["kind"].eq("realisation") & rows["number"].notna()]
    return rows[~are_repeats(rows)]


def _of_regions(batch: Batch, catalogue: Catalogue) -> Iterator[Sum]:
    """Give the regions whose parts all stand in the file and do not add up in binary arithmetic."""
    whole = _whole_regions(set(batch.rows["region_code"].unique()), catalogue)
    if not whole:
        return
    rows = _additive(batch.rows, catalogue)
    group, region = number(rows, GROUP), coded(rows["region_code"])
    size, codes = sizes(rows).to_numpy(dtype=float), region.cat.codes.to_numpy()
    place = {word: code for code, word in enumerate(region.cat.categories)}
    count = group.max(initial=-1) + 1
    for parent, parts in whole.items():
        mine = np.isin(codes, [place[each] for each in parts if each in place])
        own = codes == place.get(parent, len(place))
        if not own.any():
            continue
        said = np.bincount(group[mine], minlength=count)
        sums = np.bincount(group[mine], size[mine], minlength=count)
        total = np.full(count, np.nan)
        total[group[own]] = size[own]
        apart = (said == len(parts)) & (np.abs(sums - total) > np.abs(total) * NOISE)
        yield from _sums(rows, group, mine & apart[group], own & apart[group], catalogue)


def _of_lists(batch: Batch, catalogue: Catalogue) -> Iterator[Sum]:
    """Give each regency or kecamatan at an end of a list of its parts, whole or not: it closes the list as a total."""
    here = set(batch.rows["region_code"].unique())
    listed = {code: here.intersection(codes) for code, codes in _parts(here, catalogue).items()}
    closing = [code for code, codes in listed.items() if len(codes) >= LEAST]
    closing = [code for code in closing if catalogue.region[code].level in CLOSING]
    if not closing:
        return
    rows, found = _additive(batch.rows, catalogue), batch.findings()
    group, regions = number(rows, ["sheet", "column", *GROUP]), rows["region_code"]
    size, line = sizes(rows).to_numpy(dtype=float), rows["row"].to_numpy(dtype=float)
    for code in closing:
        own, mine = regions.eq(code).to_numpy(dtype=bool), regions.isin(listed[code]).to_numpy(dtype=bool)
        if not own.any():
            continue
        ends = _at_ends(group, line, size, own, mine)
        records = zip(group[own][ends], plain(rows[own][ends]).to_dict("records"), strict=True)
        torn = [key for key, record in records if not _has_gaps(found, rows, record)]
        chosen = np.isin(group, torn)
        yield from _sums(rows, group, mine & chosen, own & chosen, catalogue)


def _at_ends(group: Codes, line: Floats, size: Floats, own: Mask, mine: Mask) -> Mask:
    """Tell which of the own rows stand once, before or after all parts of their group, and are not their sum."""
    count, at = group.max(initial=-1) + 1, group[own]
    first, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(first, group[mine], line[mine])
    np.maximum.at(last, group[mine], line[mine])
    outside = (line[own] <= first[at]) | (line[own] >= last[at])
    once = np.bincount(at, minlength=count)[at] == 1
    listed = np.bincount(group[mine], minlength=count)[at] >= LEAST
    sums = np.bincount(group[mine], size[mine], minlength=count)[at]
    hit: Mask = outside & once & listed & (np.abs(sums - size[own]) > np.abs(size[own]) * NOISE)
    return hit


def _whole_regions(here: set[str], catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the regions of a file whose parts it names, all of them, by code."""
    return {parent: codes for parent, codes in _parts(here, catalogue).items() if here.issuperset(codes)}


def _parts(here: set[str], catalogue: Catalogue) -> dict[str, list[str]]:
    """List all parts that each of some regions has, by its code."""
    parts: dict[str, list[str]] = {}
    for each in catalogue.regions:
        if each.parent in here and each.level in PART_LEVELS.get(catalogue.region[each.parent].level, ()):
            parts.setdefault(each.parent, []).append(each.code)
    return parts


def _sums(rows: pd.DataFrame, group: Codes, parts: Mask, totals: Mask, catalogue: Catalogue) -> Iterator[Sum]:
    cells: dict[int, list[AddedCell]] = {}
    for key, cell in zip(group[parts], _cells(rows[parts]), strict=True):
        cells.setdefault(key, []).append(cell)
    them = rows[totals]
    names = zip(group[totals], _cells(them), them["indicator_id"], them["period_code"], strict=True)
    for key, cell, indicator, period in names:
        yield Sum(catalogue.indicator[indicator], period, cell, cells[key])


def _cells(rows: pd.DataFrame) -> list[AddedCell]:
    letters = rows["column"].tolist() if "column" in rows else [None] * len(rows)
    columns = zip(rows.index, rows["number"], rows["step"], rows["row"], letters, strict=True)
    return [
        AddedCell(at, Decimal(text), Decimal(step), int(row), letter if isinstance(letter, str) else None)
        for at, text, step, row, letter in columns
    ]


def _of_tables(batch: Batch, feed: Feed, catalogue: Catalogue) -> Iterator[Sum]:
    """Give each total row of a table with the rows since the last total, or with all rows above it."""
    totals = _read_totals(batch, feed, catalogue)
    if totals.empty:
        return
    rows, found = _additive(batch.rows, catalogue), batch.findings()
    for cell, total in zip(_cells(totals), plain(totals).to_dict("records"), strict=True):
        same = rows[_of_same_column(rows, total)]
        parts = same[same["row"].lt(cell.row)]
        levels = {catalogue.region[code].level for code in parts["region_code"].unique()}
        if len(parts) < LEAST or len(levels) != 1 or parts["series_id"].nunique() > 1:
            continue  # not a list of like regions, so the total may be of something else
        if parts["series_id"].iloc[0] != total["series_id"] or _has_gaps(found, totals, total):
            continue
        whole = Sum(catalogue.indicator[total["indicator_id"]], total["period_code"], cell, _cells(parts))
        before = totals.loc[totals["row"].lt(cell.row) & _of_same_column(totals, total), "row"]
        since = [each for each in whole.parts if each.row > before.max()] if len(before) else []
        options = [whole, *([whole._replace(parts=since)] if since else []), *_beside(whole, _cells(same))]
        yield next((each for each in options if not _difference(each)), options[1] if since else whole)


def _beside(whole: Sum, cells: list[AddedCell]) -> Iterator[Sum]:
    """Give what a total of tables beside one another may be of: those of its own column, or of all blocks."""
    if len({each.column for each in cells}) > 1:
        own = [each for each in cells if each.column == whole.total.column and each.row < whole.total.row]
        yield whole._replace(parts=own)
        yield whole._replace(parts=cells)


def _of_same_column(rows: pd.DataFrame, total: Row) -> pd.Series:
    same = rows["sheet"].eq(total["sheet"]) if total["sheet"] else rows["sheet"].isna()
    for name in ("indicator_id", "period_code"):
        same &= rows[name].eq(total[name])
    return same.astype(bool)


def _read_totals(batch: Batch, feed: Feed, catalogue: Catalogue) -> pd.DataFrame:
    """Read the total rows of the tables as figures; one that is no figure of an additive indicator is no total."""
    if batch.totals.empty:
        return batch.totals
    own = batch.apart(batch.totals)
    identify.identify_rows(own, feed, catalogue)
    origin.read_kinds(own)
    normalise.place_periods(own, feed, catalogue)
    normalise.read_values(own, feed, catalogue)
    origin.give_origin(own, feed, catalogue)
    additive = [each.id for each in catalogue.indicators if each.additive]
    return own.rows[own.rows["indicator_id"].isin(additive) & own.rows["number"].notna()]


def _has_gaps(found: pd.DataFrame, totals: pd.DataFrame, total: Row) -> bool:
    """Tell whether a part of the total was refused: in its own column, or as a whole row."""
    others = set(totals["column"]) - {total["column"]}
    sheet = found["sheet"].eq(total["sheet"]) if total["sheet"] else found["sheet"].isna()
    return bool((sheet & found["severity"].eq("refused") & ~found["column"].isin(list(others))).any())


def _difference(one: Sum) -> str | None:
    """Say how total and sum differ, or None where their printed steps allow it; whole counts allow nothing."""
    added = sum((each.number for each in one.parts), Decimal(0))
    steps = [each.step for each in (one.total, *one.parts)]
    counted = one.indicator.decimals == 0 and max(steps) <= 1
    if abs(one.total.number - added) <= rounding_slack(steps, counted):
        return None
    shown = ", ".join(map(str, one.parts[:CELLS_SHOWN]))
    more = f" dan {len(one.parts) - CELLS_SHOWN} sel lain" if len(one.parts) > CELLS_SHOWN else ""
    return (
        f"jumlah tidak cocok: {one.indicator.short.id} {one.period} pada {one.total} tertulis {one.total.number:f} "
        f"{one.indicator.unit}, sedangkan bagiannya berjumlah {added:f} ({shown}{more}). "
        "Tidak ada yang dimuat dari kelompok ini; betulkan yang salah."
    )
