"""Marks and units that a file's own notes, titles and heads explain, and the decimal marks of its texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.catalogue.declared_layout import Meaning
from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name
from etl.catalogue.units import measure
from etl.pipeline.layout.claims import MONEY
from etl.pipeline.layout.head_words import PARENTHESES
from etl.pipeline.numbers import fits

SUMS = {measure(each): each for each in MONEY.values()}  # "dalam jutaan rupiah"
SIGN = r"\*{1,3}|[–—−-]|\.{2,4}|…|n/?a|[rxe]|[¹²³⁴⁵⁶⁷⁸⁹]+"
LEGEND = re.compile(
    rf"(?P<mark>{SIGN})[)⁾]?\s*[:=]?\s+(?P<said>[^\W\d].*)|(?P<tight>\*{{1,3}}|[¹²³⁴⁵⁶⁷⁸⁹]+)[)⁾]?(?P<near>[^\W\d].*)",
    re.I,
)
OPENING = re.compile(r"^(?:catatan|keterangan|ket|note|notes|tanda)(?:\s*/\s*\w+)?\s*[:.]?\s*", re.IGNORECASE)
MEANINGS: tuple[tuple[str, Meaning], ...] = (
    ("sangat sementara", "very_preliminary"),
    ("very preliminary", "very_preliminary"),
    ("sementara", "preliminary"),
    ("preliminary", "preliminary"),
    ("diperbaiki", "revised"),
    ("perbaikan", "revised"),
    ("revis", "revised"),
    ("estimasi", "estimate"),
    ("perkiraan", "estimate"),
    ("estimate", "estimate"),
    ("angka tetap", "final"),
    ("nol", "zero"),
    ("zero", "zero"),
    ("tidak tersedia", "missing"),
    ("belum tersedia", "missing"),
    ("tidak dapat ditampilkan", "missing"),
    ("tidak ada data", "missing"),
    ("belum ada", "missing"),
    ("not available", "missing"),
    ("not applicable", "missing"),
    ("diabaikan", "missing"),
)


def legend(lines: Iterable[str]) -> dict[str, Meaning]:
    """Read what notes say of marks: "– tidak ada/nol; ... tidak tersedia", "* Angka sementara"."""
    found: dict[str, Meaning] = {}
    for line in lines:
        for piece in re.split(r"[;,]|\s{3,}|\n", OPENING.sub("", line.strip())):
            match = LEGEND.fullmatch(OPENING.sub("", piece.strip()))
            said = (match["said"] or match["near"] or "").casefold() if match else ""
            meaning = next((each for word, each in MEANINGS if word in said), None)
            if match and meaning:
                found.setdefault(match["mark"] or match["tight"], meaning)
    return found


def unit_told(texts: Sequence[str], catalogue: Catalogue) -> str | None:
    """Find the one unit that heads or titles name in parentheses, in the catalogue's words where it has them."""
    known = {fold_name(unit): unit for each in catalogue.indicators for unit in (each.unit, *each.units)}
    told = {fold_name(each) for text in texts for each in PARENTHESES.findall(text)}
    found = {MONEY.get(each, known.get(each, SUMS.get(measure(each), ""))) for each in told} - {""}
    signed = {"%"} if any("%" in text for text in texts) else set()
    one = found or signed
    return one.pop() if len(one) == 1 else None


DECIMAL = "ISI_DESIMAL"


@dataclass(frozen=True, slots=True)
class Decimals:
    """How many texts are numbers under a decimal comma only, under a point only, and under both with two readings."""

    comma: tuple[str, ...]
    point: tuple[str, ...]
    both: tuple[str, ...]

    @property
    def mark(self) -> str:
        return "." if len(self.point) > len(self.comma) else ","

    @property
    def declared(self) -> str:
        """The mark as a draft declares it: what the file proves; where all texts may be two numbers, nobody knows."""
        if self.comma or self.point:
            return f'"{self.mark}"'
        if self.both:
            return f'"{DECIMAL}"  # {self.both[0]} dan lainnya dapat berarti dua angka'
        return f'"{self.mark}"  # tidak ada bukti pada berkas; pastikan'


def decimals(cells: Iterable[tuple[str, str]]) -> Decimals:
    """Sort the cells (place, text) by the decimal marks under which they are numbers."""
    comma, point, both = [], [], []
    for place, text in cells:
        under = fits(text, ","), fits(text, ".")
        if under == (True, False):
            comma.append(place)
        elif under == (False, True):
            point.append(place)
        elif under == (True, True) and not fits(text, None):
            both.append(place)
    return Decimals(tuple(comma), tuple(point), tuple(both))
