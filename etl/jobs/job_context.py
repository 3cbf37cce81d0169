"""What every job works with, put together once where a process begins, and passed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from etl.catalogue.models import Catalogue
from etl.catalogue.wita import WITA

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class JobContext:
    """The warehouse, the catalogue in force, and the checkout they belong to.

    `root` is the folder that paths of feeds are relative to, `clock` gives the time in UTC, `home` the code of the home
    regency. `environ` holds the secrets that feeds and notices name, and is never repeated.
    """

    engine: Engine
    catalogue: Catalogue
    root: Path
    clock: Clock
    home: str
    environ: Mapping[str, str] = field(repr=False)

    def now(self) -> dt.datetime:
        return self.clock()

    def today(self) -> dt.date:
        """Return the day in WITA."""
        return self.clock().astimezone(WITA).date()
