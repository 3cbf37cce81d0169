"""What offices have promised: which period of a feed is due when, and how it was kept. Days are passed in.

A delivery counts for the period of the feed's frequency in which the period of its rows ends: daily rows for their
month, a quarter's for its last month. Records carry no period: they count for the newest period that had ended when
they came, for a report follows what it reports. The first delivery decides, a later correction changes nothing.

A promise begins with the feed's `since`; without it, with the day Pantau began, for nobody was asked before. Of what
was due earlier only the newest is asked for, and it is not held against the office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from etl.catalogue.feeds import Feed, Frequency
from etl.catalogue.models import Catalogue, Office
from etl.catalogue.period import Period, from_code
from etl.measures.cycle import back, containing

COUNTED = 12
SOON_DAYS = 7
State = Literal["ahead", "soon", "late", "on_time", "made_up"]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A period that a feed brought, None where its rows have none, and the day in WITA on which it came."""

    feed: str
    period: str | None
    day: dt.date


@dataclass(frozen=True, slots=True)
class Obligation:
    """One period of one feed. `due` is the promised day, `last_day` the last of the grace.

    `days` count from the promised day: how late it came, or is by now; 0 where it is neither. Only a `judged` one
    counts in the on-time rate.
    """

    feed: str
    period: Period
    due: dt.date
    last_day: dt.date
    received: dt.date | None
    state: State
    days: int
    judged: bool


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How an office kept its last twelve promises. `days` is the mean delay of the late ones, rounded to whole days."""

    office: Office
    feeds: tuple[str, ...]
    judged: int
    on_time: int
    days: int
    open: int  # periods that are late now


def is_promised(feed: Feed) -> bool:
    """Tell whether an office has promised this feed by a day."""
    return feed.frequency is not None and feed.due is not None


def responsible(catalogue: Catalogue, feed: Feed, home: str) -> Office | None:
    """Return the office that sends a feed: the one that runs its urusan in its region, else in the home regency."""
    region = feed.region or home
    offices = next((each.offices for each in catalogue.urusan if each.id == feed.owner), {})
    wanted = (region, offices.get(region))
    return next((each for each in catalogue.offices if (each.region, each.id) == wanted), None)


def obligations(
    feed: Feed, delivered: Iterable[Delivered], today: dt.date, start: dt.date | None = None
) -> list[Obligation]:
    """Return what a feed owes of the running period and the last twelve, newest first; nothing where none is promised.

    `delivered` may hold other feeds' deliveries; `start` is the day on which Pantau began, None before that.
    """
    if feed.frequency is None or feed.due is None:
        return []
    came = _first_days(feed, feed.frequency, delivered)
    running = containing(today, feed.frequency)
    periods = [back(running, steps, feed.frequency) for steps in range(COUNTED + 1)]
    found = [_obligation(feed, each, came.get(each.code), today, start or today) for each in periods]
    newest_due = next((each.period for each in found if each.last_day < today), None)
    if feed.since is not None:
        first = containing(from_code(feed.since).end, feed.frequency)
        return [each for each in found if each.period >= first]
    return [each for each in found if each.judged or each.last_day >= today or each.period == newest_due]


def _first_days(feed: Feed, frequency: Frequency, delivered: Iterable[Delivered]) -> dict[str, dt.date]:
    days: dict[str, dt.date] = {}
    for each in delivered:
        if each.feed == feed.id:
            code = _counts_for(each, frequency).code
            days[code] = min(each.day, days.get(code, each.day))
    return days


def _counts_for(delivery: Delivered, frequency: Frequency) -> Period:
    if delivery.period is None:
        return back(containing(delivery.day, frequency), 1, frequency)
    return containing(from_code(delivery.period).end, frequency)


def _obligation(feed: Feed, period: Period, received: dt.date | None, today: dt.date, start: dt.date) -> Obligation:
    due = period.end + dt.timedelta(days=feed.due or 0)
    last_day = due + dt.timedelta(days=feed.grace)
    state = _state(due, last_day, received, today)
    days = ((received or today) - due).days if state in ("late", "made_up") else 0
    asked = feed.since is not None or last_day >= start
    judged = asked and state in ("late", "made_up", "on_time")
    return Obligation(feed.id, period, due, last_day, received, state, days, judged)


def _state(due: dt.date, last_day: dt.date, received: dt.date | None, today: dt.date) -> State:
    if received is not None:
        return "on_time" if received <= last_day else "made_up"
    if today > last_day:
        return "late"
    return "soon" if (due - today).days <= SOON_DAYS else "ahead"


def punctuality(catalogue: Catalogue, home: str, found: Mapping[str, Sequence[Obligation]]) -> list[Punctuality]:
    """Return how each office that has promised a feed keeps its word, the least punctual first.

    `found` holds the obligations of each feed by id.
    """
    feeds: dict[tuple[str, str], list[str]] = {}
    offices: dict[tuple[str, str], Office] = {}
    for feed in catalogue.feeds:
        office = responsible(catalogue, feed, home) if is_promised(feed) else None
        if office is not None:
            offices[office.region, office.id] = office
            feeds.setdefault((office.region, office.id), []).append(feed.id)
    owed = {key: [each for one in ids for each in found.get(one, ())] for key, ids in feeds.items()}
    rows = [_kept(office, feeds[key], owed[key]) for key, office in offices.items()]
    return sorted(rows, key=lambda each: (-each.open, -each.days, each.office.short))


def _kept(office: Office, feeds: Sequence[str], owed: Sequence[Obligation]) -> Punctuality:
    judged = sorted((each for each in owed if each.judged), key=lambda each: (each.due, each.feed), reverse=True)
    last = judged[:COUNTED]
    delays = [each.days for each in last if each.state != "on_time"]
    mean = (2 * sum(delays) + len(delays)) // (2 * len(delays)) if delays else 0
    late_now = sum(each.state == "late" and each.judged for each in owed)
    return Punctuality(office, tuple(feeds), len(last), len(last) - len(delays), mean, late_now)


def without_owner(catalogue: Catalogue, home: str) -> list[Feed]:
    """Return the feeds for which no office answers: no urusan, or one that nobody runs in their region."""
    return [each for each in catalogue.feeds if each.enabled and responsible(catalogue, each, home) is None]
