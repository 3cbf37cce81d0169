"""Observations as CSV: plain UTF-8, one header line, dots as decimal marks, the seal in every row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from dashboard.api.schemas import OBSERVATION
from etl.catalogue.decimals import canonical

FORMULA = re.compile(r"[=@\t\r\n]|[+-](?![0-9.,]*%?$)")  # a number with its sign is none
NESTED = {
    "source": ("producer", "producer_name", "publication", "title", "url"),
    "place": ("file", "sheet", "row", "column", "sha256"),
}
COLUMNS = tuple(
    name
    for field in OBSERVATION
    for name in ([f"{field}_{part}" for part in NESTED[field]] if field in NESTED else [field])
)


def observations_csv(rows: Iterable[Mapping[str, object]], simulated: bool = False) -> str:
    """Write observation rows under COLUMNS; source and place are spread over columns of their own.

    Rows of a made-up regency say so in a first column.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    mark = ["SIMULASI"] if simulated else []
    writer.writerow([*(["simulation"] if simulated else []), *COLUMNS])
    writer.writerows([*mark, *(_cell(value) for value in _flat(row))] for row in rows)
    return out.getvalue()


def _flat(row: Mapping[str, object]) -> Iterable[object]:
    for field in OBSERVATION:
        value = row[field]
        if isinstance(value, Mapping):
            yield from (value[part] for part in NESTED[field])
        else:
            yield value


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return canonical(value)
    if isinstance(value, list):
        return ",".join(map(str, value))
    return _harmless(value) if isinstance(value, str) else str(value)


def _harmless(text: str) -> str:
    # A spreadsheet runs a cell that starts so as a formula; the texts come from files of others.
    return f"'{text}" if FORMULA.match(text) else text
