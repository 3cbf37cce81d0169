"""Heads that name an indicator and go on: "Bidan Puskesmas" are not all midwives, though no list knows the word.

In Indonesian what narrows a noun follows it. What follows an indicator's name and is none of its own words, of its
definition either, no unit, period, region, source or word that says nothing, makes the figure doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.catalogue.declared_layout import PATH
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import normalise_name
from etl.catalogue.period import MONTH_NUMBERS
from etl.catalogue.units import counts_another
from etl.pipeline.layout.head_words import FULL_MONTH, words
from etl.pipeline.layout.value_cells import Doubt

ABBREVIATED = 5  # letters of an id that is what everybody calls it: TPT, SPBE, PEMDI
MEASURED = re.compile(
    r"^(?:jumlah|banyaknya|total|persentase|tingkat|nilai|angka|realisasi|capaian|indeks|rasio|rata rata|prevalensi|"
    r"cakupan|laju|luas|panjang|skor|porsi) (?=\S)"
)
TURNED = re.compile(  # what is not the thing itself, before its name
    r"\b(?:kekurangan|kebutuhan|kelebihan|pertambahan|penambahan|kenaikan|penurunan|perubahan|selisih|calon|sisa|formasi|"
    r"usulan|kontribusi|sumbangan|potensi|tunggakan|piutang|peringkat|ranking|rangking|deviasi|kesenjangan|rencana)$"
)
WHOLE = re.compile(
    r"\b(?:metode|seri) (?:baru|lama)\b|\b(\w+) dan (?:tidak|non|bukan) \1\b|\bdi (?:\w+ )+dan (?:\w+ ?)+"
)
TAIL = re.compile(r"\b(?:menurut|berdasarkan|hasil|sumber|versi|tabel|di kabupaten|di kota|di provinsi|of|by|in)\b.*")
PAUSE = re.compile(r"[,;:)–/]| - ")
PARTED = re.compile(  # what a title says on is no part of the name
    rf"{TAIL.pattern}|\b(?:tahun|bulan|triwulan|semester|kabupaten|kab|kota|kecamatan|kec|provinsi|desa|se|pada|per|di|"
    rf"dinas|badan|oleh|periode|keadaan|kondisi|\d+|{FULL_MONTH})\b.*"
)
RANK_WORDS = {"provinsi", "kabupaten", "kota", "nasional", "kecamatan"}
SILENT = """
    jumlah jml banyaknya total realisasi capaian pencapaian nilai angka persen persentase tingkat besaran hasil data
    seluruh semua keseluruhan seluruhnya daerah wilayah kab prov kec kel se indonesia tahun bulan triwulan semester
    tw smt kuartal periode akhir awal tengah pertengahan posisi kondisi keadaan per sd sampai hingga kumulatif
    sementara sangat tetap final revisi diperbaiki perbaikan estimasi terkini terbaru berjalan ini ke di dari pada
    dan atau serta yang dengan untuk oleh dalam menurut berdasarkan terhadap memiliki akses mempunyai yaitu adalah
    atas orang jiwa penduduk unit buah rp rupiah ribu juta miliar milyar triliun ha km jt rb tr us usd poin skala
    sumber bps susenas sakernas kemenkes kemendagri dinas dinkes dinsos djpk bpk lkpd lra apbd audited unaudited
    pemerintah pemda anggaran ta metode kali umur usia berumur berusia no kolom tabel on yoy to of the in
    and number rate percentage index percent value year ii iii iv vi vii viii ix xi xii
