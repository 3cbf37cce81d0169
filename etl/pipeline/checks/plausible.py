"""All checks of read figures, in order: each alone, with its own parts, with its neighbours, with what stands."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.batch import Batch
from etl.pipeline.checks.cumulative_falls import refuse_falls
from etl.pipeline.checks.jumps import STANDING, refuse_jumps
from etl.pipeline.checks.ratio_parts import refuse_parts
from etl.pipeline.checks.sums import refuse_unequal_totals
from etl.pipeline.checks.usual_range import refuse_fractions, refuse_unusual
from etl.pipeline.checks.validity import refuse_future, refuse_insane, refuse_other_periods, refuse_twins, repeats
from etl.pipeline.checks.whole_numbers import refuse_broken_counts, refuse_broken_levels


def check(
    batch: Batch,
    feed: Feed,
    catalogue: Catalogue,
    today: dt.date,
    standing: pd.DataFrame | None = None,
    trusting: bool = False,
) -> pd.Index:
    """Refuse what cannot be right; return the index of rows that only repeat another one.

    `standing` holds the figures now in force of the feed's indicators (columns STANDING, values as canonical text): of
    each indicator, series and region those of the last period, and of cumulative indicators those of the last years.
    With `trusting` nothing is refused for being unusual.
    """
    known = pd.DataFrame(columns=STANDING, dtype=object) if standing is None else standing
    refuse_future(batch, today)
    refuse_other_periods(batch, feed, catalogue)
    refuse_insane(batch, catalogue)
    if not trusting:
        refuse_fractions(batch, feed, catalogue, known)
        refuse_unusual(batch, feed, catalogue)
    refuse_broken_counts(batch, feed, catalogue)
    refuse_broken_levels(batch, catalogue)
    refuse_parts(batch, catalogue)
    refuse_twins(batch)
    if not trusting:
        refuse_jumps(batch, catalogue, known)
    refuse_falls(batch, catalogue, known)
    refuse_unequal_totals(batch, feed, catalogue)
    return repeats(batch)
