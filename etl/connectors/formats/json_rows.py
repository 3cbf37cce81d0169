"""JSON answers to grids of text: a number keeps its digits, and nothing becomes a number that was none."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from openpyxl.utils import get_column_letter

from etl.catalogue.names import fold_name
from etl.connectors.base import UnreadableError
from etl.connectors.formats.json_text import JsonNumber
from etl.sheets.sheet import Sheet

MISSING: Any = object()  # what a path that leads nowhere finds; null is None
KINDS = {dict: "objek", list: "daftar", str: "teks", bool: "true atau false", type(None): "null"}
MOST_COLUMNS, MOST_CELLS = 16_384, 20_000_000
UNFIT = re.compile(r"[\x00\ud800-\udfff]")
Path = tuple[str, ...]
Column = tuple[str, Path]  # header, and where its values lie within a row


def split_path(path: str) -> Path:
    r"""Split `meta.total` into its keys; a dot that belongs to a key is written `\.`."""
    return tuple(part.replace(r"\.", ".") for part in re.split(r"(?<!\\)\.", path)) if path else ()


def find(node: Any, path: Path) -> Any:
    """Return what lies at a path, MISSING where it leads nowhere; a number counts the places of a list from 0."""
    for key in path:
        if isinstance(node, dict):
            node = node.get(key, MISSING)
        elif isinstance(node, list) and re.fullmatch(r"[0-9]{1,9}", key) and int(key) < len(node):
            node = node[int(key)]
        else:
            return MISSING
    return node


def rows_at(document: Any, path: str) -> list[Any]:
    """Return the list of rows at a dotted path ("" is the answer itself). Raises UnreadableError."""
    rows = find(document, split_path(path))
    if rows is MISSING:
        known = f"yang ada: {', '.join(list(document)[:20])}" if isinstance(document, dict) else "jawabannya daftar"
        raise UnreadableError(f"Letak baris “{path}” tidak ada pada jawaban ({known}). Sesuaikan `rows`.")
    if not isinstance(rows, list):
        raise UnreadableError(f"Letak baris “{path}” berisi {_kind(rows)}, bukan daftar baris. Sesuaikan `rows`.")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict | list):
            raise UnreadableError(f"Baris ke-{number} pada “{path}” berisi {_kind(row)}, bukan objek.")
    return rows


def row_places(document: Any, at: Path = ()) -> list[str]:
    """List the dotted places of a document's lists of objects, in the order of appearance."""
    if isinstance(document, list):
        return [".".join(at)] if document and all(isinstance(each, dict) for each in document) else []
    if not isinstance(document, dict):
        return []
    return [place for key, value in document.items() for place in row_places(value, (*at, key.replace(".", r"\.")))]


def _kind(value: Any) -> str:
    return "angka" if isinstance(value, JsonNumber) else KINDS.get(type(value), "isi lain")


def own_columns(rows: Sequence[Any]) -> list[Column]:
    """List every place within the rows that holds one value, by its dotted path, in the order of appearance."""
    paths = {path: None for row in rows for path in _leaves(row, ())}
    return [(".".join(path), path) for path in paths]


def _leaves(node: Any, at: Path) -> list[Path]:
    if isinstance(node, list) and not at:  # a row without names
        return [(str(place),) for place in range(len(node))]
    if isinstance(node, dict) and node:
        return [path for key, value in node.items() for path in _leaves(value, (*at, key))]
    return [at] if at else []


def declared_columns(rows: Sequence[Any], fields: Mapping[str, str]) -> list[Column]:
    """List the declared columns, then all else that the rows hold: it is read too, lest personal data pass unseen.

    Raises UnreadableError where a declared one is in no row.
    """
    columns = [(header, split_path(path)) for header, path in fields.items()]
    own = own_columns(rows)
    for header, path in columns:
        if rows and all(find(row, path) is MISSING for row in rows):
            known = ", ".join(name for name, _ in own[:30]) or "tidak bernama"
            raise UnreadableError(
                f"Kolom “{header}”: letak “{fields[header]}” tidak ada pada satu baris pun; kunci yang ada: {known}. "
                "Sesuaikan `fields`."
            )
    taken, headers = {path for _, path in columns}, {fold_name(header) for header in fields}
    rest = [(path[-1], path) for _, path in own if path not in taken]
    return columns + [(f"{name} (lain)" if fold_name(name) in headers else name, path) for name, path in rest]


def to_sheet(
    rows: Sequence[Any],
    columns: Sequence[Column],
    needed: Collection[str] = (),
    skip: Mapping[str, Sequence[str]] | None = None,
) -> Sheet:
    """Lay rows out under a header row; row n of the answer is row n + 1 of the grid.

    A key that a row lacks gives None, null an empty text. Rows whose column holds one of the words of `skip` are left
    out and told in a remark. Raises UnreadableError for a grid too large, and where one of the `needed` columns holds
    more than one value.
    """
    if len(columns) > MOST_COLUMNS or len(columns) * len(rows) > MOST_CELLS:
        raise UnreadableError(f"Jawaban terlalu besar: {len(rows)} baris kali {len(columns)} kolom.")
    cells = np.empty((len(rows) + 1, len(columns)), dtype=object)
    typed = np.zeros(cells.shape, dtype=bool)
    for place, (header, path) in enumerate(columns):
        cells[0, place] = header
        for number, row in enumerate(rows, 1):
            value = find(row, path)
            if isinstance(value, dict | list) and header in needed:
                raise UnreadableError(
                    f"Baris ke-{number}, kolom “{header}” berisi {_kind(value)}, bukan satu nilai. "
                    "Tunjuk isinya pada `fields`, misalnya nilai.angka."
                )
            cells[number, place] = _text(value)
            typed[number, place] = isinstance(value, JsonNumber)
    letters = [get_column_letter(number + 1) for number in range(len(columns))]
    index = range(1, len(rows) + 2)
    frame, kinds = pd.DataFrame(cells, index, letters, dtype=object), pd.DataFrame(typed, index, letters)
    kept, remarks = _skip(frame, [header for header, _ in columns], skip or {})
    return Sheet(None, frame[kept], kinds[kept], remarks=remarks)


def _text(value: Any) -> str | None:
    if value is MISSING:
        return None
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    if UNFIT.search(text):
        raise UnreadableError("Jawaban memuat huruf yang tidak sah (NUL atau separuh pasangan UTF-16).")
    return text


def _skip(
    frame: pd.DataFrame, headers: Sequence[str], skip: Mapping[str, Sequence[str]]
) -> tuple[pd.Series, tuple[tuple[str, str], ...]]:
    kept, remarks = pd.Series(True, index=frame.index), []
    for header, words in skip.items():
        if header not in headers:
            raise UnreadableError(f"Kolom “{header}” pada `skip` tidak ada; yang ada: {', '.join(headers)}.")
        folded = {fold_name(word) for word in words}
        column = frame[frame.columns[headers.index(header)]]
        hit = column.map(lambda text, folded=folded: fold_name(text or "") in folded).astype(bool)
        hit.iloc[0] = False
        if hit.any():
            said = ", ".join(f"{column[number]} (baris {number})" for number in frame.index[hit][:20])
            remarks.append(
                ("baris-dilewati", f"{hit.sum()} baris dilewati menurut `skip` pada kolom “{header}”: {said}.")
            )
        kept &= ~hit
    return kept, tuple(remarks)
