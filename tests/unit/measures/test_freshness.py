"""How old a figure is and what the release calendar owes, in words that name the producer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from etl.catalogue.period import from_code
from etl.measures.freshness import Freshness, age, due, overdue
from tests.making import catalogue, indicator, text
from tests.unit.stewardship.test_obligation import feed

TODAY = dt.date(2026, 11, 22)


def standing(last: str, today: dt.date = TODAY, **changes: Any) -> Freshness:
    measured = indicator(**{"producer": "kemenkes", "release": {"months_after": 5}, **changes})
    found = due(catalogue(measured), measured, from_code(last), today)
    assert found is not None
    return found


def test_an_overdue_release_names_its_producer_and_its_month() -> None:
    found = standing("2024")
    assert (found.state, found.next_period.code, found.due_date) == ("overdue", "2025", dt.date(2026, 5, 31))
    assert found.sentence.id == "Angka 2025 dari Kementerian Kesehatan belum dimuat; rilis 2025 seharusnya Mei 2026."
    assert found.sentence.en == (
        "The 2025 figure by Kementerian Kesehatan is not loaded yet; the 2025 release was due in May 2026."
    )


def test_a_release_is_awaited_until_the_end_of_its_month() -> None:
    assert standing("2024", dt.date(2026, 5, 31)).state == "awaiting"
    assert standing("2024", dt.date(2026, 6, 1)).state == "overdue"
    assert standing("2024", dt.date(2026, 1, 1)).state == "awaiting"
    assert standing("2024", dt.date(2025, 12, 31)).state == "current"
    assert standing("2024", dt.date(2026, 1, 1)).sentence.id.endswith("rilis 2025 dijadwalkan Mei 2026.")
    assert "masih terbaru" in standing("2024", dt.date(2025, 12, 31)).sentence.id


def test_an_old_figure_is_expired() -> None:
    assert standing("2023").state == "overdue"  # as the scores of 2025 count it
    found = standing("2022")
    assert found.state == "expired"
    assert found.sentence.id == (
        "Angka 2022 dari Kementerian Kesehatan terlalu lama (batas 2 tahun), tidak dihitung;"
        " rilis 2023 seharusnya Mei 2024."
    )
    assert found.sentence.en.startswith("The 2022 figure by Kementerian Kesehatan is too old (limit 2 years)")


@pytest.mark.parametrize(
    ("last", "said"),
    [("2022", "Angka 2022 dari BPS terlalu lama"), ("2024", "Angka 2025 dari Kementerian Kesehatan belum dimuat")],
)
def test_an_old_figure_names_who_made_it(last: str, said: str) -> None:
    measured = indicator(producer="kemenkes", release={"months_after": 5})
    found = due(catalogue(measured), measured, from_code(last), TODAY, "bps")
    assert found is not None
    assert found.sentence.id.startswith(said)


def test_an_expired_figure_whose_next_release_is_still_to_come_owes_nothing() -> None:
    found = standing("2024", max_age=0, release={"months_after": 24})
    assert found.state == "expired"
    assert found.sentence.id.endswith("rilis 2025 dijadwalkan Desember 2027.")


def test_without_a_calendar_nothing_is_overdue() -> None:
    found = standing("2024", release=None)
    assert (found.state, found.due_date) == ("awaiting", None)
    assert found.sentence.id.endswith("jadwal rilis 2025 belum diketahui.")


@pytest.mark.parametrize(("series", "listed"), [("eppgbm", True), ("ssgi", False), (None, False)])
def test_a_promise_of_another_series_excuses_no_late_survey(series: str | None, listed: bool) -> None:
    names = [{"id": each, "name": text(each)} for each in ("ssgi", "eppgbm")]
    stunting = indicator("stunting", series=names, producer="kemenkes", release={"months_after": 5})
    promise = feed(indicators=["stunting"], frequency="month", due=15, defaults={"series": series} if series else {})
    found = overdue(catalogue(stunting, feeds=(promise,)), {"stunting": from_code("2024")}, TODAY)
    assert [each.id for each, _ in found] == (["stunting"] if listed else [])


@pytest.mark.parametrize(
    ("frequency", "last", "expected", "due_date", "words"),
    [
        ("month", "2026-10", "2026-11", dt.date(2027, 4, 30), "November 2026"),
        ("quarter", "2026-Q2", "2026-Q3", dt.date(2027, 2, 28), "Triwulan III 2026"),
        ("semester", "2025-S2", "2026-S1", dt.date(2026, 11, 30), "Semester I 2026"),
        ("day", "2026-11-20", "2026-11-21", dt.date(2027, 4, 30), "21 November 2026"),
    ],
)
def test_the_next_period_follows_the_frequency(
    frequency: str, last: str, expected: str, due_date: dt.date, words: str
) -> None:
    found = standing(last, frequency=frequency)
    assert (found.next_period.code, found.due_date) == (expected, due_date)
    assert words in found.sentence.id


def test_an_august_figure_is_followed_by_the_next_august() -> None:
    found = standing("2024-08", month=8, release={"months_after": 3})
    assert (found.next_period.code, found.due_date) == ("2025-08", dt.date(2025, 11, 30))


def test_what_was_never_loaded_is_not_late() -> None:
    measured = indicator()
    assert due(catalogue(measured), measured, None, TODAY) is None


@pytest.mark.parametrize(
    ("since", "words", "english"),
    [
        ("2026-11-22", "hari ini", "today"),
        ("2026-12-01", "bertanggal sesudah hari ini", "dated after today"),
        ("2026-11-21", "1 hari", "1 day"),
        ("2026-10-31", "22 hari", "22 days"),
        ("2026-09-22", "2 bulan", "2 months"),
        ("2026-08-23", "2 bulan", "2 months"),
        ("2024-11-23", "23 bulan", "23 months"),
        ("2024-11-22", "2 tahun", "2 years"),
        ("2021-12-31", "4 tahun", "4 years"),
    ],
)
def test_age_in_words(since: str, words: str, english: str) -> None:
    found = age(dt.date.fromisoformat(since), TODAY)
    assert (found.id, found.en) == (words, english)
