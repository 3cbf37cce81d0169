"""What is the same again: bytes read by the same rules need not be read twice, nor findings be sealed twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, func, select

from etl.warehouse.schema import attempt, file, run, run_file, seal, vintage
from etl.warehouse.seal import Cell, text_hash
from etl.warehouse.seal_forms import CURRENT, FORMS
from etl.warehouse.sealed_content import findings_hash
from etl.warehouse.write.attempts import Counts, end_load
from etl.warehouse.write.transactions import writing


def reading_at(reading: str, number: int) -> str:
    """Return the digest of a reading and the vintage it led to: any later one may have changed its figures."""
    return text_hash(f"{reading} {number}")


def repeat_load(engine: Engine, attempt_id: int, reading: str, now: dt.datetime) -> Counts | None:
    """End an attempt as unchanged and return its counts, where nothing happened since the feed's last one read this.

    `reading` is the digest of the bytes and of all that decides how they are read. None where they must be read: the
    feed's last attempt had other bytes, another name for them, or did not end well, or a vintage came since.
    """
    with writing(engine) as connection:
        this = connection.execute(select(attempt).where(attempt.c.id == attempt_id)).one()
        ended = select(attempt).where(
            attempt.c.feed == this.feed, attempt.c.id < attempt_id, attempt.c.outcome.is_not(None)
        )
        last = connection.execute(ended.order_by(attempt.c.id.desc()).limit(1)).first()
        if last is None or last.outcome not in ("loaded", "unchanged") or last.file != this.file:
            return None
        if last.reading != reading_at(reading, newest_vintage(connection)):
            return None
        counts = (last.rows_read, 0, last.accepted + last.unchanged, last.refused)
        end_load(connection, attempt_id, None, counts, now, last.reading)
        return counts


def newest_vintage(connection: Connection) -> int:
    """Return the number of the newest vintage; 0 where there is none."""
    return int(connection.scalar(select(func.max(vintage.c.no))) or 0)


def last_run(connection: Connection, feed: str, name: str) -> tuple[int, str, int]:
    """Return rows read, hash of the findings and its form, of a feed's last run of a file; of nothing without one."""
    query = (
        select(run.c.rows_read, run.c.findings_hash, seal.c.form)
        .join(seal, seal.c.vintage_no == run.c.vintage_no)
        .join(run_file, run_file.c.run_id == run.c.id)
        .join(file, file.c.id == run_file.c.file_id)
        .where(run.c.feed == feed, run_file.c.ordinal == 0, file.c.name == name)
        .order_by(run.c.id.desc())
    )
    last = connection.execute(query.limit(1)).first()
    return (last[0], last[1], last[2]) if last else (0, findings_hash([]), CURRENT)


def are_those(findings: Sequence[tuple[Cell, ...]], known: str, form: int) -> bool:
    """Tell whether findings are those of a hash, by the columns that its form covers."""
    width = len(FORMS[form]["finding"])
    return findings_hash(each[:width] for each in findings) == known
