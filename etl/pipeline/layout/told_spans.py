"""Heads of a register that count on: beside "s.d. bulan lalu" and "bulan ini" a "Jumlah" is no figure of one month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from openpyxl.utils import get_column_letter

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.names import fold_name
from etl.catalogue.period import CUMULATIVE
from etl.pipeline.batch import Batch, Row
from etl.pipeline.layout.head_words import MONTH
from etl.pipeline.layout.sheet_lines import Path
from etl.pipeline.layout.sheet_reading import ReadTable
from etl.pipeline.layout.table_context import speaks_of_sum
from etl.pipeline.layout.table_header import show_path
from etl.pipeline.layout.told_words import SPAN_WORDS

RULE = "kumulatif-judul"
NOW = re.compile(r"\b(hari|minggu|bulan|triwulan|semester|tahun|periode) (?:ini|laporan|berjalan)\b")
BEFORE = re.compile(
    r"\b(?:hari|minggu|bulan|triwulan|semester|tahun|periode) (?:lalu|sebelumnya)\b|"
    r"\b(?:sisa|saldo|stok) awal\b|\bawal (?:bulan|triwulan|semester|tahun|periode)\b|\b(?:sisa|tunggakan)\b.*\blalu\b"
)
MONTHS = re.compile(rf"\b(?:{MONTH})\b\.? ?[–—-] ?(?:{MONTH})\b")  # "Januari-Juli"
ADDED = re.compile(r"(?:jumlah|jml|total|akumulasi|keseluruhan)\b")
SUMMED = (
    "judul “{}” berdiri di samping “{}”, jadi angkanya memuat juga periode sebelumnya, sedangkan {} dihitung tiap "
    "periode. Kirim angka periode itu sendiri, atau minta walidata memetakan kolom yang lain."
)
ALONE = (
    "judul “{}” berdiri di samping “{}”, jadi angkanya hanya bagian terakhir, sedangkan {} dihitung sejak awal tahun. "
    "Kirim angka kumulatifnya, atau minta walidata memetakan kolom yang lain."
)
SHORT = "judul “{}” menyebut periode yang lebih pendek daripada periode {}. Kirim angka periode itu seluruhnya."
SPANS = ("hari", "minggu", "bulan", "triwulan", "semester", "tahun")


def refuse_other_spans(batch: Batch, tables: Sequence[ReadTable], catalogue: Catalogue) -> None:
    """Refuse figures of one period under a head that adds earlier ones, and the last part under a cumulative one's."""
    for table in tables:
        paths = table.header.paths
        for column, path in paths.items():
            beside = [each for at, each in paths.items() if at != column and each and each[:-1] == path[:-1]]
            for indicators, sentence, heads in _spans(path, beside, catalogue):
                hit = batch.of_sheet(table.sheet) & batch.rows["column"].eq(get_column_letter(column))
                hit &= batch.rows["indicator_id"].isin(list(indicators))
                batch.refuse(hit.astype(bool), RULE, "value", partial(_said, sentence, heads, indicators))


def _spans(
    path: Path, beside: Sequence[Path], catalogue: Catalogue
) -> Iterator[tuple[dict[str, Indicator], str, tuple[Path, ...]]]:
    """Yield the indicators for which a head, beside the others, is of another span than their figures; and why."""
    head = fold_name(path[-1]) if path else ""
    earlier = next((each for each in beside if BEFORE.search(fold_name(each[-1]))), None)
    until = next((each for each in beside if _counts_on(fold_name(each[-1]))), None)
    now, mine = any(NOW.search(fold_name(each[-1])) for each in beside), NOW.search(head)
    known = {each.id: each for each in catalogue.indicators if each.name.id != each.id}  # no stand-ins
    if ADDED.match(head) and (other := until or (earlier if now else None)):
        yield _where(known, lambda each: not each.cumulative), SUMMED, (path, other)
    if mine and not speaks_of_sum(head):
        rank = SPANS.index(mine[1]) if mine[1] in SPANS else len(SPANS)
        yield _where(known, lambda each: SPANS.index(SPAN_WORDS[each.frequency]) > rank), SHORT, (path,)
        if until:
            yield _where(known, lambda each: each.cumulative), ALONE, (path, until)


def _counts_on(head: str) -> bool:
    return speaks_of_sum(head) or bool(MONTHS.search(head) or (CUMULATIVE.search(head) and BEFORE.search(head)))


def _where(known: Mapping[str, Indicator], test: Callable[[Indicator], bool]) -> dict[str, Indicator]:
    return {name: each for name, each in known.items() if test(each)}


def _said(sentence: str, heads: Sequence[Path], indicators: Mapping[str, Indicator], row: Row) -> str:
    return sentence.format(*map(show_path, heads), indicators[row["indicator_id"]].short.id)
