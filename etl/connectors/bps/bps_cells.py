"""Dynamic data of BPS: each cell's key is built from the dimension lists, never cut into pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from etl.catalogue.feeds import Feed
from etl.catalogue.reference import Model, Whole
from etl.connectors.base import UnreadableError
from etl.connectors.bps.bps_words import is_whole_year, plain
from etl.connectors.portal.choice import undecided

DIMENSIONS = ("vervar", "var", "turvar", "tahun", "turtahun")  # in the order of the key
TOLD_APART = {  # columns of the grid that keep a dimension's entries apart
    **{"vervar": ("wilayah_bps", "wilayah"), "turvar": ("turvar",)},
    **{"tahun": ("periode", "tahun"), "turtahun": ("periode", "turtahun")},
}
MOST_COMBINATIONS = 5_000_000
MOST_SHOWN = 20


class Choice(Model):
    """One variable of BPS, and which entries of its dimensions are kept, by their codes; all where empty."""

    var: Whole
    """Nomor variabel."""
    vervar: tuple[str, ...] = ()
    """Kode baris (wilayah BPS) yang diambil; semua bila kosong."""
    turvar: tuple[str, ...] = ()
    """Kode turunan variabel yang diambil; semua bila kosong."""
    turtahun: tuple[str, ...] = ()
    """Kode turunan tahun (bulan, semester) yang diambil; semua bila kosong."""


@dataclass(frozen=True, slots=True)
class BpsItem:
    """One entry of a dimension's list: its number as text, and its label without markup."""

    code: str
    label: str
    entry: Mapping[str, Any]


Combination = tuple[BpsItem, ...]  # in the order of DIMENSIONS


@dataclass(frozen=True, slots=True)
class BpsCell:
    """One cell as sent, with the combinations whose numbers make its key: one, unless the source contradicts itself.

    `doubt` says why the feed cannot tell this cell from others of the same answer.
    """

    key: str
    value: Any
    meant: tuple[Combination, ...]
    doubt: str | None = None


def read_cells(page: Mapping[str, Any], feed: Feed, wanted: Choice) -> Iterator[BpsCell]:
    """Yield the selected cells of one answer, and those whose key fits no combination or several.

    Raises UnreadableError where the answer lacks a list or speaks of another variable.
    """
    content = page.get("datacontent")
    if not content:
        return
    lists = [_items(page, name) for name in DIMENSIONS]
    if not isinstance(content, dict):
        raise UnreadableError("Jawaban BPS tidak memuat datacontent yang dikenal. Laporkan kepada pengelola Pantau.")
    if [each.code for each in lists[1]] != [str(wanted.var)]:
        raise UnreadableError(
            f"BPS menjawab variabel {', '.join(each.code for each in lists[1]) or '(kosong)'}, padahal yang diminta "
            f"{wanted.var}. Periksa var di indicators.yaml."
        )
    if prod(map(len, lists)) > MOST_COMBINATIONS:
        raise UnreadableError("Jawaban BPS terlalu besar untuk diuraikan. Minta lebih sedikit tahun (backfill).")
    meant: dict[str, list[Combination]] = {}
    for combination in product(*lists):
        key = "".join([each.code for each in combination])
        if key in content:
            meant.setdefault(key, []).append(combination)
    doubt = _doubt(lists, feed, wanted)
    for key, value in content.items():
        found = tuple(meant.get(key, ()))
        if not found or any(_selected(each, wanted) for each in found):
            yield BpsCell(key, value, found, doubt)


def _items(page: Mapping[str, Any], name: str) -> list[BpsItem]:
    entries = page.get(name)
    if not isinstance(entries, list) or not all(isinstance(each, dict) and "val" in each for each in entries):
        raise UnreadableError(f"Jawaban BPS tidak memuat daftar “{name}”. Laporkan kepada pengelola Pantau.")
    items = [BpsItem(str(each["val"]).strip(), plain(each.get("label")), each) for each in entries]
    return list({(each.code, each.label): each for each in items}.values())


def offered_instead(pages: Iterable[Mapping[str, Any]], wanted: Choice) -> str:
    """Say what there was to choose from, where answers with figures have nothing of what the feed chooses; else ""."""
    for page in pages:
        for name, chosen in _choices(wanted).items() if page.get("datacontent") else ():
            items = _items(page, name)
            if chosen and not any(each.code in chosen for each in items):
                known = ", ".join(f"{each.code} ({each.label})" for each in items[:MOST_SHOWN])
                return (
                    f"BPS tidak memuat {name} {', '.join(chosen)}; yang ada: {known}. "
                    f"Sesuaikan bps_webapi › {name} di indicators.yaml."
                )
    return ""


def _choices(wanted: Choice) -> dict[str, tuple[str, ...]]:
    return {"vervar": wanted.vervar, "turvar": wanted.turvar, "turtahun": wanted.turtahun}


def _selected(combination: Combination, wanted: Choice) -> bool:
    codes = dict(zip(DIMENSIONS, (each.code for each in combination), strict=True))
    return all(not chosen or codes[name] in chosen for name, chosen in _choices(wanted).items())


def _doubt(lists: list[list[BpsItem]], feed: Feed, wanted: Choice) -> str | None:
    """Say which dimension the feed leaves open: a figure of one part could be taken for the whole."""
    chosen = _choices(wanted)
    for name, items in zip(DIMENSIONS, lists, strict=True):
        taken = [each.label for each in items if not chosen.get(name) or each.code in chosen[name]]
        if doubt := undecided(feed, taken, TOLD_APART.get(name, ()), f"bps_webapi › {name}"):
            return doubt
        if name == "turtahun" and feed.columns.get("period") == "tahun" and not all(map(is_whole_year, taken)):
            return f"angkanya untuk {taken[0]}, bukan setahun. Petakan period ke kolom periode di indicators.yaml."
    return None
