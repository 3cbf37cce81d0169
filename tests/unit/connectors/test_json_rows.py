"""Rows of JSON as grids: every number by its digits, every key in its column, every row in its place."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.connectors.base import UnreadableError
from etl.connectors.formats.json_rows import (
    MISSING,
    declared_columns,
    find,
    own_columns,
    rows_at,
    split_path,
    to_sheet,
)
from etl.connectors.formats.json_text import read_json
from etl.connectors.web.quotation import portal_words
from etl.sheets.sheet import Sheet


def sheet_of(text: str, **fields: str) -> Sheet:
    rows = read_json(text.encode())
    return to_sheet(rows, declared_columns(rows, fields) if fields else own_columns(rows), fields)


def table(sheet: Sheet) -> list[list[Any]]:
    return sheet.cells.to_numpy().tolist()


NUMBERS = {
    "1.850": "1.850",
    "-0.5": "-0.5",
    "123456789012345678901234567890": "123456789012345678901234567890",
    "1e3": "1000",
    "12.5e-1": "1.25",
    "0.1000000000000000055511151231257827": "0.1000000000000000055511151231257827",
    "1e999999": "1e999999",
}


@pytest.mark.parametrize(("written", "text"), NUMBERS.items(), ids=NUMBERS)
def test_a_number_is_typed_and_keeps_its_digits(written: str, text: str) -> None:
    sheet = sheet_of(f'[{{"a": {written}}}]')
    assert table(sheet) == [["a"], [text]]
    assert sheet.typed is not None
    assert sheet.typed["A"].tolist() == [False, True]


@pytest.mark.parametrize(("written", "text"), [('"1.5"', "1.5"), ("true", "true"), ("null", ""), ('"-"', "-")])
def test_what_is_no_number_is_not_typed(written: str, text: str) -> None:
    sheet = sheet_of(f'[{{"a": {written}}}]')
    assert table(sheet)[1] == [text]
    assert sheet.typed is not None
    assert not sheet.typed.to_numpy().any()


def test_keys_of_all_rows_are_columns_and_a_lacking_one_is_none() -> None:
    assert table(sheet_of('[{"a": 1, "b": {"c": "x"}}, {"a": 2, "d": []}]')) == [
        ["a", "b.c", "d"],
        ["1", "x", None],
        ["2", None, "[]"],
    ]


def test_declared_columns_come_first_and_the_rest_stays_in_sight() -> None:
    sheet = sheet_of(
        '[{"nilai": 7, "a.b": 1, "isi": {"jumlah_ warga": "2"}}]', Nilai=r"a\.b", warga="isi.jumlah_ warga"
    )
    assert table(sheet) == [["Nilai", "warga", "nilai (lain)"], ["1", "2", "7"]]


def test_rows_without_names_are_read_by_their_places() -> None:
    assert table(sheet_of('[["Paser", 2024, 3.27]]', wilayah="0", nilai="2"))[1][:2] == ["Paser", "3.27"]


def test_skipped_rows_leave_the_others_in_their_places() -> None:
    rows = read_json(b'[{"n": "A"}, {"n": " jumlah "}, {"n": "B"}]')
    sheet = to_sheet(rows, own_columns(rows), skip={"n": ["JUMLAH"]})
    assert sheet.cells["A"].to_dict() == {1: "n", 2: "A", 4: "B"}
    assert sheet.remarks == (("baris-dilewati", "1 baris dilewati menurut `skip` pada kolom “n”:  jumlah  (baris 3)."),)
    with pytest.raises(UnreadableError, match="yang ada: n"):
        to_sheet(rows, own_columns(rows), skip={"x": ["JUMLAH"]})


def test_a_path_finds_one_value_or_nothing() -> None:
    tree = {"a": {"b": [10, {"c": None}]}, "a.b": 5}
    assert find(tree, split_path("a.b.0")) == 10
    assert find(tree, split_path("a.b.1.c")) is None
    assert find(tree, split_path(r"a\.b")) == 5
    assert find(tree, ()) is tree
    assert {find(tree, split_path(path)) for path in ("x", "a.b.2", "a.b.c", "a.b.0.0", "a.b.-1")} == {MISSING}


def test_rows_must_be_a_list_of_rows() -> None:
    assert rows_at([{"a": 1}], "") == [{"a": 1}]
    for document, words in (
        (({}), "tidak ada"),
        ({"data": {}}, "objek"),
        ({"data": [1]}, "bukan objek"),
        ([], "daftar"),
    ):
        with pytest.raises(UnreadableError, match=words):
            rows_at(document, "data")


WORDS = {
    '{"message": "Too Many\\nAttempts."}': "Too Many Attempts.",
    '{"error": {"resource_id": ["Missing value"], "__type": "Validation Error"}}': "resource_id: Missing value",
    '"Bad request"': "Bad request",
    '{"errors": [{"detail": "a"}, {"detail": "b"}]}': "a; b",
    '{"code": 5}': "",
    "null": "",
    f'{{"message": "{"x" * 500}"}}': "x" * 159 + "…",
}


@pytest.mark.parametrize(("body", "words"), WORDS.items(), ids=range(len(WORDS)))
def test_a_portals_words_are_found_and_kept_short(body: str, words: str) -> None:
    assert portal_words(read_json(body.encode())) == words


plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
)
keys = st.text("ab._ ", min_size=1, max_size=3)
nested = st.dictionaries(keys, plain, min_size=1, max_size=3)
records = st.builds(lambda flat, inner: {**flat, "isi": inner}, st.dictionaries(keys, plain, max_size=4), nested)
documents = st.lists(records, max_size=6)


@given(documents)
def test_every_value_of_every_row_stands_in_the_grid_once(rows: list[dict[str, Any]]) -> None:
    read = read_json(json.dumps(rows).encode())
    columns = own_columns(read)
    grid = table(to_sheet(read, columns))[1:]
    assert len({path for _, path in columns}) == len(columns)
    for row, cells in zip(rows, grid, strict=True):
        leaves = [each for value in row.values() for each in (value.values() if isinstance(value, dict) else [value])]
        assert sum(cell is not None for cell in cells) == len(leaves)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_written_number_is_the_same_number_in_the_grid(number: Decimal) -> None:
    for text in (str(number), f"{number:e}"):
        cell = table(sheet_of(f'[{{"a": {text.replace("e+", "e")}}}]'))[1][0]
        assert Decimal(cell) == number
