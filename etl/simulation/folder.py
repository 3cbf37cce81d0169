"""A made-up regency in a folder of its own: catalogue marked as simulation, inbox filled, nothing of the real one."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.catalogue.feeds import Feed
from etl.simulation.defects import is_late, spoil_headers, spoil_rows
from etl.simulation.figures import Regency, Row, periods, rows_of
from etl.simulation.shapes import pick_shape

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Sent:
    """One file that was made: its place, its rows, and how many of them were broken."""

    path: Path
    rows: int
    broken: int


def lay_out(checkout: Path, folder: Path) -> None:
    """Copy the catalogue into a fresh folder and mark it as simulation; published figures stay out of it.

    Raises FileExistsError where the folder holds something already.
    """
    folder.mkdir(parents=True)
    text = (checkout / "indicators.yaml").read_text(encoding="utf-8")
    (folder / "indicators.yaml").write_text(f"simulation: true\n{text}", encoding="utf-8")
    shutil.copytree(checkout / "data/reference", folder / "data/reference")
    shutil.copytree(checkout / "data/published", folder / "data/published", ignore=shutil.ignore_patterns("*.csv"))


def fill_inbox(regency: Regency, folder: Path, feeds: Sequence[Feed], until: dt.date, months: int) -> Iterator[Sent]:
    """Write what the offices sent in the last `months` months, oldest first."""
    for feed in feeds:
        for place, period in enumerate(periods(regency.catalogue, feed, until, months)):
            dice = regency.dice("kirim", feed.id, period.code)
            rows = rows_of(regency, feed, period)
            if not rows or is_late(dice):
                continue
            spoiled, broken = spoil_rows(rows, dice)
            headers = spoil_headers(list(feed.columns.values()), dice)
            extension, shape = pick_shape(dice)
            path = folder / "data/inbox" / feed.id / f"{feed.id}-{period.code}.{extension}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(shape([headers, *(_cells(feed, row) for row in spoiled)]))
            moment = (dt.datetime.combine(until, dt.time()) - dt.timedelta(days=400)).timestamp() + place * HOUR
            os.utime(path, (moment, moment))  # files are taken in the order in which they were sent
            yield Sent(path, len(rows), broken)


def _cells(feed: Feed, row: Row) -> list[str]:
    return [row.get(field, "") for field in feed.columns]
