"""What the steward does with a received delivery: accept it, give it back, or run its bytes again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import Engine

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue
from etl.connectors.base import Delivery, UnreadableError
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.job_context import JobContext
from etl.jobs.loading.delivery_load import (
    RefusedDeliveryError,
    Report,
    as_load,
    load_delivery,
    refine_delivery,
    report_of,
)
from etl.jobs.loading.feed_run import holder_name
from etl.jobs.loading.raw_files import from_inbox, kept
from etl.jobs.loading.review_gate import content_of
from etl.jobs.locks import LockedError, feed_lock
from etl.jobs.workbooks.returned_copy import ReturnedDelivery, give_back
from etl.pipeline.batch import file_finding
from etl.pipeline.refine import Refined
from etl.sheets.categorical import plain
from etl.warehouse.read.held_deliveries import Held, already_decided, held, later_values
from etl.warehouse.read.journal import attempt_numbered
from etl.warehouse.write.attempts import start_attempt
from etl.warehouse.write.commits import StaleCatalogueError, commit_load, record_catalogue
from etl.warehouse.write.decisions import DecidedError, Decision, return_delivery

WAIT = 30  # seconds for another load of the feed
IDENTITY = ["kind", "indicator", "series", "region", "period", "producer", "publication"]
RETURNED_BY = "dikembalikan-walidata"


class ReviewError(Exception):
    """What the steward asked cannot be done; the message is an Indonesian sentence with the next step."""


def accept(context: JobContext, number: int, by: str) -> Report:
    """Load what waits as attempt `number`, read again from its raw bytes; the decision is sealed with it.

    Raises ReviewError where it does not wait, its bytes or what they mean are not what was held, or newer figures
    would be undone.
    """
    engine, catalogue, found = context.engine, context.catalogue, _waiting(context.engine, number)
    with _locked(engine, found.feed):
        feed = _feed(catalogue, found.feed)
        record_catalogue(engine, catalogue, context.now())
        delivery = _kept(context, found.feed, found.file, found.sha256)
        refined = _refined(context, feed, delivery)
        load = as_load(catalogue, feed, delivery, context.now(), refined)
        if content_of(load) != found.content:
            raise ReviewError(
                f"Isi pemuatan data {number} kini terbaca lain daripada waktu ditahan, sebab katalog atau angka yang "
                f"berlaku berubah sesudah itu. Kembalikan, atau terima ulang: python -m etl replay {number}"
            )
        _refuse_overtaken(engine, feed, number, refined)
        try:
            outcome = commit_load(engine, load, catalogue, number, context.now(), Decision("accept", by))
        except DecidedError as error:
            raise ReviewError(str(error)) from error
        except StaleCatalogueError as error:
            raise ReviewError("Katalog berubah di tengah pemeriksaan. Ulangi perintah ini.") from error
        return report_of(feed.id, delivery.name, outcome, f"diterima oleh {by}")


def give_back_held(context: JobContext, number: int, by: str, reason: str) -> Report:
    """Give what waits as attempt `number` back to its office; nothing of it is loaded, the decision is sealed.

    Raises ReviewError where it does not wait.
    """
    engine, found = context.engine, _waiting(context.engine, number)
    sentence = f"Walidata ({by}) mengembalikan kiriman ini: {reason}"
    findings = file_finding(RETURNED_BY, sentence, severity="refused")
    with _locked(engine, found.feed):
        try:
            vintage = return_delivery(engine, found, Decision("return", by, reason), findings, sentence, context.now())
        except DecidedError as error:
            raise ReviewError(str(error)) from error
    feed = context.catalogue.feed.get(found.feed)
    try:
        delivery = _kept(context, found.feed, found.file, found.sha256)
        if feed is not None and from_inbox(delivery):
            sheets = CONNECTORS[feed.connector].read(delivery, feed)
            give_back(context, ReturnedDelivery(feed, delivery, findings), sheets)
    except (ReviewError, UnreadableError, OSError) as error:  # what is sealed stands without a copy
        why = error.strerror if isinstance(error, OSError) else error
        sentence = f"{sentence} Salinan dan surat untuk pengirim tidak dapat dibuat: {why}"
    return Report(found.feed, found.file, "returned", vintage=vintage, message=sentence)


def replay(context: JobContext, number: int) -> Report:
    """Run the raw bytes of attempt `number` again by today's catalogue, as a new attempt.

    Raises ReviewError where there are none, where newer figures would be undone, or while the feed is being loaded.
    """
    engine = context.engine
    feed, delivery = kept_delivery(context, number)
    with _locked(engine, feed.id):
        record_catalogue(engine, context.catalogue, context.now())
        refined = None
        with contextlib.suppress(ReviewError):  # a delivery that cannot be read is told of by its own new attempt
            refined = _refined(context, feed, delivery)
        if refined is not None:
            _refuse_overtaken(engine, feed, number, refined)
        attempt = start_attempt(engine, feed.id, context.now(), holder_name(), replays=True)
        return load_delivery(context, feed, delivery, attempt)


def kept_delivery(context: JobContext, number: int) -> tuple[Feed, Delivery]:
    """Return the feed and the kept bytes of attempt `number`. Raises ReviewError where there are none."""
    with context.engine.connect() as connection:
        found = attempt_numbered(connection, number)
    if found is None:
        raise ReviewError(f"Pemuatan data {number} tidak ada. Nomornya tampak pada: python -m etl status")
    if not found.file or not found.sha256:
        raise ReviewError(f"Pemuatan data {number} tidak membawa berkas, jadi tidak ada yang diulang.")
    return _feed(context.catalogue, found.feed), _kept(context, found.feed, found.file, found.sha256)


def _waiting(engine: Engine, number: int) -> Held:
    with engine.connect() as connection:
        found = held(connection, number)
    if found is None or found.verdict is not None:
        raise ReviewError(already_decided(found, number))
    return found


def _feed(catalogue: Catalogue, name: str) -> Feed:
    if name not in catalogue.feed:
        raise ReviewError(f"Kiriman {name} tidak ada lagi di katalog, jadi berkasnya tidak dapat dibaca.")
    return catalogue.feed[name]


@contextlib.contextmanager
def _locked(engine: Engine, feed: str) -> Iterator[None]:
    try:
        with feed_lock(engine, feed, WAIT):
            yield
    except LockedError as error:
        raise ReviewError(str(error)) from error


def _kept(context: JobContext, feed: str, name: str, sha256: str) -> Delivery:
    content = kept(context.root, feed, name, sha256)
    if content is None:
        raise ReviewError(
            f"Berkas asli {name} dengan sidik {sha256[:8]} tidak ada lagi di data/raw/{feed} atau sudah berubah. "
            "Minta berkasnya dikirim ulang."
        )
    return Delivery(name, content)


def _refined(context: JobContext, feed: Feed, delivery: Delivery) -> Refined:
    try:
        return refine_delivery(context, feed, delivery)
    except RefusedDeliveryError as error:
        raise ReviewError(f"Berkasnya kini tidak dapat dimuat: {error}") from error


def _refuse_overtaken(engine: Engine, feed: Feed, number: int, refined: Refined) -> None:
    """Refuse to put an older delivery over other figures that a later one has given since."""
    if feed.records is not None:
        return
    with engine.connect() as connection:
        later = later_values(connection, feed.id, number)
    if not later:
        return
    frame = plain(refined.accepted)
    said = frame["value"].where(frame["value"].notna(), frame["category"])
    for key, value in zip(frame[IDENTITY].itertuples(index=False, name=None), said, strict=True):
        if later.get(key, value) != value:
            raise ReviewError(
                f"Kiriman yang lebih baru sudah memuat angka lain ({key[1]} {key[3]} {key[4]}: {later[key]}, di sini "
                f"{value}). Pemuatan data {number} sudah usang; kembalikan atau biarkan, lalu minta kiriman baru."
            )
