"""The month that stands in the head of figures binds: those under "September" are never loaded as Maret."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from openpyxl.utils import get_column_letter

from etl.catalogue.period import MONTH_NUMBERS, from_code
from etl.pipeline.batch import Batch
from etl.pipeline.layout.head_words import FULL_MONTH
from etl.pipeline.layout.sheet_reading import ReadTable
from etl.pipeline.layout.table_header import show_path
from etl.sheets.categorical import true_where

NAMED = re.compile(rf"\b(?:{FULL_MONTH})\b")


def refuse_other_month(batch: Batch, tables: Sequence[ReadTable]) -> None:
    """Refuse figures of a month under a head that names another one, in whatever way their period was told."""
    for table in tables:
        rows = batch.rows
        own = rows["sheet"].isna() if table.sheet is None else rows["sheet"].eq(table.sheet).astype(bool)
        for column, path in table.header.paths.items():
            head = show_path(path)
            months = {MONTH_NUMBERS[name] for name in NAMED.findall(head.casefold())}
            if not months:
                continue
            other = true_where(batch.rows["period_code"], partial(_is_other, months))
            hit = own & batch.rows["column"].eq(get_column_letter(column)) & other
            sentence = (
                f"judul kolom “{head}” menyebut bulan lain daripada periode yang dinyatakan. "
                "Walidata menyamakan periodenya dengan judul kolom itu."
            )
            batch.refuse(hit.astype(bool), "bulan-judul", "value", sentence)
            own = own.reindex(batch.rows.index)


def _is_other(months: set[int], code: str | None) -> bool:
    period = from_code(code) if code else None
    return period is not None and period.kind == "month" and period.end.month not in months
