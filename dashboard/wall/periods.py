"""How old what a scene shows is: its oldest and youngest period, when it was received, what is older than promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypedDict

from dashboard.components.warnings import PROVISIONAL
from dashboard.indicator_story import Point
from dashboard.language import period, t
from dashboard.told_marks import told_marks
from dashboard.wall.moves import when
from dashboard.wall.view import View
from etl.measures.freshness import due
from etl.measures.observation import Observation
from etl.measures.soundness import IKN

MARKS = ("doubtful", "claim", "year_inferred")


class Age(TypedDict):
    """The part of a scene that says how old it is."""

    note: str
    received: str
    late: str


def age_of(view: View, figures: Iterable[Observation], earlier: Iterable[Observation] = ()) -> Age:
    """Return the age of a scene that shows `figures`, and `earlier` ones as their history.

    `late` names the one that is most out of date by the calendar of its producer, and says how many more are; what
    is history cannot be late.
    """
    latest = list(figures)
    shown = sorted([*latest, *earlier], key=lambda each: (each.period, each.indicator))
    if not shown:
        return {"note": "", "received": utc(view.page.vintage.recorded_at), "late": ""}
    first, last = (period(each.period.code, view.lang) for each in (shown[0], shown[-1]))
    key = "one_period" if first == last else "periods"
    return {
        "note": t(f"wall.{key}", view.lang, oldest=first, youngest=last),
        "received": utc(max(each.recorded_at for each in shown)),
        "late": _late(view, latest),
    }


def _late(view: View, figures: Iterable[Observation]) -> str:
    """Say what is out of date before what is only late; of either the oldest."""
    found: dict[str, tuple[bool, Observation]] = {}
    for each in sorted(figures, key=lambda figure: (figure.period, figure.indicator)):
        fresh = due(view.catalogue, view.catalogue.indicator[each.indicator], each.period, view.today)
        if fresh is not None and fresh.state in ("overdue", "expired"):
            found.setdefault(each.indicator, (fresh.state == "expired", each))
    if not found:
        return ""
    expired, worst = max(found.values(), key=lambda pair: pair[0])
    words = {
        "name": view.catalogue.indicator[worst.indicator].short.get(view.lang),
        "period": when(worst.period.code, view.lang),
    }
    text = t("wall.expired" if expired else "wall.overdue", view.lang, **words)
    return text + (t("wall.more_late", view.lang, count=len(found) - 1) if len(found) > 1 else "")


def is_expired(view: View, figure: Observation) -> bool:
    """Tell whether a figure is out of date on the day of the wall."""
    fresh = due(view.catalogue, view.catalogue.indicator[figure.indicator], figure.period, view.today)
    return fresh is not None and fresh.state == "expired"


def ground_of(view: View, figures: Sequence[Observation]) -> str:
    """Say whether the new capital is in, where the same holds of several figures: once, not on each line."""
    grounds = {IKN & told_marks(view.catalogue, each) for each in figures}
    shared = grounds.pop() if len(grounds) == 1 and len(figures) > 1 else frozenset()
    return t(f"wall.{next(iter(shared))}", view.lang) if len(shared) == 1 else ""


def flags_of(view: View, figure: Observation, ground: str = "") -> list[str]:
    """Say what makes a figure less than final, and that it is out of date; not again what a scene says as `ground`."""
    lang = view.lang
    found = [t(f"indicator.status_{figure.status}", lang)] if figure.status in PROVISIONAL else []
    found += [t(f"indicator.{mark}", lang).lower() for mark in MARKS if mark in figure.marks]
    found += [
        words
        for mark in sorted(IKN & told_marks(view.catalogue, figure))
        if (words := t(f"wall.{mark}", lang)) != ground
    ]
    return [*found, t("wall.stale", lang)] if is_expired(view, figure) else found


def dated(view: View, point: Point, ground: str = "") -> list[str]:
    """Return a figure's period with all that a reader must know beside it."""
    two = [t("wall.two", view.lang)] if point.rivals else []
    return [when(point.shown.period.code, view.lang), *flags_of(view, point.shown, ground), *two]


def utc(moment: dt.datetime) -> str:
    """Write a moment as ISO 8601 in UTC, whole seconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
