"""The whole way of one delivery's rows: read, normalise, check. Pure: frames in, frames out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.observation_fields import GIVEN
from etl.pipeline import identify, normalise, origin, record_fields
from etl.pipeline.batch import FINDING_COLUMNS, Batch
from etl.pipeline.checks import plausible
from etl.pipeline.checks.total_columns import refuse_unequal_columns
from etl.pipeline.further_faults import note_further_faults
from etl.pipeline.layout.claims import refuse_contradicted, take_told_series
from etl.pipeline.layout.facility_heads import refuse_facilities
from etl.pipeline.layout.other_indicator import refuse_other_indicator
from etl.pipeline.layout.part_columns import refuse_undecided
from etl.pipeline.layout.place_columns import refuse_other_places
from etl.pipeline.layout.reader import read_sheets
from etl.pipeline.layout.sheet_reading import Reading
from etl.pipeline.layout.telling_columns import refuse_other_words
from etl.pipeline.layout.told_elsewhere import (
    refuse_other_head_region,
    refuse_other_head_year,
    refuse_other_region,
    refuse_other_year,
    refuse_torn_titles,
)
from etl.pipeline.layout.told_month import refuse_other_month, refuse_other_part
from etl.pipeline.layout.told_spans import refuse_other_spans
from etl.pipeline.region_scope import leave_outside
from etl.sheets.categorical import by_word, combine, plain, spread
from etl.sheets.sheet import Sheet

# Columns of the batch whose field has another name: there `region` is what the file says, `value` its text.
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
    sheets: Iterable[Sheet],
    feed: Feed,
    catalogue: Catalogue,
    today: dt.date,
    standing: pd.DataFrame | None = None,
    own_columns: bool = False,
    trusting: bool = False,
) -> Refined:
    """Turn sheets of text into observations and findings. `standing` are the figures in force: see plausible.check.

    With `trusting` nothing is asked about that is merely unusual.
    With `own_columns` the source names its columns itself, and those that the feed does not map are no reason to warn.

    Raises LayoutError where no sheet has the feed's header, or a workbook was made for another feed.
    """
    batch, reading = read_sheets(sheets, feed, catalogue, own_columns)
    leave_outside(batch, reading, feed, catalogue)
    rows_read = len(batch.rows) + len(batch.findings())
    _refuse_faults(batch, reading)
    if feed.records:
        accepted, twice = record_fields.read_records(batch, feed, catalogue)
        return Refined(rows_read, accepted, twice, _found(batch, reading))
    identify_values(batch, reading, feed, catalogue)
    refuse_unequal_columns(batch, reading.unread, reading.tables, feed, catalogue)
    repeats = plausible.check(batch, feed, catalogue, today, standing, trusting)
    note_further_faults(batch, reading, feed, catalogue, today)
    left = batch.rows[~batch.rows.index.isin(repeats)] if len(repeats) else batch.rows
    return Refined(rows_read, _accepted(left, catalogue), len(repeats), _found(batch, reading))


def identify_values(batch: Batch, reading: Reading, feed: Feed, catalogue: Catalogue) -> None:
    """Read the words of rows into the catalogue's: what each speaks of, where, when, how much, and who says so."""
    identify.identify_rows(batch, feed, catalogue)
    heads = {} if feed.rules or reading.own_columns else reading.plain_heads
    if heads:
        refuse_contradicted(batch, heads, catalogue)
        refuse_other_indicator(batch, heads, feed, catalogue)
        take_told_series(batch, heads, catalogue)
    origin.read_kinds(batch)
    refuse_facilities(batch, feed)
    normalise.place_regions(batch, feed, catalogue)
    normalise.place_periods(batch, feed, catalogue)
    refuse_other_region(batch, reading.lines_above, catalogue)
    refuse_other_head_region(batch, heads, catalogue)
    refuse_other_year(batch, reading.lines_above, feed)
    refuse_other_part(batch, reading.lines_above)
    refuse_torn_titles(batch, reading.tables, catalogue)
    refuse_other_head_year(batch, reading.tables, catalogue)
    refuse_other_month(batch, reading.tables, catalogue)
    refuse_other_spans(batch, reading.tables, catalogue)
    refuse_other_places(batch, reading.unread, catalogue)
    refuse_undecided(batch, reading.unread, feed, catalogue)
    refuse_other_words(batch, reading.unread, catalogue)
    normalise.read_values(batch, feed, catalogue)
    origin.give_origin(batch, feed, catalogue)
    normalise.mark_ikn(batch)


def _found(batch: Batch, reading: Reading) -> pd.DataFrame:
    return pd.concat([batch.findings(), *reading.warnings], ignore_index=True).astype(object)[FINDING_COLUMNS]


def _refuse_faults(batch: Batch, reading: Reading) -> None:
    """Refuse the rows in which the source contradicts itself, as its connector says."""
    faults = reading.faults
    for rule in dict.fromkeys(fault.rule for fault in faults.values()):
        found = [faults.get((sheet, row)) for sheet, row in plain(batch.rows[["sheet", "row"]]).itertuples(index=False)]
        hit = pd.Series([one is not None and one.rule == rule for one in found], batch.rows.index, dtype=bool)
        batch.refuse(hit, rule, "value", lambda row: faults[row["sheet"], row["row"]].sentence)


def _accepted(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    rows = rows.copy(deep=False)
    rows["own_unit"] = by_word(rows["indicator_id"], lambda key: catalogue.indicator[key].unit if key else None)
    codes, said = combine(rows, ("page", "note"))
    notes = ["; ".join(filter(None, (page and f"hlm. {page}", note))) or None for page, note in said]
    rows["note"] = spread(codes, notes, rows.index)
    return rows.loc[:, list(FINAL)].rename(columns=FINAL).reset_index(drop=True)
