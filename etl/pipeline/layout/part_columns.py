"""Columns that a feed leaves out, where they tell that a figure is a part and not the whole.

A row stays where its cell says the whole (Jumlah, L+P, the row's own region). An empty cell beside parts says nothing:
it may be the whole, or the part above it written once; such a row is refused too. The feed's way through is to map the
column, at least as `note`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name, normalise_name
from etl.pipeline.batch import Batch, Row
from etl.pipeline.layout.head_words import words as fold_words
from etl.pipeline.region_words import FACILITY_NAME, RANKS, holds
from etl.sheets.categorical import by_word, combine, compact_columns, number, split, stack

RULE = "rincian-belum-dipilih"
KEY = ("kind", "indicator_id", "region_code", "period_code", "series", "producer", "publication", "plan")
# Columns that number, date, place or explain a row, and tell no parts of a whole apart.
NO_PARTS = re.compile(r"|id|(?:no|nomor)(?: urut)?|ket|keterangan|catatan|notes?|remarks?|ibu ?kota")
UNTELLING = re.compile(  # and no regions either
    r"uuid|type|link|url|tautan|sumber(?: data)?|source|petugas|operator|hal|halaman|page|alamat|kontak|e ?mail|"
    r"(?:.* )?(?:at|updated?|created|modified|tanggal|tgl|waktu|diperbarui|dibuat|diubah|pembaruan)(?: .*)?"
)
PERIODS = re.compile(r"tahun|bulan|periode|triwulan|semester|minggu|pekan|hari|year|month")
NAMED = r"(?:(?:bps|kemendagri|attributes) )?(?:(?:nama|kode|kd|nm|id) )?(?:{})(?: (?:id|nama|kode))?"
PLACES = {
    2: re.compile(NAMED.format(r"kabupaten|kab|kota|kabupaten kota|kab kota|kota kabupaten|wilayah|daerah")),
    3: re.compile(NAMED.format("kecamatan|kec|district")),
    4: re.compile(NAMED.format("desa|kelurahan|desa kelurahan|kelurahan desa|desa kel|kel desa|kampung|village")),
}
PARTS = re.compile(
    NAMED.format(
        "jenis kelamin|kelamin|jk|l p|sex|gender|umur|usia|(?:kelompok|kel|golongan|gol|rentang) (?:umur|usia)|"
        "age(?: group)?|puskesmas|posyandu|faskes|rumah sakit|sekolah|satuan pendidikan|npsn|"
        "jenjang(?: pendidikan| sekolah)?|(?:tingkat )?pendidikan(?: terakhir)?|status sekolah|agama|pekerjaan|"
        "status (?:perkawinan|kawin|pernikahan)|kuintil|desil|lapangan usaha|rt|rw|dusun|"
        "kelompok(?: (?:pengeluaran|barang|komoditas))?|komoditas|sumber dana|pasar|skpd|opd|perangkat daerah|"
        "perkotaan perdesaan|perkotaan pedesaan|kota desa|desa kota|urban rural|"
        "(?:klasifikasi|tipe|jenis) (?:daerah|wilayah|desa)|(?:daerah|wilayah) tempat tinggal"
    )
)
# Under these heads plain numbers count them; a code has a leading zero, or six digits and more.
COUNTED = re.compile(
    r"kabupaten|kota|kabupaten kota|kecamatan|desa|kelurahan|desa kelurahan|kampung|puskesmas|posyandu|faskes|"
    r"rumah sakit|sekolah|satuan pendidikan|dusun|rt|rw"
)
COUNT = re.compile(r"\s*(?:0|[1-9]\d{0,4}|\d{1,3}(?:[.,]\d+)+)\s*")
PART_WORD = re.compile(
    r"laki laki|pria|perempuan|wanita|males?|females?|(?:jumlah|total|penduduk) (?:laki laki|perempuan|pria|wanita)|"
    r"perkotaan|perdesaan|pedesaan|urban|rural"
)
SHORT_WORD = re.compile(r"l|p|lk|pr|m|f")  # a part only where the column holds nothing else
AGE = re.compile(
    r"(?:[<>≤≥]=? ?\d{1,3}|\d{1,3} ?(?:[-–—]|s ?[./] ?d\.?|sampai) ?\d{1,3}|\d{1,3} ?\+)"
    r"(?: ?(?:tahun|th|thn|bulan|bln|years?)\.?)?(?: ke atas)?"
)
WHOLE = re.compile(
    r"(?:jumlah|total|semua|seluruh|seluruhnya|keseluruhan|gabungan|all|both)"
    r"(?: (?:semua|seluruh|seluruhnya|keseluruhan|total|penduduk|umur|usia|kelompok umur|kelompok usia|jenis kelamin|"
    r"sex|sexes|kabupaten|kota|kecamatan|desa|desa kelurahan|kelurahan|puskesmas|sekolah|jenjang|wilayah|daerah))*|"
    r"(?:jumlah |total )?(?:l p|p l|lk pr|laki laki (?:dan |atau )?perempuan|perempuan (?:dan )?laki laki|"
    r"pria (?:dan )?wanita|(?:perkotaan|kota) (?:dan )?(?:perdesaan|pedesaan|desa)|kabupaten|kab|kabupaten kota)"
)
BARE = re.compile(  # numbers, dates, times, identities: they tell rows apart, not parts
    r"(?:rp\.? ?)?[-+]?[\d.,  ]+%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[t ][\d:.+z-]+)?|[\d:.]+|https?://\S*|"
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
RANKED = re.compile(r"(?:kabupaten|kab|kota|provinsi|kecamatan)\b")
WAY = "atau tanyakan kepada walidata apa arti kolom itu."


Columns = tuple[tuple[str, str], ...]  # letters with their titles


@dataclass(slots=True)
class Unread:
    """The columns that nobody declared but those of UNTELLING: their titles, their words beside the row number."""

    begun: dict[str | None, Columns] = field(default_factory=dict)
    parts: dict[tuple[str | None, Columns], list[pd.DataFrame]] = field(default_factory=dict)

    def begin(self, sheet: str | None, titles: Mapping[str, str]) -> list[str]:
        """Take the titles of a table's columns by letter; return the letters whose words are wanted.

        A further page of a sheet may have its columns in another order: it is judged by itself.
        """
        told = tuple((letter, title) for letter, title in titles.items() if not UNTELLING.fullmatch(fold_words(title)))
        self.begun[sheet] = told
        return [letter for letter, _ in told]

    def add(self, sheet: str | None, cells: pd.DataFrame) -> None:
        """Take the words of wanted columns, indexed by row number."""
        rows = compact_columns(cells, list(cells.columns))
        rows["row"] = cells.index.to_numpy(dtype=np.int64)
        self.parts.setdefault((sheet, self.begun[sheet]), []).append(rows)

    def sheets(self) -> Iterator[tuple[str | None, dict[str, str], pd.DataFrame]]:
        """Give each sheet with such columns: its name, their titles by letter, and the words of all their rows."""
        for (name, titles), parts in self.parts.items():
            parts[:] = [stack(parts)]  # asked for several times
            yield name, dict(titles), parts[0]

    def parted(self) -> Iterator[tuple[str | None, dict[str, str], pd.DataFrame]]:
        """Give of each sheet the columns that may tell parts apart."""
        for name, titles, words in self.sheets():
            yield name, {at: each for at, each in titles.items() if not NO_PARTS.fullmatch(fold_words(each))}, words


def refuse_undecided(batch: Batch, unread: Unread, feed: Feed, catalogue: Catalogue) -> None:
    """Refuse rows whose unmapped columns name a part of a whole, or alone tell them from another row of the same key.

    Regions and periods must have been placed. Values do not count: a part without a figure is one.
    """
    for sheet, titles, words in unread.parted():
        for letter, title in titles.items():
            judge = _Judge(title, words[letter], feed, catalogue)
            if judge.doubts:
                _refuse_named(batch, aligned(of_table(batch, sheet, words), words, letter), letter, judge)
        _refuse_unlike(batch, of_table(batch, sheet, words), titles, words)


def of_table(batch: Batch, sheet: str | None, words: pd.DataFrame) -> pd.DataFrame:
    """Return the standing rows of a sheet's table, whose unmapped words are given."""
    named = batch.rows["sheet"]
    here = named.isna() if sheet is None else named.eq(sheet).astype(bool)
    return batch.rows[here & batch.rows["row"].isin(words["row"])]


