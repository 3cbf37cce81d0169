"""What the commands say: plain tables and sentences in Indonesian, made from records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from etl.jobs.loading.delivery_load import Report
from etl.measures.observation import Finding
from etl.pipeline.checks.usual_range import CONFIRMABLE
from etl.stewardship.feed_status import outcome_words

ABSENT = "belum ada berkas"
RAW_SHOWN = 80
MOST_SHOWN = 500  # returned rows, and warnings; the workbook has all


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


def ending_words(report: Report) -> str:
    """Say in a few words how a delivery ended."""
    if report.ending == "absent":
        return ABSENT
    return outcome_words(report.ending, report.rows_read, report.refused).id


def run_lines(reports: Sequence[Report]) -> list[str]:
    """Write the table of a run: rows read = accepted + unchanged + refused, line by line and in total."""
    header = ("kiriman", "berkas", "hasil", "dibaca", "diterima", "tidak berubah", "dikembalikan", "vintage")
    rows: list[Sequence[object]] = [
        (
            each.feed,
            each.file or "-",
            ending_words(each),
            *(each.rows_read, each.accepted, each.unchanged, each.refused),
            each.vintage or "-",
        )
        for each in reports
    ]
    sums = [sum(getattr(each, name) for each in reports) for name in ("rows_read", "accepted", "unchanged", "refused")]
    said = [f"{each.feed}: {each.message}" for each in reports if each.message]
    return [*table(header, [*rows, ("jumlah", "", "", *sums, "")]), *said]


def refused_lines(findings: Iterable[Finding]) -> list[str]:
    """List the first returned rows with place, raw text and sentence, and count all of them by rule."""
    rules, warned = Counter[str](), 0
    rows, warnings = list[str](), list[str]()
    for each in findings:
        told = f"- {each.file} [{each.rule}] {each.sentence}"
        if each.severity == "refused":
            rules[each.rule] += 1
            rows += [told, f"    teks asli: {_short(each.raw)}", *_way(each)] if rules.total() <= MOST_SHOWN else []
        else:
            warned += 1
            warnings += [told] if warned <= MOST_SHOWN else []
    refused = rules.total()
    lines = [f"Dikembalikan: {refused} baris", *(f"  {rule}: {count}" for rule, count in sorted(rules.items()))]
    lines += [*rows, *_rest(refused)]
    return [*lines, f"Peringatan: {warned}", *warnings, *_rest(warned)] if warned else lines


def _way(one: Finding) -> list[str]:
    """Write the command that releases a figure which waits for a confirmation."""
    if one.rule not in CONFIRMABLE or one.row is None:
        return []
    return [f"    lepas: python -m etl confirm {one.attempt} --row {one.row} --by NAMA --reason ALASAN"]


def _rest(count: int) -> list[str]:
    more = count - MOST_SHOWN
    return [f"… dan {more} lagi; simpan semuanya: python -m etl findings --xlsx BERKAS"] if more > 0 else []


def _short(text: str) -> str:
    return text if len(text) <= RAW_SHOWN else text[: RAW_SHOWN - 1] + "…"
