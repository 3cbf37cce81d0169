"""From a grid of text to rows of our fields: find the header that the feed declares, fill in its defaults."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from etl.catalogue.feeds import FEED_FIELDS, Feed
from etl.pipeline.sieve import Sieve

NUMBERS = ("value", "numerator", "denominator")
HEADER_WITHIN = 30
MARK_SHEET = "_pantau"  # written by `python -m etl template`: names the feed a workbook was made for
HELP_SHEET, LISTS_SHEET = "Petunjuk", "Daftar"  # of a template; they hold no figures
PERSONAL = re.compile(r"(no |nomor )?(nik|ktp|kk)|nomor (induk kependudukan|kartu keluarga)")
PERSON = re.compile(r"nama( lengkap| pasien| siswa| balita| anak| ibu| kepala keluarga)?")
SIXTEEN_DIGITS = re.compile(r"(?<![0-9.,])[0-9]{16}(?![0-9])")


class LayoutError(ValueError):
    """A file whose shape is not the declared one; the message is an Indonesian sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the declared columns stand: the header's row and the letter of each of our fields."""

    row: int
    letters: Mapping[str, str]
    extra: tuple[str, ...]


def normalise_header(text: object) -> str:
    """Fold case, blanks and punctuation, so that `Nilai ` and `NILAI` are one header."""
    folded = unicodedata.normalize("NFKC", text if isinstance(text, str) else "").casefold()
    return " ".join(re.sub(r"[\W_]+", " ", folded).split())


def personal_columns(cells: pd.DataFrame) -> list[str]:
    """Name the columns that carry personal data: NIK headers, 16-digit values, a name beside an address.

    Only the column's letter and header leave this function, never a value.
    """
    found = []
    heads = cells.head(HEADER_WITHIN).map(normalise_header)
    for letter in cells.columns:
        column = cells[letter].fillna("").astype(str)
        if heads[letter].str.fullmatch(PERSONAL).any() or column.str.contains(SIXTEEN_DIGITS).any():
            found.append(letter)
    for _, row in heads.iterrows():
        named = [letter for letter, text in row.items() if PERSON.fullmatch(text)]
        housed = [letter for letter, text in row.items() if text.startswith("alamat")]
        found += [str(letter) for letter in (named + housed if named and housed else []) if letter not in found]
    return found


def find_header(cells: pd.DataFrame, feed: Feed) -> Header | None:
    """Find the first row that holds all declared headers, among the first rows of a grid.

    Raises LayoutError where a declared header stands twice.
    """
    wanted = {field: normalise_header(header) for field, header in feed.columns.items()}
    for number, row in cells.head(HEADER_WITHIN).iterrows():
        heads = {str(letter): normalise_header(text) for letter, text in row.items()}
        if not set(wanted.values()) <= set(heads.values()):
            continue
        letters = {field: _only(header, heads, feed) for field, header in wanted.items()}
        extra = tuple(text for text in heads.values() if text and text not in wanted.values())
        return Header(int(str(number)), letters, extra)
    return None


def _only(header: str, heads: Mapping[str, str], feed: Feed) -> str:
    letters = [letter for letter, text in heads.items() if text == header]
    if len(letters) > 1:
        raise LayoutError(
            f"Judul kolom “{header}” ada {len(letters)} kali (kolom {', '.join(letters)}). "
            f"Kiriman {feed.id} memerlukan tepat satu; hapus atau ganti judul yang lain."
        )
    return letters[0]


def missing_header(feed: Feed, first_row: list[str]) -> str:
    """Say which headers were expected and which stand in the first row."""
    return (
        f"Baris judul tidak ditemukan. Diharapkan kolom: {', '.join(feed.columns.values())}. "
        f"Baris pertama memuat: {', '.join(text for text in first_row if text) or '(kosong)'}. "
        f"Samakan judul kolom, atau buat templat dengan: python -m etl template {feed.id}"
    )


def to_rows(sheet: str | None, cells: pd.DataFrame, typed: pd.DataFrame | None, header: Header, feed: Feed) -> Sieve:
    """Take the rows under the header, name their cells by our fields, fill in the feed's defaults.

    Blank rows are no rows. A delimited row with cells missing or beyond the header is refused: its values may have
    slipped into the wrong column. Returns a sieve whose rows carry every field (None where nobody says it),
    `sheet` and `row`, and for each of NUMBERS whether its cell is a typed number (`value_typed`, …).
    """
    body = cells.loc[cells.index > header.row]
    blank = body.fillna("").apply(lambda column: column.str.strip()).eq("").all(axis=1)
    body = body[~blank]
    rows = pd.DataFrame(index=body.index, columns=[*FEED_FIELDS, "sheet", "row"], dtype=object)
    for field, letter in header.letters.items():
        rows[field] = body[letter].astype(object)
    rows["row"] = [int(number) for number in body.index]
    rows["sheet"] = pd.Series([sheet] * len(rows), index=rows.index, dtype=object)
    for field in NUMBERS:
        letter = header.letters.get(field, "")
        rows[f"{field}_typed"] = False if typed is None or not letter else typed.loc[body.index, letter]
    sieve = Sieve(rows, {sheet: header.letters})
    if typed is None:
        _refuse_slipped(sieve, body, header, cells)
    _fill(sieve, feed)
    return sieve


def _refuse_slipped(sieve: Sieve, body: pd.DataFrame, header: Header, cells: pd.DataFrame) -> None:
    heads = cells.loc[header.row]
    named = [letter for letter in cells.columns if heads[letter] is not None and str(heads[letter]).strip()]
    beyond = [letter for letter in cells.columns if letter not in named]
    sieve.refuse(
        body[beyond].fillna("").astype(bool).any(axis=1),
        "kolom-berlebih",
        None,
        "baris memuat lebih banyak sel daripada judulnya, mungkin koma tanpa tanda kutip. "
        "Beri tanda kutip pada teks atau angka yang memuat pemisah kolom.",
    )
    sieve.refuse(
        body[named].isna().any(axis=1),
        "kolom-kurang",
        None,
        f"baris memuat kurang dari {len(named)} sel, mungkin terpotong. Lengkapi barisnya, lalu kirim lagi.",
    )


def _fill(sieve: Sieve, feed: Feed) -> None:
    rows = sieve.rows.copy()
    for field in FEED_FIELDS:
        if field in feed.columns:
            rows[field] = rows[field].str.strip("\u00a0 \t\r\n")
        default = feed.defaults.get(field)
        if default is not None:
            rows[field] = rows[field].where(rows[field].notna() & rows[field].ne(""), default)
    sieve.rows = rows