def aligned(own: pd.DataFrame, words: pd.DataFrame, letter: str) -> pd.Series:
    """Return a column's words for the rows of its table that still stand."""
    there = pd.Index(words["row"]).get_indexer(pd.Index(own["row"]))
    column: pd.Series = words[letter].iloc[there].set_axis(own.index)
    return column


class _Judge:
    """Tells whether the words of one column name parts."""

    def __init__(self, title: str, column: pd.Series, feed: Feed, catalogue: Catalogue) -> None:
        self.title, self.catalogue = title, catalogue
        self._missing = {fold_name(each) for each in feed.missing}
        head = fold_words(title)
        self.rank = next((rank for rank, heads in PLACES.items() if heads.fullmatch(head)), None)
        told = bool(PARTS.fullmatch(head))
        coded = isinstance(column.dtype, pd.CategoricalDtype)  # else most rows differ, and it lists no kinds
        named = {word for word in split(column)[1] if self._names(word)} if coded or told or self.rank else set()
        if COUNTED.fullmatch(head) and all(map(COUNT.fullmatch, named)):
            named = set()
        self.told = told or _are_parts(named)
        self.rank = None if self.told else self.rank
        districts = named if self.rank is None and not self.told else set()
        self.placed = any(self._below(word, "", {"district"}) for word in districts)
        self.doubts = bool(named) and (self.told or self.placed or self.rank is not None)

    def _names(self, word: str) -> bool:
        """Tell whether a word says something, and not the whole."""
        return not self.is_silent(word) and not WHOLE.fullmatch(fold_words(word))

    def is_silent(self, word: str | None) -> bool:
        return not fold_words(word or "") or fold_name(word or "") in self._missing

    def _below(self, word: str, code: str, levels: Collection[str]) -> list[str]:
        """List the regions of some levels below a region (or below any) that bear a name; "Kab. X" is no kecamatan."""
        if normalise_name(word) != fold_name(word):
            return []
        above = code if code in ("", "ID") else f"{code}."
        return [
            each
            for each in self._bearers(word)
            if self.catalogue.region[each].level in levels and (above == "ID" or each.startswith(above))
        ]

    def _bearers(self, word: str) -> tuple[str, ...]:
        written = word.strip()
        return (written,) if written in self.catalogue.region else self.catalogue.named.get(normalise_name(written), ())

    def is_part(self, code: str, word: str | None) -> bool:
        """Tell whether a row of a region is a part by its word: another, or lower, or another kind than the whole."""
        rank = RANKS.get(self.catalogue.region[code].level, 0)
        lower = self.rank is not None and rank < self.rank
        if word is None or self.is_silent(word):
            return lower if self.rank is not None else True
        if not self._names(word):
            return False
        levels = {level for level, each in RANKS.items() if each == (self.rank or RANKS["district"])}
        if self._below(word, code, levels):
            return True
        bearers = self._bearers(word)
        named_whole = not self.told or RANKED.match(fold_name(word))  # Puskesmas Kuaro is not all of Kuaro
        if named_whole and any(holds(each, code) for each in bearers):
            return False
        if self.rank is None:
            return True
        others = any(RANKS.get(self.catalogue.region[each].level) == self.rank for each in bearers)
        return others or lower


