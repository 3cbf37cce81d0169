"""What `status` and `today` say: feeds, promises, Daftar Data and the steward's desk, as tables and sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from etl.catalogue.cron import next_time
from etl.catalogue.feeds import Feed
from etl.catalogue.period import label
from etl.catalogue.reference import Text
from etl.catalogue.wita import WITA, moment_words
from etl.jobs.job_context import JobContext
from etl.jobs.reports.run_report import table
from etl.measures.freshness import age
from etl.stewardship.alerts import failures
from etl.stewardship.desk import Task, TaskKind, tasks
from etl.stewardship.feed_status import outcome_words, promise_words, reason, scheduler_words
from etl.stewardship.letters import day_words
from etl.stewardship.obligation import punctuality, responsible, without_owner
from etl.stewardship.returned_letters import going_back
from etl.warehouse.read.queries import Situation, current_vintage, latest, situation

HEADER = (
    *("kiriman", "berikutnya", "percobaan terakhir", "nomor", "hasil", "berhasil terakhir", "umur", "janji"),
    *("baris", "dikembalikan", "beda data"),
)
HEADINGS: dict[TaskKind, str] = {
    "check": "Perlu diperiksa",
    "return": "Perlu dikembalikan",
    "late": "Terlambat",
    "soon": "Jatuh tempo minggu ini",
}


def read_situation(connection: Connection, context: JobContext, inbox: bool = False) -> Situation:
    """Read how deliveries stand, with overdue releases; with `inbox` also the returned files that lie to be sent."""
    vintage = current_vintage(connection)
    figures = latest(connection, vintage, context.home) if vintage else ()
    lying = going_back(context.root / "data" / "inbox") if inbox else ()
    return situation(connection, context.catalogue, context.home, context.now(), figures, lying)


def feed_lines(now: dt.datetime, found: Situation, conflicts: Mapping[str, int]) -> list[str]:
    """Write one line per feed, then why those that need somebody stand as they do."""
    feeds = found.desk.catalogue.feeds
    rows = [_feed_row(each, now, found, conflicts.get(each.id, 0)) for each in feeds]
    seen = found.scheduler
    trouble = scheduler_words(seen.seen_at if seen else None, seen.trouble if seen else None, now)
    reasons = [f"{each.id}: {said.id}" for each in feeds if (said := _reason(each, found, now))]
    return [*([trouble.id, ""] if trouble else []), *table(HEADER, rows), *reasons]


def _reason(feed: Feed, found: Situation, now: dt.datetime) -> Text | None:
    state = found.status.get(feed.id)
    return reason(state.last_attempt, now) if state else None


def _feed_row(feed: Feed, now: dt.datetime, found: Situation, conflicts: int) -> list[object]:
    state = found.status.get(feed.id)
    due = next_time(feed.schedule, now) if feed.schedule else None
    last, success = (state.last_attempt, state.last_success) if state else (None, None)
    promise = promise_words(found.desk.owed.get(feed.id, ()))
    return [
        feed.id,
        (moment_words(due) if due else "tidak dijadwalkan") if feed.enabled else "belum hidup",
        moment_words(last.started_at) if last else "belum pernah",
        last.id if last else "-",
        outcome_words(last.outcome, last.rows_read, last.refused).id if last else "-",
        moment_words(success) if success else "belum pernah",
        age(success.astimezone(WITA).date(), found.desk.today).id if success else "-",
        promise.id if promise else "tanpa janji",
        state.rows if state else 0,
        state.refused if state else 0,
        conflicts,
    ]


def office_lines(found: Situation) -> list[str]:
    """Write how punctual each office is, and the feeds for which none answers."""
    desk = found.desk
    rows = [
        (
            each.office.short,
            ", ".join(each.feeds),
            f"{each.on_time} dari {each.judged}" if each.judged else "belum ada yang jatuh tempo",
            f"rata-rata {each.days} hari" if each.days else "-",
            each.open,
        )
        for each in punctuality(desk.catalogue, desk.home, desk.owed)
    ]
    header = ("Perangkat Daerah", "kiriman", "tepat waktu", "keterlambatan", "terlambat kini")
    orphans = ", ".join(each.id for each in without_owner(desk.catalogue, desk.home))
    said = [f"Kiriman tanpa penanggung jawab: {orphans}"] if orphans else []
    return ["Ketepatan kirim (12 kewajiban terakhir)", *table(header, rows), *said]


def holding_lines(found: Situation) -> list[str]:
    """Write the Daftar Data: what each office owes and how much of it is there."""
    rows = [
        (
            each.office.short if each.office else "tanpa penanggung jawab",
            each.feed,
            each.indicator or "kiriman per periode",
            f"{each.filled} dari {each.owed}",
            f"{100 * each.filled // each.owed}%" if each.owed else "-",
        )
        for each in found.holdings
    ]
    return ["Daftar Data", *table(("Perangkat Daerah", "kiriman", "indikator", "terisi", "persen"), rows)]


def task_lines(found: Situation) -> list[str]:
    """Write Pekerjaan hari ini: each task with its letter, ready to be copied into WhatsApp."""
    todo = tasks(found.desk)
    lines = [f"Pekerjaan hari ini, {day_words(found.desk.today)}: {len(todo)}"]
    for kind, heading in HEADINGS.items():
        chosen = [each for each in todo if each.kind == kind]
        if chosen:
            lines += ["", f"{heading} ({len(chosen)})"]
            lines += [line for each in chosen for line in _task(each, found)]
    if failed := failed_lines(found):
        lines += ["", f"Kiriman gagal ({len(failed)})", *(f"- {each}" for each in failed)]
    if found.releases:
        lines += ["", f"Menunggu rilis produsen, bukan kewajiban Perangkat Daerah ({len(found.releases)})"]
        lines += [f"- {indicator.short.id}: {fresh.sentence.id}" for indicator, fresh in found.releases]
    return lines


def failed_lines(found: Situation) -> list[str]:
    """Say of each feed whose last attempt failed, why."""
    last = {name: state.last_attempt for name, state in found.status.items()}
    return [each.text for each in failures(found.desk.catalogue, last)]


def _task(task: Task, found: Situation) -> Sequence[str]:
    desk = found.desk
    feed = desk.catalogue.feed[task.feed]
    office = responsible(desk.catalogue, feed, desk.home)
    who = office.short if office else "tanpa penanggung jawab"
    letter = [f"    {line}".rstrip() for line in task.letter.splitlines()]
    return [f"- {feed.name.id} ({who}): {task_words(task)}", *letter]


def task_words(task: Task) -> str:
    """Say in a few words what a task is about."""
    owed = task.obligation
    if owed is not None:
        due, more = day_words(owed.due), f", dan {task.earlier} periode sebelumnya" if task.earlier else ""
        late = f"terlambat {owed.days} hari, batas {due}" if owed.judged else f"belum diterima, batas {due}"
        how = late if task.kind == "late" else f"paling lambat {due}"
        return f"{label(owed.period, 'id')} {how}{more}"
    if task.kind == "return":
        return f"{task.file}, {task.count} baris dikembalikan" if task.count else f"{task.file}, belum dapat dimuat"
    shrunk = ", isinya menyusut" if task.cause == "shrunk" else ""
    return f"{task.file}{shrunk}; python -m etl accept {task.number} --by NAMA"
