"""Pekerjaan hari ini: what lies on the walidata's desk, with the letter that goes out for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from etl.catalogue.models import Catalogue
from etl.measures.observation import Contest
from etl.stewardship import letters
from etl.stewardship.obligation import Delivered, Obligation, obligations, responsible

INBOX = "data/inbox/"
TaskKind = Literal["check", "return", "late", "soon"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that waits for the steward; `cause` is `steward` or `shrunk`."""

    attempt: int
    feed: str
    file: str | None
    cause: str
    opened_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Returned:
    """The returned rows of one file of an office, as its last load left them."""

    attempt: int
    feed: str
    file: str
    count: int


@dataclass(frozen=True, slots=True)
class GoingBack:
    """A letter that lies beside the copy of a returned file; `file` is the file's name without its ending."""

    feed: str
    file: str
    day: dt.date
    letter: str


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `number` is the attempt to check or to return, `earlier` counts further late periods."""

    kind: TaskKind
    feed: str
    letter: str
    obligation: Obligation | None = None
    earlier: int = 0
    number: int = 0
    file: str = ""
    count: int = 0
    cause: str = ""


@dataclass(frozen=True)
class Desk:
    """What is judged: the home regency's promises as they stand today, what waits, what was returned."""

    catalogue: Catalogue
    home: str
    today: dt.date
    owed: Mapping[str, Sequence[Obligation]]
    waiting: Sequence[Waiting] = ()
    returned: Sequence[Returned] = ()
    going_back: Sequence[GoingBack] = ()

    @property
    def sender(self) -> str:
        """How the walidata signs."""
        return f"Walidata {self.catalogue.region[self.home].name}"


def all_owed(
    catalogue: Catalogue, delivered: Sequence[Delivered], today: dt.date, start: dt.date | None
) -> dict[str, list[Obligation]]:
    """Return what every promised feed owes, by feed, newest period first."""
    came: dict[str, list[Delivered]] = {}
    for each in delivered:
        came.setdefault(each.feed, []).append(each)
    found = {feed.id: obligations(feed, came.get(feed.id, ()), today, start) for feed in catalogue.feeds}
    return {name: owed for name, owed in found.items() if owed}


def tasks(desk: Desk) -> list[Task]:
    """List what there is to do, in this order: to check, to return, late, due this week."""
    return [*_checks(desk), *_returns(desk), *_late(desk), *_soon(desk)]


def _checks(desk: Desk) -> Iterable[Task]:
    for each in desk.waiting:
        feed = desk.catalogue.feed.get(each.feed)
        if feed is not None:
            file = (each.file or feed.id).rsplit("/", 1)[-1]
            office = responsible(desk.catalogue, feed, desk.home)
            letter = letters.receipt(feed, file, office, desk.sender, desk.today)
            yield Task("check", feed.id, letter, number=each.attempt, file=file, cause=each.cause)


def _returns(desk: Desk) -> Iterable[Task]:
    """Give one task per letter; how many rows it is about is known where the file was loaded in part."""
    counts = {(each.feed, each.file.rpartition(".")[0]): each.count for each in reversed(desk.returned)}
    for each in desk.going_back:
        if each.feed in desk.catalogue.feed:
            yield Task("return", each.feed, each.letter, file=each.file, count=counts.get((each.feed, each.file), 0))


def _late(desk: Desk) -> Iterable[Task]:
    """Give one task per feed, for its newest late period: one letter asks for all.

    An office whose file goes back is sent that letter: it is not told as well that nothing came.
    """
    found: list[Task] = []
    sent_back = {each.feed: each.letter for each in desk.going_back}
    for name, owed in desk.owed.items():
        late = [each for each in owed if each.state == "late"]
        if late:
            feed = desk.catalogue.feed[name]
            office = responsible(desk.catalogue, feed, desk.home)
            asked = letters.late_letter(feed, late[0], len(late) - 1, office, desk.sender, desk.today)
            letter = sent_back.get(name, asked)
            found.append(Task("late", name, letter, late[0], len(late) - 1))
    return sorted(found, key=lambda each: -(each.obligation.days if each.obligation else 0))


def _soon(desk: Desk) -> Iterable[Task]:
    found: list[tuple[dt.date, Task]] = []
    for name, owed in desk.owed.items():
        feed = desk.catalogue.feed[name]
        office = responsible(desk.catalogue, feed, desk.home)
        for each in owed:
            if each.state == "soon":
                letter = letters.reminder(feed, each, office, desk.sender, desk.today)
                found.append((each.due, Task("soon", name, letter, each)))
    return [task for _, task in sorted(found, key=lambda pair: pair[0])]


def conflicts_by_feed(contests: Iterable[Contest]) -> dict[str, int]:
    """Count the beda data that touch each feed."""
    counts: dict[str, int] = {}
    for contest in contests:
        if contest.reason == "conflict":
            for feed in {each.feed for each in (contest.shown, *contest.others)}:
                counts[feed] = counts.get(feed, 0) + 1
    return counts
