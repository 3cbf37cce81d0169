"""How a feed stands, in words: the reason that people read on /data and in `status`. The time is passed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from etl.catalogue.period import from_code, label
from etl.catalogue.reference import Text
from etl.catalogue.wita import WITA
from etl.measures.observation import Attempt, AttemptOutcome
from etl.stewardship.obligation import Obligation

SILENT = dt.timedelta(minutes=2)
OUTCOMES: dict[AttemptOutcome | None, Text] = {
    None: Text(id="sedang berjalan", en="running"),
    "loaded": Text(id="dimuat", en="loaded"),
    "unchanged": Text(id="tidak berubah", en="unchanged"),
    "empty": Text(id="berkas kosong", en="empty file"),
    "failed": Text(id="gagal", en="failed"),
    "waiting": Text(id="menunggu pemeriksaan", en="awaiting the steward"),
    "returned": Text(id="dikembalikan walidata", en="returned by the steward"),
    "interrupted": Text(id="terputus", en="interrupted"),
}


NOTHING = Text(id="tidak ada yang dimuat", en="nothing loaded")


def outcome_words(outcome: AttemptOutcome | None, rows_read: int, refused: int) -> Text:
    """Say how a try ended; a load of which every row was returned has loaded nothing."""
    return NOTHING if outcome == "loaded" and rows_read and refused == rows_read else OUTCOMES[outcome]


def clock_words(moment: dt.datetime, now: dt.datetime, lang: str = "id") -> str:
    """Write a moment in WITA, without the date where it is today: `07.30 WITA`, `21 November 2026 07.30 WITA`."""
    here = moment.astimezone(WITA)
    clock = f"{here:%H:%M} WITA" if lang == "en" else f"{here:%H.%M} WITA"
    day = here.date()
    return clock if day == now.astimezone(WITA).date() else f"{label(from_code(day.isoformat()), lang)} {clock}"


def reason(attempt: Attempt | None, now: dt.datetime) -> Text | None:
    """Say why a feed stands as it does after its last attempt; None where there is nothing to say.

    Sentences that were recorded with the attempt are Indonesian in both languages.
    """
    if attempt is None:
        return Text(id="Belum pernah dicoba.", en="Never tried.")
    if attempt.outcome is None:
        return _at_work(attempt, now)
    if attempt.outcome == "waiting":
        command = f"python -m etl accept {attempt.id} --by NAMA"
        return Text(
            id=f"Menunggu pemeriksaan walidata sejak {clock_words(attempt.heartbeat_at, now)}: {command}",
            en=f"Awaits the steward since {clock_words(attempt.heartbeat_at, now, 'en')}: {command}",
        )
    if attempt.message:
        return Text(id=attempt.message, en=attempt.message)
    if attempt.outcome == "interrupted":
        return Text(
            id="Terputus sebelum selesai; tidak ada yang dimuat. Penjadwal menjalankannya lagi.",
            en="Cut short; nothing was loaded. The scheduler runs it again.",
        )
    return None


def _at_work(attempt: Attempt, now: dt.datetime) -> Text:
    since, seen = (
        Text(id=clock_words(at, now), en=clock_words(at, now, "en"))
        for at in (attempt.started_at, attempt.heartbeat_at)
    )
    if now - attempt.heartbeat_at > SILENT:
        return Text(
            id=f"Tidak memberi tanda sejak {seen.id}; bila prosesnya mati, penjadwal menjalankannya lagi.",
            en=f"No sign of life since {seen.en}; if its process is dead, the scheduler runs it again.",
        )
    return Text(id=f"Sedang berjalan sejak {since.id}.", en=f"Running since {since.en}.")


def scheduler_words(seen_at: dt.datetime | None, trouble: str | None, now: dt.datetime) -> Text | None:
    """Say what is wrong with the scheduler; None where it was seen just now and has no trouble.

    `seen_at` is None where none was ever seen. What it says of itself is Indonesian in both languages.
    """
    start = "python -m etl schedule"
    if seen_at is None:
        return Text(
            id=f"Penjadwal belum pernah terlihat: kiriman tidak diterima sendiri. Jalankan: {start}",
            en=f"No scheduler was ever seen: nothing is received by itself. Run: {start}",
        )
    if now - seen_at > SILENT:
        return Text(
            id=f"Penjadwal tidak terlihat sejak {clock_words(seen_at, now)}: kiriman tidak diterima sendiri. "
            f"Jalankan: {start}",
            en=f"The scheduler was not seen since {clock_words(seen_at, now, 'en')}: nothing is received by itself. "
            f"Run: {start}",
        )
    return Text(id=trouble, en=trouble) if trouble else None


def promise_words(owed: Sequence[Obligation]) -> Text | None:
    """Say how a feed's promise stands: what is late, else what is due, else how the newest was kept.

    `owed` comes newest first; None where nothing is owed.
    """
    late = [each for each in owed if each.state == "late"]
    if late:
        return _late_words(late)
    soon = [each for each in owed if each.state == "soon"]
    kept = [each for each in owed if each.received is not None]
    if soon or not kept:
        return _due_words(soon[-1]) if soon else _due_words(owed[-1]) if owed else None
    newest = kept[0]
    period = Text(id=label(newest.period, "id"), en=label(newest.period, "en"))
    if newest.state == "on_time":
        return Text(id=f"{period.id} tepat waktu", en=f"{period.en} on time")
    return Text(id=f"{period.id} terlambat {newest.days} hari", en=f"{period.en} {newest.days} days late")


def _late_words(late: Sequence[Obligation]) -> Text:
    newest, more = late[0], len(late) - 1
    if not newest.judged:  # it was due before anybody asked
        return Text(
            id=f"{label(newest.period, 'id')} belum diterima",
            en=f"{label(newest.period, 'en')} not received yet",
        )
    return Text(
        id=f"{label(newest.period, 'id')} terlambat {newest.days} hari"
        + (f", dan {more} periode lain" if more else ""),
        en=f"{label(newest.period, 'en')} {newest.days} days late" + (f", and {more} more" if more else ""),
    )


def _due_words(each: Obligation) -> Text:
    day = from_code(each.due.isoformat())
    return Text(
        id=f"{label(each.period, 'id')} paling lambat {label(day, 'id')}",
        en=f"{label(each.period, 'en')} by {label(day, 'en')}",
    )
