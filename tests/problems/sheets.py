"""A catalogue with kecamatan, and what a declared layout makes of a file: for spreadsheets with one named defect."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.reference import Region
from etl.connectors.formats.kinds import read_bytes
from etl.pipeline.refine import Refined, refine
from tests.making import REGIONS, indicator
from tests.problems.trial import NAMES, TODAY, feed, trial_catalogue

SPREADSHEETS = Path(__file__).parent / "spreadsheets"
PLACES = (
    *(
        (code, parent, level, next((name for name, each in NAMES.items() if each == code), code))
        for code, parent, level in REGIONS
    ),
    *(("64.01.05", "64.01", "district", "Kuaro"), ("64.01.06", "64.01", "district", "Long Ikis")),
    *(("64.01.08", "64.01", "district", "Long Kali"), ("64.01.05.1001", "64.01.05", "village", "Kuaro")),
    *(("64.01.05.2005", "64.01.05", "village", "Rangan"), ("64.09.02", "64.09", "district", "Waru")),
    *(("64.71", "64", "city", "Kota Balikpapan"), ("64.11", "64", "regency", "Mahakam Ulu")),
)
FIGURES = (
    indicator("ipm", sanity={"min": "0", "max": "100"}),
    indicator("population", unit="jiwa", units={"ribu jiwa": "1000"}, decimals=0, additive=True),
    indicator("growth", unit="%", units={"persen": "1"}),
    indicator("wifi", unit="titik", decimals=0, additive=True, frequency="month"),
    indicator("pad", unit="Rp", units={"juta Rp": "1000000"}, cumulative=True, frequency="quarter"),
    indicator("lapor", unit="aduan", decimals=0, additive=True, frequency="month"),
)


def sheet_catalogue() -> Catalogue:
    """Build the trial catalogue with regions that bear names, kecamatan and desa among them."""
    regions = tuple(
        Region.model_validate(
            {"code": code, "parent": parent, "level": level, "name": name, "short": name, "source": "uji"}
        )
        for code, parent, level, name in PLACES
    )
    aliases = {"ppu": "64.09", "pasir": "64.01", "mahakam hulu": "64.11"}
    return trial_catalogue(regions=regions, aliases=aliases, indicators=FIGURES)


def layout_feed(**parts: Any) -> Feed:
    """Make a feed with a layout and nothing else declared but a decimal comma."""
    return feed(**{"columns": {}, "missing": ("",), **parts})


def refine_layout(content: bytes, of: Feed) -> Refined:
    """Read bytes as connectors do and pass them through the pipeline."""
    return refine(list(read_bytes(content)), of, sheet_catalogue(), TODAY)


def shown(refined: Refined) -> list[str]:
    """Write what was accepted, one figure a line: indicator, region, period, value, status where not final, cell."""
    rows: list[dict[str, Any]] = refined.accepted.astype(object).to_dict("records")  # type: ignore[assignment]
    return [
        " ".join(
            str(part)
            for part in (
                *(row["indicator"], row["region"], row["period"], row["value"] or row["category"]),
                *((row["status"],) if row["status"] != "final" else ()),
                _spot(row),
            )
        )
        for row in rows
    ]


def returned(refined: Refined, severity: str = "refused") -> list[str]:
    """Write what was refused, or warned of: rule and cell."""
    found = refined.findings[refined.findings["severity"].eq(severity)]
    rows: list[dict[str, Any]] = found.to_dict("records")  # type: ignore[assignment]
    return sorted(f"{row['rule']} {_spot(row)}".strip() for row in rows)


def _spot(row: Mapping[str, Any]) -> str:
    cell = f"{row['column'] or ''}{row['row'] or ''}"
    return f"{row['sheet']}!{cell}" if row["sheet"] not in (None, "Sheet") and cell else cell


def book(*sheets: Mapping[str, Any]) -> bytes:
    """Make a workbook: each sheet with `rows`, and `name`, `merge`, `hide` (rows), `hide_columns`, `hidden`."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for each in sheets:
        sheet = made.create_sheet(each.get("name", "Sheet"))
        rows: Sequence[Sequence[Any]] = each["rows"]
        for row in rows:
            sheet.append(list(row))
        for cells in each.get("merge", ()):
            sheet.merge_cells(cells)
        for number in each.get("hide", ()):
            sheet.row_dimensions[number].hidden = True
        for letter in each.get("hide_columns", ()):
            sheet.column_dimensions[letter].hidden = True
        sheet.sheet_state = "hidden" if each.get("hidden") else "visible"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()
