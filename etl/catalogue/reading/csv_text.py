"""CSV with line marks: a header of known columns, every cell text, empty cells None."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from etl.catalogue.reading.problem import CatalogueError, nearest_word
from etl.catalogue.reading.source import Path, Source, decode


def read_csv(file: str, content: bytes, columns: Sequence[str]) -> tuple[Source | None, list[CatalogueError]]:
    """Read one comma-separated file into a list of dicts; `columns` are the ones it may and must have."""
    text = decode(file, content)
    if isinstance(text, CatalogueError):
        return None, [text]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[dict[str, str | None]] = []
    lines: list[int] = []
    errors: list[CatalogueError] = []
    try:
        header = next(reader, [])
        if errors := _header_errors(file, header, columns):
            return None, errors
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if len(cells) == len(header):
                rows.append({name: cell.strip() or None for name, cell in zip(header, cells, strict=True)})
                lines.append(line)
            elif cells:
                errors.append(_width_error(file, line, len(cells), len(header)))
    except csv.Error:
        return None, [_quote_error(file, reader.line_num)]
    return Source(file, rows, lambda path: _line(lines, path)), errors


def _header_errors(file: str, header: list[str], columns: Sequence[str]) -> list[CatalogueError]:
    allowed = tuple(columns)
    errors = [
        CatalogueError(file, 1, "judul kolom", name, allowed, nearest_word(name, allowed), "Perbaiki judul kolomnya.")
        for place, name in enumerate(header)
        if name not in columns or name in header[:place]
    ]
    missing = [name for name in columns if name not in header]
    return errors + [
        CatalogueError(file, 1, f"judul kolom {name}", None, (), None, f'Tambahkan kolom "{name}".') for name in missing
    ]


def _width_error(file: str, line: int, width: int, wanted: int) -> CatalogueError:
    remedy = "Apit sel yang memuat koma dengan tanda kutip."
    return CatalogueError(file, line, "", f"{width} sel", (f"{wanted} sel, sebanyak judul kolom",), None, remedy)


def _quote_error(file: str, line: int) -> CatalogueError:
    remedy = "Tutup tanda kutip; tulis kutip di dalam sel dua kali."
    return CatalogueError(file, line, "", "tanda kutip yang tidak berpasangan", ("CSV",), None, remedy)


def _line(lines: list[int], path: Path) -> int:
    place = path[0] if path else None
    return lines[place] if isinstance(place, int) and place < len(lines) else 1
