"""Where tables seem to stand in an unknown sheet, by general signs alone: the first guess of a draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from etl.pipeline.layout.head_words import (
    OTHER_TABLE,
    YEAR,
    head_key,
    head_period,
    is_enumerator,
    is_footer,
    unmark,
    words,
)
from etl.pipeline.layout.sheet_lines import LABELLED, Lines, Path, head_paths, numeric, title_lines
from etl.pipeline.layout.value_cells import MISSING
from etl.pipeline.numbers import NEGATIVE, cell_error

HEAD_WORD = re.compile(
    r"no|nomor|no urut|tahun|bulan|triwulan|periode|uraian|indikator|rincian|instansi|opd|perangkat daerah|puskesmas|"
    r"(?:nama )?(?:kabupaten|kab|kota|kecamatan|desa|kelurahan|wilayah|daerah)"
    r"(?: (?:kota|kab|kabupaten|kelurahan|desa|wilayah|subdistrict|district|regency|municipality|village))*"
)
TALLEST = 4  # header rows
NOTED = re.compile(
    r"[+\-\u2212]?\d[\d.,]* ?(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+[⁾)]?|\*{1,3}\)|\d\)|[†‡#])"
)  # a figure with a footnote's sign
NUMBERED_OVER = re.compile(
    r"(?:bulan|month|triwulan|quarter|semester|desil|decile|kuintil)(?: (?:bulan|month|triwulan|quarter|ke|decile))*"
)
RANGE = re.compile(r"\d{1,2} ?[-–] ?\d{1,2}")


@dataclass(frozen=True, slots=True)
class LikelyTable:
    """Where a table seems to stand: its header's first row and height, its rows, its heads and the lines above."""

    top: int
    header_rows: int
    rows: tuple[int, ...]
    paths: dict[int, Path]
    titles: tuple[str, ...]


def tables(lines: Lines, is_place: Callable[[str], bool]) -> list[LikelyTable]:
    """Find the tables of a sheet, from the top down; one without figures is none."""
    found: list[LikelyTable] = []
    row = lines.first
    while row <= lines.last:
        table = _next(lines, row, found[-1].rows[-1] if found else lines.first, is_place)
        if table is None:
            return found
        found.append(table)
        row = table.rows[-1] + 1
    return found


def _next(lines: Lines, start: int, floor: int, is_place: Callable[[str], bool]) -> LikelyTable | None:
    first = next((row for row in range(start, lines.last + 1) if is_data(lines, row)), None)
    if first is None:
        return None
    enumerator = next((row for row in range(first - 1, max(start, first - 3) - 1, -1) if _numbers(lines, row)), None)
    bottom = (enumerator or first) - 1
    while bottom >= start and (not lines.texts(bottom) or _is_section(lines, bottom, start)):
        bottom -= 1
    top = _header_top(lines, bottom, start)
    if named := _first_named(lines, top, bottom, is_place):
        first, bottom = named, next(row for row in range(named - 1, top - 1, -1) if lines.texts(row))
        bottom -= _numbers(lines, bottom)
    header_rows = bottom - top + 1
    sections = [row for row in range(bottom + 1, first) if lines.texts(row) and row != enumerator]
    rows = (*sections, *_body(lines, first, top, header_rows)) or (first,)
    titles = title_lines(lines, top, floor + 1 if floor > lines.first else floor)
    return LikelyTable(top, header_rows, rows, head_paths(lines, top, header_rows) if header_rows else {}, titles)


def _first_named(lines: Lines, top: int, bottom: int, is_place: Callable[[str], bool]) -> int | None:
    """Find a row among the likely heads that one region names: it is data, though errors or words stand in it."""
    for row in range(top + 1, bottom + 1):
        at = next((at for at in range(1, lines.width + 1) if not numeric(lines.text(row, at) or "0")), 0)
        heads = [words(lines.text(above, at)) for above in range(top, row)] if at else []
        if any(map(HEAD_WORD.fullmatch, heads)) and [each for each in lines.texts(row) if is_place(each)] == [
            lines.text(row, at)
        ]:
            return row
    return None


def _is_section(lines: Lines, row: int, start: int) -> bool:
    """Tell whether a lone text stands between a header and the rows of data: a part's own line."""
    above = next((at for at in range(row - 1, start - 1, -1) if lines.texts(at)), None)
    if len(lines.texts(row)) != 1 or above is None:
        return False
    return len(lines.texts(above)) > 1 and not is_data(lines, above) and not LABELLED.match(lines.texts(above)[0])


def _numbers(lines: Lines, row: int) -> bool:
    return bool(lines.texts(row)) and is_enumerator(lines.texts(row)) and not _numbered_heads(lines, row)


def _numbered_heads(lines: Lines, row: int) -> bool:
    """Tell whether bare numbers stand under one head such as "Bulan" or "Desil", as heads of their own."""
    columns = [at for at in range(1, lines.width + 1) if lines.text(row, at)]
    over = [lines.filled(row - 1, at) for at in columns]
    said = {words(text) for text in over if text}
    return bool(over[0]) and len(said) == 1 and NUMBERED_OVER.fullmatch(said.pop()) is not None


