"""What else is wrong with rows that fell: all faults of a row are told at once, not one with each round of letters.

A row falls once, by the first rule it breaks. Its further faults are warnings with a cell: they count no row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pandas as pd

from etl.catalogue.feeds import FEED_FIELDS, Feed
from etl.catalogue.models import Catalogue
from etl.pipeline import identify, normalise, origin
from etl.pipeline.batch import FALLEN_KEPT, NUMBERS, Batch
from etl.pipeline.checks.validity import refuse_future, refuse_insane
from etl.pipeline.column_marks import ColumnMarks, place_marks
from etl.pipeline.layout.claims import take_told_series
from etl.pipeline.layout.sheet_reading import Reading
from etl.sheets.categorical import constant, plain, stack

RAW = [*FEED_FIELDS, "sheet", "row", "column", *(f"{name}_typed" for name in NUMBERS), "places"]
PARTS = ("numerator", "denominator")  # may have been rewritten since they were read
NO_ROWS = ("sel-bergeser", "judul-tak-dikenal")  # cells that may each stand under another head, or are heads


def note_further_faults(batch: Batch, reading: Reading, feed: Feed, catalogue: Catalogue, today: dt.date) -> None:
    """Read the cells of the first rows that fell once more, each on its own, and add what is wrong with them."""
    if feed.rules or not batch.fallen:
        return
    rows = stack([frame[[name for name in RAW if name in frame]] for frame in batch.fallen]).head(FALLEN_KEPT)
    found = batch.findings()
    apart_from = set(found.loc[found["rule"].isin(NO_ROWS), ["sheet", "row"]].itertuples(index=False, name=None))
    rows = rows[[place not in apart_from for place in plain(rows[["sheet", "row"]]).itertuples(index=False, name=None)]]
    rows = rows.assign(**{name: constant(None, rows.index) for name in PARTS})
    named = batch.apart(rows)
    identify.identify_rows(named, feed, catalogue)
    take_told_series(named, reading.plain_heads, catalogue)
    strange = rows[~rows.index.isin(named.rows.index)]
    nameless = batch.apart(strange.assign(rule_region=constant(None, strange.index)))
    normalise.place_regions(nameless, feed, catalogue)
    read = [_apart(batch, named.rows, reader) for reader in _readers(feed, catalogue, reading.marks, today)]
    batch.add_further([named, nameless, *read])


def _apart(batch: Batch, rows: pd.DataFrame, read: Callable[[Batch], None]) -> Batch:
    own = batch.apart(rows)
    read(own)
    return own


def _readers(feed: Feed, catalogue: Catalogue, marks: ColumnMarks, today: dt.date) -> Iterator[Callable[[Batch], None]]:
    def regions(own: Batch) -> None:
        normalise.place_regions(own, feed, catalogue)

    def periods(own: Batch) -> None:
        origin.read_kinds(own)
        normalise.place_periods(own, feed, catalogue)
        refuse_future(own, today)

    def values(own: Batch) -> None:
        place_marks(own, marks, feed)
        normalise.read_values(own, feed, catalogue)
        refuse_insane(own, catalogue)

    def origins(own: Batch) -> None:
        origin.give_origin(own, feed, catalogue)

    yield from (regions, periods, values, origins)
