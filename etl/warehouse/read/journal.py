"""What happened: runs, attempts, findings and the state of each feed, newest first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, not_, or_, select

from etl.measures.observation import Attempt, Finding, Run
from etl.stewardship.desk import INBOX, Returned
from etl.warehouse.schema import attempt, file, finding, run, run_file, seal, vintage

AT_ONCE = 5000  # findings


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """State of a feed. `rows` and `refused` are those of the last load of each of its files."""

    feed: str
    last_attempt: Attempt | None
    last_success: dt.datetime | None
    rows: int
    refused: int


def runs(connection: Connection, limit: int, offset: int = 0) -> list[Run]:
    """Return sealed loads, newest first."""
    query = (
        select(
            run.c.id,
            run.c.feed,
            run.c.vintage_no,
            run.c.started_at,
            vintage.c.recorded_at,
            run.c.rows_read,
            run.c.accepted,
            run.c.unchanged,
            run.c.refused,
            seal.c.content,
        )
        .join(vintage, vintage.c.no == run.c.vintage_no)
        .join(seal, seal.c.vintage_no == run.c.vintage_no)
        .order_by(run.c.id.desc())
    )
    rows: Sequence[Any] = connection.execute(query.limit(limit).offset(offset)).all()
    names = _file_names(connection, [row.id for row in rows])
    return [Run(*(*row, tuple(names[row.id]))) for row in rows]


def _file_names(connection: Connection, keys: list[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    query = select(run_file.c.run_id, file.c.name).join(file, file.c.id == run_file.c.file_id)
    for key, name in connection.execute(query.where(run_file.c.run_id.in_(keys)).order_by(run_file.c.ordinal)):
        names[key].append(name)
    return names


def _attempts() -> Select[Any]:
    # The table's columns stand in the order of the record's fields.
    return select(attempt).order_by(attempt.c.id.desc())


def attempts(connection: Connection, feed: str | None = None, limit: int = 50) -> list[Attempt]:
    """Return tries of one feed or of all, newest first."""
    query = _attempts() if feed is None else _attempts().where(attempt.c.feed == feed)
    return [Attempt(*row) for row in connection.execute(query.limit(limit))]


def attempt_numbered(connection: Connection, number: int) -> Attempt | None:
    """Return one try; None where there was none of that number."""
    row = connection.execute(select(attempt).where(attempt.c.id == number)).first()
    return Attempt(*row) if row else None


def _last_runs() -> Select[Any]:
    """Return the ids of the newest run of each file of each feed."""
    return (
        select(func.max(run.c.id))
        .join(run_file, and_(run_file.c.run_id == run.c.id, run_file.c.ordinal == 0))
        .join(file, file.c.id == run_file.c.file_id)
        .group_by(run.c.feed, file.c.name)
    )


def findings(
    connection: Connection,
    *,
    feed: str | None = None,
    rule: str | None = None,
    run_id: int | None = None,
    attempt_id: int | None = None,
    limit: int = 500,
    offset: int = 0,
) -> list[Finding]:
    """Return returned rows and warnings, newest attempt first, then in the order of the file.

    Without `run_id` and `attempt_id` only what still stands: of the last load of each file, and of each file that came
    later and was not loaded.
    """
    query = _findings(feed, rule, run_id, attempt_id)
    return [Finding(*row) for row in connection.execute(query.limit(limit).offset(offset))]


def every_finding(connection: Connection, feed: str | None = None, attempt_id: int | None = None) -> Iterator[Finding]:
    """Give all that `findings` would return, a few at a time: there may be a million."""
    rows = connection.execution_options(yield_per=AT_ONCE).execute(_findings(feed, None, None, attempt_id))
    return (Finding(*row) for row in rows)


def _findings(feed: str | None, rule: str | None, run_id: int | None, attempt_id: int | None) -> Select[Any]:
    query = (
        select(finding.c.id, finding.c.attempt_id, finding.c.run_id, attempt.c.feed)
        .add_columns(
            *(
                finding.c[name]
                for name in ("rule", "severity", "file", "sheet", "row", "column", "raw", "sentence", "indicator")
            )
        )
        .join(attempt, attempt.c.id == finding.c.attempt_id)
        .order_by(finding.c.attempt_id.desc(), finding.c.id)
    )
    if run_id is not None:
        query = query.where(finding.c.run_id == run_id)
    elif attempt_id is not None:
        query = query.where(finding.c.attempt_id == attempt_id)
    else:
        query = query.where(_stands())
    if feed is not None:
        query = query.where(attempt.c.feed == feed)
    if rule is not None:
        query = query.where(finding.c.rule == rule)
    return query


def returned(connection: Connection) -> list[Returned]:
    """Count the returned rows that still stand of files that offices dropped, newest first; what is fetched has no
    sender."""
    columns = (finding.c.attempt_id, attempt.c.feed, finding.c.file)
    query = (
        select(*columns, func.count())
        .join(attempt, attempt.c.id == finding.c.attempt_id)
        .where(finding.c.severity == "refused", finding.c.file.startswith(INBOX), _stands())
        .group_by(*columns)
        .order_by(finding.c.attempt_id.desc(), finding.c.file)
    )
    return [
        Returned(number, feed, name.rsplit("/", 1)[-1], count)
        for number, feed, name, count in connection.execute(query)
    ]


def _stands() -> ColumnElement[bool]:
    """Tell what was neither loaded anew nor sent anew since."""
    unsealed = and_(finding.c.run_id.is_(None), finding.c.attempt_id.in_(_last_of_files()))
    return or_(finding.c.run_id.in_(_last_runs()), unsealed)


def _last_of_files() -> Select[Any]:
    """Return the ids of the newest attempt at each file of each feed that said anything of its rows."""
    silent = and_(attempt.c.outcome == "unchanged", attempt.c.rows_read == 0)
    finished = and_(attempt.c.outcome != "interrupted", not_(silent))
    return select(func.max(attempt.c.id)).where(finished).group_by(attempt.c.feed, attempt.c.file)


def feed_status(connection: Connection) -> list[FeedStatus]:
    """Return the state of every feed that was ever tried, by feed."""
    newest = select(func.max(attempt.c.id)).group_by(attempt.c.feed)
    last = {row.feed: Attempt(*row) for row in connection.execute(_attempts().where(attempt.c.id.in_(newest)))}
    # A turn that found no new file ends unchanged, but nothing came.
    good = and_(attempt.c.outcome.in_(("loaded", "unchanged")), attempt.c.rows_read > 0)
    ended = select(attempt.c.feed, func.max(attempt.c.id)).where(good).group_by(attempt.c.feed).subquery()
    success = select(attempt.c.feed, attempt.c.finished_at).join(ended, attempt.c.id == ended.c[1])
    finished = {row[0]: row[1] for row in connection.execute(success)}
    sums = select(run.c.feed, func.sum(run.c.rows_read), func.sum(run.c.refused)).where(run.c.id.in_(_last_runs()))
    counts = {feed: (int(rows), int(refused)) for feed, rows, refused in connection.execute(sums.group_by(run.c.feed))}
    return [FeedStatus(feed, last[feed], finished.get(feed), *counts.get(feed, (0, 0))) for feed in sorted(last)]
