"""What a sender gets back: data/inbox/dikembalikan holds the commented copy, and beside it what to write to them."""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.catalogue.feeds import Feed
from etl.catalogue.names import CENSORED
from etl.catalogue.period import from_code, label
from etl.connectors.base import Delivery
from etl.connectors.formats.kinds import extension
from etl.jobs.job_context import JobContext
from etl.jobs.whole_files import write_whole
from etl.jobs.workbooks.commented_copy import as_bytes, commented_copy
from etl.pipeline.batch import file_finding
from etl.pipeline.refine import Refined
from etl.sheets.sheet import Sheet
from etl.stewardship.inbox_files import KEPT_DAYS, KEPT_WORD, RETURNED
from etl.stewardship.letters import QUOTED, day_words, refused_file_letter, return_letter
from etl.stewardship.obligation import responsible
from etl.stewardship.pushes import is_pushed

log = logging.getLogger(__name__)
PERSONAL, UNREADABLE = "data-pribadi", "tak-terbaca"
MOST_PERIODS = 4  # named in the letter
ROWS_NAMED = 5
# How a sentence says its place: see etl.pipeline.batch.place.
CELL = re.compile(r"(?:(Lembar “[^”]*”), )?[Bb]aris (\d+)(?:, kolom ([A-Z]+))?: (.*)", re.DOTALL)
LONGEST_NAME = 150  # bytes of a file's own name within that of its copy; a folder takes 255
DELETED = (
    "Demi kerahasiaan berkas itu sudah dihapus dari server Pantau dan tidak disimpan di mana pun; hanya surat ini "
    "yang tertinggal. Mohon hapus juga dari percakapan dan surel tempat berkas itu dikirim."
)
LAID_BACK = (
    "Berkasnya tidak dimuat dan kami kembalikan apa adanya. Salinan di server Pantau dihapus sendiri pada {day}. Bila "
    "isinya memang bukan data pribadi, mohon kabari kami sebelum hari itu."
)


@dataclass(frozen=True, slots=True)
class ReturnedDelivery:
    """A delivery of a feed with its findings; `refined` is None where it was returned whole."""

    feed: Feed
    delivery: Delivery
    findings: pd.DataFrame
    refined: Refined | None = None

    @property
    def refused(self) -> pd.DataFrame:
        """Return the findings that its sender has to mend: all where it was returned whole."""
        return self.findings[self.findings["severity"].eq("refused") | (self.refined is None)]

    @property
    def faults(self) -> pd.DataFrame:
        """Return all that its sender has to mend, by row: the further faults of returned rows too."""
        mine = self.findings["row"].notna() | self.findings["severity"].eq("refused") | (self.refined is None)
        return self.findings[mine].sort_values(["sheet", "row"], kind="stable", na_position="first")


def give_back(context: JobContext, returned: ReturnedDelivery, sheets: Iterable[Sheet]) -> Path:
    """Write the commented copy and the letter of a file that was returned whole or in part; return the copy's path.

    Of a file that cannot be read the bytes themselves go back, and of one with personal data, where they stay for some
    days only. Of a push with personal data, or a file with a NIK in its name, nothing is kept but the letter, which is
    then what is returned here.
    """
    delivery, refused, today = returned.delivery, returned.refused, context.today()
    folder, stem = context.root / RETURNED / returned.feed.id, _stem(delivery, today)
    letter = folder / f"{stem}.txt"
    write_whole(letter, _letter(context, returned, today).encode())
    if refused["rule"].eq(PERSONAL).any():
        return _lay_back(context, delivery, folder / stem) if _goes_back(context, delivery) else letter
    if refused["rule"].eq(UNREADABLE).any():
        path, content = folder / f"{stem}.{extension(delivery.content)}", delivery.content
    else:
        path, content = folder / f"{stem}.xlsx", _copy(delivery, sheets, returned.faults)
    write_whole(path, content)
    return path


def _goes_back(context: JobContext, delivery: Delivery) -> bool:
    """Tell whether a file with personal data was laid into a folder by somebody who should have it back."""
    return CENSORED not in delivery.name and not is_pushed(context.root, delivery.name, delivery.sha256)


