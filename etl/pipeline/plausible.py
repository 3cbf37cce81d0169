"""All checks of read figures, in order: each alone, with its own parts, with its neighbours, with what stands."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.counts import refuse_broken_counts
from etl.pipeline.falls import refuse_falls
from etl.pipeline.jumps import STANDING, refuse_jumps
from etl.pipeline.levels import refuse_broken_levels
from etl.pipeline.ratios import refuse_parts
from etl.pipeline.sieve import Sieve
from etl.pipeline.totals import refuse_unequal_totals
from etl.pipeline.validate import refuse_future, refuse_insane, refuse_other_periods, refuse_twins, repeats


def check(
    sieve: Sieve, feed: Feed, catalogue: Catalogue, today: dt.date, standing: pd.DataFrame | None = None
) -> pd.Index:
    """Refuse what cannot be right; return the index of rows that only repeat another one.

    `standing` holds the figures now in force of the feed's indicators (columns STANDING, values as canonical text): of
    each indicator, series and region those of the last period, and of cumulative indicators those of the last years.
    """
    known = pd.DataFrame(columns=STANDING, dtype=object) if standing is None else standing
    refuse_future(sieve, today)
    refuse_other_periods(sieve, feed, catalogue)
    refuse_insane(sieve, catalogue)
    refuse_broken_counts(sieve, feed, catalogue)
    refuse_broken_levels(sieve, catalogue)
    refuse_parts(sieve, catalogue)
    refuse_twins(sieve)
    refuse_jumps(sieve, catalogue, known)
    refuse_falls(sieve, catalogue, known)
    refuse_unequal_totals(sieve, feed, catalogue)
    return repeats(sieve)
