"""How old figures are: what the release calendar still owes, what is too old, in words. Dates are passed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import Period, label
from etl.catalogue.reference import Text
from etl.measures.cycle import add_months, back, containing, following, is_expired

State = Literal["current", "awaiting", "overdue", "expired"]


@dataclass(frozen=True, slots=True)
class Freshness:
    """The state of an indicator's latest figure on a day.

    `current`: the next period still runs. `awaiting`: it is over and the calendar leaves the producer time (or there
    is no calendar). `overdue`: the release date has passed. `expired`: the latest figure is older than `max_age`.
    `due_date` is the last day of the release month, None without a calendar.
    """

    state: State
    next_period: Period
    due_date: dt.date | None
    sentence: Text


def due(
    catalogue: Catalogue, indicator: Indicator, last: Period | None, today: dt.date, maker: str | None = None
) -> Freshness | None:
    """Tell how an indicator whose latest figure is of `last` stands on `today`; None where it has none at all.

    `maker` is who made that figure where it is not the indicator's producer. The sentence says what is not loaded and
    when its release was due; whether the producer has published it since is not known here.
    """
    if last is None:
        return None
    expected = following(indicator, last)
    due_date = add_months(expected.end, indicator.release.months_after) if indicator.release else None
    state = _state(indicator, last, expected, due_date, today)
    held = state in ("expired", "current")  # these speak of the figure that is there, the others of the awaited one
    producer = (catalogue.producer.get(maker or "") if held else None) or catalogue.producer[indicator.producer]
    plan = _plan(expected, due_date, today)
    return Freshness(state, expected, due_date, _sentence(state, indicator, producer.name, last, plan))


def overdue(catalogue: Catalogue, newest: Mapping[str, Period], today: dt.date) -> list[tuple[Indicator, Freshness]]:
    """Return the public indicators whose producer's release is past its calendar, the longest first.

    What is too old to be counted is no longer waited for. `newest` gives the latest period by indicator. What an office
    has promised is judged as its obligation, not here; a promise of another series (e-PPGBM) excuses no late survey.
    """
    found: list[tuple[Indicator, Freshness]] = []
    for indicator in catalogue.public.values():
        fresh = (
            None if _is_promised(catalogue, indicator) else due(catalogue, indicator, newest.get(indicator.id), today)
        )
        if fresh is not None and fresh.state == "overdue":
            found.append((indicator, fresh))
    return sorted(found, key=lambda pair: (pair[1].due_date or today, pair[0].id))


def _is_promised(catalogue: Catalogue, indicator: Indicator) -> bool:
    return any(
        feed.due is not None
        and indicator.id in feed.indicators
        and feed.defaults.get("series") in (None, indicator.default_series)
        for feed in catalogue.feeds
    )


def _state(indicator: Indicator, last: Period, expected: Period, due_date: dt.date | None, today: dt.date) -> State:
    if is_expired(indicator, last, back(containing(today, indicator.frequency), 1, indicator.frequency)):
        return "expired"  # as scores of the last whole period judge it: the running one can have no figure yet
    if due_date and today > due_date:
        return "overdue"
    return "awaiting" if today > expected.end else "current"


def _plan(expected: Period, due_date: dt.date | None, today: dt.date) -> Text:
    words = _words(expected)
    if due_date is None:
        return Text(id=f"jadwal rilis {words.id} belum diketahui", en=f"no release date is known for {words.en}")
    month = _words(containing(due_date, "month"))
    if today > due_date:
        return Text(id=f"rilis {words.id} seharusnya {month.id}", en=f"the {words.en} release was due in {month.en}")
    return Text(id=f"rilis {words.id} dijadwalkan {month.id}", en=f"the {words.en} release is due in {month.en}")


def _sentence(state: State, indicator: Indicator, producer: str, last: Period, plan: Text) -> Text:
    """Name the producer, never the responsible office: a survey is late at its maker's."""
    latest = _words(last)
    if state == "expired":
        limit = _count(indicator.max_age, indicator.frequency)
        return Text(
            id=f"Angka {latest.id} dari {producer} terlalu lama (batas {limit.id}), tidak dihitung; {plan.id}.",
            en=f"The {latest.en} figure by {producer} is too old (limit {limit.en}) and not counted; {plan.en}.",
        )
    if state == "current":
        return Text(
            id=f"Angka {latest.id} dari {producer} masih terbaru; {plan.id}.",
            en=f"The {latest.en} figure by {producer} is the latest; {plan.en}.",
        )
    next_one = _words(following(indicator, last))
    return Text(
        id=f"Angka {next_one.id} dari {producer} belum dimuat; {plan.id}.",
        en=f"The {next_one.en} figure by {producer} is not loaded yet; {plan.en}.",
    )


def _words(period: Period) -> Text:
    return Text(id=label(period, "id"), en=label(period, "en"))


def age(since: dt.date, today: dt.date) -> Text:
    """Return the age of something in whole words: hari ini, 22 hari, 3 bulan, 2 tahun.

    Days up to 60, then whole months up to two years, then whole years. A date to come is said to be one.
    """
    days = (today - since).days
    if days < 0:
        return Text(id="bertanggal sesudah hari ini", en="dated after today")
    if days == 0:
        return Text(id="hari ini", en="today")
    if days <= 60:
        return _count(days, "day")
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    return _count(months, "month") if months < 24 else _count(months // 12, "year")


def _count(number: int, unit: str) -> Text:
    indonesian = {"year": "tahun", "semester": "semester", "quarter": "triwulan", "month": "bulan", "day": "hari"}[unit]
    english = {"semester": "half-year"}.get(unit, unit) + ("" if number == 1 else "s")
    return Text(id=f"{number} {indonesian}", en=f"{number} {english}")
