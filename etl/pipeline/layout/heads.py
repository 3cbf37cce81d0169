"""Where a declared table stands in a sheet: its header rows, what its columns are, the lines above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import get_args

from openpyxl.utils import column_index_from_string, get_column_letter

from etl.catalogue.declared_layout import PATH, Layout, Told, Values
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.pipeline.layout.head_words import CONTINUED, head_key, head_period, is_total, region_of, words
from etl.pipeline.layout.sheet_lines import Lines, Path, head_paths, note_lines, title_lines
from etl.pipeline.layout.table_context import TableContext
from etl.pipeline.layout.table_header import HeadColumns, Header, LayoutError, ValueColumn, show_path, split_path

BLANK_CORNER = "(tanpa judul)"  # how a feed names the first column where it has no head
SPARED = ("note",)  # fields whose column may be missing: a figure is whole without them
HEADS_WITHIN = 30  # first rows of a sheet, among which a plain table's header is looked for


class HeadReader:
    """Finds the table of a feed in one sheet: the declared one, or a plain table with a head for each field."""

    def __init__(self, lines: Lines, feed: Feed, catalogue: Catalogue) -> None:
        self.lines, self.feed, self.layout, self.catalogue = lines, feed, feed.layout or Layout(), catalogue
        self.context = TableContext(lines.name, lines.file, note_lines(lines), feed, catalogue)
        self.plain = feed.layout is None
        self.fold = words if self.plain else head_key  # signs beside a head say nothing to a plain table
        apart = () if self.plain else ("value",)
        self.wanted = {name: self._split(head) for name, head in feed.columns.items() if name not in apart}
        self.period_heads = [self._split(each) for each in self.layout.period if each not in get_args(Told)]
        self.entries = () if self.plain else self.layout.values or (Values(head=feed.columns["value"]),)
        self.skip = {head_key(each) for each in self.layout.skip}

    @property
    def _corner(self) -> Path:
        return (self.fold(BLANK_CORNER),)

    def _split(self, head: str) -> Path:
        return (words(head),) if self.plain else split_path(head)

    def _folded(self, path: Path) -> Path:
        return tuple(map(self.fold, path))

    def find(self) -> list[Header]:
        """List the headers of the table: several where a declared one goes on under a repeated header; none.

        Raises LayoutError where two declared tables of the sheet fit, or a head stands twice.
        """
        if self.plain:
            return [*islice(self._candidates(), 1)]
        if self.layout.header_rows == 0:
            return self._without_header()
        found = list(self._titled(self._candidates()))
        others = [each for each in found[1:] if not _continues(found[0], each)]
        if others:
            rows = ", ".join(str(each.top) for each in (found[0], *others))
            raise LayoutError(
                f"Lembar “{self.lines.name or 'berkas'}” memuat beberapa tabel yang cocok (judul di baris {rows}). "
                "Nyatakan `title` pada layout: kata-kata dari baris judul tabel yang dibaca."
            )
        pages = [replace(each, titles=(*found[0].titles, *each.titles)) for each in found[1:]]
        return [*found[:1], *pages]  # what stands above the first page holds for all

    def _titled(self, found: Iterator[Header]) -> Iterator[Header]:
        """Yield the headers under the declared title, and those that go on with their table on a further page."""
        wanted, last = head_key(self.layout.title or ""), None
        for header in found:
            mine = any(wanted in head_key(line) for line in header.titles)
            last = header if not wanted or mine or (last and _continues(last, header)) else None
            if last:
                yield header

    def _candidates(self) -> Iterator[Header]:
        row, floor = self.lines.first, self.lines.first
        while row + self.layout.header_rows - 1 <= self.lines.last:
            header = self._at(row, floor) if self._worth(row) else None
            if header:
                yield header
                row = floor = header.bottom
            row += 1

    def _worth(self, row: int) -> bool:
        """Spare the costly look where a row holds none of the declared heads."""
        parts = {part for path in (*self.wanted.values(), *self.period_heads) for part in path}
        declared = [each for entry in self.entries for each in (entry.head, *entry.sum) if each]
        parts |= {part for head in declared for part in split_path(head)}
        parts -= {*self._corner}  # it stands in no row
        texts = {self.fold(text) for text in self.lines.texts(row)}
        return bool(texts) and (not parts or bool(parts & texts))

    def _at(self, top: int, floor: int) -> Header | None:
        paths = head_paths(self.lines, top, self.layout.header_rows)
        if 1 not in paths and any(self._corner == path for path in (*self.wanted.values(), *self.period_heads)):
            paths = {1: (BLANK_CORNER,), **paths}
        needed = {path for name, path in self.wanted.items() if name not in SPARED}
        if not {*needed, *self.period_heads} <= {self._folded(path) for path in paths.values()}:
            return None
        keys = {name: self._only(path, paths) for name, path in self.wanted.items()}
        keys = {name: at for name, at in keys.items() if at or name not in SPARED}
        periods = [self._only(path, paths) for path in self.period_heads]
        parent = self._only(split_path(self.layout.parent_column or ""), paths)
        downs = [self._only(split_path(each), paths) for each in self.layout.fill_down]
        sums = {self._only(split_path(head), paths): parts for head, parts in self.layout.sum_rows.items()}
        if None in (*keys.values(), *periods, *downs, *sums) or (self.layout.parent_column and parent is None):
            return None
        titles = title_lines(self.lines, top, floor)
        named = {*keys.values(), *periods, *downs, *sums, parent}
        columns = self._columns({at: path for at, path in paths.items() if at not in named}, titles, top)
        if {id(entry) for _, entry in columns.values} != {id(entry) for entry in self.entries}:
            return None
        return Header(
            top,
            self.layout.header_rows,
            {name: at for name, at in keys.items() if at},
            tuple(at for at in periods if at),
            parent,
            frozenset(at for at in downs if at),
            columns,
            titles,
            paths,
            {at: parts for at, parts in sums.items() if at},
        )

    def _only(self, wanted: Path, paths: Mapping[int, Path]) -> int | None:
        found = [column for column, path in paths.items() if self._folded(path) == wanted]
        if len(found) > 1:
            letters = ", ".join(get_column_letter(each) for each in found)
            raise LayoutError(
                f"Judul kolom “{show_path(wanted)}” ada {len(found)} kali (kolom {letters}). "
                f"Kiriman {self.feed.id} memerlukan tepat satu; hapus atau ganti judul yang lain."
            )
        return found[0] if found else None

    def _columns(self, paths: Mapping[int, Path], titles: Sequence[str], top: int) -> HeadColumns:
        columns, year = HeadColumns(), self.context.year(titles)
        for column, path in paths.items():
            folded = self._folded(path)
            if self.skip & {*folded, PATH.join(folded)}:
                continue
            fits = [
                (read, entry)
                for entry in self.entries
                for part in entry.sum or (None,)
                if (read := self._fit(column, path, entry, year, top, part))
            ]
            best = max((len(split_path(entry.head or "")) for _, entry in fits), default=0)
            fits = [each for each in fits if len(split_path(each[1].head or "")) == best]
            if len(fits) > 1:
                raise LayoutError(
                    f"Kolom “{show_path(path)}” cocok dengan dua isian `values` pada layout. Sisakan satu."
                )
            if fits:
                columns.values.append(fits[0])
            elif not self.plain and is_total(path[-1], self.catalogue):
                columns.totals.append(column)
            else:
                (columns.bad if self._ought(folded) else columns.unused).append((column, path))
        return columns

    def _fit(
        self, column: int, whole: Path, entry: Values, year: str | None, top: int, part: str | None
    ) -> ValueColumn | None:
        """Give a column to an entry: its heads are the declared ones, and what is left is wholly read."""
        path = _without(whole, split_path(part or ""))
        if path is None:
            return None
        rest = _without(path, split_path(entry.head or ""))
        cell = (self._lowest(top, column), column)
        if rest is None or bool(rest) != bool(entry.reads):
            return None
        if entry.reads is None:
            return ValueColumn(column, path, entry.fill, None, cell, part)
        if entry.reads == "region":
            texts = [text for text in rest if not _rank_only(text)]
            parent = self.layout.parent
            code = region_of(texts[0], self.catalogue, self.feed.region_codes, parent) if len(texts) == 1 else None
            return ValueColumn(column, path, {**entry.fill, "region": code}, None, cell, part) if code else None
        indicator = self.catalogue.indicator.get(entry.fill.get("indicator", self.feed.defaults.get("indicator", "")))
        read = head_period(rest, year, self.layout.marks, indicator.frequency if indicator else None)
        given = {**entry.fill, "period": read.text} if read else {}
        return ValueColumn(column, path, given, read.meaning, cell, part) if read else None

    def _lowest(self, top: int, column: int) -> int:
        rows = [row for row in range(top, top + self.layout.header_rows) if self.lines.filled(row, column)]
        return self.lines.merged.get((rows[-1], column), (rows[-1],))[0]

    def _ought(self, folded: Path) -> bool:
        """Tell whether a column that fits nothing stands where a period or a region ought to be read."""
        for entry in self.entries:
            rest = _without(folded, split_path(entry.head or ""))
            if entry.reads and rest and (entry.head or any(character.isdigit() for character in rest[-1])):
                return True
        return False

    def _without_header(self) -> list[Header]:
        top = self.lines.first
        if self.layout.title:
            wanted = head_key(self.layout.title)
            rows = range(self.lines.first, self.lines.last + 1)
            found = [row for row in rows if any(wanted in head_key(text) for text in self.lines.texts(row))]
            if len(found) != 1:
                return []
            top = found[0] + 1
        columns = HeadColumns()
        for entry in self.entries:
            column = column_index_from_string((entry.head or "").upper())
            columns.values.append((ValueColumn(column, (), entry.fill, None, (top, column)), entry))
        keys = {
            name: column_index_from_string(head.upper()) for name, head in self.feed.columns.items() if name != "value"
        }
        titles = title_lines(self.lines, top, self.lines.first)
        downs = frozenset(column_index_from_string(each.upper()) for each in self.layout.fill_down)
        return [
            Header(top, 0, keys, (), None, downs, columns, titles, dict.fromkeys(range(1, self.lines.width + 1), ()))
        ]


def _without(path: Path, taken: Path) -> Path | None:
    """Take declared heads out of a column's, in order; None where one is missing."""
    rest: list[str] = []
    left = list(taken)
    for part in path:
        if left and head_key(part) == left[0]:
            left.pop(0)
        else:
            rest.append(part)
    return None if left else tuple(rest)


def _rank_only(text: str) -> bool:
    return head_key(text) in {"kabupaten kota", "kabupaten", "kecamatan", "wilayah", "region", "regency municipality"}


def _continues(first: Header, later: Header) -> bool:
    """Tell whether a repeated header goes on with the same table: nothing or "Lanjutan" stands above it."""
    same = [each.path for each, _ in first.columns.values] == [each.path for each, _ in later.columns.values]
    return same and all(CONTINUED.match(head_key(line)) for line in later.titles)
