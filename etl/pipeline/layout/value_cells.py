"""One cell of figures: its marks, and what makes it unusable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.catalogue.declared_layout import Meaning
from etl.catalogue.feeds import Feed
from etl.pipeline.layout.sheet_lines import numeric
from etl.pipeline.numbers import FORMULA, cell_error, is_formula

MISSING = {
    "",
    "-",
    "–",
    "—",
    "−",
    ".",
    "..",
    "...",
    "....",
    "…",
    "n/a",
    "n.a",
    "n.a.",
    "na",
    "*",
    "**",
    "x",
    "tad",
    "null",
    "belum ada",
    "belum ada data",
    "belum tersedia",
    "tidak tersedia",
    "tidak ada data",
}
HIDDEN = "ada pada baris atau kolom tersembunyi. Tampilkan bila memang dikirim, atau hapus."
MERGED = "digabung dengan sel lain. Pisahkan penggabungannya dan isi tiap sel dengan angkanya sendiri."
NOT_STATUS = ("missing", "zero")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a row cannot be taken: the rule, the field whose cell is wrong, and a sentence."""

    rule: str
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as the pipeline reads it on: its text without marks, and what the marks say."""

    text: str
    typed: bool
    status: Meaning | None = None
    note: str | None = None
    doubt: Doubt | None = None


def read_value(text: str, typed: bool, feed: Feed, marks: Mapping[str, Meaning]) -> ReadCell:
    """Read one cell under the declared marks; no mark that is not declared is taken off a figure."""
    if typed:
        return ReadCell(text, True)
    if is_formula(text):
        return ReadCell(text, False, doubt=Doubt("rumus-tanpa-hasil", "value", FORMULA))
    meaning = {mark.casefold(): each for mark, each in marks.items()}.get(text.casefold())
    if meaning == "zero":
        return ReadCell("0", True, note=f"tercetak “{text}”, yang menurut keterangan berkas berarti nol")
    if meaning is not None or text in feed.missing or text.casefold() in MISSING:
        sentence = f"nilai kosong (“{text}”): belum ada data, bukan nol. Isi bila sudah ada."
        return ReadCell(text, False, doubt=Doubt("tanpa-nilai", "value", sentence))
    if error := cell_error(text):
        return ReadCell(text, False, doubt=Doubt("sel-galat", "value", error))
    return _without_mark(text, marks)


def _without_mark(text: str, marks: Mapping[str, Meaning]) -> ReadCell:
    for mark, meaning in sorted(marks.items(), key=lambda each: -len(each[0])):
        bare = text.removesuffix(")").removesuffix("⁾")
        if meaning in NOT_STATUS or not bare.casefold().endswith(mark.casefold()):
            continue
        rest = bare[: -len(mark)].rstrip(" \u00a0(")
        if numeric(rest):
            return ReadCell(rest, False, meaning)
    return ReadCell(text, False)
