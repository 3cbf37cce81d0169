"""Delimited text (CSV and its kin) in parts, so that a file of any length needs the memory of one part."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from openpyxl.utils import get_column_letter

from etl.connectors.base import UnreadableError
from etl.sheets.sheet import Sheet

PART, PART_BYTES = 100_000, 4_000_000  # rows that are quoted, and bytes that are not
MOST_COLUMNS, MOST_CELLS = 16_384, 20_000_000  # those of a spreadsheet
DELIMITERS = ",;\t|"
CHUNK = 1 << 20  # bytes that are decoded at once
SAMPLE = 20  # lines
ADVICE = "Simpan sebagai .xlsx atau .csv, lalu kirim lagi."


def read_delimited(content: bytes) -> Iterator[Sheet]:
    """Give the rows as parts of one sheet without a name; blank text has none.

    Raises UnreadableError at once for bytes that are no text, and while reading for a quotation mark that is never
    closed and for a table too large.
    """
    encoding = _encoding(content)
    return iter(()) if encoding is None else _parts(content, encoding)


def _encoding(content: bytes) -> str | None:
    """Return the first encoding that reads all bytes as text; None where the text is blank."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        blank = True
        try:
            for text in _decoded(content, encoding):
                if "\x00" in text:
                    break
                blank = blank and not text.strip()
            else:
                return None if blank else encoding
        except UnicodeDecodeError:
            continue
    raise UnreadableError(f"Isi berkas bukan teks yang dikenal (UTF-8, UTF-16 atau Windows-1252). {ADVICE}")


def _decoded(content: bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    for start in range(0, len(content), CHUNK):
        yield decoder.decode(view[start : start + CHUNK])
    yield decoder.decode(b"", final=True)


def _text(content: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")


def _parts(content: bytes, encoding: str) -> Iterator[Sheet]:
    mark = _delimiter(content, encoding)
    done = width = 0
    for cells in (_plain_parts if _is_plain(content, encoding) else _quoted_parts)(content, encoding, mark):
        width = max(width, cells.shape[1])
        _refuse_large(done + len(cells), width)
        letters = [get_column_letter(number + 1) for number in range(width)]
        cells.columns = pd.Index(letters[: cells.shape[1]])
        cells.index = pd.RangeIndex(done + 1, done + len(cells) + 1)
        for letter in letters[cells.shape[1] :]:
            cells[letter] = None
        yield Sheet(None, cells.astype(object))
        done += len(cells)


def _refuse_large(height: int, width: int) -> None:
    if width > MOST_COLUMNS or width * height > MOST_CELLS:
        raise UnreadableError(f"Tabel terlalu besar: {height} baris kali {width} kolom. Bagi menjadi beberapa berkas.")


def _is_plain(content: bytes, encoding: str) -> bool:
    """Tell whether every end of line ends a row, because nothing is quoted."""
    return encoding != "utf-16" and b'"' not in content and content.count(b"\r") == content.count(b"\r\n")


def _plain_parts(content: bytes, encoding: str, mark: str) -> Iterator[pd.DataFrame]:
    at = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    encoding = "utf-8" if encoding == "utf-8-sig" else encoding
    while at < len(content):
        far = at + PART_BYTES
        end = content.rfind(b"\n", at, far) + 1 if far < len(content) else len(content)
        end = end or content.find(b"\n", far) + 1 or len(content)
        part = content[at:end]
        yield from _split(part, encoding, mark) or _quoted_parts(part, encoding, mark)
        at = end


def _split(part: bytes, encoding: str, mark: str) -> list[pd.DataFrame]:
    """Split rows of the same number of cells, each distinct text made once; nothing where they differ."""
    lines = part.count(b"\n") + (not part.endswith(b"\n"))
    width = part[: part.find(b"\n")].count(mark.encode()) + 1
    if width == 1 or part.count(mark.encode()) != lines * (width - 1):
        return []
    try:
        rows = pd.read_csv(
            io.BytesIO(part),
            sep=mark,
            header=None,
            names=range(width),
            index_col=False,
            dtype=object,
            na_filter=False,
            quoting=csv.QUOTE_NONE,
            skip_blank_lines=False,
            low_memory=False,
            encoding=encoding,
        )
    except pd.errors.ParserError:  # a row with more cells, so that another has fewer
        return []
    return [rows]


def _quoted_parts(content: bytes, encoding: str, mark: str) -> Iterator[pd.DataFrame]:
    reader = csv.reader(_text(content, encoding), delimiter=mark, strict=True)
    done = 0
    while rows := _next_rows(reader, done):
        done += len(rows)
        yield _grid(rows)


def _next_rows(reader: Iterator[list[str]], done: int) -> list[list[Any]]:
    rows: list[list[Any]] = []
    try:
        rows.extend(islice(reader, PART))
    except csv.Error as error:
        raise UnreadableError(
            f"Tanda kutip pada CSV tidak berpasangan, mulai baris {done + len(rows) + 1}. {ADVICE}"
        ) from error
    return rows


def _grid(rows: list[list[Any]]) -> pd.DataFrame:
    width = max(map(len, rows))
    _refuse_large(len(rows), width)
    for row in rows:
        row.extend([None] * (width - len(row)))
    cells = np.empty((width, len(rows)), dtype=object)
    for place, column in enumerate(zip(*rows, strict=True)):
        cells[place] = column
    return pd.DataFrame(cells.T, dtype=object, copy=False)


def _delimiter(content: bytes, encoding: str) -> str:
    """Choose the mark that splits most of the first lines into the same number of cells, at least two."""
    lines = (each for line in _text(content, encoding) for each in line.splitlines())
    sample = list(islice((line for line in lines if line.strip()), SAMPLE))

    def agreement(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=mark)]
        widest = max(widths)
        return (widths.count(widest) if widest > 1 else 0, widest)

    return max(DELIMITERS, key=agreement)