def is_data(lines: Lines, row: int) -> bool:
    """Tell whether a row has something that names it and a figure, or the sign of a missing one."""
    texts = lines.texts(row)
    if len(texts) < 2 or is_enumerator(texts) or is_footer(texts, silent=False):
        return False
    if all(text.isdigit() or RANGE.fullmatch(text) for text in texts) and _numbered_heads(lines, row):
        return False
    if LABELLED.match(texts[0]) and len(texts) <= 3 and (":" in "".join(texts) or YEAR.fullmatch(texts[-1])):
        return _under_itself(lines, row)
    if any(HEAD_WORD.fullmatch(words(text)) for text in texts[:2]):
        return False
    if _is_first(lines, row):
        return True
    figures = [text for text in texts[1:] if is_value(text) or text.startswith("=") or cell_error(text)]
    return bool(figures) and (not _headlike(texts) or _under_itself(lines, row))


def _is_first(lines: Lines, row: int) -> bool:
    """Tell whether a row bears the number 1 under "No": it is a row of data, whatever stands in it."""
    at = next(at for at in range(1, lines.width + 1) if lines.text(row, at))
    above = [words(lines.text(row - back, at)) for back in range(1, TALLEST + 1)]
    return lines.text(row, at).rstrip(".)") == "1" and any(text in ("no", "nomor", "no urut") for text in above)


def _headlike(texts: Sequence[str]) -> bool:
    """Tell whether most figures of a row could be years over their columns."""
    figures = [text for text in texts if is_value(text)]
    return sum(bool(YEAR.match(text)) for text in figures) > len(figures) / 2


def _under_itself(lines: Lines, row: int) -> bool:
    """Tell whether the row above has periods in the same columns: then this one is no header any more."""
    columns = [at for at in range(1, lines.width + 1) if YEAR.match(lines.text(row, at))]
    above = [lines.text(row - 1, at) for at in columns[1:]] if len(columns) > 1 else []
    return bool(above) and all(head_period([text], "2000", {}) is not None for text in above)


def is_value(text: str) -> bool:
    """Tell whether a cell holds a figure, with or without a mark, or the sign of a missing one."""
    bare = unmark(text, {"r": "revised", "*": "preliminary", "**": "preliminary", "e": "estimate", "x": "preliminary"})[
        0
    ]
    noted = NOTED.fullmatch(text)
    return (
        numeric(text)
        or numeric(bare)
        or bool(noted or NEGATIVE.fullmatch(text))
        or (text.casefold() in MISSING and bool(text))
    )


def _header_top(lines: Lines, bottom: int, start: int) -> int:
    """Go up from the lowest header row while rows are heads: more than one text, or one that stands to the right."""
    top = bottom + 1
    for row in range(bottom, max(start, bottom - TALLEST) - 1, -1):
        texts = lines.texts(row)
        if not texts or is_footer(texts, silent=True) or not _is_head(lines, row, bottom):
            break
        if row < bottom and _is_letterhead(lines, row):
            break
        top = row
    return top


def _is_letterhead(lines: Lines, row: int) -> bool:
    """Tell whether a row over heads is a title all the same: where "Kecamatan" stands below, it has other words."""
    at = next(at for at in range(1, lines.width + 1) if lines.text(row, at))
    below = HEAD_WORD.fullmatch(words(lines.text(row + 1, at)))
    return below is not None and not HEAD_WORD.fullmatch(words(lines.text(row, at)))


def _is_head(lines: Lines, row: int, bottom: int) -> bool:
    texts = lines.texts(row)
    if LABELLED.match(texts[0]) and len(texts) <= 3 and ":" in "".join(texts):
        return False
    if len(texts) > 1:
        return row == bottom or not is_data(lines, row)
    leftmost = next(
        at for at in range(1, lines.width + 1) if any(lines.text(each, at) for each in range(row, bottom + 2))
    )
    at = next(at for at in range(1, lines.width + 1) if lines.text(row, at))
    whole = lines.merged.get((row, at))
    return row < bottom and at > leftmost and not (whole and whole[1] == leftmost)


def _body(lines: Lines, first: int, top: int, header_rows: int) -> Iterator[int]:
    """Yield the rows of data: up to the notes, a row that heads another table, or the end."""
    heads = {head_key(text) for row in range(top, top + header_rows) for text in lines.texts(row)}
    gap = False
    for row in range(first, lines.last + 1):
        texts = lines.texts(row)
        if not texts:
            gap = True
            continue
        alone = len(texts) == 1
        if is_footer(texts, silent=alone) or (alone and OTHER_TABLE.match(head_key(texts[0]))):
            return
        if header_rows and not alone and (_repeats(texts, heads) or (gap and _begins_another(lines, row))):
            return
        if not alone or not gap:
            yield row
        gap = False if not alone else gap


def _repeats(texts: Sequence[str], heads: set[str]) -> bool:
    said = [text for text in texts if not numeric(text) or YEAR.fullmatch(text)]
    again = sum(head_key(text) in heads for text in said)
    return again > len(texts) / 2 and not all(numeric(text) for text in texts[1:])


def _begins_another(lines: Lines, row: int) -> bool:
    texts = lines.texts(row)
    after = next((at for at in range(row + 1, lines.last + 1) if lines.texts(at)), None)
    return (
        not is_data(lines, row)
        and not any(numeric(text) and not YEAR.fullmatch(text) for text in texts)
        and bool(after and (is_data(lines, after) or _numbers(lines, after)))
    )