"""
NEUTRAL = {*re.findall(r"\w+", SILENT), *MONTH_NUMBERS, *RANK_WORDS}


class NarrowerHeads:
    """What each indicator calls itself, and what may follow that in a head."""

    def __init__(self, catalogue: Catalogue) -> None:
        placed = [each for each in catalogue.regions if each.level != "village"]
        known = {words(name) for each in placed for name in (each.name, each.short)}
        self._places = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})\b")
        self._catalogue = catalogue
        self._known: dict[str, tuple[set[str], set[str]]] = {}

    def doubt(self, indicator: Indicator, path: Sequence[str], titles: Sequence[str] = ()) -> Doubt | None:
        """Doubt figures whose head, or else a title, names their indicator and then what is none of its words.

        A title goes on to say more: of it, only what follows up to the next word that parts its figures.
        """
        if indicator.name.id == indicator.id:
            return None  # a stand-in has no name that could go on
        head = " ".join(part for part in path if normalise_name(part) not in self._catalogue.named)
        said = TAIL.sub("", WHOLE.sub("", words(head)))
        further = self._further(indicator, said)
        if further is None and (other := self._counted(indicator, said)):
            sentence = (
                f"judul “{head}” menghitung {other}, sedangkan {indicator.short.id} dicatat dalam {indicator.unit}. "
                "Kirim angka yang dimaksud, atau minta walidata memetakan judul ini ke indikator yang cocok."
            )
            return Doubt("satuan-judul", "value", sentence)
        if further is None:
            segments = (words(each) for title in titles for each in PAUSE.split(title))
            told = [self._further(indicator, PARTED.sub("", each)) for each in segments if " dan " not in each]
            head, further = PATH.join(titles), next(filter(None, told), None)
        if not further:
            return None
        sentence = (
            f"judul “{head}” menyebut “{' '.join(further)}” di samping {indicator.short.id}, jadi angka ini mungkin "
            "bukan keseluruhannya. Kirim angka keseluruhannya, atau betulkan judulnya; bila kata itu memang termasuk "
            "artinya, walidata menambahkannya pada definisi indikatornya."
        )
        return Doubt("bagian-judul", "value", sentence)

    def _further(self, indicator: Indicator, said: str) -> list[str] | None:
        """List the words around an indicator's name that make it something else; None where a text has no name."""
        names, own = self._known.setdefault(indicator.id, (set(_names(indicator)), self._own(indicator)))
        found = [match.span() for name in names if (match := re.search(rf"\b{re.escape(name)}\b", said))]
        if not found:
            return None
        turned = TURNED.search(said[: min(found)[0]].rstrip())
        initials = "".join(word[0] for word in said.split())
        left = self._places.sub("", said[max(end for _, end in found) :])
        after = [word for word in left.split() if _tells(word, initials)]
        return [word for word in ([turned[0]] if turned else []) + after if word not in own]

    def _counted(self, indicator: Indicator, said: str) -> str:
        """Return what a head counts where it says nothing of its indicator and that is another thing: "Jumlah KK"."""
        left = [word for word in self._places.sub("", said).split() if _tells(word, "") and word not in NEUTRAL]
        other = " ".join(left)
        return other if counts_another(other, indicator.unit) and not {*left} & self._known[indicator.id][1] else ""

    def _own(self, indicator: Indicator) -> set[str]:
        spoken = (indicator.name, indicator.short, indicator.definition)
        texts = [indicator.unit, *indicator.units, *(text for each in spoken for text in (each.id, each.en))]
        texts += [text for each in indicator.series for text in (each.name.id, each.name.en, *each.heads)]
        own = {word for text in texts for word in words(text).split()}
        ranked = set(words(indicator.name.id).split()) & RANK_WORDS
        return own | (NEUTRAL - RANK_WORDS if ranked else NEUTRAL) | {each.removesuffix("s") for each in own}


def _names(indicator: Indicator) -> Iterator[str]:
    """Yield an indicator's names without what is measured of it, their first words, and its abbreviations."""
    short_id = indicator.id if len(indicator.id) <= ABBREVIATED else ""
    for name in filter(None, (indicator.name.id, indicator.short.id, indicator.name.en, indicator.short.en, short_id)):
        yield from (words(each) for each in re.findall(r"\b[A-Z]{3,}\b", name))
        text, before = words(name), ""
        while text != before:
            yield from (text, *([" ".join(text.split()[:2])] if len(text.split()) > 2 else []))
            text, before = MEASURED.sub("", text), text


def _tells(word: str, initials: str) -> bool:
    """Tell whether a word may say something: no letter alone, number, or abbreviation of the words around it."""
    return not re.fullmatch(r"[a-z]|[a-z]?\d+[a-z]?", word) and word not in initials
