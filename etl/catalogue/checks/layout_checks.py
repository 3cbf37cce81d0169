"""Checks of layouts: every field is known, every word is the catalogue's, no key contradicts another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import get_args

from etl.catalogue.checks.indicator_checks import period_fault
from etl.catalogue.checks.parts import Check, Fault, Parts, unknown, unknown_region
from etl.catalogue.declared_layout import Layout
from etl.catalogue.feeds import FEED_FIELDS, Feed
from etl.catalogue.names import fold_name
from etl.catalogue.reading.source import Path
from etl.catalogue.reference import Kind, Status
from etl.catalogue.units import unit_factor

FILLED = tuple(name for name in FEED_FIELDS if name not in ("name", "value", "numerator", "denominator"))
LETTERS = re.compile(r"[A-Za-z]{1,3}")


def fills_are_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """What value columns are filled with are fields and words of the catalogue."""
    for place, each in enumerate(_layout(feed).values):
        path: Path = ("layout", "values", place, "fill")
        for name in each.fill:
            yield from unknown((*path, name), name, FILLED)
        yield from words_known(path, each.fill, feed, parts)


def words_known(path: Path, fill: Mapping[str, str], feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Report the words that are not the catalogue's; a series and a unit belong to the indicator that is named."""
    tables = {
        **{"indicator": tuple(parts.indicator), "producer": tuple(parts.producer), "plan": tuple(parts.plan)},
        **{"kind": get_args(Kind), "status": get_args(Status), "publication": tuple(parts.publication)},
    }
    for name, word in fill.items():
        if name == "region":
            yield from unknown_region((*path, name), word, parts)
        elif name == "period":
            yield from period_fault((*path, name), word)
        elif name in tables:
            yield from unknown((*path, name), word, tables[name])
    named = fill.get("indicator", feed.defaults.get("indicator"))
    if named not in parts.indicator:
        return
    indicator = parts.indicator[str(named)]
    if "series" in fill:
        yield from unknown((*path, "series"), fill["series"], indicator.series_ids)
    units = (indicator.unit, *indicator.units)
    if "unit" in fill and unit_factor(indicator, fill["unit"]) is None:
        yield Fault((*path, "unit"), fill["unit"], units)


def values_are_named(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Every value column tells its indicator and unit, unless the rows or the defaults do."""
    layout = _layout(feed)
    given = {*feed.columns, *feed.defaults, layout.sections, *(["unit"] if feed.units else [])}
    for place, each in enumerate(layout.values):
        for name in {"indicator", "unit"} - given - set(each.fill):
            remedy = f'Tambahkan "{name}: …" pada fill, atau pada columns atau defaults kiriman ini.'
            yield Fault(("layout", "values", place, "fill", name), None, (), remedy)


def heads_are_distinct(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """No two entries speak of the same columns."""
    first: dict[tuple[str, str | None], int] = {}
    for place, each in enumerate(_layout(feed).values):
        key = (fold_name(" > ".join((each.head or "", *each.sum))), each.reads)
        if key in first:
            earlier: Path = ("layout", "values", first[key])
            yield Fault(("layout", "values", place, "head"), each.head, ("judul yang belum dipakai",), None, earlier)
        first.setdefault(key, place)
        if each.head is None and each.reads is None and not each.sum:
            remedy = "Tulis judul kolomnya, atau reads: period bila judul kolomnya periode."
            yield Fault(("layout", "values", place, "head"), None, (), remedy)


def letters_without_header(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Where no header row stands, columns are named by letter, and nothing is read from heads."""
    layout = _layout(feed)
    if layout.header_rows:
        return
    named: dict[Path, str | None] = {("columns", name): head for name, head in feed.columns.items()}
    named |= {("layout", "values", place, "head"): each.head for place, each in enumerate(layout.values)}
    for path, head in named.items():
        if not LETTERS.fullmatch(head or ""):
            yield Fault(path, head, ("huruf kolom, misalnya B",), "Tanpa baris judul, kolom disebut dengan hurufnya.")
    for place, each in enumerate(layout.values):
        if each.reads:
            remedy = "Tanpa baris judul tidak ada yang dapat dibaca dari judul; hapus reads."
            yield Fault(("layout", "values", place, "reads"), each.reads, (), remedy)


def marks_are_no_numbers(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """A mark is no digit and no decimal mark, or it would eat a part of a figure."""
    for mark in _layout(feed).marks:
        yield from mark_faults(("layout", "marks", mark), mark)


def mark_faults(path: Path, mark: str) -> Iterator[Fault]:
    """Report a mark that may be a part of a figure."""
    if re.search(r"[0-9]", mark) or mark in (",", "%", "+"):
        yield Fault(path, mark, ("tanda seperti *, r, ... atau –",))


def words_are_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Words of the file are mapped to words of the catalogue."""
    for name, meant in _layout(feed).words.items():
        path: Path = ("layout", "words", name)
        yield from unknown(path, name, FILLED)
        for word, target in meant.items():
            if name == "region":
                yield from unknown_region((*path, word), target, parts)
            elif name == "indicator":
                yield from unknown((*path, word), target, tuple(parts.indicator))


def parent_is_known(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """The region whose parts the rows are exists."""
    parent = _layout(feed).parent
    if parent is not None:
        yield from unknown_region(("layout", "parent"), parent, parts)


def groups_go_together(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """A layout describes figures: neither records nor collected files, and figures of one column or of several."""
    layout = _layout(feed)
    if feed.layout is not None and (feed.records is not None or feed.rules):
        yield Fault(("layout",), "layout", (), "Hapus: kiriman dengan records atau rules berupa tabel biasa.")
    if layout.values and "value" in feed.columns:
        yield Fault(("columns", "value"), feed.columns["value"], (), "Hapus: kolom nilai sudah dinyatakan pada layout.")
    parted = {"numerator", "denominator"} & set(feed.columns)
    if parted and (len(layout.values) > 1 or any(each.reads for each in layout.values)):
        name = sorted(parted)[0]
        remedy = "Hapus: pembilang dan penyebut hanya dapat menyertai satu kolom nilai."
        yield Fault(("columns", name), feed.columns[name], (), remedy)


def _layout(feed: Feed) -> Layout:
    return feed.layout or Layout()


LAYOUT_CHECKS: tuple[Check, ...] = (
    fills_are_known,
    values_are_named,
    heads_are_distinct,
    letters_without_header,
    marks_are_no_numbers,
    words_are_known,
    parent_is_known,
    groups_go_together,
)
