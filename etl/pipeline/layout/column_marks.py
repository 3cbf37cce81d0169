"""The decimal mark of a column: one cell that is a number under the other mark only proves that mark for all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from etl.pipeline.layout.value_cells import fits
from etl.pipeline.numbers import OTHER, DecimalMark

Column = tuple[str | None, str | None]  # a sheet's name and a column's letter


@dataclass
class ColumnMarks:
    """The first cell of each column that proves the other mark; cells that are refused for other reasons prove too."""

    proofs: dict[Column, str] = field(default_factory=dict)

    def note(self, sheet: str | None, column: str | None, texts: Iterable[str], decimal: DecimalMark) -> None:
        """Look at the texts of a column, none of them a typed cell."""
        other = OTHER[decimal]
        for text in texts:
            if other in text and not fits(text, decimal) and fits(text, other):
                self.proofs.setdefault((sheet, column), text)
                return

    def contradicting(self, sheet: str | None, column: str | None, text: str, decimal: DecimalMark) -> str | None:
        """Return the proof that makes a number doubtful: of its own column, or of its sheet if it has two readings."""
        if not self.proofs or not fits(text, decimal):
            return None
        own = self.proofs.get((sheet, column))
        if own and ("," in text or "." in text):
            return own
        if fits(text, None):
            return None
        return next((proof for (name, _), proof in self.proofs.items() if name == sheet), None)
