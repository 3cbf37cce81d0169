"""Personal data of a sheet: which columns carry them, and what may be said of them, never what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from etl.catalogue.identity_numbers import SIXTEEN_DIGITS, is_identity_number, is_sub_area
from etl.catalogue.names import censored
from etl.pipeline.layout.head_words import words
from etl.pipeline.layout.heads import HEADS_WITHIN

PERSONAL = re.compile(r"(no |nomor )?(nik|ktp|kk)|nomor (induk kependudukan|kartu keluarga)")
COUNTED = re.compile(r"kk|ktp")  # also heads of households and cards that are counted
FIGURE = re.compile(r"[0-9][0-9.,]{0,9}|[-.]*")
PERSON = re.compile(
    r"nama( (lengkap|pasien|siswa|balita|anak|ibu|ayah|orang tua|kepala keluarga|krt|kk|warga|penduduk|penerima|"
    r"peserta|pemilik|pegawai|guru|responden|pemohon))?"
)
CONTACT = re.compile(
    r"(?:nama )?(?:penanggung ?jawab|pj|pic|narahubung|kontak(?: person)?|contact(?: person)?|cp|operator|petugas|"
    r"admin|ketua|kepala|pengelola|pemilik|koordinator|bendahara|sekretaris|kader|pendamping|pengurus|pejabat)\b.*"
)
PHONE = re.compile(  # the head of numbers, which may have lost their leading zero
    r"(?:(?:no|nomor|nmr)\b ?)?(?:hp|handphone|hand phone|ponsel|seluler|wa|whats ?app|telp|tlp|telepon|telpon|phone|"
    r"kontak|contact|cp)\b.*"
)
MOBILE = re.compile(r"(?<!\d)(?:\+?62|0)[ .-]?8\d(?:[ .-]?\d){6,10}(?!\d)")
BARE_MOBILE = re.compile(r"8[1-9]\d{7,10}(?:\.0)?")
PERSONS_OWN = re.compile(r"(jenis kelamin|jk|l p|tempat|tanggal|tgl|umur|usia|agama|status (per)?kawin).*")
PERSONS_ONLY = 0.2  # of the names beside an address that may be no place's
AREA = re.compile(r"((id|kode|kd|no) ?)+(sub ?)?(sls|wilayah|desa|kelurahan|bps|kecamatan|lokasi|blok|area|rt)\b.*|"
                  r"(sub ?)?sls")  # fmt: skip
PLACE = re.compile(
    r"(taman|alun|lapangan|gedung|gor|hutan|pantai|danau|air terjun|wisata|pasar|toko|warung|kios|mall?|hotel|"
    r"penginapan|homestay|rumah (sakit|makan|ibadah)|rsud?|puskesmas|pustu|poskesdes|posyandu|klinik|apotek|kantor|"
    r"dinas|badan|balai|upt[d]?|kecamatan|kelurahan|desa|pt|cv|ud|pd|perum|perumda|koperasi|kud|bumdes?|bank|spbu|tk|paud|"
    r"kb|sdn?|smpn?|sman?|smkn?|slb|mi[ns]?|mts[ns]?|ma[ns]?|sekolah|madrasah|universitas|politeknik|pondok|ponpes|"
    r"masjid|musala|mushola|langgar|gereja|pura|vihara|terminal|pelabuhan|bandara|dermaga|halte|simpang|jalan|jl|jembatan|"
    r"tpa|tps3?r?|bank sampah|ipa|ipal|perpustakaan|museum|stadion|polsek|polres|koramil|tower|menara|yayasan|panti|"
    r"lkp|pkbm|sanggar|bengkel|pabrik|gudang|perumahan)\b.*"
)


def personal_columns(cells: pd.DataFrame) -> list[str]:
    """Name the columns that carry personal data: NIK headers, values that can be a NIK, a person beside an address or
    a mobile number.

    Only the column's letter and header leave this function, never a value.
    """
    found = []
    first = cells.head(HEADS_WITHIN)
    heads = first[first.index <= HEADS_WITHIN].map(lambda text: words(text) if isinstance(text, str) else "")
    for letter in cells.columns:
        if _is_headed(cells[letter], heads[letter]) or _holds_identities(cells[letter], heads[letter]):
            found.append(letter)
    phones = [letter for letter in cells.columns if _holds_mobiles(cells[letter], heads[letter])]
    for at, row in heads.iterrows():
        people = [
            letter
            for letter, text in row.items()
            if (PERSON.fullmatch(text) or CONTACT.fullmatch(text)) and _names_persons(cells[letter][cells.index > at])
        ]
        found += [str(letter) for letter in (people + phones if people and phones else [])]
        named = [letter for letter, text in row.items() if PERSON.fullmatch(text)]
        housed = [letter for letter, text in row.items() if text.startswith("alamat")]
        persons = any(PERSONS_OWN.fullmatch(text) for text in row) or not all(
            _names_places(cells[letter][cells.index > at]) for letter in named
        )
        found += [str(letter) for letter in (named + housed if housed and persons and named else [])]
    return list(dict.fromkeys(found))


def _is_headed(column: pd.Series, heads: pd.Series) -> bool:
    """Tell whether a head says NIK, card or family card, and figures of counted cards or families do not follow it."""
    for at, text in heads[heads.str.fullmatch(PERSONAL)].items():
        below = [str(each).strip() for each in column[column.index > at].dropna()]
        if not COUNTED.fullmatch(text) or not all(map(FIGURE.fullmatch, below)):
            return True
    return False


def _holds_identities(column: pd.Series, heads: pd.Series) -> bool:
    """Tell whether a column holds a NIK; numbers of areas are none, where its head or the other numbers say areas."""
    long = {text for text in set(column.tolist()) if isinstance(text, str) and len(text) >= 16}
    numbers = {digits for text in long for digits in SIXTEEN_DIGITS.findall(text)}
    suspects = set(filter(is_identity_number, numbers))
    areas = heads.str.fullmatch(AREA).any() or suspects != numbers
    return bool({each for each in suspects if not (areas and is_sub_area(each))})


def _holds_mobiles(column: pd.Series, heads: pd.Series) -> bool:
    """Tell whether a column holds mobile numbers: by its head, or in half of its cells."""
    texts = [text.strip() for text in column.tolist() if isinstance(text, str) and text.strip()]
    mobile = sum(MOBILE.search(text) is not None for text in texts)
    headed = heads.str.fullmatch(PHONE).any()
    return 2 * mobile >= len(texts) > 0 if not headed else mobile > 0 or any(map(BARE_MOBILE.fullmatch, texts))


def _names_persons(column: pd.Series) -> bool:
    """Tell whether a column holds names, and not those of places; a number beside a name is none of it."""
    texts = [MOBILE.sub("", text) for text in column.tolist() if isinstance(text, str)]
    named = pd.Series([text for text in texts if re.search(r"[^\W\d_]{2}", text)], dtype=object)
    return len(named) > 0 and not _names_places(named)


def _names_places(column: pd.Series) -> bool:
    """Tell whether nearly all names of a column begin with what a place, a school or a company is called."""
    names = [words(text) for text in column.tolist() if isinstance(text, str) and text.strip()]
    others = sum(not PLACE.fullmatch(name) for name in names)
    return bool(names) and others <= PERSONS_ONLY * len(names)


def personal_place(sheet: str | None, letters: Iterable[str]) -> str | None:
    """Say where a sheet shows personal data: in its name, in columns; None where nowhere."""
    name, columns = censored(sheet or "berkas"), ", ".join(letters)
    said = [f"nama lembar {name}"] if name != (sheet or "berkas") else []
    return ", ".join(said + ([f"{name} kolom {columns}"] if columns else [])) or None
