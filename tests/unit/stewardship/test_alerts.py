from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from etl.measures.observation import Attempt, AttemptOutcome, Observation
from etl.stewardship.alerts import conflicts, failures, fallen, lateness, returns
from etl.stewardship.desk import Desk, Returned
from etl.stewardship.obligation import obligations
from tests import making
from tests.unit.api.samples import ATTEMPT, CONTEST, SAME, catalogue
from tests.unit.stewardship.test_obligation import LONG_AGO, TODAY
from tests.unit.stewardship.test_obligation import feed as promised

KNOWN = catalogue(feeds=(promised(), promised("lapor", returned_limit=3)))


AIMED = making.catalogue(
    making.indicator("poverty-rate", series=[{"id": each, "name": making.text(each)} for each in ("a", "b")]),
    making.indicator("rahasia", access="internal", role="supporting"),
)


def figure(period: str, value: str, **changes: Any) -> Observation:
    return making.observation(value, period, **{"indicator": "poverty-rate", "series": "a"} | changes)


def aims(*periods: str, **changes: Any) -> list[Observation]:
    return [
        making.target("100", period, **{"indicator": "poverty-rate", "series": "a"} | changes) for period in periods
    ]


def test_a_failed_feed_says_why() -> None:
    last = {"layanan": replace(ATTEMPT, outcome="failed", message="Berkas tidak terbaca."), "lapor": ATTEMPT}
    [matter] = failures(KNOWN, last)
    assert (matter.key, matter.text) == ("failed:layanan", "layanan gagal diterima. Berkas tidak terbaca.")


@pytest.mark.parametrize("outcome", [None, "loaded", "unchanged", "waiting", "interrupted"])
def test_other_endings_are_no_failure(outcome: AttemptOutcome | None) -> None:
    attempt: Attempt = replace(ATTEMPT, outcome=outcome)
    assert list(failures(KNOWN, {"layanan": attempt})) == []


def test_lateness_weighs_with_each_missing_period() -> None:
    owed = obligations(KNOWN.feed["layanan"], [], TODAY, dt.date(2026, 10, 1))
    [matter] = lateness(Desk(KNOWN, "64.01", TODAY, {"layanan": owed}))
    assert matter.weight == 2
    assert matter.text == "layanan: Oktober 2026 terlambat 12 hari, dan 1 periode lain"


def test_what_was_due_before_pantau_began_is_told_to_nobody() -> None:
    owed = obligations(KNOWN.feed["layanan"], [], TODAY, TODAY)
    assert list(lateness(Desk(KNOWN, "64.01", TODAY, {"layanan": owed}))) == []
    assert LONG_AGO < TODAY


def test_returned_rows_are_told_above_the_feeds_limit() -> None:
    found = [
        Returned(1, "layanan", "a.csv", 1),
        Returned(2, "lapor", "b.csv", 2),
        Returned(3, "hilang", "", 9),
    ]
    assert [each.text for each in returns(KNOWN, found)] == ["layanan: 1 baris dikembalikan"]
    more = [*found, Returned(4, "lapor", "c.csv", 2)]
    assert [each.text for each in returns(KNOWN, more)][1] == "lapor: 4 baris dikembalikan, batasnya 3"


def test_only_beda_data_of_public_indicators_is_told() -> None:
    hidden = replace(CONTEST, indicator="rahasia")
    [matter] = conflicts(KNOWN, [CONTEST, SAME, hidden])
    assert (matter.text, matter.weight) == ("poverty-rate Paser, 2024 (beda tingkat)", 2)


def test_a_fall_names_both_bands_and_periods() -> None:
    [matter] = fallen(AIMED, [figure("2023", "80"), figure("2024", "60")], aims("2023", "2024"))
    assert matter.text == "poverty-rate: dari tinggi (2023) menjadi rendah (2024)"
    assert (matter.key, matter.weight) == ("band:poverty-rate:2024", 2)


def test_a_figure_between_without_a_target_is_passed_over() -> None:
    found = fallen(AIMED, [figure("2022", "80"), figure("2023", "10"), figure("2024", "60")], aims("2022", "2024"))
    assert [each.key for each in found] == ["band:poverty-rate:2024"]


@pytest.mark.parametrize(
    ("figures", "fed"),
    [
        ([], aims("2024")),
        ([figure("2024", "60")], aims("2024")),
        ([figure("2023", "60"), figure("2024", "80")], aims("2023", "2024")),
        ([figure("2023", "75"), figure("2024", "66")], aims("2023", "2024")),
        ([figure("2023", "80"), figure("2024", "60")], aims("2023")),
        ([figure("2023", "80"), figure("2024", "60", status="progress")], aims("2023", "2024")),
        ([figure("2023", "80", series="b"), figure("2024", "60", series="b")], aims("2023", "2024", series="b")),
        (
            [figure("2023", "80", indicator="rahasia"), figure("2024", "60", indicator="rahasia")],
            aims("2023", "2024", indicator="rahasia"),
        ),
    ],
)
def test_what_is_no_fall(figures: list[Observation], fed: list[Observation]) -> None:
    assert list(fallen(AIMED, figures, fed)) == []
