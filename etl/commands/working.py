"""Commands for the steward's day: today, digest and notify."""

from __future__ import annotations

import os

from etl.commands.context import DONE, FAILED, Command, Context
from etl.settings import NOTICES


def today(context: Context) -> int:
    """Tampilkan pekerjaan hari ini dengan teks WhatsApp-nya."""
    from etl.jobs.reports.status_report import read_situation, task_lines

    catalogue = context.catalogue()
    with context.warehouse().connect() as connection:
        seen = read_situation(connection, catalogue, context.settings.home, context.clock(), context.settings.root)
    print("\n".join(task_lines(seen)))
    return DONE


def digest(context: Context) -> int:
    """Tampilkan ringkasan sejak kemarin sebagai satu teks WhatsApp."""
    from etl.jobs.reports.digest import digest_text

    catalogue = context.catalogue()
    with context.warehouse().connect() as connection:
        print(digest_text(connection, catalogue, context.settings.home, context.clock()))
    return DONE


def notify(context: Context) -> int:
    """Kirim pemberitahuan yang belum disampaikan; tanpa PANTAU_NOTICES, tampilkan isinya."""
    from etl.jobs.reports.notices import due_round, letter, send_round

    engine, catalogue, home = context.warehouse(), context.catalogue(), context.settings.home
    now = context.clock()
    with engine.connect() as connection:
        due = due_round(connection, catalogue, home, now)
    if due.is_empty:
        print("Tidak ada yang perlu diberitahukan.")
        return DONE
    print("\n\n".join(letter(due, catalogue, home, now)))
    if not os.environ.get(NOTICES.name, "").strip():
        print(f"\nBelum dikirim: {NOTICES.name} kosong.")
        return DONE
    sent = send_round(engine, catalogue, context.clock, os.environ)
    print("\nTerkirim." if sent else "\nTidak terkirim; sebabnya ada di catatan proses (log).")
    return DONE if sent else FAILED


COMMANDS = {"today": Command(today), "digest": Command(digest), "notify": Command(notify)}
