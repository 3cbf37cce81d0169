"""Columns that a feed leaves out and that name regions: each must agree with its row's own, or the row goes back.

A column names regions where its head says so, or half of its words are names or codes of regions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name, normalise_name
from etl.measures.region import WHOLE_CODE, from_bps, read_region
from etl.pipeline.batch import Batch, Row
from etl.pipeline.layout.head_words import bearers, ranked_name
from etl.pipeline.layout.head_words import words as fold_words
from etl.pipeline.layout.heads import BLANK_CORNER
from etl.pipeline.layout.part_columns import NAMED, PARTS, PLACES, Unread, aligned, of_table, refuse_beside
from etl.pipeline.layout.table_context import told_region
from etl.pipeline.region_words import CODE, are_apart, contradiction
from etl.sheets.categorical import by_word, combine, split

RULE = "wilayah-bertentangan"
CODED = re.compile(r"\b(?:kode|kd|code|id|bps|kemendagri)\b")
AROUND = re.compile(  # a name: its code, its English rank
    r"^[\[(]?\d[\d.]*[\])]?\s*[-–:]?\s+|\s*[\[(]\d[\d.]*[\])]$|\s+(?:regency|city|province)$", re.IGNORECASE
)
ABOVE = re.compile(NAMED.format("provinsi|prov|province|regency"))
RANKED = re.compile(r"(?:kab(?:upaten)?|kota|prov(?:insi)?)\b\.? ")


def refuse_other_places(batch: Batch, unread: Unread, catalogue: Catalogue) -> None:
    """Refuse rows beside whose region a column that nobody reads names another one: either may be wrong.

    A region that holds the row's own, or lies in it, is no other one. Regions must have been placed.
    """
    for sheet, titles, words in unread.sheets():
        for letter, title in titles.items():
            if named := dict(_named(title, split(words[letter])[1], catalogue)):
                column = aligned(of_table(batch, sheet, words), _filled(words, letter, title), letter)
                _refuse(batch, column, letter, title or BLANK_CORNER, named, catalogue)


def _filled(words: pd.DataFrame, letter: str, title: str) -> pd.DataFrame:
    """Write a place that stands once above its rows beside each of them."""
    if not _is_placed(fold_words(title)):
        return words
    column = by_word(words[letter], lambda text: (text or "").strip() or None).astype(object).ffill()
    return words.assign(**{letter: column.where(column.notna(), None)})


def _is_placed(head: str) -> bool:
    return any(heads.fullmatch(head) for heads in (ABOVE, *PLACES.values()))


def _refuse(
    batch: Batch, column: pd.Series, letter: str, title: str, named: Mapping[str, Sequence[str]], catalogue: Catalogue
) -> None:
    def sentence(row: Row) -> str:
        others = named[row["unread"]]
        return contradiction(row["region"], row["region_code"], f"kolom “{title}”", others, catalogue)

    pairs = pd.DataFrame({"region": batch.rows.loc[column.index, "region_code"], "word": column}, copy=False)
    codes, distinct = combine(pairs, ("region", "word"))
    torn = np.array([_are_others(named.get(word, ()), code) for code, word in distinct], dtype=bool)
    refuse_beside(batch, pd.Series(torn[codes], column.index), column, letter, RULE, sentence)


def _named(title: str, words: Iterable[object], catalogue: Catalogue) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the words of a column that are regions, with their codes; none where the column is of something else."""
    head = fold_words(title)
    said = [word for word in words if isinstance(word, str) and word.strip()]
    if PARTS.fullmatch(head) or len(said) > len(catalogue.region):
        return
    placed = _is_placed(head)
    found = [(word, codes) for word in said if (codes := _codes(word.strip(), head, placed, catalogue))]
    if placed or 2 * len(found) >= len(said):
        yield from found


def _codes(word: str, head: str, placed: bool, catalogue: Catalogue) -> Sequence[str]:
    """List the regions that a word may mean; a number is a code only under a head that says so, or none."""
    if CODE.fullmatch(word):
        written = whole[1] if (whole := WHOLE_CODE.fullmatch(word)) else word
        read = (read_region(written, catalogue, "kemendagri"), from_bps(written, catalogue))
        return [code for code in read if code] if placed or not head or CODED.search(head) else ()
    name, level = ranked_name(AROUND.sub("", word))
    if normalise_name(name) != fold_name(name):
        level = "regency"
    fitting = bearers(name, level, catalogue)
    if not fitting:
        known = told_region([word], catalogue)
        other = catalogue.outside_region(name) if placed or RANKED.match(fold_name(word)) else None
        return [known] if known else [other.code] if other else ()
    return [code for code in fitting if placed or catalogue.region[code].level != "village"]


def _are_others(named: Sequence[str], code: str) -> bool:
    """Tell whether words name regions and none of them is the row's, holds it or lies in it."""
    return bool(named) and all(are_apart(each, code) for each in named)
