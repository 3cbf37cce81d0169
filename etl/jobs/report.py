"""What the commands say: plain tables and sentences in Indonesian, made from records."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from etl.catalogue.models import Catalogue
from etl.catalogue.observation import Finding
from etl.jobs.load import Report
from etl.jobs.schedule import next_run, wita
from etl.warehouse.journal import FeedStatus

ENDINGS = {
    "loaded": "dimuat",
    "unchanged": "tidak berubah",
    "empty": "kosong",
    "failed": "gagal",
    "absent": "belum ada berkas",
}
RAW_SHOWN = 80


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Lay out rows in aligned columns; numbers to the right."""
    body = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(len(line[column]) for line in [list(header), *body]) for column in range(len(header))]

    def line(cells: Sequence[str]) -> str:
        padded = [
            cell.rjust(width) if cell.isdigit() else cell.ljust(width)
            for cell, width in zip(cells, widths, strict=True)
        ]
        return "  ".join(padded).rstrip()

    return [line(header), line(["-" * width for width in widths]), *map(line, body)]


def run_lines(reports: Sequence[Report]) -> list[str]:
    """Write the table of a run: rows read = accepted + unchanged + refused, line by line and in total."""
    header = ("kiriman", "berkas", "hasil", "dibaca", "diterima", "tetap", "dikembalikan", "vintage")
    rows: list[Sequence[object]] = [
        (
            each.feed,
            each.file or "-",
            ENDINGS[each.ending],
            *(each.rows_read, each.accepted, each.unchanged, each.refused),
            each.vintage or "-",
        )
        for each in reports
    ]
    sums = [sum(getattr(each, name) for each in reports) for name in ("rows_read", "accepted", "unchanged", "refused")]
    said = [f"{each.feed}: {each.message}" for each in reports if each.message]
    return [*table(header, [*rows, ("jumlah", "", "", *sums, "")]), *said]


def feed_lines(catalogue: Catalogue, states: Sequence[FeedStatus], now: dt.datetime) -> list[str]:
    """Write one line per feed: next run, last attempt and its outcome, last success, rows, returned rows."""
    known = {each.feed: each for each in states}
    rows: list[Sequence[object]] = []
    for feed in catalogue.feeds:
        state = known.get(feed.id)
        due = next_run(feed.schedule, now) if feed.schedule else None
        last = state.last_attempt if state else None
        rows.append(
            (
                feed.id,
                wita(due) if due else "tidak dijadwalkan",
                wita(last.started_at) if last else "belum pernah",
                ENDINGS.get(last.outcome or "", "berjalan") if last else "-",
                wita(state.last_success) if state and state.last_success else "belum pernah",
                state.rows if state else 0,
                state.refused if state else 0,
            )
        )
    header = ("kiriman", "berikutnya", "percobaan terakhir", "hasil", "berhasil terakhir", "baris", "dikembalikan")
    failed = [
        f"{each.feed}: {each.last_attempt.message}"
        for each in states
        if each.last_attempt and each.last_attempt.message
    ]
    return [*table(header, rows), *failed]


def refused_lines(findings: Sequence[Finding]) -> list[str]:
    """List the returned rows with place, raw text and sentence, and count them by rule."""
    refused = [each for each in findings if each.severity == "refused"]
    warnings = [each for each in findings if each.severity == "warning"]
    lines = [f"Dikembalikan: {len(refused)} baris"]
    lines += [f"  {rule}: {count}" for rule, count in sorted(Counter(each.rule for each in refused).items())]
    for each in refused:
        lines += [f"- {each.file} [{each.rule}] {each.sentence}", f"    teks asli: {_short(each.raw)}"]
    if warnings:
        lines += [
            f"Peringatan: {len(warnings)}",
            *(f"- {each.file} [{each.rule}] {each.sentence}" for each in warnings),
        ]
    return lines


def _short(text: str) -> str:
    return text if len(text) <= RAW_SHOWN else text[: RAW_SHOWN - 1] + "…"
