"""Columns of a known truth, printed with one mark or two: under `auto` what is read is right, or nothing is."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.pipeline.column_marks import ColumnMarks
from etl.pipeline.numbers import OTHER, DecimalMark, fits, is_marked, parse_number

VALUES = st.decimals(min_value=0, max_value=10**7, places=3, allow_nan=False)
CELLS = st.lists(st.tuples(VALUES, st.integers(0, 3), st.booleans()), min_size=1, max_size=8)
COLUMN = (None, "A")


def printed(value: Decimal, places: int, grouped: bool, mark: DecimalMark) -> tuple[Decimal, str]:
    rounded = round(value, places)
    text = f"{rounded:,f}" if grouped else f"{rounded:f}"
    return rounded, text if mark == "." else text.translate(str.maketrans(".,", ",."))


@settings(max_examples=400)
@given(CELLS, st.sampled_from([".", ","]), st.sampled_from(["auto", ".", ","]))
@example([(Decimal("12.345"), 3, False), (Decimal("0.85"), 2, False)], ",", ".")
def test_a_column_printed_with_one_mark_is_right_or_goes_back(
    cells: list[tuple[Decimal, int, bool]], mark: DecimalMark, declared: str
) -> None:
    column = [printed(*each, mark) for each in cells]
    marks = ColumnMarks()
    marks.add(COLUMN, [text for _, text in column])
    verdict = marks.judge(COLUMN, declared)
    proven = any(fits(text, mark) and not fits(text, OTHER[mark]) for _, text in column)
    for true, text in column:
        taken = verdict.doubt is None or not is_marked(text)
        if taken and (declared in ("auto", mark) or proven):
            assert parse_number(text, verdict.mark).value == true
    if declared == "auto" and proven:
        assert verdict.doubt is None
