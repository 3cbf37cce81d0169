"""One delivery from end to end: screen, keep, refine, commit. A failure loads nothing and says why."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd
from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.canonical import catalogue_hash
from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.catalogue.names import CENSORED, censored
from etl.connectors.base import Delivery, UnreadableError
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.job_context import JobContext
from etl.jobs.loading.personal_data import Screen
from etl.jobs.loading.raw_files import clear_inbox, from_inbox, is_shipped, keep_raw, remember
from etl.jobs.loading.review_gate import hold_back, judge
from etl.jobs.workbooks.returned_copy import PERSONAL, ReturnedDelivery, give_back, readable, set_aside
from etl.pipeline.batch import file_finding
from etl.pipeline.edition import EDITION, MOMENTARY
from etl.pipeline.layout.table_header import LayoutError
from etl.pipeline.refine import Refined, refine
from etl.stewardship.inbox_files import dropped_files
from etl.warehouse.db_errors import explain
from etl.warehouse.read.answered_files import answered
from etl.warehouse.read.standing_values import standing_values
from etl.warehouse.write.attempts import finish_attempt, name_file, note_periods
from etl.warehouse.write.commits import File, Load, Outcome, StaleCatalogueError, commit_load, count_refused
from etl.warehouse.write.unchanged_check import repeat_load

log = logging.getLogger(__name__)
REMARKS_SHOWN = 3
WITHOUT_VALUE = "tanpa-nilai"  # a row without its figure: the source has it no more
UNEXPECTED = "Kesalahan tak terduga; tidak ada yang dimuat. Rinciannya ada di catatan proses (log)."
STAYS = "{name} sudah diperiksa, tetapi tidak dapat diambil dari foldernya. Hapus dengan tangan."
Ending = Literal["loaded", "unchanged", "empty", "failed", "waiting", "returned", "absent"]


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


def load_delivery(context: JobContext, feed: Feed, delivery: Delivery, attempt: int) -> Report:
    """Load one delivery in a transaction of its own, as the attempt that was started for it.

    Never raises for what the delivery holds.
    """
    engine, catalogue, started = context.engine, context.catalogue, context.now()
    try:
        name_file(engine, attempt, delivery.name, delivery.sha256)
        _refuse_personal(f"nama berkas {CENSORED}" if CENSORED in delivery.name else None)
        if (counts := repeat_load(engine, attempt, _reading(catalogue, delivery), context.now())) is not None:
            return Report(feed.id, delivery.name, "unchanged", *counts, message=_clear(context, feed, delivery))
        refined = refine_delivery(context, feed, delivery)
        if not is_shipped(delivery):
            keep_raw(context.root, feed.id, delivery)
        load = as_load(catalogue, feed, delivery, started, refined)
        judged = judge(engine, feed, load)
        if feed.records is None and not judged.known:  # which period came when decides whether a promise was kept
            note_periods(engine, feed.id, attempt, load.accepted["period"].unique(), delivery.fetched_at or started)
        if judged.cause is None:
            outcome = commit_load(engine, load, catalogue, attempt, context.now())
        elif not judged.known:
            waits = hold_back(engine, load, attempt, judged, context.now())
    except RefusedDeliveryError as refusal:
        finish_attempt(engine, attempt, refusal.ending, str(refusal), context.now(), refusal.findings, delivery.name)
        log.warning("%s: %s: %s", feed.id, delivery.name, refusal)
        said = [str(refusal), _take_away(context, ReturnedDelivery(feed, delivery, refusal.findings))]
        return Report(feed.id, delivery.name, refusal.ending, message=" ".join(filter(None, said)))
    except (StaleCatalogueError, SQLAlchemyError, OSError) as error:
        return _failure(context, feed, delivery, attempt, f"{_cause(error)} Tidak ada yang dimuat.")
    except Exception:
        log.exception("%s: %s: unexpected", feed.id, delivery.name)
        return _failure(context, feed, delivery, attempt, UNEXPECTED)
    taken = _take_away(context, ReturnedDelivery(feed, delivery, refined.findings, refined))
    if judged.known:
        finish_attempt(engine, attempt, "unchanged", judged.known, context.now())
        return Report(feed.id, delivery.name, "unchanged", message=f"{judged.known} {taken}".strip())
    if judged.cause is not None:
        return _waiting(feed, delivery, load, f"{waits} {taken}".strip())
    return report_of(feed.id, delivery.name, outcome, f"{_withdrawn(outcome)} {taken}".strip())


def _waiting(feed: Feed, delivery: Delivery, load: Load, message: str) -> Report:
    counts = (load.rows_read, len(load.accepted), load.repeats, count_refused(load))
    return Report(feed.id, delivery.name, "waiting", *counts, message=message)


def _withdrawn(outcome: Outcome) -> str:
    if outcome.said:
        return outcome.said
    return f"{outcome.withdrawn} angka lama ditarik, sebab barisnya kini berarti lain." if outcome.withdrawn else ""


def _cause(error: Exception) -> str:
    if isinstance(error, StaleCatalogueError):
        return "Katalog berubah di tengah pemuatan data. Jalankan lagi."
    if isinstance(error, SQLAlchemyError):
        return f"Gudang data tidak dapat ditulis: {explain(error)}."
    return f"Berkas asli tidak dapat disimpan di data/raw: {getattr(error, 'strerror', None)}."


def _failure(context: JobContext, feed: Feed, delivery: Delivery, attempt: int, sentence: str) -> Report:
    finish_attempt(context.engine, attempt, "failed", sentence, context.now())
    return Report(feed.id, delivery.name, "failed", message=sentence)


def _take_away(context: JobContext, returned: ReturnedDelivery) -> str:
    """Give back what was returned, clear the inbox and note the validators; return a sentence where that failed."""
    feed, delivery, findings = returned.feed, returned.delivery, returned.findings
    try:
        if returned.refined is not None:
            remember(context.root, feed.id, delivery)
        elif readable(findings) and not is_shipped(delivery):
            keep_raw(context.root, feed.id, delivery)
        if not from_inbox(delivery):
            return ""
        if delivery.withheld and not findings["rule"].eq(PERSONAL).any():
            set_aside(context, feed, delivery, delivery.withheld)
            return ""
        if returned.refined is None or findings["severity"].eq("refused").any():
            give_back(context, returned, CONNECTORS[feed.connector].read(delivery, feed) if readable(findings) else ())
        if not readable(findings) or not _is_awaited(context, feed, delivery):
            clear_inbox(context.root, delivery)
    except OSError as error:
        return _left(delivery, error)
    except Exception:  # what was committed stands, whatever becomes of the copy
        log.exception("%s: unexpected", delivery.name)
        return STAYS.format(name=delivery.name)
    return ""


def _clear(context: JobContext, feed: Feed, delivery: Delivery) -> str:
    """Note the validators and clear the inbox of what was read before; return a sentence where that failed."""
    try:
        remember(context.root, feed.id, delivery)
        if from_inbox(delivery) and not _is_awaited(context, feed, delivery):
            clear_inbox(context.root, delivery)
    except OSError as error:
        return _left(delivery, error)
    return ""


def _is_awaited(context: JobContext, feed: Feed, delivery: Delivery) -> bool:
    """Tell whether another feed takes the same workbook and has not looked into it since it came."""
    path = context.root / delivery.name
    others = {each.id for each in context.catalogue.feeds if each.enabled and each.id != feed.id}
    others = {id_ for id_ in others if path in dropped_files(context.root, context.catalogue.feed[id_])}
    if not others or delivery.fetched_at is None:
        return False
    with context.engine.connect() as connection:
        return not others <= answered(connection, delivery.sha256, delivery.fetched_at)


def _left(delivery: Delivery, error: OSError) -> str:
    log.warning("%s: %s", delivery.name, error.strerror)
    return STAYS.format(name=delivery.name)


def refine_delivery(context: JobContext, feed: Feed, delivery: Delivery, trusting: bool = False) -> Refined:
    """Read, screen and refine a delivery, beside the figures that stand. Raises RefusedDeliveryError."""
    today = context.today()
    try:
        connector = CONNECTORS[feed.connector]
        screen, stood = Screen(connector.read(delivery, feed)), _standing(context, feed, today)
        try:
            refined = refine(screen.sheets, feed, context.catalogue, today, stood, connector.own_columns, trusting)
        finally:  # personal data weigh more than any other fault
            _refuse_personal(screen.personal())
    except UnreadableError as error:
        _refuse_personal(f"nama lembar atau isi {CENSORED}" if censored(str(error)) != str(error) else None)
        raise RefusedDeliveryError("failed", "tak-terbaca", str(error)) from error
    except LayoutError as error:
        if screen.empty:
            raise _nothing("kosong") from error
        raise RefusedDeliveryError("failed", "bentuk-berkas", str(error)) from error
    if refined.rows_read == 0:
        raise _nothing("hanya berisi judul, tanpa baris data", screen.remarks)
    return replace(refined, findings=pd.concat([refined.findings, *screen.remarks], ignore_index=True))


def _standing(context: JobContext, feed: Feed, today: dt.date) -> pd.DataFrame | None:
    """Read what the feed's figures are compared with; collected figures stay as their sources print them."""
    if feed.rules or feed.records:
        return None
    one = feed.defaults.get("indicator") if "indicator" not in feed.columns and feed.layout is None else None
    cumulative = [each.id for each in context.catalogue.indicators if each.cumulative]
    with context.engine.connect() as connection:
        return standing_values(connection, cumulative, dt.date(today.year - 1, 1, 1), [one] if one else None)


