from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from etl.measures.observation import Attempt, AttemptOutcome, DimensionScore
from etl.stewardship.alerts import conflicts, failures, fallen, lateness, returns
from etl.stewardship.desk import Desk, Returned
from etl.stewardship.obligation import obligations
from tests.unit.api.samples import ATTEMPT, CONTEST, SAME, catalogue, dimension_score
from tests.unit.stewardship.test_obligation import LONG_AGO, TODAY
from tests.unit.stewardship.test_obligation import feed as promised

KNOWN = catalogue(feeds=(promised(), promised("lapor", returned_limit=3)))


def tree(period: str, score: int | None, **leaf: Any) -> DimensionScore:
    plain = dimension_score()
    own: dict[str, Any] = {"score": None if score is None else Fraction(score), "period": period} | leaf
    return replace(plain, period=period[:4], leaves=(replace(plain.leaves[0], **own),))


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
    [matter] = fallen(KNOWN, [tree("2023", 80), tree("2024", 60)])
    assert matter.text == "poverty-rate: dari tinggi (2023) menjadi rendah (2024)"
    assert (matter.key, matter.weight) == ("band:poverty-rate:2024", 2)


def test_a_figure_that_is_carried_on_is_compared_with_the_one_before_it() -> None:
    carried = replace(tree("2023", 60), period="2024")
    assert [each.key for each in fallen(KNOWN, [tree("2022", 80), tree("2023", 60), carried])] == [
        "band:poverty-rate:2023"
    ]


@pytest.mark.parametrize(
    "trees",
    [
        [],
        [tree("2024", 60)],
        [tree("2023", 60), tree("2024", 80)],
        [tree("2023", 75), tree("2024", 66)],
        [tree("2023", 80), tree("2024", 60, series="lain")],
        [tree("2023", 80), tree("2024", 60, basis="target")],
        [tree("2023", 80), tree("2024", None)],
        [tree("2023", 80, indicator="rahasia"), tree("2024", 60, indicator="rahasia")],
    ],
)
def test_what_is_no_fall(trees: list[DimensionScore]) -> None:
    assert list(fallen(KNOWN, trees)) == []
