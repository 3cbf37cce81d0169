"""The month that stands in the head of figures binds: those under "September" are never loaded as Maret."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from openpyxl.utils import get_column_letter

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import MONTH_NUMBERS, from_code, label, parse_period
from etl.pipeline.batch import Batch
from etl.pipeline.layout.head_words import words
from etl.pipeline.layout.sheet_reading import ReadTable
from etl.pipeline.layout.table_context import told_period
from etl.pipeline.layout.table_header import show_path
from etl.pipeline.layout.told_elsewhere import PUBLISHED
from etl.pipeline.layout.told_words import BROKEN_YEAR, MONTH_TOLD, TAKEN
from etl.sheets.categorical import combine


def refuse_other_month(batch: Batch, tables: Sequence[ReadTable], catalogue: Catalogue) -> None:
    """Refuse figures of a month under a head that names another one, in whatever way their period was told.

    A yearly figure is of its year's end, or of the month of its survey.
    """
    for table in tables:
        own = batch.of_sheet(table.sheet)
        for column, path in table.header.paths.items():
            head = show_path(path)
            months = {MONTH_NUMBERS[name] for name in MONTH_TOLD.findall(head.casefold())}
            months |= {0} if not months and BROKEN_YEAR.search(words(head)) else set()  # the month of no year's end
            if not months or TAKEN.search(words(head)):
                continue
            codes, keys = combine(batch.rows, ("indicator_id", "period_code"))
            other = np.array([_is_other(months, catalogue.indicator.get(one), code) for one, code in keys], dtype=bool)
            hit = own & batch.rows["column"].eq(get_column_letter(column)) & other[codes]
            sentence = (
                f"judul kolom “{head}” menyebut bulan atau bagian tahun lain daripada periode yang dinyatakan. "
                "Walidata menyamakan periodenya dengan judul kolom itu."
            )
            batch.refuse(hit.astype(bool), "bulan-judul", "value", sentence)
            own = own.reindex(batch.rows.index)


def refuse_other_part(batch: Batch, told: Mapping[str | None, Sequence[str]]) -> None:
    """Refuse the rows of a sheet that are all of one month, quarter or semester where its title names another one.

    Rows of several may stand under the month in which they were gathered.
    """
    for sheet, lines in told.items():
        text = told_period([line for line in lines if not PUBLISHED.search(line)]).text
        own = batch.of_sheet(sheet)
        codes = batch.rows.loc[own, "period_code"].dropna().unique()
        if text is None or len(codes) != 1:
            continue
        said, period = parse_period(text), from_code(str(codes[0]))
        if said.kind == period.kind != "year" and said.end != period.end:
            sentence = (
                f"judul menyebut {label(said, 'id')}, sedangkan barisnya {label(period, 'id')}. Betulkan salah satu."
            )
            batch.refuse(own, "bulan-judul", "period", sentence)


def _is_other(months: set[int], indicator: Indicator | None, code: str | None) -> bool:
    period = from_code(code) if code else None
    if period is None or indicator is None:
        return False
    own = {12, indicator.month} if period.kind == "year" else {period.end.month}
    kinds = ("year",) if months == {0} else ("month", "year")
    return period.kind in kinds and not months & own
