"""One delivery from end to end: screen, keep, refine, commit. A failure loads nothing and says why."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.connectors.base import Connector, Delivery, Sheet, UnreadableError
from etl.connectors.file import FileConnector
from etl.jobs.raw import clear_inbox, from_inbox, keep_raw
from etl.pipeline.flow import Refined, refine
from etl.pipeline.parse import LayoutError, personal_columns
from etl.pipeline.sieve import file_finding
from etl.warehouse.trouble import explain
from etl.warehouse.write import (
    File,
    Load,
    Outcome,
    StaleCatalogueError,
    commit_load,
    finish_attempt,
    start_attempt,
)

log = logging.getLogger(__name__)
WITA = ZoneInfo("Asia/Makassar")
CONNECTORS: dict[str, Connector] = {"file": FileConnector()}
Clock = Callable[[], dt.datetime]
Ending = Literal["loaded", "unchanged", "empty", "failed", "absent"]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one delivery of a feed; `absent` where nothing lay there. `vintage` only where one was made."""

    feed: str
    file: str | None
    ending: Ending
    rows_read: int = 0
    accepted: int = 0
    unchanged: int = 0
    refused: int = 0
    vintage: int | None = None
    message: str = ""


class RefusedDeliveryError(Exception):
    """A delivery that is refused as a whole; carries its finding and the attempt's outcome."""

    def __init__(self, ending: Literal["empty", "failed"], rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.ending: Literal["empty", "failed"] = ending
        self.findings = file_finding(rule, sentence)


def load_delivery(
    engine: Engine, catalogue: Catalogue, feed: Feed, root: Path, clock: Clock, delivery: Delivery
) -> Report:
    """Load one delivery in an attempt and a transaction of its own; never raises for what it holds."""
    started = clock()
    attempt = start_attempt(engine, feed.id, started)
    try:
        refined = _refine(catalogue, feed, delivery, started)
        if from_inbox(delivery):
            keep_raw(root, feed.id, delivery)
        load = _as_load(catalogue, feed, delivery, started, refined)
        outcome = commit_load(engine, load, catalogue, attempt, clock())
    except RefusedDeliveryError as refusal:
        finish_attempt(engine, attempt, refusal.ending, str(refusal), clock(), refusal.findings, delivery.name)
        log.warning("%s: %s: %s", feed.id, delivery.name, refusal)
        return Report(feed.id, delivery.name, refusal.ending, message=str(refusal))
    except (StaleCatalogueError, SQLAlchemyError, OSError) as error:
        return _failure(engine, feed, delivery, attempt, f"{_cause(error)} Tidak ada yang dimuat.", clock())
    except Exception:
        log.exception("%s: %s: unexpected", feed.id, delivery.name)
        sentence = "Kesalahan tak terduga; tidak ada yang dimuat. Rinciannya ada di catatan proses (log)."
        return _failure(engine, feed, delivery, attempt, sentence, clock())
    finish_attempt(engine, attempt, "unchanged" if outcome.run is None else "loaded", None, clock())
    said = [_withdrawn(outcome), _take_away(root, delivery)]
    return _report(feed, delivery, outcome, " ".join(each for each in said if each))


def _withdrawn(outcome: Outcome) -> str:
    return f"{outcome.withdrawn} angka lama ditarik, sebab barisnya kini berarti lain." if outcome.withdrawn else ""


def _cause(error: Exception) -> str:
    if isinstance(error, StaleCatalogueError):
        return "Katalog berubah di tengah penerimaan. Jalankan lagi."
    if isinstance(error, SQLAlchemyError):
        return f"Gudang data tidak dapat ditulis: {explain(error)}."
    return f"Berkas asli tidak dapat disimpan di data/raw: {getattr(error, 'strerror', None)}."


def _failure(engine: Engine, feed: Feed, delivery: Delivery, attempt: int, sentence: str, now: dt.datetime) -> Report:
    finish_attempt(engine, attempt, "failed", sentence, now)
    return Report(feed.id, delivery.name, "failed", message=sentence)


def _take_away(root: Path, delivery: Delivery) -> str:
    """Clear the inbox of a loaded file; return a sentence where it would not go."""
    try:
        if from_inbox(delivery):
            clear_inbox(root, delivery)
    except OSError as error:
        log.warning("%s: %s", delivery.name, error.strerror)
        return f"{delivery.name} sudah dimuat, tetapi tidak dapat diambil dari foldernya. Hapus dengan tangan."
    return ""


def _refine(catalogue: Catalogue, feed: Feed, delivery: Delivery, started: dt.datetime) -> Refined:
    try:
        sheets = list(CONNECTORS[feed.connector].read(delivery, feed))
        _screen(sheets)
        if not sheets:
            raise RefusedDeliveryError("empty", "kosong", "Berkas kosong. Angka yang sudah ada tetap berlaku.")
        grids = [(sheet.name, sheet.cells, sheet.typed) for sheet in sheets]
        refined = refine(grids, feed, catalogue, started.astimezone(WITA).date())
    except UnreadableError as error:
        raise RefusedDeliveryError("failed", "tak-terbaca", str(error)) from error
    except LayoutError as error:
        raise RefusedDeliveryError("failed", "bentuk-berkas", str(error)) from error
    if refined.rows_read == 0:
        raise RefusedDeliveryError(
            "empty", "kosong", "Berkas hanya berisi judul, tanpa baris data. Angka yang sudah ada tetap berlaku."
        )
    return refined


def _screen(sheets: list[Sheet]) -> None:
    """Refuse personal data before anything is stored; only column letters are ever repeated."""
    named = [(sheet.name or "berkas", personal_columns(sheet.cells)) for sheet in sheets]
    found = [f"{name} kolom {', '.join(columns)}" for name, columns in named if columns]
    if found:
        raise RefusedDeliveryError(
            "failed",
            "data-pribadi",
            f"Berkas memuat data pribadi (NIK, 16 angka, atau nama dengan alamat): {'; '.join(found)}. "
            "Isinya tidak disimpan. Hapus kolom itu dan kirim angka gabungan saja.",
        )


def _as_load(catalogue: Catalogue, feed: Feed, delivery: Delivery, started: dt.datetime, refined: Refined) -> Load:
    """Describe the load; a collected file is complete while rows are refused by declared rules only, not by mishap."""
    declared = {rule.id for rule in catalogue.published.rules}
    return Load(
        feed.id,
        (File(delivery.name, delivery.sha256, len(delivery.content)),),
        started,
        refined.rows_read,
        refined.accepted,
        refined.findings,
        repeats=refined.repeats,
        complete=feed.rules and set(refined.findings["rule"]) <= declared,
    )


def _report(feed: Feed, delivery: Delivery, outcome: Outcome, message: str) -> Report:
    return Report(
        feed.id,
        delivery.name,
        "unchanged" if outcome.run is None else "loaded",
        outcome.rows_read,
        outcome.accepted,
        outcome.unchanged,
        outcome.refused,
        outcome.vintage,
        message,
    )
