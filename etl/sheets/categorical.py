"""Columns of texts as codes: a million rows are read as fast as the few distinct words that stand in them.

A coded column is a categorical series; its categories are the distinct texts (or other hashable values), a missing one
has the code -1. A column in which most rows differ is a plain one of objects; every function takes both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import is_
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.int64]
WORDS = 1 << 14  # distinct values beyond which a column is kept plain
WIDEST = 1 << 31  # combinations beyond which codes are numbered anew, far from overflow


def coded(column: pd.Series[Any]) -> pd.Series[Any]:
    """Number the distinct values of a column; NaN and None are missing."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column
    return _categorical(*split(column), column.index)


def compact(column: pd.Series[Any]) -> pd.Series[Any]:
    """Code a column of words; one in which most rows differ stays, for codes would take more room than they save."""
    codes, words = split(column)
    return column if len(words) > WORDS else _categorical(codes, words, column.index)


def compact_columns(cells: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Code some columns of a grid of words, each as `compact` does it."""
    return pd.DataFrame({name: compact(cells[name]) for name in columns}, cells.index, copy=False)


def split(column: pd.Series[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the code of each row, -1 where there is no value, and the distinct values."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories.to_numpy(dtype=object)
    return pd.factorize(column.to_numpy(dtype=object))


def spread(codes: npt.NDArray[Any], values: Iterable[Any], index: pd.Index[Any]) -> pd.Series[Any]:
    """Give each row the value that stands at its code; a code of -1 takes the last value.

    The column is coded as `compact` does it.
    """
    given = _objects(values)
    if len(given) > WORDS:
        return pd.Series(given[codes], index, dtype=object, copy=False)
    numbers, distinct = pd.factorize(given)
    return _categorical(numbers[codes] if len(numbers) else codes, distinct, index)


def constant(value: Any, index: pd.Index[Any]) -> pd.Series[Any]:
    """Give every row one value, or none."""
    return spread(np.zeros(len(index), dtype=np.int8), [value], index)


def _categorical(codes: npt.NDArray[Any], distinct: npt.NDArray[Any], index: pd.Index[Any]) -> pd.Series[Any]:
    words = pd.Categorical.from_codes(codes, pd.Index(distinct, dtype=object))
    return pd.Series(words, index=index, copy=False)


def _objects(values: Iterable[Any]) -> npt.NDArray[Any]:
    """Make an array of objects, whatever they are: tuples would become columns of it."""
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def by_word(column: pd.Series[Any], read: Callable[[Any], Any]) -> pd.Series[Any]:
    """Replace every value by what `read` makes of it, called once for each distinct one and once for None."""
    codes, words = split(column)
    found = [*map(read, words), read(None)]
    if found[-1] is None and all(map(is_, found, words)):
        return column
    return spread(codes, found, column.index)


def true_where(column: pd.Series[Any], test: Callable[[Any], bool]) -> pd.Series[bool]:
    """Mark the rows whose value passes a test, made once for each distinct one and once for None."""
    codes, words = split(column)
    passed = np.array([*map(test, words), test(None)], dtype=bool)
    return pd.Series(passed[codes], index=column.index)


def said(column: pd.Series[Any]) -> pd.Series[bool]:
    """Mark the rows with a text that is not empty."""
    return true_where(column, bool)


def choose(mask: pd.Series[bool], one: pd.Series[Any], other: pd.Series[Any]) -> pd.Series[Any]:
    """Take `one` where the mask holds, else `other`."""
    (left, words), (right, others) = split(one), split(other)
    there = np.where(right < 0, -1, right.astype(np.int64) + len(words))
    return spread(np.where(mask.to_numpy(), left, there), [*words, *others, None], other.index)


def combine(rows: pd.DataFrame, columns: Sequence[str]) -> tuple[Codes, list[tuple[Any, ...]]]:
    """Number the distinct combinations of columns by first appearance; return each row's number and the combinations.

    Missing values are None in them.
    """
    codes = number(rows, columns)
    first = np.empty(codes.max(initial=-1) + 1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return codes, list(zip(*(_values(rows[name], first) for name in columns), strict=True))


def number(rows: pd.DataFrame, columns: Sequence[str]) -> Codes:
    """Number the distinct combinations of columns by first appearance."""
    codes, width = np.zeros(len(rows), dtype=np.int64), 1
    for name in columns:
        numbers, words = split(rows[name])
        codes = codes * (len(words) + 1) + numbers + 1
        width *= len(words) + 1
        if width > WIDEST:
            codes, distinct = pd.factorize(codes)
            width = len(distinct)
    return pd.factorize(codes)[0].astype(np.int64, copy=False)


def _values(column: pd.Series[Any], rows: Codes) -> list[Any]:
    """List the values of some rows, by position; missing ones are None."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, words = split(column)
        named = [*words, None]
        return [named[code] for code in codes[rows]]
    values = column.to_numpy(dtype=object)[rows]
    values[pd.isna(values)] = None
    return list(values)


def plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Write coded columns out as objects, missing ones as None."""
    objects = rows.astype(object)
    return objects.where(objects.notna(), None)


def stack(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames of the same columns one below the other, with one index; coded columns stay coded."""
    if len(parts) == 1:
        return parts[0].reset_index(drop=True)
    return pd.DataFrame({name: _stacked([each[name] for each in parts]) for name in parts[0].columns}, copy=False)


def _stacked(columns: Sequence[pd.Series[Any]]) -> Any:
    if not any(isinstance(each.dtype, pd.CategoricalDtype) for each in columns):
        joined = np.concatenate([each.to_numpy() for each in columns])
        return pd.Series(joined, dtype=joined.dtype, copy=False)
    words = [split(each) for each in columns]
    starts = np.cumsum([0, *(len(values) for _, values in words)])
    places = [np.where(codes < 0, -1, codes + start) for (codes, _), start in zip(words, starts, strict=False)]
    values = [*chain.from_iterable(values for _, values in words), None]
    return spread(np.concatenate(places), values, pd.RangeIndex(sum(map(len, columns))))
