"""Observations as CSV: plain UTF-8, one header line, dots as decimal marks, the seal in every row."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from dashboard.api.encoding import utc_text
from dashboard.api.observation_rows import ObservationRow
from dashboard.api.row_models import nested_fields
from etl.catalogue.decimals import canonical

FORMULA = re.compile(r"[=@\t\r\n]|[+-](?![0-9.,]*%?$)")  # a number with its sign is none
FIELDS = nested_fields(ObservationRow)
COLUMNS = tuple(f"{field}_{part}" if part else field for field, parts in FIELDS.items() for part in parts or ("",))


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


def _flat(row: Mapping[str, Any]) -> Iterable[object]:
    for field, parts in FIELDS.items():
        if parts:
            yield from (row[field][part] for part in parts)
        else:
            yield row[field]


def _cell(value: object) -> str:
    write = CELLS.get(type(value))
    return write(value) if write else str(value)


def _harmless(text: str) -> str:
    # A spreadsheet runs a cell that starts so as a formula; the texts come from files of others.
    return f"'{text}" if FORMULA.match(text) else text


CELLS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda value: "true" if value else "false",
    Decimal: canonical,
    str: _harmless,
    dt.datetime: utc_text,
    frozenset: lambda value: ",".join(sorted(value)),
}
