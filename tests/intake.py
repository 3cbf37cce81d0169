"""A warehouse of its own for one feed from the web: what came of a run, and what the run left behind."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.names import normalise_name
from etl.catalogue.reference import Region
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import run_feed
from etl.measures.observation import Finding, Observation
from etl.warehouse.engine import open_engine
from etl.warehouse.read import queries
from etl.warehouse.verify import verify
from etl.warehouse.write.commits import record_catalogue
from tests.jobs import job
from tests.making import catalogue, indicator

SAMPLES = Path(__file__).parent / "samples"
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)
# Kemendagri's code, BPS's, and the name: 6403 means one regency to BPS, and another once 64.03 has lost its dot.
REGIONS = (
    ("64", "64", "Kalimantan Timur"),
    ("64.01", "6401", "Paser"),
    ("64.02", "6403", "Kutai Kartanegara"),
    ("64.03", "6405", "Berau"),
    ("64.08", "6404", "Kutai Timur"),
    ("64.09", "6409", "Penajam Paser Utara"),
)


def _region(code: str, bps: str, name: str) -> Region:
    regency = "." in code
    return Region(
        code=code,
        parent="64" if regency else None,
        level="regency" if regency else "province",
        name=f"Kabupaten {name}" if regency else f"Provinsi {name}",
        short=name,
        bps_code=bps,
        source="uji",
    )


@functools.cache
def intake_catalogue() -> Catalogue:
    """Build a catalogue with Kalimantan Timur's codes of both systems and two indicators."""
    regions = tuple(_region(*each) for each in REGIONS)
    aliases = {normalise_name(each.short): each.code for each in regions}
    indicators = (
        indicator("spbe", sanity={"min": "0", "max": "5"}),
        indicator("penduduk", unit="jiwa", decimals=0),
    )
    return catalogue(*indicators, regions=regions, aliases=aliases)


def web_feed(connector: str, group: dict[str, Any], **changes: Any) -> Feed:
    """Build a feed of SPBE indices whose rows have the columns wilayah, tahun and nilai."""
    plain: dict[str, Any] = {
        "id": "portal",
        "name": {"id": "Portal uji", "en": "Portal"},
        "connector": connector,
        connector: group,
        "decimal": ",",
        "missing": ("-",),
        "columns": {"region": "wilayah", "period": "tahun", "value": "nilai"},
        "defaults": {"indicator": "spbe", "unit": "indeks"},
    }
    return Feed.model_validate({**plain, **changes})


def open_copy(migrated: Path, folder: Path) -> Engine:
    """Open a copy of a migrated SQLite warehouse; the caller disposes of it."""
    copied = shutil.copy(migrated, folder / "gudang.sqlite")
    return open_engine(f"sqlite:///{copied}")


class Intake:
    """Runs feeds into a warehouse and shows what stands in it."""

    def __init__(self, root: Path, engine: Engine, **changes: Any) -> None:
        """Record the intake's catalogue with some parts changed."""
        self.root, self.engine = root, engine
        self.catalogue = Catalogue(**{**dict(intake_catalogue()), **changes})
        record_catalogue(engine, self.catalogue, NOW)

    def run(self, feed: Feed) -> Report:
        """Run a feed that makes one delivery, or none."""
        [report] = run_feed(job(self.engine, self.catalogue, self.root, NOW), feed)
        assert verify(self.engine) == []
        return report

    def observations(self, indicator: str = "spbe") -> list[Observation]:
        with self.engine.connect() as connection:
            vintage = queries.current_vintage(connection)
            assert vintage is not None
            return queries.observations(connection, vintage, indicator=indicator)

    def values(self, indicator: str = "spbe") -> dict[tuple[str, str], str]:
        """Map region and period to the value."""
        return {(each.region, each.period.code): str(each.value) for each in self.observations(indicator)}

    def findings(self) -> list[Finding]:
        with self.engine.connect() as connection:
            return queries.findings(connection, feed="portal")

    def attempts(self) -> list[tuple[str, str]]:
        """List the outcome and message of each attempt."""
        with self.engine.connect() as connection:
            rows = connection.execute(text("SELECT outcome, message FROM attempt ORDER BY id"))
            return [(row.outcome, row.message or "") for row in rows]

    def fails(self, feed: Feed) -> str:
        """Run a feed that must fail: one failed attempt, nothing loaded, nothing kept; return what is said."""
        before, earlier = self.values(), len(self.attempts())
        report = self.run(feed)
        assert report.ending == "failed", report
        assert [outcome for outcome, _ in self.attempts()[earlier:]] == ["failed"]
        assert self.values() == before
        return report.message
