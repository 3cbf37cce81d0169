"""Load the rows of a delivery with dlt; run by benchmarks.loading in an environment of its own, so it stands alone.

python benchmarks/dlt_rows.py URL CSV merge      dicts, merged by their key
python benchmarks/dlt_rows.py URL CSV append     its best case: Arrow tables, appended, no key
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COLUMNS = ("indicator", "region", "period", "value", "unit")
PART = 50_000


def read_parts(path: Path) -> Iterator[list[dict[str, str]]]:
    """Give the rows as dicts, some thousands at a time."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter=";")
        next(lines)
        part: list[dict[str, str]] = []
        for row in lines:
            part.append(dict(zip(COLUMNS, (*row[:3], row[3].replace(",", "."), row[4]), strict=True)))
            if len(part) == PART:
                yield part
                part = []
        yield part


def main() -> None:
    """Load, and print the seconds that it took; the rows are read before."""
    os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "DLT_DATA_DIR": tempfile.mkdtemp()}
    import dlt  # type: ignore[import-not-found]
    import pyarrow as pa  # type: ignore[import-not-found]

    url, path, way = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    parts: list[Any] = list(read_parts(path))
    if way == "append":
        parts = [pa.Table.from_pylist(part) for part in parts]
    destination: Any = (
        dlt.destinations.sqlalchemy(credentials=url)
        if url.startswith("sqlite")
        else dlt.destinations.postgres(credentials=url.replace("+psycopg://pantau@/", "://pantau:-@localhost:5432/"))
    )
    with tempfile.TemporaryDirectory() as folder:
        pipeline = dlt.pipeline("plain", pipelines_dir=folder, destination=destination, dataset_name="plain")
        plain = dlt.resource(
            parts, name="plain", write_disposition=way, primary_key=COLUMNS[:3] if way == "merge" else None
        )
        began = time.perf_counter()
        pipeline.run(plain)
        print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
