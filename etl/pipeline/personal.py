"""Personal data of a sheet: which columns carry them, and what may be said of them, never what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from etl.catalogue.names import censored
from etl.pipeline.layout.head_words import words
from etl.pipeline.layout.heads import HEADS_WITHIN

PERSONAL = re.compile(r"(no |nomor )?(nik|ktp|kk)|nomor (induk kependudukan|kartu keluarga)")
PERSON = re.compile(r"nama( lengkap| pasien| siswa| balita| anak| ibu| kepala keluarga)?")
SIXTEEN_DIGITS = re.compile(r"(?<![0-9.,])[0-9]{16}(?![0-9])")


def personal_columns(cells: pd.DataFrame) -> list[str]:
    """Name the columns that carry personal data: NIK headers, 16-digit values, a name beside an address.

    Only the column's letter and header leave this function, never a value.
    """
    found = []
    first = cells.head(HEADS_WITHIN)
    heads = first[first.index <= HEADS_WITHIN].map(lambda text: words(text) if isinstance(text, str) else "")
    for letter in cells.columns:
        if heads[letter].str.fullmatch(PERSONAL).any() or _holds_sixteen_digits(cells[letter]):
            found.append(letter)
    for _, row in heads.iterrows():
        named = [letter for letter, text in row.items() if PERSON.fullmatch(text)]
        housed = [letter for letter, text in row.items() if text.startswith("alamat")]
        found += [str(letter) for letter in (named + housed if named and housed else []) if letter not in found]
    return found


def _holds_sixteen_digits(column: pd.Series) -> bool:
    long = {text for text in set(column.tolist()) if isinstance(text, str) and len(text) >= 16}
    return any(map(SIXTEEN_DIGITS.search, long))


def personal_place(sheet: str | None, letters: Iterable[str]) -> str | None:
    """Say where a sheet shows personal data: in its name, in columns; None where nowhere."""
    name, columns = censored(sheet or "berkas"), ", ".join(letters)
    said = [f"nama lembar {name}"] if name != (sheet or "berkas") else []
    return ", ".join(said + ([f"{name} kolom {columns}"] if columns else [])) or None
