"""The whole way of one delivery's rows: parse, normalise, validate. Pure: frames in, frames out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline import meaning, normalise, origin, parse, validate
from etl.pipeline.sieve import FINDING_COLUMNS, Sieve, file_finding

Grid = tuple[str | None, pd.DataFrame, pd.DataFrame | None]
FINAL = {
    "indicator_id": "indicator",
    "series_id": "series",
    "region_code": "region",
    "period_code": "period",
    "kind": "kind",
    "number": "value",
    "category": "category",
    "step": "step",
    "own_unit": "unit",
    "value": "printed",
    "printed_unit": "printed_unit",
    "status": "status",
    "marks": "marks",
    "note": "note",
    "producer_id": "producer",
    "publication": "publication",
    "plan_id": "plan",
    "numerator": "numerator",
    "denominator": "denominator",
    "sheet": "sheet",
    "row": "row",
    "letter": "column",
}


@dataclass(frozen=True, slots=True)
class Refined:
    """What became of a delivery: `rows_read` = accepted + repeats (identical, unchanged) + refused."""

    rows_read: int
    accepted: pd.DataFrame
    repeats: int
    findings: pd.DataFrame


def refine(grids: Sequence[Grid], feed: Feed, catalogue: Catalogue, today: dt.date) -> Refined:
    """Turn grids of text into observations and findings.

    Each grid is (sheet name, cells, typed) as connectors give it. Raises parse.LayoutError where no sheet has the
    feed's header, or a workbook was made for another feed.
    """
    data = [grid for grid in grids if grid[0] != parse.MARK_SHEET]
    _check_mark(grids, feed)
    heads = [parse.find_header(cells, feed) for _, cells, _ in data]
    headed = [(grid, header) for grid, header in zip(data, heads, strict=True) if header is not None]
    if not headed:
        first = [str(text or "").strip() for text in data[0][1].iloc[0]] if data and len(data[0][1]) else []
        raise parse.LayoutError(parse.missing_header(feed, first))
    sieve = Sieve.join([parse.to_rows(*grid, header, feed) for grid, header in headed])
    rows_read = len(sieve.rows) + len(sieve.findings())
    repeats = _pass_through(sieve, feed, catalogue, today)
    accepted = _accepted(sieve.rows.drop(index=repeats), {grid[0]: header for grid, header in headed}, catalogue)
    warnings = [_extra_columns(grid[0], header) for grid, header in headed if header.extra]
    passed_over = [name for (name, _, _), header in zip(data, heads, strict=True) if header is None]
    warnings += [_headless(name, feed) for name in passed_over if name not in (parse.HELP_SHEET, parse.LISTS_SHEET)]
    findings = pd.concat([sieve.findings(), *warnings], ignore_index=True).astype(object)[FINDING_COLUMNS]
    return Refined(rows_read, accepted, len(repeats), findings)


def _pass_through(sieve: Sieve, feed: Feed, catalogue: Catalogue, today: dt.date) -> pd.Index:
    meaning.give_meaning(sieve, feed, catalogue)
    origin.read_kinds(sieve)
    normalise.place_regions(sieve, catalogue)
    normalise.place_periods(sieve, catalogue)
    normalise.read_values(sieve, feed, catalogue)
    origin.give_origin(sieve, feed, catalogue)
    normalise.mark_ikn(sieve)
    validate.refuse_future(sieve, today)
    validate.refuse_insane(sieve, catalogue)
    validate.refuse_parts(sieve)
    return validate.settle_duplicates(sieve)


def _check_mark(grids: Sequence[Grid], feed: Feed) -> None:
    for name, cells, _ in grids:
        if name == parse.MARK_SHEET and len(cells) and "B" in cells and cells["B"].iloc[0] != feed.id:
            raise parse.LayoutError(
                f"Berkas ini dibuat dari templat kiriman “{cells['B'].iloc[0]}”, bukan “{feed.id}”. "
                "Taruh di folder kirimannya sendiri."
            )


def _accepted(rows: pd.DataFrame, headers: dict[str | None, parse.Header], catalogue: Catalogue) -> pd.DataFrame:
    rows = rows.copy()
    rows["own_unit"] = rows["indicator_id"].map({each.id: each.unit for each in catalogue.indicators})
    rows["letter"] = rows["sheet"].map({name: header.letters.get("value") for name, header in headers.items()})
    if None in headers:
        rows["letter"] = headers[None].letters.get("value")
    paged = rows["page"].notna() & rows["page"].ne("")
    pages = rows["page"].map(lambda page: f"hlm. {page}")
    notes = rows["note"].where(rows["note"].notna() & rows["note"].ne(""), None)
    rows["note"] = notes.where(~paged, pages.where(notes.isna(), pages + "; " + notes.fillna("")))
    frame = rows.loc[:, list(FINAL)].rename(columns=FINAL).astype(object)
    return frame.where(frame.notna(), None).reset_index(drop=True)


def _extra_columns(sheet: str | None, header: parse.Header) -> pd.DataFrame:
    sentence = (
        f"Kolom {', '.join(f'“{text}”' for text in header.extra)} tidak dikenal kiriman ini dan tidak dibaca. "
        "Petakan pada `columns` di indicators.yaml bila diperlukan."
    )
    return file_finding("kolom-tak-dipakai", sentence, sheet)


def _headless(sheet: str | None, feed: Feed) -> pd.DataFrame:
    sentence = (
        f"Lembar “{sheet}” tidak memuat baris judul kiriman ini, jadi tidak dibaca. Bila lembar itu memuat angka, "
        f"samakan judul kolomnya: {', '.join(feed.columns.values())}."
    )
    return file_finding("lembar-tanpa-judul", sentence, sheet)
