"""What is not loaded at once: deliveries of checked feeds, and those that shrank, wait for the steward."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Engine

from etl.catalogue.feeds import Feed
from etl.jobs.loading.raw_files import INBOX
from etl.pipeline.batch import file_finding
from etl.sheets.categorical import plain
from etl.warehouse.read.held_deliveries import Cause, last_held, later_values, rows_last_loaded
from etl.warehouse.seal import content_hash, digest
from etl.warehouse.write.attempts import finding_rows
from etl.warehouse.write.commits import Load, count_refused
from etl.warehouse.write.decisions import hold

HALF = 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a load must wait and why; `known` is said instead where the steward has the same content already."""

    cause: Cause | None
    content: str = ""
    known: str = ""
    rows_before: int = 0


def content_of(load: Load) -> str:
    """Return the hash of what a load would make of its file: its figures with their cells, and what it returns."""
    frame = plain(load.accepted)
    rows = frame[sorted(frame.columns)].itertuples(index=False, name=None)
    figures = [digest(tuple(cell if isinstance(cell, str | int | None) else str(cell) for cell in row)) for row in rows]
    return content_hash([*figures, *map(digest, finding_rows(load.findings))])


def judge(engine: Engine, feed: Feed, load: Load) -> Judgement:
    """Tell whether a load waits: its feed is checked, or it has fewer than half the rows of the feed's last load.

    Files of the inbox are compared with the feed's last one, others with the last one of their name.
    """
    name = load.files[0].name
    with engine.connect() as connection:
        before = rows_last_loaded(connection, feed.id, None if name.startswith(INBOX) else name)
        # Offices tell of new actions and evidence only; what they told before stands beside them.
        cause: Cause | None = "shrunk" if load.rows_read * HALF < before and not load.records else None
        cause = "steward" if feed.check == "steward" and cause is None else cause
        if cause is None:
            return Judgement(None)
        last, content = last_held(connection, feed.id, name), content_of(load)
        overtaken = last is not None and bool(later_values(connection, feed.id, last.attempt))
    if last is None or last.content != content:
        return Judgement(cause, content, rows_before=before)
    if last.verdict is None:
        return Judgement(cause, content, f"Isinya sama dengan pemuatan data {last.attempt}, yang menunggu pemeriksaan.")
    if last.verdict == "accept":  # accepted as it is, so there is nothing new in it, unless others came after it
        return Judgement(cause if overtaken else None, content, rows_before=before)
    said = f"Isinya sama dengan pemuatan data {last.attempt}, yang dikembalikan oleh {last.by}: {last.reason}"
    return Judgement(cause, content, said)


def hold_back(engine: Engine, load: Load, attempt: int, judged: Judgement, now: dt.datetime) -> str:
    """Let a load wait for the steward; return the sentence for who sent it. Every row read is told of."""
    counts = (load.rows_read, len(load.accepted), load.repeats, count_refused(load))
    said = f"Menunggu pemeriksaan walidata: python -m etl accept {attempt} --by NAMA"
    findings = load.findings
    if judged.cause == "shrunk":
        shrunk = (
            f"Kiriman menyusut: {load.rows_read} baris, sedangkan pemuatan data terakhir {judged.rows_before} baris. "
            "Angka yang sudah ada tetap berlaku. Bila memang hanya sebagian, walidata menerimanya; bila terpotong, "
            "kirim lagi yang lengkap."
        )
        findings = pd.concat([findings, file_finding("menyusut", shrunk)], ignore_index=True)
        said = f"{shrunk} {said}"
    hold(engine, attempt, judged.cause or "steward", judged.content, load.files[0].name, findings, counts, now)
    return said
