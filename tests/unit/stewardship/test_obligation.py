from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue.feeds import Feed
from etl.catalogue.models import Catalogue, Office, Urusan
from etl.stewardship.obligation import Delivered, Obligation, obligations, punctuality, responsible, without_owner
from tests import making

TODAY = dt.date(2026, 11, 22)
LONG_AGO = dt.date(1990, 1, 1)


def feed(id: str = "layanan", **changes: Any) -> Feed:
    plain: dict[str, Any] = {
        "id": id, "name": making.text(id), "connector": "file", "path": f"data/inbox/{id}/*", "decimal": ",",
        "columns": {"value": "Nilai"}, "frequency": "month", "due": 10, "grace": 5, "owner": "kominfo",
    }  # fmt: skip
    return Feed.model_validate(plain | changes)


def came(period: str | None, day: str, id: str = "layanan") -> Delivered:
    return Delivered(id, period, dt.date.fromisoformat(day))


def owed(
    *delivered: Delivered, today: dt.date = TODAY, start: dt.date | None = LONG_AGO, **changes: Any
) -> dict[str, Obligation]:
    return {each.period.code: each for each in obligations(feed(**changes), delivered, today, start)}


def test_the_promised_day_and_the_grace_count_from_the_end_of_the_period() -> None:
    october = owed()["2026-10"]
    assert (october.due, october.last_day) == (dt.date(2026, 11, 10), dt.date(2026, 11, 15))


@pytest.mark.parametrize(
    ("day", "state", "days"),
    [
        ("2026-11-02", "on_time", 0),
        ("2026-11-10", "on_time", 0),
        ("2026-11-15", "on_time", 0),
        ("2026-11-16", "made_up", 6),
    ],
)
def test_what_came_is_on_time_up_to_the_last_day_of_grace(day: str, state: str, days: int) -> None:
    october = owed(came("2026-10", day))["2026-10"]
    assert (october.state, october.days, october.judged) == (state, days, True)


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        ("2026-11-02", "ahead", 0),
        ("2026-11-03", "soon", 0),
        ("2026-11-10", "soon", 0),
        ("2026-11-15", "soon", 0),
        ("2026-11-16", "late", 6),
        ("2026-11-22", "late", 12),
    ],
)
def test_what_did_not_come_is_ahead_then_due_this_week_then_late(today: str, state: str, days: int) -> None:
    october = owed(today=dt.date.fromisoformat(today))["2026-10"]
    assert (october.state, october.days, october.judged) == (state, days, state == "late")


def test_a_correction_sent_later_does_not_make_a_delivery_late() -> None:
    assert owed(came("2026-10", "2026-11-20"), came("2026-10", "2026-11-05"))["2026-10"].state == "on_time"


def test_deliveries_of_other_feeds_do_not_count() -> None:
    assert owed(came("2026-10", "2026-11-05", "lapor"))["2026-10"].state == "late"


def test_the_running_period_and_twelve_before_it_are_owed() -> None:
    assert next(iter(owed())) == "2026-11"
    assert list(owed())[-1] == "2025-11"
    assert len(owed()) == 13


@pytest.mark.parametrize(
    ("frequency", "period", "counted"),
    [("month", "2026-10-31", "2026-10"), ("month", "2026-Q3", "2026-09"), ("quarter", "2026-08", "2026-Q3"),
     ("year", "2025-08", "2025"), ("semester", "2026-06", "2026-S1")],
)  # fmt: skip
def test_rows_count_for_the_period_in_which_theirs_ends(frequency: str, period: str, counted: str) -> None:
    assert owed(came(period, "2026-11-01"), frequency=frequency)[counted].received == dt.date(2026, 11, 1)


def test_records_count_for_the_newest_period_that_had_ended() -> None:
    found = owed(came(None, "2026-11-03"), came(None, "2026-10-31"))
    assert found["2026-10"].received == dt.date(2026, 11, 3)
    assert (found["2026-09"].state, found["2026-09"].days) == ("made_up", 21)


def test_nobody_is_blamed_for_what_was_due_before_pantau_began() -> None:
    found = owed(start=dt.date(2026, 11, 20))
    assert list(found) == ["2026-11", "2026-10"]
    assert found["2026-10"].state == "late"
    assert not found["2026-10"].judged


def test_a_declared_beginning_is_kept_to_the_letter() -> None:
    found = owed(start=dt.date(2026, 11, 20), since="2026-09")
    assert list(found) == ["2026-11", "2026-10", "2026-09"]
    assert found["2026-09"].judged
    assert owed(start=LONG_AGO, since="2027") == {}


