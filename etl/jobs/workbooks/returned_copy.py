"""What a sender gets back: data/inbox/dikembalikan holds the commented copy, and beside it what to write to them."""

from __future__ import annotations

import datetime as dt
import logging
import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.period import from_code, label
from etl.connectors.base import Delivery
from etl.connectors.formats.kinds import extension
from etl.jobs.loading.raw_files import write_whole
from etl.jobs.workbooks.commented_copy import as_bytes, commented_copy
from etl.pipeline.batch import file_finding
from etl.pipeline.refine import Refined
from etl.settings import home_in
from etl.sheets.sheet import Sheet
from etl.stewardship.inbox_files import RETURNED
from etl.stewardship.letters import refused_file_letter, return_letter
from etl.stewardship.obligation import responsible

log = logging.getLogger(__name__)
PERSONAL, UNREADABLE = "data-pribadi", "tak-terbaca"
MOST_PERIODS = 4  # named in the letter
QUOTED = 5  # faults in the letter; the copy holds all
LONGEST_NAME = 150  # bytes of a file's own name within that of its copy; a folder takes 255
DELETED = (
    "Demi kerahasiaan berkas itu sudah dihapus dari server Pantau dan tidak disimpan di mana pun; hanya surat ini "
    "yang tertinggal. Mohon hapus juga dari percakapan dan surel tempat berkas itu dikirim."
)


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
    folder, stem = root / RETURNED / feed.id, _stem(delivery, today)
    refused = findings[findings["severity"].eq("refused") | (refined is None)]
    letter = folder / f"{stem}.txt"
    write_whole(letter, _letter(catalogue, feed, delivery, refused, today, refined).encode())
    if refused["rule"].eq(PERSONAL).any():
        return letter
    if refused["rule"].eq(UNREADABLE).any():
        path, content = folder / f"{stem}.{extension(delivery.content)}", delivery.content
    else:
        path, content = folder / f"{stem}.xlsx", _copy(delivery, sheets, refused)
    write_whole(path, content)
    return path


def set_aside(root: Path, catalogue: Catalogue, feed: Feed, delivery: Delivery, sentence: str, today: dt.date) -> None:
    """Take a file out of the inbox as it is, unopened, with a letter to its sender."""
    folder, stem = root / RETURNED / feed.id, _stem(delivery, today)
    findings = file_finding(UNREADABLE, sentence)
    write_whole(folder / f"{stem}.txt", _letter(catalogue, feed, delivery, findings, today, None).encode())
    (root / delivery.name).replace(folder / f"{stem}{Path(delivery.name).suffix}")


def _stem(delivery: Delivery, today: dt.date) -> str:
    own = os.fsencode(Path(delivery.name).stem)[:LONGEST_NAME].decode(errors="ignore")
    return f"{today:%Y-%m-%d}-{delivery.sha256[:8]}-{own}"


def _copy(delivery: Delivery, sheets: Iterable[Sheet], refused: pd.DataFrame) -> bytes:
    """Pack the commented copy; only the list of faults where the file holds what no workbook can."""
    try:
        return as_bytes(commented_copy(delivery.content, sheets, refused))
    except Exception:
        log.exception("%s: no copy could be made", delivery.name)
        return as_bytes(commented_copy(b"", (), refused))


def _letter(
    catalogue: Catalogue,
    feed: Feed,
    delivery: Delivery,
    refused: pd.DataFrame,
    today: dt.date,
    refined: Refined | None,
) -> str:
    home = home_in(os.environ)
    office, region = responsible(catalogue, feed, home), catalogue.region.get(home)
    sender = f"Walidata {region.name}" if region else "Walidata"
    file, sentences = Path(delivery.name).name, tuple(refused["sentence"].head(QUOTED))
    if refined is None:
        sentences += (DELETED,) if refused["rule"].eq(PERSONAL).any() else ()
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
