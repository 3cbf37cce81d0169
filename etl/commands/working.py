"""Commands for the steward's day: today, digest and notify."""

from __future__ import annotations

from etl.commands.context import DONE, FAILED, Command, CommandContext
from etl.settings import NOTICES


def today(context: CommandContext) -> int:
    """Tampilkan pekerjaan hari ini dengan teks WhatsApp-nya."""
    from etl.jobs.reports.status_report import read_situation, task_lines
    from etl.stewardship.inbox_notes import inbox_notes

    job = context.job(context.catalogue())
    with job.engine.connect() as connection:
        seen = read_situation(connection, job, inbox=True)
    print("\n".join(task_lines(seen)))
    notes = inbox_notes(job.root, job.catalogue.feeds, job.now())
    print("\n".join(["", f"Di data/inbox ({len(notes)})", *(f"- {each.id}" for each in notes)] if notes else ()))
    return DONE


def digest(context: CommandContext) -> int:
    """Tampilkan ringkasan sejak kemarin sebagai satu teks WhatsApp."""
    from etl.jobs.reports.digest import digest_text

    job = context.job(context.catalogue())
    with job.engine.connect() as connection:
        print(digest_text(connection, job))
    return DONE


def notify(context: CommandContext) -> int:
    """Kirim pemberitahuan yang belum disampaikan; tanpa PANTAU_NOTICES, tampilkan isinya."""
    from etl.jobs.reports.notices import addresses_of, due_round, letter, send_round

    job = context.job(context.catalogue())
    with job.engine.connect() as connection:
        due = due_round(connection, job)
    if due.is_empty:
        print("Tidak ada yang perlu diberitahukan.")
        return DONE
    print("\n\n".join(letter(due, job)))
    if not addresses_of(job):
        print(f"\nBelum dikirim: {NOTICES.name} kosong.")
        return DONE
    sent = send_round(job)
    print("\nTerkirim." if sent else "\nTidak terkirim; sebabnya ada di catatan proses (log).")
    return DONE if sent else FAILED


COMMANDS = {"today": Command(today), "digest": Command(digest), "notify": Command(notify)}