def _are_parts(words: set[str]) -> bool:
    """Tell by a column's words that it lists parts; short ones and ages only where nothing else stands there."""
    heads = {fold_words(word) for word in words}
    if any(PART_WORD.fullmatch(head) for head in heads) or {"kota", "desa"} <= heads:
        return True
    if words and all(FACILITY_NAME.match(fold_name(word)) for word in words):
        return True
    short = all(SHORT_WORD.fullmatch(head) for head in heads)
    return bool(words) and (short or all(AGE.fullmatch(fold_name(word)) for word in words))


def _refuse_named(batch: Batch, column: pd.Series, letter: str, judge: _Judge) -> None:
    pairs = pd.DataFrame({"region": batch.rows.loc[column.index, "region_code"], "word": column}, copy=False)
    codes, distinct = combine(pairs, ("region", "word"))
    parts = np.array([judge.is_part(*pair) for pair in distinct], dtype=bool)
    speaks = [not judge.is_silent(word) for _, word in distinct]
    if judge.told or (parts & np.array(speaks, dtype=bool)).any():
        hit = pd.Series(parts[codes], column.index)
        refuse_beside(batch, hit, column, letter, RULE, lambda row: _sentence(row, judge))


def _sentence(row: Row, judge: _Judge) -> str:
    said, name = row["unread"], judge.catalogue.region[row["region_code"]].name
    if judge.is_silent(said):
        return (
            f"kolom “{judge.title}” kosong, padahal baris lain memakainya untuk rincian; tidak pasti apakah angka ini "
            f"keseluruhan {name}. Bila ya, tulis “Jumlah” di sel itu; bila bukan, kirim baris jumlahnya, {WAY}"
        )
    return (
        f"kolom “{judge.title}” berisi “{said}”, jadi angka ini bukan keseluruhan {name}, dan kolom itu tidak dibaca "
        f"kiriman ini. Kirim baris keseluruhannya (misalnya “Jumlah”), {WAY}"
    )


