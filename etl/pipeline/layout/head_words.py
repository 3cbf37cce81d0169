"""Words of a sheet that is no plain table: heads and titles that say a period, totals, footers, regions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.catalogue.declared_layout import Meaning
from etl.catalogue.feeds import RegionCodes, RegionLevel
from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name, normalise_name
from etl.catalogue.period import CUMULATIVE, MONTH_NUMBERS, MONTHS, PeriodKind, parse_period
from etl.measures.region import read_region, resolve_region

BLANKS = " \t\r\n\u00a0\u202f"
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
HEAD_MARKS: Mapping[str, Meaning] = {
    **{"r": "revised", "e": "estimate", "x": "preliminary", "*": "preliminary"},
    **{"**": "very_preliminary", "xx": "very_preliminary"},
}
STATUS_WORDS: Mapping[str, Meaning] = {
    **{"sangat sementara": "very_preliminary", "sementara": "preliminary", "preliminary": "preliminary"},
    **{"very preliminary": "very_preliminary", "tetap": "final", "final": "final", "estimasi": "estimate"},
    **{"perkiraan": "estimate", "estimate": "estimate", "diperbaiki": "revised", "perbaikan": "revised"},
    **{"revisi": "revised", "revised": "revised"},
}
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
MARKED = re.compile(rf"(?P<text>.*?[\w.]) ?\(?(?P<mark>\*{{1,3}}|(?<=[\d (])(?:[rxe]|xx)|[{RAISED}]+)[)⁾]?")
WORDED = re.compile(
    rf"(?P<text>.*?\d{{4}}) ?\(?(?:angka |figures? )?(?P<word>{'|'.join(STATUS_WORDS)})(?: figures?)?\)?"
)
SPACED, UNWORDED = re.compile(r"[\s/]+"), re.compile(r"[\W_]+")
LINES = re.compile(r"\s*[\n/]\s*")
KIND_WORDS: Mapping[str, PeriodKind] = {
    **{"bulan": "month", "month": "month", "triwulan": "quarter", "quarter": "quarter", "kuartal": "quarter"},
    **{"semester": "semester"},
}
NOISE = {
    "tahun",
    "year",
    "years",
    "bulan",
    "month",
    "periode",
    "period",
    "tahun year",
    "bulan month",
    "periode period",
}
FULL_MONTHS = {name.casefold() for names in MONTHS.values() for name in names} | {"pebruari", "nopember"}
MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
FULL_MONTH = "|".join(sorted(FULL_MONTHS, key=len, reverse=True))
DATED = rf"[a-z][a-z .]+, ?(?:tanggal )?\d{{1,2}} (?:{MONTH}) \d{{4}}"
SIGNING = re.compile(rf"nip\b|nip[.:]|mengetahui\b|{DATED}$")
TOTAL = re.compile(
    r"(?:sub ?|grand )?(?:total|jumlah)(?: (?:total|jumlah|seluruh(?:nya)?|keseluruhan|semua|kab(?:upaten)?|kota|"
    r"kecamatan|desa|provinsi|regency|all))*(?: (?:[ivx]+|\d|[a-e]))?|(?:nilai )?rata rata|rerata|average|mean|"
    r"kabupaten|kab|kabupaten kota"
)
MEAN = re.compile(r"(?:nilai )?(?:rata rata|rerata|average|mean)\b")
TOTAL_OF = re.compile(r"(?:sub ?|grand )?(?:total|jumlah|rata rata|rerata)(?: total)? (.+)")
FOOTER = re.compile(
    r"(?:catatan|keterangan|ket|sumber(?: data)?|source|note|notes|penjelasan|remarks?)"
    r"(?: ?/ ?(?:note|notes|source|sources|remarks?))?(?: ?[:.]|$)|"
    r"mengetahui\b|menyetujui\b|nip\b|nip[.:]|(?:an|a\.n|plt|plh)\. |"
    rf"{DATED}$"
)
SIGNED = re.compile(
    r"(?:kepala|sekretaris|direktur|camat|bupati|walikota|ketua)\b|(?:drs|dr|ir|hj|h)\. ", re.IGNORECASE
)
WEAK_FOOTER = re.compile(rf"\*+\)?|(?:[rxe]|[0-9]+)\)\s*\w|[{RAISED}]+[⁾)]?")
REALISED = re.compile(  # what is left must be a period alone
    r"^\s*real(?:isasi)?\b\.?\s*(?:t\.\s?a\.?\s+)?(?=\S)|(?<=\d)\s*\(?audited\)?\s*$|(?<=\d)\s+realisasi\s*$",
    re.IGNORECASE,
)
OTHER_TABLE = re.compile(r"(?:tabel|table|gambar|grafik|lampiran)\b")
CONTINUED = re.compile(r"(?:lanjutan|sambungan|continued|cont\b)")
NUMBERING = re.compile(r"^\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s+(?=\S)|^\d{1,3}\.(?=[^\W\d])")
RANK_LEVELS: tuple[tuple[re.Pattern[str], RegionLevel], ...] = (
    (re.compile(r"^(?:kecamatan|kec)\b\.?\s*(?=\S)", re.IGNORECASE), "district"),
    (re.compile(r"^(?:desa|kelurahan|kel|kampung)\b\.?\s*(?=\S)", re.IGNORECASE), "village"),
)
PLANS = {"target", "rencana", "prognosis", "usulan"}
FOOTNOTE = re.compile(rf"\s*(?:[{RAISED}]+[⁾)]?|\*{{1,3}}\)?| \d\))\s*$")
PARENTHESES = re.compile(r"\(([^()]+)\)")


@lru_cache(maxsize=65536)
def head_key(text: str) -> str:
    """Fold a head for comparing: case, blanks, line breaks and slashes, but no sign that may carry meaning."""
    return " ".join(SPACED.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split())


@lru_cache(maxsize=65536)
def words(text: str) -> str:
    """Fold to words, blanks between: for comparing labels."""
    return " ".join(UNWORDED.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split())


@dataclass(frozen=True, slots=True)
class HeadPeriod:
    """A period as heads say it, and what their mark means for its figures."""

    text: str
    meaning: Meaning | None


def head_period(
    parts: Sequence[str], year: str | None, marks: Mapping[str, Meaning], hint: PeriodKind | None = None
) -> HeadPeriod | None:
    """Read a column's heads, top to bottom, as one period; None where anything in them is left unread.

    `year` completes heads that name only a month or a quarter. `marks` are declared; the usual ones need not be.
    """
    plain: list[str] = []
    meanings: list[Meaning] = []
    for part in parts:
        alone = _one_language(REALISED.sub("", part), {**HEAD_MARKS, **marks})
        if alone is None:
            return None
        plain.append(alone[0])
        meanings += [alone[1]] if alone[1] else []
    # "Realisasi" below a year is noise; above its years it is a head that a layout declares.
    spoken = [text for at, text in enumerate(plain) if words(text) not in {*NOISE, *(("realisasi",) if at else ())}]
    for texts in (plain, spoken):
        said = " ".join(texts)
        dated = bool(YEAR.search(said))
        full = said if dated or not year else f"{said} {year}"
        code = reads(full, worded_kind(plain) or hint) if said and len(set(meanings)) <= 1 else None
        if code and (dated or len(code) > 4):  # a year from elsewhere must not turn "Anggaran" into a year
            return HeadPeriod(settled(full, code) if worded_kind(plain) else full, meanings[0] if meanings else None)
    return None


def worded_kind(heads: Iterable[str]) -> PeriodKind | None:
    """Return the kind of period that heads name in words: under "Bulan" a 1 is January, whatever is usual."""
    said = {word for head in heads for word in words(head).split()}
    found = {kind for word, kind in KIND_WORDS.items() if word in said}
    return found.pop() if len(found) == 1 else None


def settled(text: str, code: str) -> str:
    """Write a read period so that it is read the same again; "s.d." stays."""
    return f"s.d. {code}" if CUMULATIVE.search(text.casefold()) else code


def reads(text: str, hint: PeriodKind | None) -> str | None:
    """Return the code of the period that a text says; None where it says none."""
    try:
        return parse_period(text, hint).code
    except ValueError:
        return None


def unmark(text: str, marks: Mapping[str, Meaning]) -> tuple[str, Meaning | None, bool]:
    """Split a head from the mark at its end: the text, what the mark means, and whether it is known."""
    spaced = " ".join(text.split())
    folded = spaced.casefold()
    if (match := WORDED.fullmatch(folded)) and not reads(folded, None):
        return spaced[: match.end("text")], STATUS_WORDS[match["word"]], True
    for mark in sorted(marks, key=len, reverse=True):
        match = MARKED.fullmatch(folded) if folded.rstrip(")⁾").endswith(mark.casefold()) else None
        if match and match["mark"].strip() == mark.casefold():
            return spaced[: match.end("text")], marks[mark], True
    unknown = MARKED.fullmatch(folded)
    return spaced, None, unknown is None or reads(folded, None) is not None


def _one_language(text: str, marks: Mapping[str, Meaning]) -> tuple[str, Meaning | None] | None:
    """Return a head without its mark, and the mark's meaning; of two lines that say one period, the first."""
    lines = [unmark(line, marks) for line in LINES.split(text) if line]
    read = {reads(line if YEAR.search(line) else f"{line} 2000", None) for line, _, _ in lines}
    if len(lines) > 1 and len(read) == 1 and None not in read and len({each[1:] for each in lines}) == 1:
        plain, meaning, known = lines[0]
    else:
        plain, meaning, known = unmark(text, marks)
    return (plain, meaning) if known else None


