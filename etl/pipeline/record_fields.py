"""Rows that are no figures: actions and evidence, read field by field into the catalogue's words."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping

import pandas as pd

from etl.catalogue.feeds import Feed, RecordKind
from etl.catalogue.models import Catalogue
from etl.catalogue.names import fold_name
from etl.catalogue.record_kinds import ACTION_STATUSES, RECORDS, RecordField, Sort
from etl.measures.region import resolve_region
from etl.pipeline.batch import Batch
from etl.pipeline.identify import indicator_words
from etl.pipeline.layout.table_header import Header
from etl.sheets.sheet import Sheet

Read = Callable[[str], str | None]
DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
EXPECTED: Mapping[Sort, str] = {
    "indicator": "nama atau id indikator pada katalog",
    "region": "nama wilayah resmi atau kode Kemendagri bertitik (64.01)",
    "item": "indikator instrumen, misalnya SPBE 12 atau Pemdi 3",
    "level": "tingkat 1 sampai 5",
    "date": "tanggal, misalnya 31 Desember 2026 atau 2026-12-31",
    "status": ", ".join(ACTION_STATUSES),
}


def to_records(sheet: Sheet, header: Header, feed: Feed) -> Batch:
    """Take the rows under the header and name their cells by the record's fields; blank rows are no rows."""
    body = sheet.cells.loc[sheet.cells.index > header.bottom]
    texts = body.fillna("").apply(lambda column: column.str.strip("\u00a0 \t\r\n"))
    body = texts[~texts.eq("").all(axis=1)]
    rows = pd.DataFrame(index=body.index)
    for field in RECORDS[_kind(feed)]:
        letter = header.letters.get(field.name)
        said = body[letter] if letter else pd.Series("", index=body.index, dtype=object)
        rows[field.name] = said.where(said.ne(""), feed.defaults.get(field.name, ""))
    rows["row"] = [int(number) for number in body.index]
    rows["sheet"] = pd.Series([sheet.name] * len(rows), index=rows.index, dtype=object)
    return Batch(rows, {sheet.name: header.letters})


def read_records(batch: Batch, feed: Feed, catalogue: Catalogue) -> tuple[pd.DataFrame, int]:
    """Read each field, refuse rows that say something unknown or two things of one record.

    Returns the frame kind, key, content (canonical JSON), sheet, row, and how many rows only repeat another.
    """
    kind = _kind(feed)
    readers = _readers(catalogue)
    for field in RECORDS[kind]:
        _read_field(batch, field, readers.get(field.sort))
    rows = batch.rows.copy()
    names = [field.name for field in RECORDS[kind]]
    keys = [field.name for field in RECORDS[kind] if field.key]
    rows["content"] = [_json(dict(zip(names, each, strict=True))) for each in rows[names].itertuples(index=False)]
    rows["key"] = [_json(list(map(fold_name, each))) for each in rows[keys].itertuples(index=False)]
    batch.rows = rows
    torn = rows.groupby("key")["content"].transform("nunique").gt(1) if len(rows) else rows["key"].notna()
    batch.refuse(
        torn.astype(bool),
        "kunci-ganda",
        keys[-1],
        "baris ini berbeda dari baris lain untuk hal yang sama. Sisakan satu.",
    )
    left = batch.rows
    repeats = left.duplicated("key")
    accepted = left.loc[~repeats, ["key", "content", "sheet", "row"]].assign(kind=kind).reset_index(drop=True)
    return accepted, int(repeats.sum())


def _kind(feed: Feed) -> RecordKind:
    if feed.records is None:
        raise ValueError(f"feed {feed.id} holds figures, not records")
    return feed.records


def _read_field(batch: Batch, field: RecordField, read: Read | None) -> None:
    if field.required:
        batch.refuse(batch.rows[field.name].eq(""), "kosong", field.name, "isian ini wajib. Lengkapi, lalu kirim lagi.")
    if read is None:
        return
    known = {text: read(text) if text else "" for text in batch.rows[field.name].unique()}
    found = batch.rows[field.name].map(known)
    raw = batch.rows[field.name]
    batch.refuse(
        found.isna(),
        f"{field.name}-tak-dikenal",
        field.name,
        lambda row: f"“{raw[row['at']]}” tidak dikenal. Diharapkan {EXPECTED[field.sort]}.",
    )
    rows = batch.rows.copy()
    rows[field.name] = found.reindex(rows.index)
    batch.rows = rows


def _readers(catalogue: Catalogue) -> dict[Sort, Read]:
    words, items = indicator_words(catalogue.indicators), item_words(catalogue)
    return {
        "indicator": lambda text: words.get(fold_name(text)),
        "region": lambda text: resolve_region(text, catalogue),
        "item": lambda text: items.get(fold_name(text)),
        "level": lambda text: text if re.fullmatch("[1-5]", text) else None,
        "date": read_day,
        "status": lambda text: fold_name(text) if fold_name(text) in ACTION_STATUSES else None,
    }


def item_words(catalogue: Catalogue) -> dict[str, str]:
    """Map each way to name an indicator of an instrument, folded, to `instrument:number`."""
    words = {}
    for instrument in catalogue.instruments:
        for each in instrument.indicators:
            code = f"{instrument.id}:{each.no}"
            for text in (code, f"{instrument.indicator} {each.no}", f"{instrument.indicator} {each.no}. {each.name}"):
                words[fold_name(text)] = code
    return words


def read_day(text: str) -> str | None:
    """Read a day as Indonesian offices write it; None where it is none or has two readings."""
    written = re.fullmatch(r"(\d{1,2}) ([a-z]+) (\d{4})", text.casefold())
    if written and written[2] in MONTHS:
        text = f"{written[3]}-{MONTHS.index(written[2]) + 1:02d}-{int(written[1]):02d}"
    for shape in DAYS:
        try:
            return dt.datetime.strptime(text, shape).date().isoformat()
        except ValueError:
            continue
    return None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
