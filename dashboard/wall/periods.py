"""How old what a scene shows is: its oldest and youngest period, when it was received, what is older than promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict

from dashboard.language import period, t
from dashboard.wall.view import View
from etl.catalogue.freshness import due
from etl.catalogue.observation import Observation


class Age(TypedDict):
    """The part of a scene that says how old it is."""

    note: str
    received: str
    late: str


def age_of(view: View, figures: Iterable[Observation]) -> Age:
    """Return the age of a scene that shows `figures`; `late` names the first that is older than its calendar allows."""
    shown = sorted(figures, key=lambda each: (each.period, each.indicator))
    if not shown:
        return {"note": "", "received": utc(view.page.vintage.recorded_at), "late": ""}
    first, last = (period(each.period.code, view.lang) for each in (shown[0], shown[-1]))
    key = "one_period" if first == last else "periods"
    return {
        "note": t(f"wall.{key}", view.lang, oldest=first, youngest=last),
        "received": utc(max(each.recorded_at for each in shown)),
        "late": next(filter(None, (_late(view, each) for each in shown)), ""),
    }


def _late(view: View, figure: Observation) -> str:
    indicator = view.catalogue.indicator[figure.indicator]
    fresh = due(view.catalogue, indicator, figure.period, view.today)
    if fresh is None or fresh.state not in ("overdue", "expired"):
        return ""
    name, when = indicator.short.get(view.lang), period(figure.period.code, view.lang)
    return t(f"wall.{fresh.state}", view.lang, name=name, period=when)


def utc(moment: dt.datetime) -> str:
    """Write a moment as ISO 8601 in UTC, whole seconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