def speaks_of_target(texts: Iterable[str]) -> bool:
    """Tell whether heads or titles name a target or a plan, and nothing that was achieved."""
    return bool(PLANS & _said_words(texts)) and not achieves(texts)


def foretells(texts: Iterable[str]) -> bool:
    """Tell whether heads, titles or names speak of what was only computed ahead."""
    return bool({"proyeksi", "prakiraan", "ramalan", "projection", "forecast"} & _said_words(texts))


NO_BUDGET = re.compile(r"\btahun anggaran\b|\bsisa lebih (?:pembiayaan|perhitungan) anggaran\b")


def speaks_of_budget(texts: Iterable[str]) -> bool:
    """Tell whether heads or names speak of money that was only set aside; a year, or what is left of it, is none."""
    said = [NO_BUDGET.sub("", words(text)) for text in texts]
    return bool({"anggaran", "pagu"} & _said_words(said)) and not achieves(texts)


def achieves(texts: Iterable[str]) -> bool:
    """Tell whether heads or titles name what was achieved."""
    return bool({"realisasi", "capaian", "pencapaian", "hasil", "actual"} & _said_words(texts))


def _said_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words(text).split()}


def is_total(label: str, catalogue: Catalogue) -> bool:
    """Tell whether a label names a total or an average of the rows above it."""
    said = words(label)
    match = TOTAL_OF.fullmatch(said)
    return bool(TOTAL.fullmatch(said)) or bool(match and resolve_region(match[1], catalogue))


