"""From a grid of text to rows of our fields: find the header that the feed declares, fill in its defaults."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.catalogue.feeds import FEED_FIELDS, Feed
from etl.pipeline.batch import Batch
from etl.sheets.categorical import by_word, choose, compact, constant, said, true_where
from etl.sheets.sheet import Sheet

NUMBERS = ("value", "numerator", "denominator")
HEADER_WITHIN = 30
MARK_SHEET = "_pantau"  # written by `python -m etl template`: names the feed a workbook was made for
HELP_SHEET, LISTS_SHEET = "Petunjuk", "Daftar"  # of a template; they hold no figures
RETURN_SHEET = "Dikembalikan"  # of a returned copy: what was wrong with it
OWN_SHEETS = (HELP_SHEET, LISTS_SHEET, RETURN_SHEET)
PERSONAL = re.compile(r"(no |nomor )?(nik|ktp|kk)|nomor (induk kependudukan|kartu keluarga)")
PERSON = re.compile(r"nama( lengkap| pasien| siswa| balita| anak| ibu| kepala keluarga)?")
SIXTEEN_DIGITS = re.compile(r"(?<![0-9.,])[0-9]{16}(?![0-9])")


class LayoutError(ValueError):
    """A file whose shape is not the declared one; the message is an Indonesian sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the declared columns stand: the header's row, the letter of each of our fields, all that have a title."""

    row: int
    letters: Mapping[str, str]
    extra: tuple[str, ...]
    named: tuple[str, ...] = ()


def normalise_header(text: object) -> str:
    """Fold case, blanks and punctuation, so that `Nilai ` and `NILAI` are one header."""
    folded = unicodedata.normalize("NFKC", text if isinstance(text, str) else "").casefold()
    return " ".join(re.sub(r"[\W_]+", " ", folded).split())


def personal_columns(cells: pd.DataFrame) -> list[str]:
    """Name the columns that carry personal data: NIK headers, 16-digit values, a name beside an address.

    Only the column's letter and header leave this function, never a value.
    """
    found = []
    first = cells.head(HEADER_WITHIN)
    heads = first[first.index <= HEADER_WITHIN].map(normalise_header)
    for letter in cells.columns:
        if heads[letter].str.fullmatch(PERSONAL).any() or _holds_sixteen_digits(cells[letter]):
            found.append(letter)
    for _, row in heads.iterrows():
        named = [letter for letter, text in row.items() if PERSON.fullmatch(text)]
        housed = [letter for letter, text in row.items() if text.startswith("alamat")]
        found += [str(letter) for letter in (named + housed if named and housed else []) if letter not in found]
    return found


def _holds_sixteen_digits(column: pd.Series) -> bool:
    words = {text for text in set(column.tolist()) if isinstance(text, str) and len(text) >= 16}
    return any(map(SIXTEEN_DIGITS.search, words))


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
        named = tuple(str(letter) for letter, text in row.items() if isinstance(text, str) and text.strip())
        return Header(int(str(number)), letters, extra, named)
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


def to_rows(grid: Sheet, header: Header, feed: Feed) -> Batch:
    """Take the rows under the header, name their cells by our fields, fill in the feed's defaults.

    Blank rows are no rows. A delimited row with cells missing or beyond the header is refused: its values may have
    slipped into the wrong column. Returns a batch whose rows carry every field (None where nobody says it),
    `sheet`, `row` and `column` (of the value), and for each of NUMBERS whether its cell is a typed number
    (`value_typed`, …).
    """
    body = grid.cells.loc[grid.cells.index > header.row]
    words = pd.DataFrame({letter: compact(body[letter]) for letter in body.columns}, body.index, copy=False)
    filled = [true_where(words[letter], lambda text: bool(text and text.strip())) for letter in words.columns]
    words = words[np.logical_or.reduce(filled)] if filled else words
    nothing = constant(None, words.index)
    rows = pd.DataFrame(
        {field: words[header.letters[field]] if field in header.letters else nothing for field in FEED_FIELDS}
    )
    rows["row"] = words.index.to_numpy(dtype=np.int64)
    rows["sheet"] = constant(grid.name, rows.index)
    rows["column"] = constant(header.letters.get("value"), rows.index)
    for field in NUMBERS:
        letter = header.letters.get(field, "")
        rows[f"{field}_typed"] = False if grid.typed is None or not letter else grid.typed.loc[rows.index, letter]
    batch = Batch(rows, {grid.name: header.letters})
    if grid.typed is None:
        _refuse_slipped(batch, words, header)
    _fill(batch, feed)
    _refuse_hidden(batch, grid, header)
    return batch


def _refuse_hidden(batch: Batch, grid: Sheet, header: Header) -> None:
    """Refuse figures that the sender does not see: what a filter or a folded group hides may be forgotten."""
    if not grid.hidden_rows and header.letters.get("value") not in grid.hidden_columns:
        return
    unseen = header.letters.get("value") in grid.hidden_columns
    batch.refuse(
        batch.rows["row"].astype(int).isin(grid.hidden_rows) | unseen,
        "tersembunyi",
        "value",
        "sel ini ada pada baris atau kolom tersembunyi. Tampilkan bila memang dikirim, atau hapus.",
    )


def _refuse_slipped(batch: Batch, words: pd.DataFrame, header: Header) -> None:
    beyond = [said(words[letter]) for letter in words.columns if letter not in header.named]
    short = [words[letter].isna() for letter in header.named]
    batch.refuse(
        pd.Series(np.logical_or.reduce(beyond) if beyond else False, words.index),
        "kolom-berlebih",
        None,
        "baris memuat lebih banyak sel daripada judulnya, mungkin koma tanpa tanda kutip. "
        "Beri tanda kutip pada teks atau angka yang memuat pemisah kolom.",
    )
    batch.refuse(
        pd.Series(np.logical_or.reduce(short), words.index),
        "kolom-kurang",
        None,
        f"baris memuat kurang dari {len(header.named)} sel, mungkin terpotong. Lengkapi barisnya, lalu kirim lagi.",
    )


def _fill(batch: Batch, feed: Feed) -> None:
    rows = batch.rows.copy(deep=False)
    for field in FEED_FIELDS:
        default = feed.defaults.get(field)
        if field in feed.columns:
            rows[field] = by_word(rows[field], lambda text: text and text.strip("\u00a0 \t\r\n"))
        if default is not None:
            rows[field] = choose(said(rows[field]), rows[field], constant(default, rows.index))
    batch.rows = rows
