"""Several figures where a feed expects one: it must map a column that tells them apart, or choose one of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from etl.catalogue.feeds import Feed
from etl.connectors.base import Fault, Sheet

SHOWN = 4
UNDECIDED = "rincian-belum-dipilih"
# Columns that number, date or explain a row, and tell no parts of a whole apart.
NO_PARTS = re.compile(r"id|no|nomor|uuid|type|link|url|keterangan|(.* )?(at|update|updated|created|modified)( .*)?")


def undecided(feed: Feed, found: Collection[str], headers: tuple[str, ...], key: str) -> str | None:
    """Say why a source's figures cannot be told apart; None where they can.

    `found` are the labels of the source that the feed takes, `headers` the grid's columns that tell them apart, `key`
    the place in the feed where one is chosen. That some have no figure today changes nothing: tomorrow they may.
    """
    mapped = {_folded(header) for header in feed.columns.values()}
    if len(found) < 2 or any(_folded(header) in mapped for header in headers):
        return None
    labels = list(found)
    more = f", dan {len(labels) - SHOWN} lain" if len(labels) > SHOWN else ""
    return (
        f"sumbernya memuat {len(labels)} rincian ({', '.join(labels[:SHOWN])}{more}), tetapi kiriman ini tidak "
        f"membedakannya, jadi tidak pasti angka mana yang dimaksud. Pilih satu pada {key}, atau petakan kolom "
        f"{' atau '.join(headers)} pada columns di indicators.yaml."
    )


def _folded(header: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", header.casefold()).split())


def refuse_unlike_repeats(sheet: Sheet, feed: Feed) -> Sheet:
    """Refuse rows that agree in all that the feed maps but differ in a text that it leaves out.

    Men and women of one place may be as many: two such rows are two parts, and neither is the whole.
    """
    titles = {str(letter): str(text or "") for letter, text in sheet.cells.iloc[0].items()}
    heads = {letter: _folded(title) for letter, title in titles.items()}
    known = {_folded(header) for header in feed.columns.values()}
    mapped = [letter for letter, head in heads.items() if head in known]
    body = sheet.cells.iloc[1:].fillna("")
    alike = body[body.duplicated(mapped, keep=False)] if mapped else body.iloc[:0]
    if alike.empty or feed.layout is not None:
        return sheet
    groups = [alike[letter] for letter in mapped]
    faults = list(sheet.faults)
    for letter, head in heads.items():
        if head in known or not head or NO_PARTS.fullmatch(head) or _is_typed(sheet, letter):
            continue
        torn = alike[alike[letter].groupby(groups).transform("nunique").gt(1)]
        sentence = (
            f"ada baris lain dengan isi yang sama, kecuali kolom “{titles[letter]}”, yang tidak dipetakan "
            "kiriman ini; jadi keduanya mungkin rincian, bukan keseluruhan. Petakan kolom itu, atau pilih barisnya."
        )
        faults += [Fault(int(str(row)), UNDECIDED, sentence) for row in torn.index]
    return replace(sheet, faults=tuple({fault.row: fault for fault in faults}.values()))


def _is_typed(sheet: Sheet, letter: str) -> bool:
    return sheet.typed is not None and bool(sheet.typed[letter].iloc[1:].any())
