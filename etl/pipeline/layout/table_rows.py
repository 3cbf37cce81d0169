"""The rows under a header: where the table ends, what names each row, which rows are totals or lines of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from etl.catalogue.declared_layout import Layout
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.layout.head_words import (
    OTHER_TABLE,
    YEAR,
    head_key,
    head_period,
    is_enumerator,
    is_footer,
    is_mean,
    is_total,
    region_of,
    words,
)
from etl.pipeline.layout.sheet_lines import Lines, numeric
from etl.pipeline.layout.table_header import Header


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One row: the texts that name it by field, the line of its own above it, and whether it is a total."""

    number: int
    named: Mapping[str, str]
    periods: tuple[str, ...]
    parent: str | None
    section: str | None
    label: tuple[object, ...]  # what else tells it from other rows
    total: bool
    mean: bool  # a total row that averages: nothing adds up to it


@dataclass
class TableBody:
    """The rows of a table, the numbers of those that are none, and where it ended."""

    rows: list[BodyRow] = field(default_factory=list)
    enumerators: list[int] = field(default_factory=list)  # rows that number the columns
    sections: list[int] = field(default_factory=list)  # lines of their own between the rows
    passed: list[int] = field(default_factory=list)  # rows that the layout does not want
    end: int | None = None  # the row of notes or of another table below it
    left: list[int] = field(default_factory=list)  # rows with figures below its end, which nobody reads


class BodyReader:
    """Walks down from a header."""

    def __init__(self, lines: Lines, header: Header, feed: Feed, layout: Layout, catalogue: Catalogue) -> None:
        self.lines, self.header, self.feed, self.layout, self.catalogue = lines, header, feed, layout, catalogue
        self.values = [each.column for each, _ in header.columns.values]
        used = {*header.named, *self.values, *header.columns.totals}
        self.others = [column for column in range(1, lines.width + 1) if column not in used]
        self.above: dict[int, str] = {}
        self.section: str | None = None
        self.part = 0
        self.gap = False
        self.skip = {head_key(each) for each in layout.skip}

    def read(self, until: int) -> TableBody:
        """Read up to the notes, another table, or row `until` where the same table's next header stands."""
        body = TableBody()
        for number in range(self.header.bottom + 1 if self.header.rows else self.header.top, until):
            texts = self.lines.texts(number)
            if not texts:
                self.gap = True
            elif not body.rows and is_enumerator(texts):
                body.enumerators.append(number)
            elif self._ends(number, texts):
                body.end = number
                body.left = [row for row in range(number + 1, until) if self._has_values(row)]
                break
            elif self._is_section(number, texts):
                body.sections.append(number)
                self._begin(texts[0])
            else:
                self._take(number, body)
        return body

    def _ends(self, number: int, texts: list[str]) -> bool:
        silent = not any(self.lines.filled(number, column) for column in self.values)
        if is_footer(texts, silent and not self._names(texts[0])):
            return True
        if silent and OTHER_TABLE.match(head_key(texts[0])):
            return True
        heads = {head_key(part) for each, _ in self.header.columns.values for part in each.path}
        mine = [self.lines.text(number, column) for column in self.values if self.lines.text(number, column)]
        if self.header.rows and heads & {head_key(text) for text in mine if not numeric(text) or YEAR.fullmatch(text)}:
            return all(head_period([text], "2000", self.layout.marks) or not numeric(text) for text in mine)
        return self.gap and bool(mine) and not any(numeric(text) or len(text) < 4 for text in mine) and len(mine) > 1

    def _names(self, text: str) -> bool:
        """Tell whether a text names a row as rows of this table are named."""
        as_region = region_of(text, self.catalogue, self.feed.region_codes, self.layout.parent)
        return bool("region" in self.header.keys and as_region)

    def _has_values(self, number: int) -> bool:
        return any(numeric(self.lines.text(number, column)) for column in self.values)

    def _is_section(self, number: int, texts: list[str]) -> bool:
        if len(texts) != 1 or any(self.lines.text(number, column) for column in self.values):
            return False
        spans = any(self.lines.filled(number, column) for column in self.values)
        if self.header.periods or "period" in self.header.keys:
            dated = head_period([texts[0]], "2000", self.layout.marks) is not None
        else:
            dated = False
        named = (self._names(texts[0]) and self.layout.sections != "region") or (
            dated and self.layout.sections != "period"
        )
        return spans or not (named or is_total(texts[0], self.catalogue))

    def _begin(self, label: str) -> None:
        self.section = label
        self.part += 1
        self.above = {}

    def _take(self, number: int, body: TableBody) -> None:
        self.gap = False
        texts = {column: self._key(number, column) for column in self.header.named}
        if self.skip & {head_key(text) for text in (*texts.values(), *self._labels(number)) if text}:
            body.passed.append(number)
            return
        named = {name: texts[column] for name, column in self.header.keys.items() if texts[column]}
        telling = [texts[column] for column in sorted(texts) if texts[column]] + self._labels(number)
        declared = {words(word) for each in self.layout.words.values() for word in each}
        total = any(is_total(text, self.catalogue) and words(text) not in declared for text in telling)
        body.rows.append(
            BodyRow(
                number,
                named,
                tuple(texts[column] for column in self.header.periods),
                texts[self.header.parent] if self.header.parent else None,
                self.section,
                (self.part, *self._labels(number)),
                total,
                total and any(map(is_mean, telling)),
            )
        )

    def _key(self, number: int, column: int) -> str:
        text = self.lines.filled(number, column)
        if column in self.header.downs:
            text = self.above[column] = text or self.above.get(column, "")
        return text

    def _labels(self, number: int) -> list[str]:
        texts = (self.lines.filled(number, column) for column in self.others)
        return [text for text in texts if text and not numeric(text)]


def ends(headers: list[Header], lines: Lines) -> Iterator[tuple[Header, int]]:
    """Pair each header with the row at which its part of the table must have ended."""
    for header, later in zip(headers, [*headers[1:], None], strict=True):
        yield header, later.top if later else lines.last + 1
