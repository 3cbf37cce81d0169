"""What a sender gets back: data/inbox/dikembalikan holds the commented copy, and beside it what to write to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from etl.catalogue.dropped import RETURNED
from etl.catalogue.feeds import Feed
from etl.catalogue.letters import refused_file_letter, return_letter
from etl.catalogue.models import Catalogue
from etl.catalogue.obligation import responsible
from etl.catalogue.period import from_code, label
from etl.connectors.base import Delivery, Sheet
from etl.connectors.formats import extension
from etl.jobs.commented import as_bytes, commented_copy
from etl.jobs.raw import write_whole
from etl.pipeline.flow import Refined

PERSONAL, UNREADABLE = "data-pribadi", "tak-terbaca"
MOST_PERIODS = 4  # named in the letter
QUOTED = 5  # faults in the letter; the copy holds all


def give_back(
    root: Path,
    catalogue: Catalogue,
    feed: Feed,
    delivery: Delivery,
    sheets: Iterable[Sheet],
    findings: pd.DataFrame,
    today: dt.date,
    refined: Refined | None = None,
) -> Path:
    """Write the commented copy and the letter of a file that was returned whole or in part; return the copy's path.

    `refined` is None where the file was returned whole. Of a file that cannot be read the bytes themselves go back; of
    one with personal data only the letter, which is then what is returned here.
    """
    folder, stem = root / RETURNED / feed.id, f"{today:%Y-%m-%d}-{delivery.sha256[:8]}-{Path(delivery.name).stem}"
    refused = findings[findings["severity"].eq("refused") | (refined is None)]
    letter = folder / f"{stem}.txt"
    write_whole(letter, _letter(catalogue, feed, delivery, refused, today, refined).encode())
    if refused["rule"].eq(PERSONAL).any():
        return letter
    if refused["rule"].eq(UNREADABLE).any():
        path, content = folder / f"{stem}.{extension(delivery.content)}", delivery.content
    else:
        path, content = folder / f"{stem}.xlsx", as_bytes(commented_copy(delivery.content, sheets, refused))
    write_whole(path, content)
    return path


def _letter(
    catalogue: Catalogue,
    feed: Feed,
    delivery: Delivery,
    refused: pd.DataFrame,
    today: dt.date,
    refined: Refined | None,
) -> str:
    office = responsible(catalogue, feed, feed.region) if feed.region else None
    region = catalogue.region.get(feed.region or "")
    sender = f"Walidata {region.name}" if region else "Walidata"
    file, sentences = Path(delivery.name).name, tuple(refused["sentence"].head(QUOTED))
    if refined is None:
        return refused_file_letter(feed, file, sentences, office, sender, today)
    count, read, periods = len(refused), refined.rows_read, _periods(refined.accepted)
    return return_letter(feed, file, count, sentences, office, sender, today, rows_read=read, periods=periods)


def _periods(accepted: pd.DataFrame) -> tuple[str, ...]:
    if "period" not in accepted:
        return ()
    codes = sorted(accepted["period"].dropna().unique())
    words = [label(from_code(code), "id") for code in codes]
    return tuple(words if len(words) <= MOST_PERIODS else [words[0], "…", words[-1]])


def readable(findings: pd.DataFrame) -> bool:
    """Tell whether a delivery with these findings can be shown as a grid to its sender."""
    return not findings["rule"].isin([PERSONAL, UNREADABLE]).any()
