"""Checks of what the steward has noted about the shape of files: known words, and nothing against what is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from etl.catalogue.checks.layout_checks import FILLED, mark_faults, words_known
from etl.catalogue.checks.parts import Fault, Parts, by_key, unknown
from etl.catalogue.declared_layout import PATH, Layout, Meaning
from etl.catalogue.feeds import Feed
from etl.catalogue.names import fold_name
from etl.catalogue.reading.partial import guarded
from etl.catalogue.reading.source import Path
from etl.catalogue.reference import LayoutFix

Noted = dict[tuple[str, ...], tuple[str | None, Path]]


def layout_fixes_fit(parts: Parts) -> Iterator[Fault]:
    """Every fix is of a feed with a layout, in words of the catalogue, and contradicts no other and no declaration."""
    feeds = by_key(parts.document.feeds, lambda each: each.id)
    places = {each.id: place for place, each in enumerate(parts.document.feeds)}
    noted: Noted = {}
    for name, feed in feeds.items():
        noted |= dict(guarded(_declared(feed, places[name])))
    for place, fix in enumerate(parts.layout_fixes):
        for fault in guarded(_faults(fix, feeds, parts)):
            yield fault._replace(path=("layout_fixes", place, *fault.path))
        yield from guarded(_contradictions(fix, ("layout_fixes", place, "written"), noted))


def _faults(fix: LayoutFix, feeds: dict[str, Feed], parts: Parts) -> Iterator[Fault]:
    laid = tuple(name for name, each in feeds.items() if each.layout)
    yield from unknown(("feed",), fix.feed, laid)
    for name, keys in (("field", ("words",)), ("meaning", ("words", "marks"))):
        given = getattr(fix, name)
        if given is None and fix.key in keys:
            yield Fault((name,), None, (), f"Isi kolom ini; {fix.key} memerlukannya.")
        elif given is not None and fix.key not in keys:
            yield Fault((name,), given, (), f"Kosongkan; {fix.key} tidak memerlukannya.")
    if fix.key == "marks":
        yield from mark_faults(("written",), fix.written)
        yield from unknown(("meaning",), fix.meaning, get_args(Meaning)) if fix.meaning else ()
    elif fix.key == "sheets" and fix.feed in laid and not (feeds[fix.feed].layout or Layout()).sheets:
        yield Fault(("written",), fix.written, (), "Hapus baris ini: semua lembar kiriman ini sudah dibaca.")
    elif fix.key == "words" and fix.field and fix.meaning:
        yield from unknown(("field",), fix.field, FILLED)
        if fix.feed in laid and fix.field != "period":  # its year may be told elsewhere in the file
            for fault in words_known((), {fix.field: fix.meaning}, feeds[fix.feed], parts):
                yield fault._replace(path=("meaning",))


def _declared(feed: Feed, place: int) -> Iterator[tuple[tuple[str, ...], tuple[str | None, Path]]]:
    """Tell what each word, mark and head of a feed means already, and where that stands; None is not read."""
    layout, path = feed.layout or Layout(), ("feeds", place, "layout")
    for name, meant in layout.words.items():
        for word, target in meant.items():
            yield (feed.id, "words", name, _fold(word)), (target, (*path, "words", name, word))
            yield (feed.id, "read", fold_name(word)), (target, (*path, "words", name, word))
    for mark, meaning in layout.marks.items():
        yield (feed.id, "marks", mark), (meaning, (*path, "marks", mark))
    for number, each in enumerate(layout.values):
        for part in (each.head or "").split(PATH):
            yield (feed.id, "read", fold_name(part)), (part, (*path, "values", number, "head"))
    for name, head in feed.columns.items():
        if isinstance(head, str):  # a faulty one is reported where it stands
            yield (feed.id, "read", fold_name(head)), (head, ("feeds", place, "columns", name))
    for number, label in enumerate(layout.skip):
        yield (feed.id, "read", fold_name(label)), (None, (*path, "skip", number))


def _contradictions(fix: LayoutFix, path: Path, noted: Noted) -> Iterator[Fault]:
    said: list[tuple[tuple[str, ...], str | None]] = []
    if fix.key == "words":
        said.append(((fix.feed, "words", fix.field or "", _fold(fix.written)), fix.meaning))
    elif fix.key == "marks":
        said.append(((fix.feed, "marks", fix.written), fix.meaning))
    if fix.key in ("words", "skip"):
        said.append(((fix.feed, "read", fold_name(fix.written)), fix.meaning if fix.key == "words" else None))
    for key, meaning in said:
        before, first = noted.setdefault(key, (meaning, path))
        clash = (before is None) != (meaning is None) if key[1] == "read" else before != meaning
        if clash:
            yield Fault(path, fix.written, (before or "tidak dibaca",), None, first)
            return


def _fold(word: str) -> str:
    """Fold as words of files are compared: signs between words do not tell them apart."""
    return " ".join(re.sub(r"[\W_]+", " ", fold_name(word)).split())
