"""Several figures where a feed expects one: it must map a column that tells them apart, or choose one of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from etl.catalogue.feeds import Feed

SHOWN = 4
UNDECIDED = "rincian-belum-dipilih"


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
