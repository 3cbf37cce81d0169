"""The batch: rows still standing, and a finding for each that fell. Nothing leaves it unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from etl.sheets.categorical import plain, stack

FINDING_COLUMNS = ["rule", "severity", "sheet", "row", "column", "raw", "sentence", "indicator"]
NUMBERS = ("value", "numerator", "denominator")  # fields whose cells a spreadsheet may hold as numbers
FALLEN_KEPT = 2000  # of a delivery; whoever mends these sees the rest next time
Row = Mapping[Any, Any]
Sentence = str | Callable[[Row], str]


class Batch:
    """Holds a frame of rows (`sheet`, `row` and our fields, as objects or coded) and refuses by mask.

    `letters` maps, for each sheet, a field to its column letter in the file. A row falls once, by the first rule it
    breaks, so that rows read = rows standing + findings. `column` of a row is the letter of its value's own cell;
    `places`, where there are any, hold the row and letter of fields that stand elsewhere: in the heads.
    """

    def __init__(self, rows: pd.DataFrame, letters: Mapping[str | None, Mapping[str, str]]) -> None:
        self.rows = rows
        self._letters = dict(letters)
        self._found: list[dict[str, Any]] = []
        self.fallen: list[pd.DataFrame] = []  # the first FALLEN_KEPT rows that fell by one of their cells
        self.totals = pd.DataFrame()  # total rows of its tables, with the columns of `rows`; checked, never loaded

    @classmethod
    def join(cls, batches: Sequence[Batch]) -> Batch:
        """Make one batch of the sheets of a delivery, with one index."""
        joined = cls(stack([each.rows for each in batches]), {})
        for each in batches:
            joined._letters |= each._letters
            joined._found += each._found
            joined.fallen += each.fallen
        totals = [each.totals for each in batches if not each.totals.empty]
        joined.totals = stack(totals) if totals else joined.totals
        return joined

    def apart(self, rows: pd.DataFrame) -> Batch:
        """Make a batch of other rows of the same sheets, whose findings stay with it."""
        return Batch(rows, self._letters)

    def of_sheet(self, sheet: str | None) -> pd.Series[bool]:
        """Mark the rows of a sheet; a file without sheets has one of no name."""
        named = self.rows["sheet"]
        return named.isna() if sheet is None else named.eq(sheet).astype(bool)

    def letter(self, sheet: str | None, field: str) -> str | None:
        """Return the letter of the column in which a field stands on a sheet."""
        return self._letters.get(sheet, {}).get(field)

    def refuse(
        self, fallen: pd.Series, rule: str, field: str | None, sentence: Sentence, letter: str | None = None
    ) -> None:
        """Take the rows where `fallen` is true out and keep a finding for each.

        `sentence` says what was found, what is expected and the next step; the place is put before it. A function
        of the row finds the row's label in the frame under `at`. `letter` is the column of a field that is not ours.
        """
        hit = fallen.reindex(self.rows.index, fill_value=False).astype(bool)
        if not hit.any():
            return
        records = plain(self.rows[hit]).to_dict("records")
        for row in ({**record, "at": label} for label, record in zip(self.rows.index[hit], records, strict=True)):
            text = sentence if isinstance(sentence, str) else sentence(row)
            self._found.append(self._finding(row, rule, field, text, letter))
        if field and sum(map(len, self.fallen)) < FALLEN_KEPT:
            self.fallen.append(self.rows[hit].head(FALLEN_KEPT))
        self.rows = self.rows[~hit]

    def add_further(self, others: Iterable[Batch]) -> None:
        """Warn of what else was found wrong in rows that fell, once for each cell that has no finding yet."""
        told = {(each["sheet"], each["row"], each["column"]) for each in self._found}
        for each in (found for other in others for found in other._found):
            cell = (each["sheet"], each["row"], each["column"])
            if cell not in told:
                told.add(cell)
                self._found.append(each | {"severity": "warning"})

    def _finding(self, row: Row, rule: str, field: str | None, text: str, letter: str | None) -> dict[str, Any]:
        letters = self._letters[row["sheet"]]
        number, column = (row.get("places") or {}).get(field, (row["row"], letter or letters.get(field or "")))
        if field == "value" or (field and "places" in row):
            column = (row.get("column") or column) if field == "value" else column or row["column"]
        column = column or (row.get("column") if field else None)  # what the file has no column for
        raw = row.get(field) if field else None
        return {
            "indicator": row.get("indicator_id"),
            "rule": rule,
            "severity": "refused",
            "sheet": row["sheet"],
            "row": number,
            "column": column,
            "raw": " | ".join(str(row[each]) for each in letters) if raw is None else str(raw),
            "sentence": f"{place(row['sheet'], number, column)}: {text}",
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