def _lay_back(context: JobContext, delivery: Delivery, target: Path) -> Path:
    """Lay a file with personal data among what goes back, under a name that says until when, as it came."""
    path = target.with_name(f"{target.name}.{KEPT_WORD}{Path(delivery.name).suffix}")
    write_whole(path, delivery.content)
    path.chmod(0o600)
    return path


def set_aside(context: JobContext, feed: Feed, delivery: Delivery, sentence: str) -> None:
    """Take a file out of the inbox as it is, unopened, with a letter to its sender."""
    today = context.today()
    folder, stem = context.root / RETURNED / feed.id, _stem(delivery, today)
    returned = ReturnedDelivery(feed, delivery, file_finding(UNREADABLE, sentence))
    write_whole(folder / f"{stem}.txt", _letter(context, returned, today).encode())
    (context.root / delivery.name).replace(folder / f"{stem}{Path(delivery.name).suffix}")


def _stem(delivery: Delivery, today: dt.date) -> str:
    own = os.fsencode(Path(delivery.name).stem)[:LONGEST_NAME].decode(errors="ignore")
    return f"{today:%Y-%m-%d}-{delivery.sha256[:8]}-{own}"


def _copy(delivery: Delivery, sheets: Iterable[Sheet], faults: pd.DataFrame) -> bytes:
    """Pack the commented copy; only the list of faults where the file holds what no workbook can."""
    try:
        return as_bytes(commented_copy(delivery.content, sheets, faults))
    except Exception:
        log.exception("%s: no copy could be made", delivery.name)
        return as_bytes(commented_copy(b"", (), faults))


def _letter(context: JobContext, returned: ReturnedDelivery, today: dt.date) -> str:
    catalogue, feed, refined, refused = context.catalogue, returned.feed, returned.refined, returned.refused
    office, region = responsible(catalogue, feed, context.home), catalogue.region.get(context.home)
    sender = f"Walidata {region.name}" if region else "Walidata"
    file, sentences = Path(returned.delivery.name).name, grouped(returned.faults["sentence"])
    if refined is None:
        sentences = sentences[:QUOTED]
        if refused["rule"].eq(PERSONAL).any():
            gone = day_words(today + dt.timedelta(days=KEPT_DAYS))
            sentences += (LAID_BACK.format(day=gone) if _goes_back(context, returned.delivery) else DELETED,)
        return refused_file_letter(feed, file, sentences, office, sender, today)
    count, read, periods = len(refused), refined.rows_read, _periods(refined.accepted)
    return return_letter(feed, file, count, sentences, office, sender, today, rows_read=read, periods=periods)


def grouped(sentences: Iterable[str]) -> tuple[str, ...]:
    """Say a sentence once that differs by its cell alone, with its first cells."""
    places: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for sentence in map(str, sentences):
        placed = CELL.fullmatch(sentence)
        sheet, row, column, rest = placed.groups("") if placed else ("", "", "", sentence)
        places.setdefault((sheet, rest), []).append((row, column))
    return tuple(_gathered(*key, list(dict.fromkeys(cells))) for key, cells in places.items())


def _gathered(sheet: str, rest: str, cells: list[tuple[str, str]]) -> str:
    columns = {column for _, column in cells}
    if cells == [("", "")]:
        return rest
    one = len(columns) == 1
    named = [row if one else f"{column}{row}" for row, column in cells]
    noun = "baris" if one else "sel"
    more = f" dan {len(named) - ROWS_NAMED} {noun} lain" if len(named) > ROWS_NAMED else ""
    column = f", kolom {columns.pop()}" if one and columns != {""} else ""
    text = f"{f'{sheet}, ' if sheet else ''}{noun} {', '.join(named[:ROWS_NAMED])}{more}{column}: {rest}"
    return text[0].upper() + text[1:]


def _periods(accepted: pd.DataFrame) -> tuple[str, ...]:
    if "period" not in accepted:
        return ()
    codes = sorted(accepted["period"].dropna().unique())
    words = [label(from_code(code), "id") for code in codes]
    return tuple(words if len(words) <= MOST_PERIODS else [words[0], "…", words[-1]])


def readable(findings: pd.DataFrame) -> bool:
    """Tell whether a delivery with these findings can be shown as a grid to its sender."""
    return not findings["rule"].isin([PERSONAL, UNREADABLE]).any()
