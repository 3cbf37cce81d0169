"""Files under a path or glob: CSV and XLSX, told apart by their bytes, never by their name."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.utils import get_column_letter

from etl.catalogue.feeds import Feed
from etl.connectors.base import Delivery, Reach, Sheet, UnreadableError
from etl.connectors.workbook import read_workbook

MOST_COLUMNS, MOST_CELLS = 16_384, 20_000_000  # those of a spreadsheet; a table stands in memory whole
DELIMITERS = ",;\t|"
ADVICE = "Simpan sebagai .xlsx atau .csv, lalu kirim lagi."
FOREIGN = {
    b"\xd0\xcf\x11\xe0": f"Berkas ini Excel lama (.xls) atau terkunci sandi. {ADVICE}",
    b"%PDF": f"Berkas ini PDF; angka di dalamnya tidak dapat dibaca dengan pasti. {ADVICE}",
    b"<": f"Berkas ini HTML atau XML. {ADVICE}",
    b"PK\x03\x04": f"Berkas ini arsip, bukan lembar kerja XLSX. {ADVICE}",
}


class FileConnector:
    """Reads what lies under `feed.path`, oldest first, so that a corrected file sent later has the last word."""

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield each file with its path below the root; raises OSError where one cannot be opened."""
        found = [
            path
            for path in reach.root.glob(feed.path or "")
            if path.is_file() and not path.name.startswith((".", "~$"))
        ]
        for path in sorted(found, key=_age):
            with contextlib.suppress(FileNotFoundError):  # another run took it meanwhile
                yield Delivery(path.relative_to(reach.root).as_posix(), path.read_bytes())

    def read(self, delivery: Delivery, feed: Feed) -> list[Sheet]:
        """Turn the bytes into grids; an empty file has none. Raises UnreadableError."""
        content = delivery.content
        if content.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in content:
            return read_workbook(content)
        for start, sentence in FOREIGN.items():
            if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(start):
                raise UnreadableError(sentence)
        text = _decode(content)
        return [_delimited(text)] if text.strip() else []


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except FileNotFoundError:
        return 0, path.name


def extension(content: bytes) -> str:
    """Name the kind of a readable file by its bytes: `xlsx` or `csv`."""
    return "xlsx" if content.startswith(b"PK\x03\x04") else "csv"


def _decode(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableError(f"Isi berkas bukan teks yang dikenal (UTF-8, UTF-16 atau Windows-1252). {ADVICE}")


def _delimited(text: str) -> Sheet:
    rows = _rows(text)
    width = max(len(row) for row in rows)
    if width > MOST_COLUMNS or width * len(rows) > MOST_CELLS:
        raise UnreadableError(
            f"Tabel terlalu besar: {len(rows)} baris kali {width} kolom. Bagi menjadi beberapa berkas."
        )
    letters = [get_column_letter(number + 1) for number in range(width)]
    padded = [row + [None] * (width - len(row)) for row in rows]
    return Sheet(None, pd.DataFrame(padded, range(1, len(rows) + 1), letters, dtype=object))


def _rows(text: str) -> list[list[Any]]:
    rows: list[list[Any]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise UnreadableError(
            f"Tanda kutip pada CSV tidak berpasangan, mulai baris {len(rows) + 1}. {ADVICE}"
        ) from error
    return rows


def _delimiter(text: str) -> str:
    """Choose the mark that splits most of the first lines into the same number of cells, at least two."""
    sample = list(islice((line for line in text.splitlines() if line.strip()), 20))

    def agreement(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=mark)]
        widest = max(widths)
        return (widths.count(widest) if widest > 1 else 0, widest)

    return max(DELIMITERS, key=agreement)
