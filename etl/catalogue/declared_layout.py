"""The declared shape of a spreadsheet that is not a plain table."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from etl.catalogue.reference import Model, Whole

Meaning = Literal["final", "revised", "estimate", "preliminary", "very_preliminary", "missing", "zero"]
Told = Literal["title", "sheet", "notes"]
PATH = " > "  # between a head and the one below it


class Values(Model):
    """The value columns under one head, and what their figures are.

    A head below another one is written `above > below`; parts between may be left out. What is left of a column's
    heads must be a period or a region where `reads` says so; otherwise nothing may be left.
    """

    head: str | None = None  # silent: every column whose heads say nothing but what `reads` wants
    reads: Literal["period", "region"] | None = None
    fill: dict[str, str] = Field(default={})  # our fields -> what they are for these figures


class Layout(Model):
    """Where the table stands in its sheets, and what its rows, columns and marks mean.

    `columns` of the feed maps our fields to the heads of the columns that name a row; without header rows, to letters.
    """

    sheets: tuple[str, ...] = ()  # names of the sheets to read; all that are visible where empty
    title: str | None = None  # words of the line above the table, where a sheet holds several
    header_rows: Whole = Field(default=1, ge=0, le=5)
    values: tuple[Values, ...] = ()  # silent: the one column that the feed maps to `value`
    period: tuple[str, ...] = ()  # title, sheet or notes; or the heads of columns that name it together
    region: Told | None = None
    parent: str | None = None  # the region whose parts the rows are
    parent_column: str | None = None  # the head of the column that names that region
    sections: Literal["indicator", "series", "region", "period"] | None = None  # what a line of its own between rows is
    fill_down: tuple[str, ...] = ()  # heads of columns where a blank means the cell above
    words: dict[str, dict[str, str]] = Field(default={})  # our field -> word of the file -> word of the catalogue
    marks: dict[str, Meaning] = Field(default={})
    totals: Literal["check", "read"] = "check"  # rows of totals: only checked, or the figures themselves
    skip: tuple[str, ...] = ()  # heads and labels that are not read

    @property
    def fields(self) -> frozenset[str]:
        """The fields that figures are given by the layout itself; each entry of `values` is checked on its own."""
        given = {name for name in ("period", "region") if getattr(self, name)}
        given |= {self.sections} if self.sections else set()
        of_values = [{*each.fill, *([each.reads] if each.reads else [])} for each in self.values]
        common: set[str] = set.intersection(*of_values) if of_values else set()
        return frozenset(given | common | ({"value", "indicator", "unit"} if self.values else set()))
