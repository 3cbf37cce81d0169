"""A small catalogue and one feed with a decimal comma, for files with one named defect each."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.names import normalise_name
from etl.connectors.base import Delivery
from etl.connectors.file import FileConnector
from etl.pipeline.refine import Refined, refine
from etl.sheets.categorical import plain
from tests.making import catalogue, indicator, text

FEEDS = Path(__file__).parent / "feeds"
TODAY = dt.date(2026, 11, 22)
NAMES = {
    "Indonesia": "ID",
    "Kalimantan Timur": "64",
    "Paser": "64.01",
    "Kutai Timur": "64.08",
    "Penajam Paser Utara": "64.09",
}
LONG_FORM = {"id": "lf", "name": text("lf"), "heads": ["long form"]}
INDICATORS = (
    indicator("ipm", sanity={"min": "0", "max": "100"}),
    indicator("uhh", unit="tahun", series=[LONG_FORM, {"id": "old", "name": text("old"), "heads": ["seri lama"]}]),
    indicator("tpt", unit="persen", units={"percent": "1"}, month=8, direction="lower"),
    indicator("apbd-budget", unit="Rp", units={"miliar Rp": "1000000000", "triliun Rp": "1000000000000"}),
    indicator(
        "bpk-opinion",
        unit="kategori",
        direction="category",
        score={"categories": {"order": ["WDP", "WTP"], "source": "uji", "also": {"Wajar Tanpa Pengecualian": "WTP"}}},
    ),
    indicator("pad", unit="Rp", cumulative=True, frequency="quarter"),
    indicator("population", unit="jiwa", additive=True, decimals=0),
)


def feed(**changes: Any) -> Feed:
    plain: dict[str, Any] = {
        "id": "opd",
        "name": {"id": "Kiriman OPD", "en": "Office"},
        "connector": "file",
        "path": "data/inbox/opd/*",
        "decimal": ",",
        "missing": ("-", "…", "NA"),
        "columns": {
            **{"indicator": "Indikator", "region": "Wilayah", "period": "Periode"},
            **{"value": "Nilai", "unit": "Satuan"},
        },
    }
    return Feed.model_validate({**plain, **changes})


def with_parts() -> Feed:
    """Make the feed of files that say what a percentage is of what."""
    return feed(columns=feed().columns | {"numerator": "Pembilang", "denominator": "Penyebut"})


def trial_catalogue(**changes: Any) -> Catalogue:
    aliases = {normalise_name(name): code for name, code in NAMES.items()}
    return catalogue(*INDICATORS, **{"aliases": aliases, "feeds": (feed(),), **changes})


def refine_bytes(content: bytes, of: Feed | None = None, catalogue: Catalogue | None = None) -> Refined:
    """Read bytes as the file connector does and pass them through the pipeline."""
    sheets = FileConnector().read(Delivery("data/inbox/opd/uji", content), of or feed())
    refined = refine(sheets, of or feed(), catalogue or trial_catalogue(), TODAY)
    return replace(refined, accepted=plain(refined.accepted))


def refine_rows(*rows: str, of: Feed | None = None, catalogue: Catalogue | None = None) -> Refined:
    """Refine rows written as `indicator;region;period;value;unit` under the feed's header."""
    lines = ["Indikator;Wilayah;Periode;Nilai;Satuan", *rows]
    return refine_bytes("\n".join(lines).encode(), of, catalogue)
