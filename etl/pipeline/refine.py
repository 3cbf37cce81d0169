"""The whole way of one delivery's rows: parse, normalise, validate. Pure: frames in, frames out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.observation_fields import GIVEN
from etl.pipeline import identify, normalise, origin, parse, records
from etl.pipeline.batch import FINDING_COLUMNS, Batch, file_finding
from etl.pipeline.breakdown import Unread, refuse_undecided
from etl.pipeline.checks import plausible
from etl.pipeline.layout.sheet import hidden_sheet, read_layout
from etl.sheets.categorical import by_word, combine, plain, spread
from etl.sheets.sheet import RowFault, Sheet

# Columns of the sieve whose field has another name: there `region` is what the file says, `value` its text.
RESOLVED = {
    "indicator": "indicator_id",
    "series": "series_id",
    "region": "region_code",
    "period": "period_code",
    "value": "number",
    "unit": "own_unit",
    "printed": "value",
    "producer": "producer_id",
    "plan": "plan_id",
}
FINAL = {RESOLVED.get(name, name): name for name in GIVEN}
Faults = dict[tuple[str | None, int], RowFault]


@dataclass(frozen=True, slots=True)
class Refined:
    """What became of a delivery: `rows_read` = accepted + repeats (identical, unchanged) + refused.

    `accepted` has the columns of FINAL: `row` whole numbers, all others coded texts (see etl.sheets.categorical).
    """

    rows_read: int
    accepted: pd.DataFrame
    repeats: int
    findings: pd.DataFrame


def refine(
    grids: Iterable[Sheet],
    feed: Feed,
    catalogue: Catalogue,
    today: dt.date,
    standing: pd.DataFrame | None = None,
    own_columns: bool = False,
) -> Refined:
    """Turn grids of text into observations and findings. `standing` are the figures in force: see plausible.check.

    With `own_columns` the source names its columns itself, and those that the feed does not map are no reason to warn.

    Raises parse.LayoutError where no sheet has the feed's header, or a workbook was made for another feed.
    """
    faults: Faults = {}
    data = _figures(grids, feed, faults)
    unread = Unread()
    if feed.layout:
        batch, warnings = read_layout(_whole(data), feed, catalogue)
    else:
        batch, warnings = _read_tables(data, feed, unread, own_columns)
    rows_read = len(batch.rows) + len(batch.findings())
    _refuse_faults(batch, faults)
    if feed.records:
        accepted, twice = records.read_records(batch, feed, catalogue)
        return Refined(rows_read, accepted, twice, _found(batch, warnings))
    repeats = _pass_through(batch, unread, feed, catalogue, today, standing)
    left = batch.rows[~batch.rows.index.isin(repeats)] if len(repeats) else batch.rows
    return Refined(rows_read, _accepted(left, catalogue), len(repeats), _found(batch, warnings))


def _found(batch: Batch, warnings: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([batch.findings(), *warnings], ignore_index=True).astype(object)[FINDING_COLUMNS]


def _figures(grids: Iterable[Sheet], feed: Feed, faults: Faults) -> Iterator[Sheet]:
    """Pass on the sheets that may hold figures, check a template's mark and note what connectors say on the way."""
    for grid in grids:
        faults |= {(grid.name, fault.row): fault for fault in grid.faults}
        if grid.name == parse.MARK_SHEET:
            _check_mark(grid.cells, feed)
        else:
            yield grid


def _whole(grids: Iterable[Sheet]) -> list[Sheet]:
    """Put the parts of each sheet together."""
    whole: list[Any] = []
    for _, group in groupby(grids, key=lambda grid: grid.name):
        parts: list[Any] = list(group)
        if len(parts) > 1:
            typed = None if parts[0].typed is None else pd.concat([part.typed for part in parts])
            parts = [replace(parts[0], cells=pd.concat([part.cells for part in parts]), typed=typed)]
        whole += parts
    return whole


