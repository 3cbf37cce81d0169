"""The sieve: rows still standing, and a finding for each that fell. Nothing leaves it unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

FINDING_COLUMNS = ["rule", "severity", "sheet", "row", "column", "raw", "sentence"]
Row = Mapping[Any, Any]
Sentence = str | Callable[[Row], str]


class Sieve:
    """Holds a frame of rows (object columns; `sheet`, `row` and our fields) and refuses by mask.

    `letters` maps, for each sheet, a field to its column letter in the file. A row falls once, by the first rule it
    breaks, so that rows read = rows standing + findings.
    """

    def __init__(self, rows: pd.DataFrame, letters: Mapping[str | None, Mapping[str, str]]) -> None:
        self.rows = rows
        self._letters = dict(letters)
        self._found: list[dict[str, Any]] = []

    @classmethod
    def join(cls, sieves: Sequence[Sieve]) -> Sieve:
        """Make one sieve of the sheets of a delivery, with one index."""
        joined = cls(pd.concat([each.rows for each in sieves], ignore_index=True), {})
        for each in sieves:
            joined._letters |= each._letters
            joined._found += each._found
        return joined

    def refuse(self, fallen: pd.Series, rule: str, field: str | None, sentence: Sentence) -> None:
        """Take the rows where `fallen` is true out and keep a finding for each.

        `sentence` says what was found, what is expected and the next step; the place is put before it. A function
        of the row finds the row's label in the frame under `at`.
        """
        hit = fallen.reindex(self.rows.index, fill_value=False).astype(bool)
        if not hit.any():
            return
        records = self.rows[hit].to_dict("records")
        for row in ({**record, "at": label} for label, record in zip(self.rows.index[hit], records, strict=True)):
            text = sentence if isinstance(sentence, str) else sentence(row)
            self._found.append(self._finding(row, rule, field, text))
        self.rows = self.rows[~hit]

    def _finding(self, row: Row, rule: str, field: str | None, text: str) -> dict[str, Any]:
        letters = self._letters[row["sheet"]]
        column = letters.get(field or "")
        raw = row.get(field) if field else None
        return {
            "rule": rule,
            "severity": "refused",
            "sheet": row["sheet"],
            "row": row["row"],
            "column": column,
            "raw": " | ".join(str(row[each]) for each in letters) if raw is None else str(raw),
            "sentence": f"{place(row['sheet'], row['row'], column)}: {text}",
        }

    def findings(self) -> pd.DataFrame:
        """List what fell, as the warehouse keeps it."""
        return pd.DataFrame(self._found, columns=FINDING_COLUMNS, dtype=object)


def place(sheet: str | None, row: int | None, column: str | None) -> str:
    """Say where in the file, in words."""
    parts = [f"Lembar “{sheet}”"] if sheet else []
    parts += [f"baris {row}"] if row else []
    parts += [f"kolom {column}"] if column else []
    text = ", ".join(parts) or "Berkas"
    return text[0].upper() + text[1:]


def file_finding(
    rule: str, sentence: str, sheet: str | None = None, severity: Literal["refused", "warning"] = "warning"
) -> pd.DataFrame:
    """Make a finding about a whole file or sheet; it counts no row."""
    finding = {"rule": rule, "severity": severity, "sheet": sheet, "row": None, "column": None, "raw": ""}
    return pd.DataFrame([{**finding, "sentence": sentence}], columns=FINDING_COLUMNS, dtype=object)