def test_a_feed_without_a_day_owes_nothing() -> None:
    assert obligations(feed(due=None), [], TODAY, LONG_AGO) == []
    assert obligations(feed(frequency=None, due=None), [], TODAY, LONG_AGO) == []


@given(
    st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)),
    st.lists(st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))),
    st.sampled_from(["year", "semester", "quarter", "month", "day"]),
    st.integers(1, 90),
    st.integers(0, 30),
)
def test_every_obligation_has_one_state_that_fits_its_days(
    today: dt.date, days: list[dt.date], frequency: str, due: int, grace: int
) -> None:
    delivered = [Delivered("layanan", None, each) for each in days if each <= today]
    found = obligations(feed(frequency=frequency, due=due, grace=grace), delivered, today, LONG_AGO)
    assert len(found) == 13
    for each in found:
        assert (each.received is None) == (each.state in ("ahead", "soon", "late"))
        assert (each.days > 0) == (each.state in ("late", "made_up"))
        assert each.judged == (each.state in ("late", "made_up", "on_time"))
        assert (each.state == "late") <= (today > each.last_day)


def catalogue(*feeds: Feed) -> Catalogue:
    offices = tuple(
        Office(region=region, id=id, name=f"Dinas {id}", short=id, provenance="uji")
        for region, id in (("64.01", "diskominfo"), ("64.09", "diskominfo"), ("64.01", "dinkes"))
    )
    urusan = (
        Urusan(id="kominfo", name="Komunikasi", offices={"64.01": "diskominfo", "64.09": "diskominfo"}),
        Urusan(id="kesehatan", name="Kesehatan", offices={"64.01": "dinkes"}),
    )
    return making.catalogue(feeds=feeds, offices=offices, urusan=urusan)


def test_the_office_is_that_of_the_feeds_region_else_of_the_home_regency() -> None:
    known = catalogue()
    assert responsible(known, feed(), "64.09") == known.offices[1]
    assert responsible(known, feed(region="64.01"), "64.09") == known.offices[0]
    assert responsible(known, feed(owner="kesehatan"), "64.09") is None
    assert responsible(known, feed(owner=None), "64.01") is None


def test_feeds_that_no_office_answers_for_are_named() -> None:
    orphan, foreign = feed("yatim", owner=None), feed("gizi", owner="kesehatan")
    assert without_owner(catalogue(feed(), orphan, foreign), "64.09") == [orphan, foreign]
    assert without_owner(catalogue(feed(), orphan, foreign), "64.01") == [orphan]


def test_an_office_is_judged_by_its_last_twelve_promises() -> None:
    one, two = feed("satu"), feed("dua")
    late = obligations(one, [came("2026-10", "2026-11-20", "satu")], TODAY, dt.date(2026, 8, 16))
    kept = obligations(two, [came("2026-09", "2026-10-01", "dua")], TODAY, dt.date(2026, 10, 1))
    [row] = punctuality(catalogue(one, two), "64.01", {"satu": late, "dua": kept})
    assert (row.office.id, row.feeds, row.judged, row.on_time) == ("diskominfo", ("satu", "dua"), 5, 1)
    assert row.open == 3  # August and September of one, October of the other
    assert row.days == 35  # of 10, 43, 73 and 12 days, half up


def test_the_least_punctual_office_comes_first_and_only_twelve_count() -> None:
    good, bad = feed("baik"), feed("buruk", owner="kesehatan")
    months = [f"2025-{month:02d}" for month in (11, 12)] + [f"2026-{month:02d}" for month in range(1, 12)]
    sent = [Delivered("baik", each, dt.date(2026, 11, 20)) for each in months[-1:]]
    sent += [Delivered("baik", each, dt.date(2025, 1, 1)) for each in months[:-1]]
    found = {each.id: obligations(each, sent, TODAY, LONG_AGO) for each in (good, bad)}
    worst, best = punctuality(catalogue(good, bad), "64.01", found)
    assert (worst.office.id, worst.judged, worst.on_time, worst.open) == ("dinkes", 12, 0, 12)
    assert (best.office.id, best.judged, best.on_time, best.open, best.days) == ("diskominfo", 12, 12, 0, 0)


def test_an_office_that_promised_nothing_is_not_ranked() -> None:
    assert punctuality(catalogue(feed(due=None)), "64.01", {}) == []