def refuse_beside(
    batch: Batch, hit: pd.Series, column: pd.Series, letter: str, rule: str, sentence: Callable[[Row], str] | str
) -> None:
    """Refuse rows for what a column says that the feed leaves out; the row's word there is its `unread`."""
    if hit.any():
        rows = batch.rows.copy(deep=False)
        rows["unread"] = column.reindex(rows.index)
        batch.rows = rows
        batch.refuse(hit, rule, "unread", sentence, letter)
        batch.rows = batch.rows.drop(columns="unread")


def _refuse_unlike(batch: Batch, own: pd.DataFrame, titles: dict[str, str], words: pd.DataFrame) -> None:
    """Refuse rows of one key that differ in a text which the feed leaves out: neither may be the whole."""
    told = pd.DataFrame({name: by_word(own[name], _folded) for name in KEY}, copy=False)
    keys = pd.Series(number(told, KEY), own.index)
    keys = keys[keys.duplicated(keep=False)]
    if keys.empty:
        return
    columns = {letter: aligned(own, words, letter).loc[keys.index] for letter in titles}
    for letter, column in columns.items():
        texts = by_word(column, _folded)
        torn = pd.Series(split(texts)[0], keys.index).groupby(keys).transform("nunique").gt(1)
        some = set(texts[torn]) - {""}
        if PERIODS.fullmatch(fold_words(titles[letter])) or not all(map(BARE.fullmatch, some)):
            refuse_beside(batch, torn, column, letter, RULE, _unlike_sentence(titles[letter]))


def _folded(text: str | None) -> str:
    return fold_name(text or "")


def _unlike_sentence(title: str) -> str:
    return (
        f"ada baris lain untuk indikator, wilayah dan periode yang sama, yang berbeda pada kolom “{title}”. Kolom itu "
        "tidak dibaca kiriman ini, jadi angka ini mungkin rincian, bukan keseluruhan. Sisakan satu baris untuk "
        f"keseluruhannya, {WAY}"
    )