def is_mean(label: str) -> bool:
    """Tell whether a label of a total row or column names an average, which no figures add up to."""
    return bool(MEAN.match(words(label)))


def is_footer(texts: Sequence[str], silent: bool) -> bool:
    """Tell whether a row's texts begin the notes, the source or the signature under a table.

    `silent` says that the row has no figure.
    """
    folded = [" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in texts]
    if any(FOOTER.match(text) for text in folded[:1]) or any(_signs(text) for text in folded):
        return True
    return silent and bool(folded) and bool(WEAK_FOOTER.match(texts[0].strip()) or SIGNED.match(folded[0]))


def _signs(text: str) -> bool:
    return bool(SIGNING.match(text))


def is_enumerator(texts: Sequence[str]) -> bool:
    """Tell whether a row only numbers its columns: (1) (2) (3), or 1 2 3, in order and from the first on."""
    numbers = [
        re.fullmatch(r"[(\[]?(\d{1,2})[)\]]?(?: ?=.*)?|\((\d{1,2}) ?=.*\)", text.strip()) for text in texts if text
    ]
    found = [int(each[1] or each[2]) for each in numbers if each]
    ordered = bool(found) and len(found) == len(numbers) and found == list(range(found[0], found[0] + len(found)))
    return ordered and found[0] <= 1 and (len(found) > 2 or all(text.strip()[0] in "([" for text in texts if text))


def region_of(text: str, catalogue: Catalogue, codes: RegionCodes | None, parent: str | None) -> str | None:
    """Return the region that a row, a head or a sheet's name stands for; numbering and rank words do not count.

    Under a `parent` only that region and its direct parts are meant. None where no single one fits.
    """
    plain = _unnumbered(text)
    if parent is not None and (found := resolve_region(plain, catalogue, parent)):
        return found
    name, level = ranked_name(text)
    if level:
        return _of_level(name, level, catalogue, parent)
    found = read_region(plain, catalogue, codes)
    if parent is None:
        return found
    own = found if found in (parent, None) else None
    return own or _parent_itself(plain, catalogue, parent)


def ranked_name(text: str) -> tuple[str, RegionLevel | None]:
    """Split "3. Kec. Kuaro" into the bare name and the level that its rank word says; None without such a word."""
    plain = _unnumbered(text)
    for rank, level in RANK_LEVELS:
        if match := rank.match(plain):
            return plain[match.end() :], level
    return plain, None


def bearers(name: str, level: RegionLevel | None, catalogue: Catalogue) -> list[str]:
    """List the regions that bear a bare name, of a level where one is said."""
    codes = catalogue.named.get(normalise_name(name), ())
    return [code for code in codes if level in (None, catalogue.region[code].level)]


def _unnumbered(text: str) -> str:
    return NUMBERING.sub("", " ".join(unicodedata.normalize("NFKC", FOOTNOTE.sub("", text)).split()))


def _parent_itself(text: str, catalogue: Catalogue, parent: str) -> str | None:
    """Return the parent where its own name is meant, though a smaller region bears it too."""
    return parent if parent in catalogue.named.get(normalise_name(text), ()) else None


def _of_level(name: str, level: str, catalogue: Catalogue, parent: str | None) -> str | None:
    codes = [code for code in catalogue.named.get(fold_name(name), ()) if catalogue.region[code].level == level]
    codes = [code for code in codes if parent in (None, catalogue.region[code].parent)]
    return codes[0] if len(codes) == 1 else None
