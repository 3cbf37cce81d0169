"""A column has one decimal mark: the declared one or, where the file decides, the one that its own cells prove.

A cell is proof of a mark where it is no valid number under the other one: `0,85`, `1.234,5`. `12,345` proves nothing.
Cells without a mark, and cells that a spreadsheet holds as numbers, need no proof.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from etl.catalogue.feeds import Feed
from etl.pipeline.batch import NUMBERS, Batch, Row
from etl.pipeline.numbers import MARK_NAMES, OTHER, DecimalMark, fits, is_marked
from etl.sheets.categorical import by_word, combine, plain, spread

Column = tuple[str | None, str]  # sheet and letter
Proofs = dict[DecimalMark, str]  # for each mark the first text that proves it
MISREAD, AMBIGUOUS = "tanda-desimal", "angka-ambigu"
NEXT = "Tulis semua angka kolom itu dengan satu tanda desimal, atau kirim sebagai angka dalam berkas Excel."


@dataclass(frozen=True, slots=True)
class MarkVerdict:
    """By which mark the cells of a column are read, or why those with a mark cannot be.

    A doubt that stems from another column of the sheet is `whole` no longer: it touches what has two readings.
    """

    mark: DecimalMark
    doubt: str | None = None
    whole: bool = True


@dataclass
class ColumnMarks:
    """The proofs of all columns of figures of a delivery, also those in rows that fall for another reason."""

    proofs: dict[Column, Proofs] = field(default_factory=dict)

    def add(self, column: Column, texts: Iterable[str | None]) -> None:
        """Look at texts of a column that are not typed."""
        found = self.proofs.setdefault(column, {})
        known = next(iter(found), None)
        for text in texts:
            if not text or not is_marked(text) or (known and fits(text, known)):
                continue  # proves nothing, or nothing new
            under = [mark for mark in OTHER if fits(text, mark)]
            if len(under) == 1:
                known = known or under[0]
                found.setdefault(under[0], text)
            if len(found) == len(OTHER):
                return

    def judge(self, column: Column, declared: str) -> MarkVerdict:
        """Weigh a column's proofs, and where it has none those of its sheet, against the declared mark."""
        own = self.proofs.get(column, {})
        if len(own) > 1:
            both = f"“{own[',']}” hanya berlaku dengan koma desimal, “{own['.']}” hanya dengan titik"
            return MarkVerdict(_mark(declared), f"kolom ini mencampur tanda desimal: {both}. {NEXT}")
        if declared == "auto":
            return _proven(own)
        mark = _mark(declared)
        if proof := own.get(OTHER[mark]):
            return MarkVerdict(mark, f"kolom ini {_against(proof, mark)}")
        proof = self._beside(column, OTHER[mark])
        return MarkVerdict(mark, f"lembar ini {_against(proof, mark)}" if proof else None, whole=False)

    def _beside(self, column: Column, mark: DecimalMark) -> str | None:
        return next(
            (each[mark] for (sheet, _), each in self.proofs.items() if sheet == column[0] and mark in each), None
        )


def _mark(declared: str) -> DecimalMark:
    return "," if declared == "," else "."


def _proven(own: Proofs) -> MarkVerdict:
    for mark in own:
        return MarkVerdict(mark)
    return MarkVerdict(
        ".",
        "angka ini dapat berarti dua, dan tidak ada sel di kolom ini yang membuktikan tanda desimalnya. Kirim "
        "sebagai angka dalam berkas Excel, atau sebutkan tanda desimalnya kepada walidata.",
    )


def _against(proof: str, mark: DecimalMark) -> str:
    return (
        f"memakai {MARK_NAMES[OTHER[mark]]} sebagai tanda desimal, sebab ada “{proof}”, padahal kiriman ini menyatakan "
        f"{MARK_NAMES[mark]}. Tulis semua angka dengan {MARK_NAMES[mark]} desimal, atau minta walidata "
        "mengganti tanda desimal kiriman ini."
    )


def place_marks(batch: Batch, marks: ColumnMarks, feed: Feed) -> None:
    """Say of each figure by which mark it is read (`value_mark`, …); refuse all marked cells of a doubtful column.

    A total whose column is in doubt is no total.
    """
    for name in NUMBERS:
        batch.rows, torn = _place(batch, batch.rows, name, marks, feed)
        for rule, hit in ((MISREAD, torn.eq(MISREAD)), (AMBIGUOUS, torn.eq(AMBIGUOUS))):
            batch.refuse(hit, rule, name, lambda row, name=name: _sentence(row, name, marks, feed))  # type: ignore[misc]
        if not batch.totals.empty:
            totals, doubted = _place(batch, batch.totals, name, marks, feed)
            batch.totals = totals[doubted.eq("").to_numpy()]


def _place(
    batch: Batch, rows: pd.DataFrame, name: str, marks: ColumnMarks, feed: Feed
) -> tuple[pd.DataFrame, pd.Series[str]]:
    rows = rows.copy(deep=False)
    rows["letter"] = (
        rows["column"] if name == "value" else by_word(rows["sheet"], lambda each: batch.letter(each, name))
    )
    codes, columns = combine(rows, ("sheet", "letter"))
    verdicts = [marks.judge(each, feed.decimal) for each in columns]
    rows[f"{name}_mark"] = spread(codes, [each.mark for each in verdicts], rows.index)
    torn = pd.Series("", rows.index, dtype=object)
    doubtful = np.array([each.doubt is not None for each in verdicts], dtype=bool)[codes]
    doubtful &= ~rows[f"{name}_typed"].to_numpy(dtype=bool)
    if doubtful.any():
        texts = plain(rows.loc[doubtful, [name]])[name]
        rules = [_rule(text, verdicts[code]) for text, code in zip(texts, codes[doubtful], strict=True)]
        torn = torn.mask(doubtful, pd.Series(rules, texts.index, dtype=object))
    return rows, torn


def _rule(text: str | None, verdict: MarkVerdict) -> str:
    """Name why a cell of a doubtful column falls; one without a mark stays."""
    if not text or not is_marked(text):
        return ""
    if fits(text, verdict.mark):
        return AMBIGUOUS if verdict.whole or not fits(text, None) else ""
    return MISREAD if fits(text, OTHER[verdict.mark]) else ""


def _sentence(row: Row, name: str, marks: ColumnMarks, feed: Feed) -> str:
    letter = row["letter"]
    return f"“{row[name]}”: {marks.judge((row['sheet'], letter), feed.decimal).doubt}"