def _nothing(what: str, remarks: Sequence[pd.DataFrame] = ()) -> RefusedDeliveryError:
    """Say that there are no rows, and what the source's remarks say of why."""
    why = [str(sentence) for each in remarks[:REMARKS_SHOWN] for sentence in each["sentence"]]
    sentence = " ".join([f"Berkas {what}. Angka yang sudah ada tetap berlaku.", *why])
    return RefusedDeliveryError("empty", "kosong", sentence)


def _refuse_personal(found: str | None) -> None:
    """Refuse personal data before anything is stored; only column letters and censored names are ever repeated."""
    if found:
        raise RefusedDeliveryError(
            "failed",
            PERSONAL,
            f"Berkas memuat data pribadi (NIK, nomor KK, atau nama orang dengan alamat): {found}. "
            "Tidak ada yang dimuat. Hapus kolom atau nama itu dan kirim angka gabungan saja.",
        )


def as_load(catalogue: Catalogue, feed: Feed, delivery: Delivery, started: dt.datetime, refined: Refined) -> Load:
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
        records=feed.records is not None,
        complete=feed.rules and set(refined.findings["rule"]) <= declared,
        reading=_reading(catalogue, delivery) if _lasts(delivery, refined) else None,
        gone=None if feed.connector == "file" or feed.records else feed.gone,
        understood=set(refined.findings.loc[refined.findings["severity"].eq("refused"), "rule"]) <= {WITHOUT_VALUE},
    )


def _reading(catalogue: Catalogue, delivery: Delivery) -> str:
    """Return the digest of the bytes and of what decides how they are read."""
    return hashlib.sha256(f"{delivery.sha256} {catalogue_hash(catalogue)} {EDITION}".encode()).hexdigest()


def _lasts(delivery: Delivery, refined: Refined) -> bool:
    """Tell whether the same bytes would be read the same another day, and nothing of them goes back to an office."""
    if from_inbox(delivery) and refined.findings["severity"].eq("refused").any():
        return False
    return MOMENTARY.isdisjoint(refined.findings["rule"])


def report_of(feed: str, file: str, outcome: Outcome, message: str) -> Report:
    """Report a load that was committed, or that had nothing new."""
    ending: Ending = "unchanged" if outcome.run is None else "loaded"
    counts = (outcome.rows_read, outcome.accepted, outcome.unchanged, outcome.refused)
    return Report(feed, file, ending, *counts, outcome.vintage, message)
