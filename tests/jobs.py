"""What a job works with, put together for tests as a command does it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine

from etl.catalogue.models import Catalogue
from etl.jobs.job_context import Clock, JobContext
from etl.settings import HOME


def job(
    engine: Engine,
    catalogue: Catalogue,
    root: Path,
    at: dt.datetime | Clock,
    environ: Mapping[str, str] | None = None,
    home: str = HOME.default,
) -> JobContext:
    """Put a context together; `at` is the time or tells it. Without `environ`, secrets are the test's own variables."""
    clock = at if callable(at) else lambda: at
    return JobContext(engine, catalogue, root, clock, home, dict(os.environ if environ is None else environ))
