"""From a row of a table to one record for each of its figures: every field, the cell, and what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import pandas as pd
from openpyxl.utils import get_column_letter

from etl.catalogue.declared_layout import PATH, Layout, Meaning, Told, Values
from etl.catalogue.feeds import FEED_FIELDS, Feed
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import ended_by, parse_period
from etl.catalogue.units import unit_factor
from etl.pipeline.batch import NUMBERS
from etl.pipeline.layout.claims import contradicted, units_told
from etl.pipeline.layout.facility_heads import facility
from etl.pipeline.layout.head_words import (
    YEAR,
    head_period,
    is_total,
    region_of,
    worded_kind,
    words,
)
from etl.pipeline.layout.other_indicator import SpokenNames
from etl.pipeline.layout.sheet_lines import Lines, Path
from etl.pipeline.layout.table_context import TableContext, ToldPeriod, told_region
from etl.pipeline.layout.table_header import Header, ValueColumn
from etl.pipeline.layout.table_rows import BodyRow
from etl.pipeline.layout.told_series import told_series
from etl.pipeline.layout.value_cells import HIDDEN, MERGED, Doubt, read_value
from etl.pipeline.region_words import are_apart

Record = dict[str, Any]
COLUMNS = [*FEED_FIELDS, "sheet", "row", "column", *(f"{name}_typed" for name in NUMBERS), "places", "doubt", "label"]
SLIPPED = (
    "baris ini memuat lebih atau kurang sel daripada judulnya, jadi nilainya mungkin bergeser ke kolom lain. "
    "Beri tanda kutip pada teks atau angka yang memuat pemisah kolom, lalu kirim lagi."
)
NO_PERIOD = (
    "nama berkas “{}” tidak menyebut satu periode, atau judul di dalamnya menyebut tahun lain. Beri nama seperti "
    "rekap-2026-08 atau Rekap Agustus 2026, lalu kirim lagi."
)
NO_REGION = (
    "nama lembar “{}” bukan nama satu wilayah. Betulkan nama lembarnya; bila lembar ini rekap atau keterangan, "
    "walidata menyebutkan lembar yang dibaca pada `sheets`."
)


LEVELS = {"village": "desa atau kelurahan", "district": "kecamatan", "regency": "kabupaten", "city": "kota"}
RANK = "Perbaiki namanya, atau sebutkan wilayah induknya kepada walidata."


class RecordMaker:
    """Makes the records of one sheet."""

    def __init__(self, lines: Lines, context: TableContext, feed: Feed, layout: Layout, catalogue: Catalogue) -> None:
        self.lines, self.context, self.feed, self.layout, self.catalogue = lines, context, feed, layout, catalogue
        self._periods: dict[tuple[str, str | None, str | None], tuple[str, Meaning | None]] = {}
        self._claims: dict[tuple[Any, ...], Doubt | None] = {}
        self._series: dict[tuple[Any, ...], str | None] = {}
        self.names = SpokenNames(catalogue)
        self._tellings: dict[int, tuple[ToldPeriod, str | None, str | None]] = {}
        heads = [each for each in layout.period if each not in get_args(Told)]
        self.kind_over = worded_kind([*heads, feed.columns.get("period", "")])
        self.words = {name: {words(word): meant for word, meant in each.items()} for name, each in layout.words.items()}

    def blank(self, row: int, column: int) -> Record:
        """Return a row of which nothing is known but its cell."""
        plain = dict.fromkeys(COLUMNS, None)
        typed = {f"{name}_typed": False for name in NUMBERS}
        return {
            **plain,
            **typed,
            "sheet": self.lines.name,
            "row": row,
            "column": get_column_letter(column),
            "label": (),
        }

    def records(self, row: BodyRow, header: Header) -> Iterator[Record]:
        told_period, told_region, year_told = self._told(header)
        for value, entry in header.columns.values:
            record = self.blank(row.number, value.column) | dict(self.feed.defaults)
            record |= self._part(row, value, entry, header)
            record["label"] = (value.column, *row.label)
            if told_region:
                record["region"] = told_region
            if told_period.text:
                record["period"] = told_period.text
            year = year_told
            if self.layout.sections and row.section:
                record[self.layout.sections] = row.section
                year = year or next(iter(YEAR.findall(row.section)), None)
            record |= row.named
            for name in ("numerator", "denominator"):
                if name in header.keys:
                    record[f"{name}_typed"] = self.lines.typed(row.number, header.keys[name])
            if row.periods:
                record["period"] = " ".join(filter(None, row.periods))
            record |= value.fill
            if entry.reads:
                record["places"] = {entry.reads: (value.head[0], get_column_letter(value.head[1]))}
            label = record["indicator"] or ""
            self._translate(record)
            if "unit" not in header.keys and "unit" not in value.fill:
                record["unit"] = self.feed.units.get(record["indicator"] or "", record["unit"])
            self._complete_period(record, year)
            doubt = self._place_region(record, row, header) or self._section_doubt(row, record)
            doubt = self._place_unit(record, label) or doubt
            if "file" in self.layout.period and not record["period"]:
                doubt = Doubt("periode-tak-dikenal", "value", NO_PERIOD.format(self.context.file))
            yield self._with_value(record, (row, header), value, doubt)

    def _part(self, row: BodyRow, value: ValueColumn, entry: Values, header: Header) -> Record:
        """Say which parts of a declared sum a figure is, by its column or by its row."""
        if value.part is not None:
            return {"part": value.part, "parts": entry.sum}
        for column, parts in header.sums.items():
            said = words(self.lines.filled(row.number, column))
            return {"part": next((each for each in parts if words(each) == said), said), "parts": parts}
        return {}

    def _told(self, header: Header) -> tuple[ToldPeriod, str | None, str | None]:
        if header.top not in self._tellings:
            titles = header.titles
            read = self.context.period(titles), self.context.region(titles), self.context.year(titles)
            self._tellings[header.top] = read
        return self._tellings[header.top]

    def _translate(self, record: Record) -> None:
        for name, meant in self.words.items():
            record[name] = meant.get(words(record[name] or ""), record[name])

    def _complete_period(self, record: Record, year: str | None) -> None:
        """Take the mark off and add the year that is told elsewhere; a period's last day stands for the period."""
        key = (record["period"] or "", year, record["indicator"])
        if key not in self._periods:
            self._periods[key] = self._read_period(*key)
        text, meaning = self._periods[key]
        record["period"] = text or None
        record["status"] = meaning or record["status"]

    def _read_period(self, text: str, year: str | None, indicator_id: str | None) -> tuple[str, Meaning | None]:
        indicator = self.catalogue.indicator.get(indicator_id or "")
        hint = self.kind_over or (indicator.frequency if indicator else None)
        read = head_period([text], year, self.layout.marks, hint)
        said = read.text if read else text
        full = f"{text} {year}" if year and text and not read and not YEAR.search(text) else said
        try:
            period = parse_period(full, hint)
        except ValueError:
            return said, None
        if full != said and period.kind == "year":  # a year from elsewhere must not make a year of any word
            return said, None
        told = set(get_args(Told)) & set(self.layout.period)
        if told and hint and (whole := ended_by(period, hint)):
            full = ("s.d. " if period.cumulative else "") + whole
        if self.kind_over and period.kind == self.kind_over:
            full = ("s.d. " if period.cumulative else "") + period.code
        return full, read.meaning if read else None

    def _place_region(self, record: Record, row: BodyRow, header: Header) -> Doubt | None:
        """Replace a region's word by its code where numbering, rank or parent are needed to know it."""
        text, parent = record["region"] or "", self.layout.parent
        codes = self.feed.region_codes
        if told := self._facility(row):
            return Doubt("fasilitas-judul", "region", told)
        if self.layout.region == "sheet" and not text:
            return Doubt("wilayah-tak-dikenal", "value", NO_REGION.format(self.lines.name))
        if header.parent is not None:
            parent = region_of(row.parent or "", self.catalogue, codes, parent)
            if parent is None:
                return Doubt("wilayah-tak-dikenal", "region", f"wilayah induk “{row.parent}” tidak dikenal.")
        if row.total and is_total(text, self.catalogue):
            record["region"] = parent or self.feed.defaults.get("region") or record["region"]
            return None
        if codes and text[:1].isdigit() and parent is None:
            return None
        code = region_of(text, self.catalogue, codes, parent)
        if code and (rank := self._wrong_rank(code, header)):
            sentence = (
                f"“{text}” di sini terbaca sebagai {rank}, padahal judul kolomnya menyebut tingkat yang lain. {RANK}"
            )
            return Doubt("wilayah-tak-dikenal", "region", sentence)
        if code is None and parent and text:
            name = self.catalogue.region[parent].name
            sentence = f"wilayah “{text}” bukan {name} dan bukan bagiannya. Periksa namanya, atau tanyakan walidata."
            return Doubt("wilayah-tak-dikenal", "region", sentence)
        if code and not codes:
            record["region"] = code
        return None

    def _facility(self, row: BodyRow) -> str | None:
        """Say that a row's region stands in a column of facilities, where no declared word makes it a region."""
        text = row.named.get("region", "")
        if not text or row.total or words(text) in self.words.get("region", {}):
            return None
        return facility(self.feed.columns.get("region", ""), text)

    def _wrong_rank(self, code: str, header: Header) -> str | None:
        """Name the level of a region that is lower or higher than the head of its column says; None where it fits."""
        head = words(self.feed.columns.get("region", "").split(PATH.strip())[-1]) if "region" in header.keys else ""
        level = self.catalogue.region[code].level
        if re.search(r"\b(?:desa|kelurahan|kampung|village)\b", head):
            return None if level == "village" else LEVELS.get(level, level)
        lower = {"village"} if "kecamatan" in head else {"village", "district"} if "kabupaten" in head else set()
        return LEVELS[level] if level in lower else None

    def _place_unit(self, record: Record, label: str) -> Doubt | None:
        """Take the unit that the row's own label tells: "Penduduk (ribu jiwa)"; doubt it where another is declared."""
        indicator = self.catalogue.indicator.get(record["indicator"] or "")
        told = {each: unit_factor(indicator, each) for each in units_told([label])} if indicator else {}
        known = {each: factor for each, factor in told.items() if factor is not None}
        if not indicator or not known:
            return None
        record["unit"] = record["unit"] or next(iter(known))
        if {unit_factor(indicator, record["unit"])} == set(known.values()):
            return None
        sentence = f"“{label}” menyebut satuan lain daripada “{record['unit']}” yang dinyatakan. Samakan satuannya."
        return Doubt("satuan-judul", "value", sentence)

    def _section_doubt(self, row: BodyRow, record: Record) -> Doubt | None:
        told, region = told_region([row.section or ""], self.catalogue), record["region"]
        if told and region in self.catalogue.region and are_apart(told, region):
            names = [self.catalogue.region[each].name for each in (region, told)]
            sentence = (
                f"baris ini tentang {names[0]}, sedangkan baris di atasnya menyebut {names[1]}. Betulkan salah satu."
            )
            return Doubt("wilayah-bertentangan", "region", sentence)
        known = self.words.get(self.layout.sections or "")
        if known and row.section and words(row.section) not in known:
            sentence = f"baris ini di bawah judul bagian “{row.section}”, yang belum dikenal. Kabari walidata artinya."
            return Doubt("bagian-tak-dikenal", "value", sentence)
        return None

    def _with_value(
        self, record: Record, place: tuple[BodyRow, Header], value: ValueColumn, doubt: Doubt | None
    ) -> Record:
        row, header = place
        text, typed = self.lines.text(row.number, value.column), self.lines.typed(row.number, value.column)
        figure = read_value(text, typed, self.feed, self.layout.marks)
        spot = f"{get_column_letter(value.column)}{row.number}"
        if row.number in self.lines.hidden_rows or value.column in self.lines.hidden_columns:
            doubt = Doubt("tersembunyi", "value", f"sel {spot} {HIDDEN}")
        elif self.lines.slipped(row.number, header.width):
            doubt = Doubt("sel-bergeser", "value", SLIPPED)
        elif (row.number, value.column) in self.lines.merged:
            doubt = Doubt("sel-gabung", "value", f"sel {spot} {MERGED}")
        else:
            doubt = figure.doubt or doubt or self._contradicted(record, value.path, header.titles)
        record["series"] = record["series"] or self._told_series(record, value.path, header.titles)
        status = figure.status or value.meaning
        record |= {"value": figure.text, "value_typed": figure.typed, "doubt": doubt}
        record["status"] = status if status not in (None, "zero", "missing") else record["status"]
        record["note"] = "; ".join(filter(None, (record["note"], figure.note))) or None
        return record

    def _told_series(self, record: Record, path: Path, titles: tuple[str, ...]) -> str | None:
        key = (record["indicator"], path, titles)
        if key not in self._series:
            indicator = self.catalogue.indicator.get(record["indicator"] or "")
            texts = (*path, *titles, self.lines.name or "")
            self._series[key] = told_series(indicator, texts) if indicator else None
        return self._series[key]

    def _contradicted(self, record: Record, path: Path, titles: tuple[str, ...]) -> Doubt | None:
        key = (record["indicator"], record["unit"], record["kind"], record["series"], path, titles)
        if key not in self._claims:
            indicator = self.catalogue.indicator.get(record["indicator"] or "")
            self._claims[key] = self._other_indicator(indicator, path, titles) or contradicted(
                *(record["unit"], record["kind"], indicator, path, titles),
                series=record["series"],
                sheet=self.lines.name,
                dated=bool(set(get_args(Told)) & set(self.layout.period)),
            )
        return self._claims[key]

    def _other_indicator(self, indicator: Indicator | None, path: Path, titles: tuple[str, ...]) -> Doubt | None:
        """Doubt figures under another indicator's name, where the layout and no row says which they are of."""
        if indicator is None or "indicator" in self.feed.columns or self.layout.sections == "indicator":
            return None
        several = len({entry.fill.get("indicator") for entry in self.layout.values}) > 1
        return self.names.doubt(indicator, path, () if several else titles)


def to_frame(records: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Make the rows of a batch of records, with `doubt` and `label` still in them."""
    frame = pd.DataFrame(list(records), columns=COLUMNS, dtype=object)
    frame["row"] = frame["row"].astype("int64")
    for name in NUMBERS:
        frame[f"{name}_typed"] = frame[f"{name}_typed"].astype(bool)
    return frame
