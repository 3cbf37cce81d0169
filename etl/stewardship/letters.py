"""What the walidata writes to an office by WhatsApp: polite, plain, with file, period, what is asked and by when."""

from __future__ import annotations

import datetime as dt

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Office
from etl.catalogue.period import from_code, label
from etl.stewardship.obligation import Obligation

ANSWER_DAYS = 3
QUOTED = 5  # causes in the letter; the copy holds all


def day_words(day: dt.date) -> str:
    """Write a day: 22 November 2026."""
    return label(from_code(day.isoformat()), "id")


def working_days_later(today: dt.date, days: int) -> dt.date:
    """Return the day that lies some working days ahead; Saturday and Sunday are none."""
    later = today
    while days:
        later += dt.timedelta(days=1)
        days -= later.weekday() < 5
    return later


def _letter(office: Office | None, sender: str, *paragraphs: str) -> str:
    greeting = f"Yth. {office.short}," if office else "Yth. pengirim data,"
    return "\n\n".join((greeting, *paragraphs, f"Terima kasih.\n{sender}"))


def late_letter(
    feed: Feed, obligation: Obligation, earlier: int, office: Office | None, sender: str, today: dt.date
) -> str:
    """Ask for a delivery whose day has passed; `earlier` more periods are missing as well."""
    overdue = f", jadi sudah lewat {obligation.days} hari" if obligation.judged else ""
    more = f" Data {earlier} periode sebelumnya juga belum ada." if earlier else ""
    return _letter(
        office,
        sender,
        f"Data *{feed.name.id}* untuk periode *{label(obligation.period, 'id')}* belum kami terima. Batas kirimnya "
        f"{day_words(obligation.due)}{overdue}.{more}",
        f"Mohon dikirim paling lambat *{day_words(working_days_later(today, ANSWER_DAYS))}*. Bila datanya belum siap, "
        "mohon kabari kami kapan dapat dikirim dan apa kendalanya.",
    )


def reminder(feed: Feed, obligation: Obligation, office: Office | None, sender: str, today: dt.date) -> str:
    """Remind of a delivery that is due within days, or still in its grace."""
    until = obligation.due if today <= obligation.due else obligation.last_day
    grace = "" if today <= obligation.due else f" Batas kirim {day_words(obligation.due)} sudah lewat."
    return _letter(
        office,
        sender,
        f"Mengingatkan data *{feed.name.id}* untuk periode *{label(obligation.period, 'id')}*.{grace} Mohon dikirim "
        f"paling lambat *{day_words(until)}*.",
    )


def return_letter(
    feed: Feed,
    file: str,
    count: int,
    sentences: tuple[str, ...],
    office: Office | None,
    sender: str,
    today: dt.date,
    rows_read: int | None = None,
    periods: tuple[str, ...] = (),
) -> str:
    """Ask to mend the returned rows of a file; `sentences` say each cause once, `periods` are those it holds."""
    listed = "\n".join(f"{number}. {each}" for number, each in enumerate(sentences[:QUOTED], 1))
    left = len(sentences) - QUOTED
    of = f" dari {rows_read}" if rows_read else ""
    when = f" periode {', '.join(periods)}" if periods else ""
    rest = f"\n… dan {left} sebab lain, lihat salinannya." if left > 0 else ""
    return _letter(
        office,
        sender,
        f"Berkas *{file}* untuk *{feed.name.id}*{when} sudah kami terima, tetapi *{count}{of} baris* belum dapat "
        "dimuat dan kami kembalikan:",
        f"{listed}{rest}",
        "Salinan berkas dengan keterangan di tiap sel kami lampirkan. Mohon baris itu diperbaiki dan berkasnya dikirim "
        f"lagi paling lambat *{day_words(working_days_later(today, ANSWER_DAYS))}*.",
    )


def refused_file_letter(
    feed: Feed, file: str, sentences: tuple[str, ...], office: Office | None, sender: str, today: dt.date
) -> str:
    """Ask for a file anew that could not be taken at all."""
    return _letter(
        office,
        sender,
        f"Berkas *{file}* untuk *{feed.name.id}* sudah kami terima, tetapi belum dapat dimuat:",
        "\n".join(sentences),
        f"Mohon dikirim lagi paling lambat *{day_words(working_days_later(today, ANSWER_DAYS))}*.",
    )


def receipt(feed: Feed, file: str, office: Office | None, sender: str, today: dt.date) -> str:
    """Tell that a file came and is being looked at."""
    answer = day_words(working_days_later(today, ANSWER_DAYS))
    return _letter(
        office,
        sender,
        f"Berkas *{file}* untuk *{feed.name.id}* sudah kami terima dan sedang kami periksa. Hasilnya kami kabari "
        f"paling lambat *{answer}*. Bila ada pembetulan, mohon kirim berkas barunya sebelum tanggal itu.",
    )
