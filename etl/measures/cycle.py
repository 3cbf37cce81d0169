"""The rhythm of an indicator: which period of its frequency a day falls in, what follows, what is too old."""

from __future__ import annotations

import datetime as dt

from etl.catalogue.feeds import Frequency
from etl.catalogue.models import Indicator
from etl.catalogue.period import Period, from_code


def containing(day: dt.date, frequency: Frequency) -> Period:
    """Return the period of `frequency` that `day` falls in."""
    codes = {
        "year": f"{day.year}",
        "semester": f"{day.year}-S{(day.month + 5) // 6}",
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "month": f"{day.year}-{day.month:02d}",
        "day": day.isoformat(),
    }
    return from_code(codes[frequency])


def back(period: Period, steps: int, frequency: Frequency) -> Period:
    """Return the period of `frequency` that lies `steps` before the one in which `period` ends."""
    current = containing(period.end, frequency)
    for _ in range(steps):
        current = containing(current.start - dt.timedelta(days=1), frequency)
    return current


def following(indicator: Indicator, last: Period) -> Period:
    """Return the period whose figure comes after `last`; annual figures of one month stay in that month."""
    after = containing(containing(last.end, indicator.frequency).end + dt.timedelta(days=1), indicator.frequency)
    if indicator.frequency == "year" and indicator.month:
        return from_code(f"{after.code}-{indicator.month:02d}")
    return after


def is_of_round(indicator: Indicator, value: Period) -> bool:
    """Tell whether a figure is the year's own: February beside August is another round of a survey, only listed."""
    return value.kind != "month" or indicator.month in (None, value.end.month)


def is_expired(indicator: Indicator, value: Period, at: Period) -> bool:
    """Tell whether a value is more than `max_age` periods of the indicator's frequency older than `at`'s end.

    An annual figure of August counts as its year's, so that it ages no faster than a figure of the whole year.
    """
    return containing(value.end, indicator.frequency) < back(at, indicator.max_age, indicator.frequency)


def is_late(indicator: Indicator, value: Period, at: Period) -> bool:
    """Tell whether the release after a value's was due by `at`'s end: it is counted, past its release calendar."""
    if indicator.release is None:
        return False
    return add_months(following(indicator, value).end, indicator.release.months_after) <= at.end


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the last day of the month that lies `months` after the month of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return from_code(f"{year}-{month + 1:02d}").end
