"""Delimited text is read the same whether its rows are split all at once or one by one."""

from __future__ import annotations

import csv
import io
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.connectors.base import UnreadableError
from etl.connectors.formats import delimited
from etl.connectors.formats.delimited import read_delimited

CELLS = st.text(alphabet=st.sampled_from("ab1,. ;\t|%-–é\u2028\x0b\x1c#'\\NA\r\x1a"), max_size=6)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=4).map(";".join), min_size=1, max_size=8)


def one_by_one(text: str, mark: str) -> list[list[str | None]]:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    width = max(map(len, rows))
    return [row + [None] * (width - len(row)) for row in rows]


def read(content: bytes) -> list[list[str | None]]:
    parts = list(read_delimited(content))
    width = max((part.cells.shape[1] for part in parts), default=0)
    assert [part.cells.index[0] for part in parts[1:]] == [part.cells.index[-1] + 1 for part in parts[:-1]]
    return [row + [None] * (width - len(row)) for part in parts for row in part.cells.to_numpy().tolist()]


@settings(max_examples=400)
@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@example(["a;b", "1;2;3", "4"], "\n", True, "utf-8")
@example(["a;b;c", "1;2;3;4", "5;6"], "\n", True, "utf-8")
@example(["a;b", "", "1;2"], "\n", True, "utf-8")
@example(["a;b", "NA;"], "\n", False, "utf-8")
@example(["a;b", "1;2", "3;4", "5;6", "7;8"], "\r\n", False, "utf-8")
def test_all_at_once_as_one_by_one(lines: list[str], end: str, ended: bool, encoding: str) -> None:
    text = end.join(lines) + (end if ended else "")
    content = text.encode(encoding)
    if not text.strip() or content.startswith((b"\xff\xfe", b"\xfe\xff")) != (encoding == "utf-16"):
        return
    with patch.object(delimited, "PART_BYTES", 8), patch.object(delimited, "PART", 3):
        assert read(content) == one_by_one(text, delimited._delimiter(content, delimited._encoding(content) or ""))


@given(st.lists(st.lists(st.text(alphabet='a1;"\n ', max_size=5), min_size=3, max_size=3), min_size=1, max_size=9))
def test_quoted_cells_may_hold_marks_and_ends_of_lines(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    with patch.object(delimited, "PART_BYTES", 8), patch.object(delimited, "PART", 3):
        assert read(out.getvalue().encode()) == rows


def test_a_quotation_mark_that_is_never_closed_names_its_row_in_a_later_part() -> None:
    with patch.object(delimited, "PART", 3):
        parts = read_delimited(b"a;b\n" * 7 + b'"1;2\n')
        with pytest.raises(UnreadableError, match="baris 8"):
            list(parts)


def test_cp1252_is_read_in_parts_too() -> None:
    rows = [["nama", "nilai"], ["Kutai–Timur", "1"], ["Paser", "2"]]
    with patch.object(delimited, "PART_BYTES", 8):
        assert read("\n".join(map(";".join, rows)).encode("cp1252")) == rows
