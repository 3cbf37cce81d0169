"""Ringkasan harian: one text for WhatsApp of what came, what is late, what was returned and what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection

from etl.catalogue.models import Catalogue
from etl.catalogue.period import from_code, label
from etl.catalogue.wita import WITA
from etl.jobs.job_context import JobContext
from etl.jobs.reports.status_report import failed_lines
from etl.measures.observation import Contest, Run
from etl.stewardship.desk import INBOX
from etl.stewardship.feed_status import promise_words
from etl.stewardship.letters import day_words
from etl.stewardship.obligation import responsible
from etl.warehouse.read.journal import runs
from etl.warehouse.read.queries import Situation, contested, current_vintage, situation

RUNS_AT_MOST = 500
SHOWN = 10


def digest_text(connection: Connection, context: JobContext) -> str:
    """Write the digest of what happened since the beginning of yesterday in WITA."""
    catalogue, today = context.catalogue, context.today()
    since = dt.datetime.combine(today - dt.timedelta(days=1), dt.time.min, WITA)
    recent = [each for each in runs(connection, RUNS_AT_MOST) if each.recorded_at >= since]
    seen = situation(connection, catalogue, context.home, context.now())
    parts = [
        f"*Pantau {catalogue.region[context.home].name}, {day_words(today)}*",
        _part("Diterima", [_received(each, catalogue) for each in recent]),
        _part("Dikembalikan", [_returned(each, catalogue) for each in recent if _is_returned(each)]),
        _part("Gagal", failed_lines(seen)),
        _part("Menunggu pemeriksaan", [_name(each.feed, catalogue) for each in seen.desk.waiting]),
        _part("Terlambat", _late(seen)),
        _part("Beda data baru", _conflicts(connection, catalogue, since)),
    ]
    return "\n\n".join(each for each in parts if each)


def _part(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return f"{heading}: tidak ada"
    rest = [f"… dan {len(lines) - SHOWN} lainnya, lihat halaman Data"] if len(lines) > SHOWN else []
    return "\n".join([f"*{heading} ({len(lines)})*", *(f"- {each}" for each in lines[:SHOWN]), *rest])


def _name(feed: str, catalogue: Catalogue) -> str:
    return catalogue.feed[feed].name.id if feed in catalogue.feed else feed


def _received(run: Run, catalogue: Catalogue) -> str:
    return f"{_name(run.feed, catalogue)}: {run.accepted} angka baru atau berubah"


def _is_returned(run: Run) -> bool:
    return run.refused > 0 and run.files[0].startswith(INBOX)


def _returned(run: Run, catalogue: Catalogue) -> str:
    file = run.files[0].rsplit("/", 1)[-1]
    return f"{_name(run.feed, catalogue)}: {run.refused} dari {run.rows_read} baris ({file})"


def _late(seen: Situation) -> list[str]:
    desk, lines = seen.desk, list[str]()
    for name, owed in desk.owed.items():
        words = promise_words(owed)
        if words and any(each.state == "late" for each in owed):
            feed = desk.catalogue.feed[name]
            office = responsible(desk.catalogue, feed, desk.home)
            lines.append(f"{feed.name.id} ({office.short if office else 'tanpa penanggung jawab'}): {words.id}")
    return lines


def _conflicts(connection: Connection, catalogue: Catalogue, since: dt.datetime) -> list[str]:
    vintage = current_vintage(connection)
    found = contested(connection, vintage) if vintage else []
    fresh = [
        each
        for each in found
        if each.reason == "conflict" and any(one.recorded_at >= since for one in (each.shown, *each.others))
    ]
    return [_conflict(each, catalogue) for each in fresh if each.indicator in catalogue.public]


def _conflict(contest: Contest, catalogue: Catalogue) -> str:
    indicator, region = catalogue.indicator[contest.indicator], catalogue.region[contest.region]
    return f"{indicator.short.id} {region.short}, {label(from_code(contest.period), 'id')}"
