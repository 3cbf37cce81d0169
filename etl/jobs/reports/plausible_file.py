"""data/reference/plausible.csv: what is usual of each measure, computed from the figures in force."""

from __future__ import annotations

import csv
import datetime as dt
import io

from sqlalchemy import Connection

from etl.catalogue.decimals import canonical
from etl.catalogue.load import REFERENCE
from etl.catalogue.models import Catalogue
from etl.catalogue.usual_values import PlausibleRange
from etl.jobs.job_context import JobContext
from etl.jobs.whole_files import write_whole
from etl.measures.plausibility import plausible_ranges
from etl.warehouse.read.queries import current_vintage, observations

EVERY = 10**9


def write_ranges(context: JobContext) -> int:
    """Write the file anew from the warehouse; return how many measures have a usual range."""
    with context.engine.connect() as connection:
        ranges = read_ranges(connection, context.catalogue, context.today())
    write_whole(context.root / REFERENCE / "plausible.csv", ranges_text(ranges).encode())
    return len(ranges)


def read_ranges(connection: Connection, catalogue: Catalogue, date: dt.date) -> list[PlausibleRange]:
    """Compute the ranges from the figures in force."""
    vintage = current_vintage(connection)
    held = observations(connection, vintage, kind="realisation", limit=EVERY) if vintage else []
    return list(plausible_ranges(held, catalogue, date))


def ranges_text(ranges: list[PlausibleRange]) -> str:
    """Write ranges as the CSV that the catalogue reads."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(PlausibleRange.model_fields)
    for each in ranges:
        jump = "" if each.jump is None else canonical(each.jump)
        writer.writerow(
            [each.indicator, canonical(each.low), canonical(each.high), jump, each.values, each.basis, each.date]
        )
    return buffer.getvalue()
