"""What the walidata confirms: unusual figures of one delivery, once, with a reason; then its bytes are run again."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from etl.catalogue.load import REFERENCE, load_catalogue
from etl.catalogue.usual_values import Confirmation
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.job_context import JobContext
from etl.jobs.loading.delivery_load import Report, refine_delivery
from etl.jobs.loading.steward_review import ReviewError, kept_delivery, replay
from etl.jobs.whole_files import write_whole
from etl.pipeline.checks.usual_range import CONFIRMABLE
from etl.sheets.categorical import plain

CELL = ["sheet", "row", "column"]


def confirm(context: JobContext, number: int, by: str, reason: str, rows: Collection[int] = ()) -> Report:
    """Note that the unusual figures of attempt `number` are right (of some rows only, where given), and load them.

    They are written to data/reference/confirmed.csv, which is part of the catalogue and sealed with it.
    Raises ReviewError where nothing of it waits for a confirmation, or its bytes are gone.
    """
    feed, delivery = kept_delivery(context, number)
    found = plain(refine_delivery(context, feed, delivery).findings)
    asked = found[found["rule"].isin(CONFIRMABLE) & (found["row"].isin(list(rows)) if rows else True)]
    cells = set(asked[CELL].itertuples(index=False, name=None))
    whole = plain(refine_delivery(context, feed, delivery, trusting=True).accepted)
    figures = whole[[cell in cells for cell in whole[CELL].itertuples(index=False, name=None)]]
    if figures.empty:
        raise ReviewError(
            f"Tidak ada angka pemuatan data {number} yang menunggu konfirmasi. Lihat: python -m etl findings"
        )
    date = context.today().isoformat()
    keys = figures[["indicator", "series", "region", "period", "value"]].to_dict("records")
    _note(
        context.root,
        [{**{str(k): str(v) for k, v in key.items()}, "by": by, "date": date, "reason": reason} for key in keys],
    )
    return replay(replace(context, catalogue=load_catalogue(context.root, CONNECTORS)), number)


def _note(root: Path, lines: list[dict[str, str]]) -> None:
    path = root / REFERENCE / "confirmed.csv"
    columns = list(Confirmation.model_fields)
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    if not path.exists():
        writer.writeheader()
    writer.writerows(lines)
    before = path.read_text("utf-8").rstrip("\n") + "\n" if path.exists() else ""
    write_whole(path, (before + buffer.getvalue()).encode())
