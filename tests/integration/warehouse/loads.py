"""Small loads for the warehouse: a row is a value and what differs from a plain one."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from etl.catalogue.models import Catalogue
from etl.warehouse.write.attempts import finish_attempt, start_attempt
from etl.warehouse.write.commits import File, Load, Outcome, commit_load, record_catalogue
from tests import making

START = dt.datetime(2026, 11, 1, 1, 0, tzinfo=dt.UTC)
ROW: dict[str, Any] = {
    "indicator": "ipm",
    "series": "utama",
    "region": "64.01",
    "period": "2024",
    "kind": "realisation",
    "value": None,
    "category": None,
    "step": "0.01",
    "unit": "indeks",
    "printed": None,
    "printed_unit": "indeks",
    "status": "final",
    "marks": "",
    "note": None,
    "producer": "bps",
    "publication": "rilis-2024",
    "plan": None,
    "numerator": None,
    "denominator": None,
    "sheet": None,
    "column": "nilai",
}
FINDING_COLUMNS = ["rule", "severity", "sheet", "row", "column", "raw", "sentence"]


def row(value: str | None = "70", **changes: Any) -> dict[str, Any]:
    """Build an accepted row; it is printed as its value unless told otherwise."""
    return ROW | {"value": value, "printed": value or changes.get("category")} | changes


def refusal(line: int, sentence: str = "Angka tidak terbaca.") -> dict[str, Any]:
    raw = {"rule": "angka", "severity": "refused", "sheet": None, "row": line, "column": "nilai", "raw": "abc"}
    return raw | {"sentence": sentence}


def load(
    *rows: dict[str, Any], refused: tuple[dict[str, Any], ...] = (), name: str = "ipm.csv", **changes: Any
) -> Load:
    """Build a load of one file."""
    accepted = pd.DataFrame([{"row": place, **each} for place, each in enumerate(rows, 2)], columns=[*ROW, "row"])
    findings = pd.DataFrame(list(refused), columns=FINDING_COLUMNS)
    digest = hashlib.sha256(repr((rows, refused)).encode()).hexdigest()
    plain: dict[str, Any] = {
        "feed": "ipm",
        "files": (File(name, digest, 100),),
        "started_at": START,
        "rows_read": len(accepted) + len(findings),
        "accepted": accepted,
        "findings": findings,
    }
    return Load(**(plain | changes))


IPM = making.indicator(score=making.reference("60", "80"))
POVERTY = making.indicator(
    "poverty-rate", direction="lower", subdimension="welfare", unit="%", score=making.reference("20", "0")
)
CATALOGUE = making.catalogue(IPM, POVERTY)


@dataclass
class House:
    """A warehouse with a clock that goes on by a day with each thing written."""

    engine: Engine
    catalogue: Catalogue = CATALOGUE
    days: int = field(default=0)

    def now(self) -> dt.datetime:
        self.days += 1
        return START + dt.timedelta(days=self.days)

    def record(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        record_catalogue(self.engine, catalogue, self.now())

    def commit(self, new: Load) -> Outcome:
        now = self.now()
        attempt = start_attempt(self.engine, new.feed, now)
        outcome = commit_load(self.engine, new, self.catalogue, attempt, now)
        finish_attempt(self.engine, attempt, "loaded" if outcome.run else "unchanged", None, now)
        return outcome
