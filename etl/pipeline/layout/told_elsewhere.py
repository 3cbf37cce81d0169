"""What the lines above a table and its sheet's name say of region and year binds: a default may not overrule them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from openpyxl.utils import get_column_letter

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.names import normalise_name
from etl.catalogue.period import from_code, parse_period
from etl.pipeline.batch import Batch
from etl.pipeline.layout.head_words import bearers, ranked_name, region_of, words
from etl.pipeline.layout.sheet_reading import ReadTable
from etl.pipeline.layout.table_context import told_period, told_region
from etl.pipeline.region_words import RANKS, are_apart, holds
from etl.sheets.categorical import combine

OF_MANY = re.compile(
    r"^\W*(?:pemerintah|dinas|badan|sekretariat|kantor|inspektorat|data|bagian|satuan|rsud)\b|"
    r"\b(?:lain(?:nya)?|perbandingan|dibanding\w*|menurut kabupaten|kabupaten/kota)\b|"
    r"\b(?:se-\w+|se(?:kabupaten|kalimantan|indonesia|luruh))\b",
    re.IGNORECASE,
)
PUBLISHED = re.compile(r"\b(?:dalam angka|in figures|dda|kcda|publikasi|publication|rilis)\b", re.IGNORECASE)
CENSUS = re.compile(r"^(?!.*proyeksi).*sensus", re.IGNORECASE)
BASE_YEAR = re.compile(
    r"konstan|(?:tahun|harga) dasar|adhk|sensus|sp ?20\d\d|= ?100|seri \d{4}|metode (?:baru|lama)|instrumen",
    re.IGNORECASE,
)
OF_REGION = re.compile(r"^(?:(?:rata rata|rerata|median|angka|nilai|capaian|realisasi|persentase|tingkat) )+")
WIDER = {"nasional": "indonesia", "provinsi": "kalimantan timur", "prov kaltim": "kalimantan timur"}
Told = Mapping[str | None, Sequence[str]]


def refuse_other_region(batch: Batch, told: Told, catalogue: Catalogue) -> None:
    """Refuse the rows of a sheet that lie outside the region which its title names.

    A table of many regions under the letterhead of one of them, or one that compares it with others, stays. Parts of
    another one do not, nor another one beside parts of the region itself. `told` gives each sheet's lines.
    """
    for sheet, lines in told.items():
        region = told_region(lines, catalogue)
        own = batch.of_sheet(sheet)
        codes = set(batch.rows.loc[own, "region_code"].dropna())
        if region is None or not codes:
            continue
        outside = {code for code in codes if not holds(region, code)}
        if outside != codes:
            lowest = _rank(region, catalogue) + (region in codes and not _is_about(region, lines, catalogue))
            outside = {code for code in outside if _rank(code, catalogue) >= lowest}
        batch.refuse(
            own & batch.rows["region_code"].isin(list(outside)).astype(bool),
            "wilayah-judul",
            "region",
            f"judul menyebut {catalogue.region[region].name}, sedangkan angka ini untuk wilayah lain. "
            "Betulkan judul atau wilayahnya, atau kirim berkas ini pada kiriman yang cocok.",
        )


def _rank(code: str, catalogue: Catalogue) -> int:
    return RANKS.get(catalogue.region[code].level, 0)


def _is_about(region: str, lines: Sequence[str], catalogue: Catalogue) -> bool:
    """Tell whether a title, no letterhead or bare name, says that its figures are of one region alone."""
    spoken = [line for line in lines if not OF_MANY.search(line) and region_of(line, catalogue, None, None) is None]
    return told_region(spoken, catalogue) == region


def refuse_torn_titles(batch: Batch, tables: Sequence[ReadTable], catalogue: Catalogue) -> None:
    """Refuse the rows of a sheet whose name tells another period or region than the lines above its table."""
    for table in tables:
        titles = [each for each in table.header.titles if not PUBLISHED.search(each) and not BASE_YEAR.search(each)]
        name = "" if PUBLISHED.search(table.sheet or "") else table.sheet or ""
        for rule, field, own, above in (*_torn_periods(name, titles), *_torn_regions(name, titles, catalogue)):
            sentence = f"nama lembar menyebut {own}, sedangkan judulnya menyebut {above}. Betulkan salah satu."
            batch.refuse(batch.of_sheet(table.sheet), rule, field, sentence)


def _torn_periods(name: str, titles: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    above, own = told_period(titles), told_period([name])
    if above.year and own.year and above.year != own.year:
        yield "tahun-judul", "period", own.text or own.year, above.text or above.year
        return
    dated = own if own.year else told_period([f"{name} {above.year or ''}"])
    if above.text and dated.text:
        one, other = parse_period(dated.text), parse_period(above.text)
        if one.end < other.start or other.end < one.start:
            yield "bulan-judul", "period", dated.text, above.text


def _torn_regions(name: str, titles: Sequence[str], catalogue: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    above = told_region([each for each in titles if not OF_MANY.search(each)], catalogue)
    named = bearers(*ranked_name(name), catalogue)
    if above and named and all(are_apart(above, each) for each in named):
        yield "wilayah-judul", "region", catalogue.region[named[0]].name, catalogue.region[above].name


def refuse_other_year(batch: Batch, told: Told, feed: Feed) -> None:
    """Refuse rows that take their year from the feed's default where their title or sheet names another one."""
    default = feed.defaults.get("period")
    if default is None or "period" in feed.columns:
        _refuse_later_years(batch, told)
        return
    for sheet, lines in told.items():
        year = told_period(lines).year
        own = batch.of_sheet(sheet)
        other = own & batch.rows["period_text"].eq(default) & batch.rows["period_code"].map(_year).ne(year or "")
        if year is not None:
            batch.refuse(
                other.astype(bool),
                "tahun-judul",
                "period",
                f"judul menyebut tahun {year}, sedangkan kiriman ini memuatnya sebagai {default}. "
                "Betulkan judulnya, atau kirim dengan tahunnya sendiri.",
            )


