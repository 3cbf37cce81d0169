"""Lines of text that tell of a table what its cells do not say: its period, its region."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.catalogue.declared_layout import Layout
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.period import CUMULATIVE, MONTH_NUMBERS, MONTHS, UNITS
from etl.measures.region import resolve_part
from etl.pipeline.layout.file_names import file_period, plain_file_name
from etl.pipeline.layout.head_words import DATED, FULL_MONTH, MONTH, RAISED, YEAR, ranked_name, reads, region_of

PART = re.compile(
    r"\b(triwulan|triw|trw|tw|kuartal|quarter|semester|smt)\b\.? ?(?:ke ?-? ?)?[:.]? ?(iv|i{1,3}|[1-4]|\w+)?\b"
)
OPEN_ENDED = re.compile(
    r"\d ?[./–—-] ?(?:19|20)\d{2}(?!\d)|(?:19|20)\d{2} ?[./–—-] ?\d|"
    r"\b(?:minggu|pekan|week) (?:ke|i|v|\d)|\bbulan ?:? ?(?:\d|[ivx]+\b)|"
    rf"\b(?:{MONTH})\b\.? ?[–—-] ?(?:{MONTH})\b"
)
UNTIL = re.compile(
    rf"\bkumulatif\b|(?:{CUMULATIVE.pattern}) ?(?:dengan )?(?:tanggal |bulan |akhir |keadaan )*"
    rf"(?:{'|'.join(UNITS)}|{MONTH}|\d{{1,2}} (?:{MONTH})|tahun|(?:19|20)\d{{2}}|(?:minggu|saat )?ini)\b"
)
UNTELLING = re.compile(
    rf"^(?:sumber|source)\b|\b(?:dicetak|cetak|printed|diunduh|diakses|dibuat|downloaded)\b|^{DATED}$|\bnip\b"
)
TELLING = re.compile(r"\b(?:data (?:tahun|bulan|triwulan|semester|per)|per|keadaan|posisi|kondisi)\b")
DECREE = re.compile(r"\b(?:nomor|no)\b\.? ?[:.]? ?\S+ tahun (?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class ToldPeriod:
    """What lines of text say of the period: its year and the whole of it, None where there is no single one."""

    year: str | None
    text: str | None


def told_period(lines: Iterable[str]) -> ToldPeriod:
    """Find the one period that lines such as titles, a sheet's name or notes speak of.

    Two years, two months or a range are no single period; "s.d." before it makes it cumulative.
    """
    text = " ; ".join(filter(None, map(telling, lines)))
    years = set(YEAR.findall(text))
    if len(years) != 1 or re.search(r"(?:19|20)\d{2} ?[/–—-] ?\d{2}|\d{2} ?[/–—-] ?(?:19|20)\d{2}(?!\d)", text):
        return ToldPeriod(None, None)
    [year] = years
    if OPEN_ENDED.search(text):
        return ToldPeriod(year, None)
    parts = {(UNITS.get(unit, unit), number) for unit, number in PART.findall(text)}
    named = re.findall(rf"\b(?:(\d{{1,2}}) )?({FULL_MONTH}|(?:{MONTH})(?=\.? ?{year}))\b", text)
    months = {MONTH_NUMBERS[name] for _, name in named}
    days = {day for day, _ in named if day}
    if len(parts) > 1 or len(months) > 1 or len(days) > 1 or (parts and months):
        return ToldPeriod(year, None)
    said = _said(parts, [(day, name) for day, name in named if day or not days])
    full = f"{said} {year}".strip()
    until = "s.d. " if speaks_of_sum(text) else ""
    return ToldPeriod(year, until + full if reads(full, None) else None)


def speaks_of_sum(text: str) -> bool:
    """Tell whether a text says that its figures count from the beginning of the year."""
    return UNTIL.search(" ".join(text.casefold().split())) is not None


def telling(line: str) -> str:
    """Fold a line to what may tell a period: not when it was signed, printed or published, nor a decree's year."""
    plain = " ".join(unicodedata.normalize("NFKC", _without_raised(line)).casefold().split())
    if plain.rstrip(".") in MONTH_NUMBERS:  # a sheet that is named by a month
        return MONTHS["id"][MONTH_NUMBERS[plain.rstrip(".")] - 1].casefold()
    if UNTELLING.search(plain) and not TELLING.search(plain):
        return ""
    return DECREE.sub("", plain)


