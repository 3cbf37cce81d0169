"""Words of heads, titles and sheet names that make figures something else than their indicator: a part, another kind.

Such a word is never dropped. What the indicator's own name or definition says too is no narrowing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from etl.catalogue.models import Indicator
from etl.catalogue.period import MONTH_NUMBERS
from etl.pipeline.layout.head_words import FULL_MONTH, words
from etl.pipeline.layout.table_context import speaks_of_sum, telling
from etl.pipeline.layout.told_series import series_in, series_numbers, told_series
from etl.pipeline.layout.value_cells import Doubt

# Parts of a whole, each beside its counterpart: a text that names both speaks of the whole.
PARTS = (
    (r"perkotaan|urban", r"perdesaan|pedesaan|rural"),
    (r"laki laki|lelaki|pria|male|(?:^|jumlah )(?:l|lk)$", r"perempuan|wanita|female|(?:^|jumlah )(?:p|pr)$"),
    (r"(?<!dalam )(?<!luar )negeri", r"swasta"),
    (r"(?<!non )(?:asn|pns|pppk)", r"honorer|non (?:asn|pns)|kontrak"),
)
ALONE = re.compile(
    r"\b(?:lansia|lanjut usia|penyandang disabilitas|anak (?:balita|baduta)|baduta|bayi|remaja|"
    r"kepala keluarga perempuan|rumah tangga miskin|miskin ekstrem|desil [0-9]+|kuintil [0-9]+|"
    r"tidak aktif|non ?aktif|tanpa migas|non ?migas|(?<!menurut )(?<!per )sektor \w+|inflasi inti|kelompok makanan|"
    r"hampir miskin|terdidik|kesempatan kerja|buta huruf|perpipaan|theil|ihk|"
    r"indeks (?:harga|kesehatan|pendidikan)|wasting|underweight|gizi (?:buruk|kurang))\b"
)
# Two ways to count one thing: the one is never the other.
OPPOSED = (
    (r"adhk|harga konstan", r"adhb|harga berlaku"),
    (r"layak", r"aman"),
    (r"mantap", r"baik|rusak|sedang"),
    (r"dpt|pemilih tetap", r"dps|pemilih sementara"),
)
NEGATED = re.compile(r"\b(?<!dan )(?<!atau )(tidak|belum|tanpa|bukan|non) (\w+)")
SPAN_WORDS = {"day": "hari", "month": "bulan", "quarter": "triwulan", "semester": "semester", "year": "tahun"}
PER_SPAN = re.compile(rf"\bper (hari|minggu|bulan|triwulan|semester|tahun)\b(?! (?:\d|ke|{FULL_MONTH}|[iv]+\b))")
AGE = re.compile(  # of the text as it is written: "3.2 Tahun 2024" numbers a table
    r"\b(?:usia|umur|berumur|berusia) (?:[<>]=? ?)?\d{1,2}\b(?: ?(?:[-–]|sampai|s\.? ?d\.?|hingga) ?\d{1,2}\b)?|"
    r"(?<![\d.,])\d{1,2} ?(?:[-–]|sampai|s\.? ?d\.?|hingga) ?\d{1,2} (?:bulan|tahun)\b(?! \d{4})"
)
KINDS = {
    "yoy": re.compile(r"\by ?(?:on|o|to)? ?y\b|\byear on year\b"),
    "mtm": re.compile(r"\bm ?(?:to|t|on) ?m\b|\bmonth (?:to|on) month\b"),
    "qtq": re.compile(r"\bq ?(?:to|t|on) ?q\b|\bquarter (?:to|on) quarter\b"),
    "ctc": re.compile(r"\bc ?(?:to|t) ?c\b|\bcumulative to cumulative\b"),
    "ytd": re.compile(r"\by ?(?:to|t) ?d\b|\byear to date\b|\btahun kalender\b"),
}
KIND_NAMES = {
    "yoy": "tahun ke tahun (y-on-y)",
    "mtm": "bulan ke bulan (m-to-m)",
    "qtq": "triwulan ke triwulan (q-to-q)",
    "ctc": "kumulatif (c-to-c)",
    "ytd": "sejak awal tahun (y-to-d)",
}
OWN_KINDS = {"tahunan": "yoy", "bulanan": "mtm", "triwulanan": "qtq"}
FACILITY = re.compile(
    r"\b(?:puskesmas|pustu|posyandu|rsud|rumah sakit|klinik|sdn?|smpn?|sman?|smkn?) "
    rf"(?!(?:{FULL_MONTH}|triwulan|semester|mi|smp|mts|sederajat|dan|atau|menurut|per|se|di|yang|aktif|tahun|bulan|"
    r"kabupaten|kab|kecamatan|kec|desa|negeri|swasta)\b)[a-z]\w+"
)
BY_FACILITY = re.compile(r"\b(?:menurut|per|setiap|tiap) (?:nama )?(?:puskesmas|rumah sakit|posyandu|sekolah|pasar)\b")
TAKEN = re.compile(r"\b(?:susenas|sensus penduduk|pertengahan tahun)\b")  # once a year, in a month of their own
RATE = re.compile(
    r"\bper (?:(?:100|1 ?000|10 ?000|100 ?000|(?:1 |10 |100 |se|sepuluh |seratus )ribu) "
    r"(?:penduduk|jiwa|orang|kelahiran|kk|balita|bayi|rumah)|kapita|km2?|hektar)\b"
)
REPORT = re.compile(r"\blaporan (?:bulanan|triwulanan|tahunan)\b")
YEARS = re.compile(r"\b(?:19|20)\d{2}\s*(?:[-–—]|s\.?/?d\.?|sampai|hingga)\s*(?:19|20)\d{2}\b", re.IGNORECASE)
BROKEN_YEAR = re.compile(r"\b(?:semester|smt|sem) (?:i|1)\b|\b(?:triwulan|tw|kuartal) (?:i{1,3}|[1-3])\b")
OFFICE = re.compile(
    r"\b(?:skpd|opd|satuan kerja|unit kerja)\b ?[:.]? ?\w|"
    r"\b(?:realisasi anggaran|lra) (?:dinas|badan|rsud)\b"
)
MEASURES = re.compile(
    r"\b(?:persentase|rasio|pertumbuhan|laju|proporsi|indeks|"
    r"rse|standard? error|galat baku|simpangan baku|batas (?:bawah|atas)|selang kepercayaan|median|selisih|"
    r"perubahan|kenaikan|penurunan|pertambahan|peringkat|ranking|rangking|bobot)\b"
)
MONTH_TOLD = re.compile(rf"\b({FULL_MONTH})\b")
PLAIN_NAME = re.compile(r"(?:sheet|lembar|worksheet|data|tabel|table)? ?\d*")


def narrowing(
    indicator: Indicator,
    series: str | None,
    path: Sequence[str],
    titles: Sequence[str],
    sheet: str | None = None,
    dated: bool = False,
) -> Doubt | None:
    """Doubt figures whose heads, titles or sheet name a part, another kind of change, series, facility or month.

    `series` is what is said of the figures, None where only these texts may say it. `dated` figures take their period
    from the titles.
    """
    if doubt := next(filter(None, (_measure(indicator, text) for text in path)), None):
        return doubt
    if path and YEARS.search(path[-1]) and series in (None, indicator.default_series):
        sentence = (
            f"judul “{path[-1]}” menyebut beberapa tahun, sedangkan angkanya untuk satu tahun. Betulkan judulnya."
        )
        return Doubt("tahun-judul", "value", sentence)
    texts = [*path, *titles, *([] if sheet is None or PLAIN_NAME.fullmatch(words(sheet)) else [sheet])]
    texts += [" ".join(path)] if len(path) > 1 else []
    own = _own_words(indicator)
    settled = series is not None and told_series(indicator, (*path, " ".join(path))) == series
    for text in texts:
        said = words(text)
        doubt = (
            _part(indicator, said, own, text)
            or _opposed(indicator, said, own, text)
            or _kind(indicator, said, own, text)
            or _series(indicator, series, said, text, settled)
            or _facility(indicator, said, own, text)
            or _rate(indicator, said, text)
        )
        if doubt:
            return doubt
    return None if dated else _month(indicator, series, [*titles, *filter(None, [sheet])])


@lru_cache(maxsize=4096)
def _words_of(texts: tuple[str, ...]) -> str:
    return " ; ".join(map(words, texts))


def _own_words(indicator: Indicator) -> str:
    """Fold what the indicator says of itself."""
    named = [each.name.id for each in indicator.series]
    return _words_of((indicator.name.id, indicator.short.id, indicator.definition.id, indicator.unit, *named))


def _part(indicator: Indicator, said: str, own: str, text: str) -> Doubt | None:
    for pair in PARTS:
        found = [re.search(rf"\b(?:{each})\b", said) for each in pair]
        mine = [re.search(rf"\b(?:{each})\b", own) for each in pair]
        for match, known in zip(found, mine, strict=True):
            if match and not all(found) and not known:
                return _narrow(indicator, match[0], text)
    for match in (*ALONE.finditer(said), *AGE.finditer(" ".join(text.casefold().split()))):
        numbers = set(re.findall(r"\d+", match[0]))
        if series_numbers(indicator, match[0]):
            continue  # its series tell them apart
        if match[0] not in own and not (numbers and numbers <= set(re.findall(r"\d+", own))):
            return _narrow(indicator, match[0].strip(), text)
    for match in NEGATED.finditer(said):
        if match[2] in own.split() and match[0] not in own:
            return _narrow(indicator, match[0], text)
    return None


def _opposed(indicator: Indicator, said: str, own: str, text: str) -> Doubt | None:
    for pair in OPPOSED:
        told, mine = ([bool(re.search(rf"\b(?:{each})\b", where)) for each in pair] for where in (said, own))
        if sum(told) == sum(mine) == 1 and told != mine:
            sentence = f"judul “{text}” menyebut hitungan yang lain daripada {indicator.name.id}. Kirim yang dimaksud."
            return Doubt("jenis-hitungan", "value", sentence)
    return None


def _narrow(indicator: Indicator, word: str, text: str) -> Doubt:
    sentence = (
        f"judul “{text}” menyebut “{word}”, jadi angka ini hanya sebagian dari {indicator.name.id}. "
        "Kirim angka keseluruhannya, atau betulkan judulnya bila angka ini memang keseluruhan."
    )
    return Doubt("bagian-judul", "value", sentence)


def _kind(indicator: Indicator, said: str, own: str, text: str) -> Doubt | None:
    said = REPORT.sub("", said)  # how often it is written is no kind of change
    told = {kind for kind, pattern in KINDS.items() if pattern.search(said)}
    named = {kind for word, kind in OWN_KINDS.items() if re.search(rf"\b{word}\b", said)}
    mine = {kind for word, kind in OWN_KINDS.items() if re.search(rf"\b{word}\b", own)}
    mine |= {kind for kind, pattern in KINDS.items() if pattern.search(own)}
    told |= named if mine else set()  # a "laporan bulanan" is no kind of change
    mine = mine or ({"yoy", "ctc"} if indicator.frequency == "year" else set())
    if not told or told & mine:
        return None
    names = " dan ".join(KIND_NAMES[each] for each in sorted(told))
    sentence = (
        f"judul “{text}” menyebut perubahan {names}, sedangkan kiriman ini memuatnya sebagai {indicator.name.id}. "
        "Kirim angka yang dimaksud, atau minta walidata memetakannya ke indikator yang cocok."
    )
    return Doubt("jenis-perubahan", "value", sentence)


def _series(indicator: Indicator, series: str | None, said: str, text: str, settled: bool) -> Doubt | None:
    """Doubt the word of another series than the one that is said; where none is said, the word says it.

    A group ("Desil 1-4") is none of its own, unless the head of the figures, `settled`, or their row says which.
    """
    told = series_in(indicator, said)
    meant = next((each for each in indicator.series if series in (each.id, each.name.id)), None)
    numbers = series_numbers(indicator, said)
    by_id = meant is not None and meant.id == series and not settled
    group = by_id and numbers and meant and numbers != series_numbers(indicator, words(meant.name.id))
    if series is None or not told or (meant in told and not group):
        return None
    sentence = (
        f"judul “{text}” menyebut seri {' atau '.join(each.name.id for each in told)}, sedangkan kiriman ini memuatnya "
        f"sebagai {meant.name.id if meant else series}. Isi serinya dengan benar."
    )
    return Doubt("seri-judul", "series", sentence)


def _facility(indicator: Indicator, said: str, own: str, text: str) -> Doubt | None:
    named = FACILITY.search(said)
    match = named or BY_FACILITY.search(said) or OFFICE.search(said)
    if match is None or match[0].split()[0 if named else -1] in own.split():
        return None
    sentence = (
        f"judul “{text}” menyebut fasilitas ({match[0]}), jadi angka ini bukan angka seluruh wilayah. "
        "Kirim angka wilayahnya, atau pembilang dan penyebut semua fasilitasnya."
    )
    return Doubt("fasilitas-judul", "value", sentence)


def _measure(indicator: Indicator, text: str) -> Doubt | None:
    """Doubt a head that names a share, growth or index of what the indicator counts."""
    match = MEASURES.search(words(text))
    own = words(f"{indicator.name.id} {indicator.short.id} {indicator.definition.id} {indicator.unit}")
    shared = indicator.unit in ("%", "persen") and match is not None and match[0] in ("persentase", "proporsi")
    if match is None or f" {match[0]} " in f" {own} " or shared or indicator.name.id == indicator.id:  # a stand-in
        return None
    sentence = (
        f"judul “{text}” menyebut {match[0]}, sedangkan kiriman ini memuatnya sebagai {indicator.name.id} "
        f"({indicator.unit}). Kirim angka yang dimaksud, atau betulkan judulnya."
    )
    return Doubt("satuan-judul", "value", sentence)


def _rate(indicator: Indicator, said: str, text: str) -> Doubt | None:
    match, named = RATE.search(said), words(f"{indicator.name.id} {indicator.unit}").split()
    spans = {*_own_words(indicator).split(), SPAN_WORDS[indicator.frequency]}
    other = next((each for each in PER_SPAN.finditer(said) if each[1] not in spans), None)
    match = other or (None if "per" in named or "/" in indicator.unit else match)
    if match is None:
        return None
    sentence = (
        f"judul “{text}” menyebut rasio “{match[0]}”, sedangkan {indicator.name.id} dicatat dalam {indicator.unit}. "
        "Kirim angka yang dimaksud, atau betulkan judulnya."
    )
    return Doubt("satuan-judul", "value", sentence)


def _month(indicator: Indicator, series: str | None, titles: Iterable[str]) -> Doubt | None:
    """Doubt a yearly figure whose title tells a month that is not its year's end nor its survey's."""
    own = next((each.frequency for each in indicator.series if each.id == series), None)
    if (own or indicator.frequency) != "year":
        return None
    for title in titles:
        plain = telling(title)
        if indicator.month is None and _is_taken(indicator, plain):
            continue
        months = {MONTH_NUMBERS[each] for each in MONTH_TOLD.findall(plain)}
        early = BROKEN_YEAR.search(words(plain)) and not speaks_of_sum(title)
        until = speaks_of_sum(title) and 12 not in months
        if early or (until and not indicator.cumulative) or (len(months) == 1 and not months & {12, indicator.month}):
            sentence = (
                f"judul “{title}” menyebut keadaan sebelum akhir tahun, sedangkan {indicator.short.id} dicatat setahun "
                "sekali. Kirim angka akhir tahunnya, atau minta walidata menyatakan bulannya."
            )
            return Doubt("bulan-judul", "period", sentence)
    return None


def _is_taken(indicator: Indicator, title: str) -> bool:
    """Tell whether a title tells in which month the survey or census was taken that an indicator is from."""
    told = TAKEN.search(title)
    return told is not None and (indicator.survey or told[0] in _own_words(indicator))
