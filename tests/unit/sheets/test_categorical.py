"""Coded columns say what the plain ones said, whatever stands in them and however many words they have."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sheets import categorical
from etl.sheets.categorical import by_word, choose, combine, compact, constant, number, plain, said, stack, true_where

Words = list[str | None]
WORDS = st.lists(st.none() | st.sampled_from(["", "a", "b", "c"]), max_size=12)


def column(words: Words, coded: bool = True) -> pd.Series:
    plain_column = pd.Series(words, dtype=object)
    return compact(plain_column) if coded else plain_column


def texts(found: pd.Series) -> Words:
    return [None if pd.isna(each) else each for each in found.astype(object)]


@pytest.fixture(autouse=True, params=[1, 100])
def limit(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep columns of more than one word plain, or code them all: both must say the same."""
    with patch.object(categorical, "WORDS", request.param):
        yield


@given(WORDS, st.booleans())
def test_words_are_read_once_and_none_is_one(words: Words, is_coded: bool) -> None:
    asked: Words = []

    def read(word: str | None) -> str | None:
        asked.append(word)
        return None if word == "b" else (word or "leer") * 2

    found = by_word(column(words, is_coded), read)
    assert sorted(asked, key=str) == sorted({*words, None}, key=str)
    assert texts(found) == [None if word == "b" else (word or "leer") * 2 for word in words]
    assert texts(by_word(column(words, is_coded), lambda word: word)) == words


@given(WORDS)
def test_marks_follow_the_words(words: Words) -> None:
    assert said(column(words)).tolist() == [bool(word) for word in words]
    assert true_where(column(words), lambda word: word is None).tolist() == [word is None for word in words]


@given(st.lists(st.tuples(st.booleans(), st.none() | st.sampled_from("abx"), st.none() | st.sampled_from("bcy"))))
def test_one_or_the_other_is_chosen(rows: list[tuple[bool, str | None, str | None]]) -> None:
    mask = pd.Series([each for each, _, _ in rows], dtype=bool)
    found = choose(mask, column([one for _, one, _ in rows]), column([other for _, _, other in rows], coded=False))
    assert texts(found) == [one if first else other for first, one, other in rows]


@given(st.lists(st.tuples(*[st.none() | st.sampled_from(["", "a", "b"])] * 3)), st.sampled_from([2, 1 << 31]))
def test_combinations_are_numbered_by_first_appearance(rows: list[tuple[str | None, ...]], widest: int) -> None:
    frame = pd.DataFrame({place: column([row[place] for row in rows], place != 1) for place in range(3)})
    with patch.object(categorical, "WIDEST", widest):
        codes, distinct = combine(frame, [0, 1, 2])  # type: ignore[list-item]
        assert number(frame, [0, 1, 2]).tolist() == codes.tolist()  # type: ignore[list-item]
    assert distinct == list(dict.fromkeys(rows))
    assert [distinct[code] for code in codes] == rows


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_parts_are_stacked(parts: list[Words]) -> None:
    frames = [pd.DataFrame({"word": column(part), "row": range(len(part))}) for part in parts]
    stacked = plain(stack(frames))
    assert stacked["word"].tolist() == [word for part in parts for word in part]
    assert stacked["row"].tolist() == [place for part in parts for place in range(len(part))]
    assert stacked.index.tolist() == list(range(sum(map(len, parts))))


def test_a_constant_is_everywhere() -> None:
    assert texts(constant("a", pd.RangeIndex(3))) == ["a"] * 3
    assert texts(constant(None, pd.RangeIndex(2))) == [None, None]
    assert texts(constant("a", pd.RangeIndex(0))) == []