def _refuse_later_years(batch: Batch, told: Told) -> None:
    """Refuse the rows of a sheet all of which are of years after the one in its title: a title is no older."""
    for sheet, lines in told.items():
        spoken = [line for line in lines if not BASE_YEAR.search(line) or CENSUS.search(line)]
        year = told_period(spoken).year
        own = batch.of_sheet(sheet)
        years = {_year(code) for code in batch.rows.loc[own, "period_code"].dropna().unique()}
        if year is not None and years and min(years) > year:
            batch.refuse(
                own,
                "tahun-judul",
                "period",
                f"judul menyebut tahun {year}, sedangkan barisnya tahun-tahun sesudahnya. Betulkan salah satu.",
            )


def refuse_other_head_year(batch: Batch, tables: Sequence[ReadTable], catalogue: Catalogue) -> None:
    """Refuse figures whose year is not the one that stands in their head, in whatever way their period was told."""
    for table in tables:
        for column, path in table.header.paths.items():
            year, head = told_period(path).year, " ".join(path)
            if year is None or BASE_YEAR.search(head):
                continue
            codes, keys = combine(batch.rows, ("indicator_id", "period_code"))
            other = [
                _year(period) not in ("", year) and year not in catalogue.indicator[indicator].definition.id
                for indicator, period in keys
            ]
            hit = batch.of_sheet(table.sheet) & batch.rows["column"].eq(get_column_letter(column))
            batch.refuse(
                hit.astype(bool) & np.array(other, dtype=bool)[codes],
                "tahun-judul",
                "value",
                f"judul kolom “{head}” menyebut tahun {year}, sedangkan barisnya menyebut tahun lain. "
                "Betulkan salah satu.",
            )


def refuse_other_head_region(
    batch: Batch, told: Mapping[str | None, tuple[Sequence[str], Sequence[str]]], catalogue: Catalogue
) -> None:
    """Refuse the rows of plain tables whose figures stand under another region: "Nasional", "Rata-rata Kaltim"."""
    for sheet, (path, _) in told.items():
        name = OF_REGION.sub("", words(path[-1])) if path else ""
        named = catalogue.named.get(normalise_name(WIDER.get(name, name)), ())
        wide = [code for code in named if catalogue.region[code].level in ("country", "province")]
        if wide:
            hit = batch.of_sheet(sheet) & batch.rows["region_code"].ne(wide[0]).astype(bool)
            sentence = (
                f"judul kolom “{path[-1]}” menyebut {catalogue.region[wide[0]].name}, sedangkan barisnya wilayah lain. "
                "Kirim angka wilayah itu sendiri, atau betulkan judulnya."
            )
            batch.refuse(hit, "wilayah-judul", "value", sentence)


def _year(code: object) -> str:
    return str(from_code(str(code)).end.year) if isinstance(code, str) else ""
