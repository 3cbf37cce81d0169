"""The sentence at the foot: from long to short, never longer than two lines, nothing of offices for guests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.urls import Lang
from dashboard.wall.sentence import ROOM, action_of, sentence_of, uncapitalised
from etl.catalogue.record_kinds import Record
from tests.making import indicator
from tests.unit.wall.house import House, action, house_of, wall

PMA = indicator("pma", urusan="modal")
KNOWN = house_of(PMA, indicator("tpt"))
SUBJECTS = ["Investasi PMA 5,2 (2024), turun 2,1", "Investasi PMA"]


def said(*recorded: Record, lang: Lang = "id") -> list[str]:
    view = wall(House(KNOWN, recorded=list(recorded)), lang)
    return sentence_of(view, "Turun:", "bad", SUBJECTS, PMA)["texts"]


def test_the_office_stands_where_no_action_is_recorded() -> None:
    assert said() == [
        "Investasi PMA 5,2 (2024), turun 2,1. OPD: DPMPTSP.",
        "Investasi PMA. OPD: DPMPTSP.",
        "Investasi PMA 5,2 (2024), turun 2,1.",
        "Investasi PMA.",
    ]
    assert said(lang="en")[1] == "Investasi PMA. Office: DPMPTSP."


def test_an_action_is_told_with_its_date() -> None:
    assert said(action("pma", "2026-11-30"))[0].endswith(". DPMPTSP: Forum investor 30 Nov.")
    assert said(action("pma", "2027-01-31"))[0].endswith(" 31 Jan 2027.")
    assert said(action("pma", "2026-11-30"), lang="en")[0].endswith(". DPMPTSP: action by 30 Nov.")


@pytest.mark.parametrize(
    ("changes", "ending"),
    [
        ({"deadline": "2026-11-21"}, "DPMPTSP: Forum investor lewat tenggat 21 Nov."),
        ({"deadline": "2026-11-22"}, "DPMPTSP: Forum investor 22 Nov."),
        ({"status": "tertunda"}, "DPMPTSP: Forum investor tertunda, tenggat 30 Nov."),
        ({"responsible": "perizinan"}, "DPMPTSP: Forum investor 30 Nov."),
        ({"responsible": "Bupati"}, "Bupati: Forum investor 30 Nov."),
    ],
)
def test_an_action_says_who_and_what_stands_in_its_way(changes: dict[str, str], ending: str) -> None:
    assert said(action("pma", **({"deadline": "2026-11-30"} | changes)))[0].endswith(ending)


@pytest.mark.parametrize("status", ["selesai", "batal"])
def test_a_closed_action_and_another_indicators_are_passed_over(status: str) -> None:
    recorded = [action("pma", "2026-11-25", status=status), action("tpt", "2026-11-26"), action("pma", "2026-12-01")]
    found = action_of(wall(House(KNOWN, recorded=recorded)), PMA)
    assert found is not None
    assert found.content["deadline"] == "2026-12-01"


def test_a_long_action_gives_way_to_a_short_one() -> None:
    long = action("pma", "2026-11-30", action="Menyusun peta potensi investasi bersama seluruh kecamatan dan desa")
    assert said(long)[0] == "Investasi PMA 5,2 (2024), turun 2,1. DPMPTSP: tindak lanjut 30 Nov."


def test_guests_are_told_the_thing_only() -> None:
    view = wall(House(KNOWN, recorded=[action("pma", "2026-11-30")]), guest=True)
    assert sentence_of(view, "Turun:", "bad", SUBJECTS, PMA)["texts"] == [f"{each}." for each in SUBJECTS]


@given(st.lists(st.text("abc ,", min_size=1, max_size=140), min_size=1, max_size=3))
def test_there_is_always_a_text_and_all_fit_two_lines_where_one_can(subjects: list[str]) -> None:
    texts = sentence_of(wall(House(KNOWN)), "Turun:", "bad", subjects, PMA)["texts"]
    fits = min(len(each) for each in subjects) + len("Turun: .") <= ROOM
    assert texts
    assert all(each.endswith(".") for each in texts)
    assert not fits or all(len(f"Turun: {each}") <= ROOM for each in texts)


@pytest.mark.parametrize(
    ("name", "within"), [("Investasi PMA", "investasi PMA"), ("IPM", "IPM"), ("E-government", "E-government"), ("", "")]
)
def test_a_name_within_a_sentence_keeps_its_acronyms(name: str, within: str) -> None:
    assert uncapitalised(name) == within
