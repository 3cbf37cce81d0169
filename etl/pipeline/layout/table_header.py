"""What is known of a table's heads: where they stand, the column of each field, and what the others are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from openpyxl.utils import get_column_letter

from etl.catalogue.declared_layout import PATH, Meaning, Values
from etl.pipeline.layout.head_words import head_key
from etl.pipeline.layout.sheet_lines import Path


class LayoutError(ValueError):
    """A file whose shape is not the declared one; the message is an Indonesian sentence with the next step."""


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """One column of figures: what its heads give each of them. `head` is the cell that they stand in, lowest one.

    `path` are these heads without the part of a declared sum, which narrows nothing.
    """

    column: int
    path: Path
    fill: Mapping[str, str]
    meaning: Meaning | None
    head: tuple[int, int]
    part: str | None = None  # of a declared sum: the part that stands here


@dataclass(frozen=True)
class HeadColumns:
    """The columns that name no row: figures, heads that ought to be periods or regions, totals, and what is left."""

    values: list[tuple[ValueColumn, Values]] = field(default_factory=list)
    bad: list[tuple[int, Path]] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    unused: list[tuple[int, Path]] = field(default_factory=list)


@dataclass(frozen=True)
class Header:
    """A table's heads: the column of each of our fields, of periods, of the parent; the rest, and the lines above.

    In a plain table the figure is a field like others, and no column is read for its head.
    """

    top: int
    rows: int
    keys: Mapping[str, int]
    periods: tuple[int, ...]
    parent: int | None
    downs: frozenset[int]
    columns: HeadColumns
    titles: tuple[str, ...]
    paths: Mapping[int, Path]  # the heads of each column that has any
    sums: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # columns that name parts of a declared sum

    @cached_property
    def width(self) -> int:
        return max(self.paths)

    @property
    def letters(self) -> dict[str, str]:
        """The column letter of each of our fields."""
        return {name: get_column_letter(at) for name, at in self.keys.items()}

    @property
    def titled(self) -> tuple[str, ...]:
        """The letters of the columns that have a head."""
        return tuple(map(get_column_letter, self.paths))

    @property
    def bottom(self) -> int:
        return self.top + self.rows - 1

    @cached_property
    def named(self) -> frozenset[int]:
        """The columns that name rows."""
        return frozenset(
            (*self.keys.values(), *self.periods, *((self.parent,) if self.parent else ()), *self.downs, *self.sums)
        )


def split_path(head: str) -> Path:
    """Split a declared head into its parts, folded."""
    return tuple(head_key(part) for part in head.split(PATH.strip()) if part.strip())


def show_path(path: Path) -> str:
    return PATH.join(" ".join(part.split()) for part in path)