def _said(parts: Iterable[tuple[str, str]], named: Sequence[tuple[str, str]]) -> str:
    for unit, number in parts:
        return f"{unit} {number}"
    return " ".join(named[0]).strip() if named else ""


def _without_raised(text: str) -> str:
    return re.sub(rf"[{RAISED}]+[⁾)]?", "", text)


def told_region(lines: Iterable[str], catalogue: Catalogue) -> str | None:
    """Find the one region that lines of text name with its rank ("Kabupaten Paser") or that a line is the name of."""
    found = set()
    for line in lines:
        plain = " ".join(_without_raised(line).split())
        if code := region_of(plain, catalogue, None, None):
            found.add(code)
            continue
        for match in re.finditer(r"\b(?:kabupaten|kab\.?|kota|kecamatan|kec\.?|provinsi)\s+", plain, re.IGNORECASE):
            found |= _longest_name(plain[match.start() :], catalogue)
    whole = {code for code in found if not any(_within(other, code, catalogue) for other in found - {code})}
    return whole.pop() if len(whole) == 1 else None


def _longest_name(text: str, catalogue: Catalogue) -> set[str]:
    tokens = re.split(r"[\s,;:()]+", text)
    for length in range(min(5, len(tokens)), 1, -1):
        if code := region_of(" ".join(tokens[:length]), catalogue, None, None):
            return {code}
    return set()


def _within(inner: str, outer: str, catalogue: Catalogue) -> bool:
    """Tell whether `inner` lies in `outer`: a kecamatan's line names its regency too."""
    above = catalogue.region[inner].parent
    while above is not None and above != outer:
        above = catalogue.region[above].parent
    return above == outer


class TableContext:
    """What stands about a table: its sheet's name, the notes, and the lines above it, which each call gives."""

    def __init__(
        self, sheet: str | None, file: str | None, notes: Sequence[str], feed: Feed, catalogue: Catalogue
    ) -> None:
        self.sheet, self.notes, self.feed, self.catalogue = sheet, notes, feed, catalogue
        self.file = file or ""
        self.layout = feed.layout or Layout()

    def period(self, titles: Sequence[str]) -> ToldPeriod:
        """Read the period from where the layout says that it is told."""
        if "file" in self.layout.period:
            return self._of_file(titles)
        return told_period(line for each in self.layout.period for line in self._lines_of(each, titles))

    def _of_file(self, titles: Sequence[str]) -> ToldPeriod:
        year, text = file_period(self.file)
        if told_period(titles).year not in (None, year):
            return ToldPeriod(None, None)
        until = "s.d. " if text and speaks_of_sum(plain_file_name(self.file)) else ""
        return ToldPeriod(year, f"{until}{text}" if text else None)

    def year(self, titles: Sequence[str]) -> str | None:
        """Read the year that completes heads and rows without one: told by the sheet, or declared as default."""
        default = self.feed.defaults.get("period", "")
        return self.period(titles).year or (default if YEAR.fullmatch(default) else None)

    def region(self, titles: Sequence[str]) -> str | None:
        """Read the region from where the layout says that it is told; a sheet's name may be that of a part alone."""
        if self.layout.region == "sheet" and (code := self._of_sheet()):
            return code
        return told_region(self._lines_of(self.layout.region or "", titles), self.catalogue)

    def _of_sheet(self) -> str | None:
        name, level = ranked_name(YEAR.sub(" ", self.sheet or "").strip(" -_()"))
        level, parent = level or self.feed.level, self.layout.parent or self.feed.region
        if level != "regency":
            return resolve_part(name, self.catalogue, level, parent)
        return region_of(name, self.catalogue, self.feed.region_codes, self.layout.parent)

    def _lines_of(self, where: str, titles: Sequence[str]) -> Sequence[str]:
        return {
            "title": titles,
            "sheet": [self.sheet or ""],
            "notes": self.notes,
            "file": [plain_file_name(self.file)],
        }.get(where, ())