def _read_tables(
    data: Iterable[Sheet], feed: Feed, unread: Unread, own_columns: bool
) -> tuple[Batch, list[pd.DataFrame]]:
    """Read plain tables: one header row, one row for each figure. No more than one part of a sheet is held."""
    to_rows = records.to_records if feed.records else parse.to_rows
    headers: dict[str | None, parse.Header | None] = {}
    batches: list[Batch] = []
    first: list[str] = []
    concealed: set[str | None] = set()
    for number, grid in enumerate(data):
        if number == 0 and len(grid.cells):
            first = [str(text or "").strip() for text in grid.cells.iloc[0]]
        if grid.name not in headers:
            headers[grid.name] = None if grid.hidden else parse.find_header(grid.cells, feed)
            concealed |= {grid.name} if grid.hidden else set()
        header = headers[grid.name]
        if header is not None:
            batches.append(to_rows(grid, header, feed))
            if header.extra and not feed.records and not own_columns:
                unread.add(grid, header)
    if not batches:
        raise parse.LayoutError(parse.missing_header(feed, first))
    warnings = [_extra_columns(name, header) for name, header in headers.items() if header and header.extra]
    warnings = [] if own_columns else warnings
    passed_over = [name for name, header in headers.items() if header is None]
    warnings += [
        hidden_sheet(name) if name in concealed else _headless(name, feed)
        for name in passed_over
        if name not in parse.OWN_SHEETS
    ]
    return Batch.join(batches), warnings


def _refuse_faults(batch: Batch, faults: Faults) -> None:
    """Refuse the rows in which the source contradicts itself, as its connector says."""
    for rule in dict.fromkeys(fault.rule for fault in faults.values()):
        found = [faults.get((sheet, row)) for sheet, row in plain(batch.rows[["sheet", "row"]]).itertuples(index=False)]
        hit = pd.Series([one is not None and one.rule == rule for one in found], batch.rows.index, dtype=bool)
        batch.refuse(hit, rule, "value", lambda row: faults[row["sheet"], row["row"]].sentence)


def _pass_through(
    batch: Batch, unread: Unread, feed: Feed, catalogue: Catalogue, today: dt.date, standing: pd.DataFrame | None
) -> pd.Index:
    identify.identify_rows(batch, feed, catalogue)
    origin.read_kinds(batch)
    normalise.place_regions(batch, feed, catalogue)
    normalise.place_periods(batch, feed, catalogue)
    refuse_undecided(batch, unread, feed, catalogue)
    normalise.read_values(batch, feed, catalogue)
    origin.give_origin(batch, feed, catalogue)
    normalise.mark_ikn(batch)
    return plausible.check(batch, feed, catalogue, today, standing)


def _check_mark(cells: pd.DataFrame, feed: Feed) -> None:
    if len(cells) and "B" in cells and cells["B"].iloc[0] != feed.id:
        raise parse.LayoutError(
            f"Berkas ini dibuat dari templat kiriman “{cells['B'].iloc[0]}”, bukan “{feed.id}”. "
            "Taruh di folder kirimannya sendiri."
        )


def _accepted(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    rows = rows.copy(deep=False)
    rows["own_unit"] = by_word(rows["indicator_id"], lambda key: catalogue.indicator[key].unit if key else None)
    codes, said = combine(rows, ("page", "note"))
    notes = ["; ".join(filter(None, (page and f"hlm. {page}", note))) or None for page, note in said]
    rows["note"] = spread(codes, notes, rows.index)
    return rows.loc[:, list(FINAL)].rename(columns=FINAL).reset_index(drop=True)


def _extra_columns(sheet: str | None, header: parse.Header) -> pd.DataFrame:
    sentence = (
        f"Kolom {', '.join(f'“{text}”' for text in header.extra)} tidak dikenal kiriman ini dan tidak dibaca. "
        "Petakan pada `columns` di indicators.yaml bila diperlukan."
    )
    return file_finding("kolom-tak-dipakai", sentence, sheet)


def _headless(sheet: str | None, feed: Feed) -> pd.DataFrame:
    sentence = (
        f"Lembar “{sheet}” tidak memuat baris judul kiriman ini, jadi tidak dibaca. Bila lembar itu memuat angka, "
        f"samakan judul kolomnya: {', '.join(feed.columns.values())}."
    )
    return file_finding("lembar-tanpa-judul", sentence, sheet)
