from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.sentences import headline, move_text, trend_title
from dashboard.components.stats import stat_strip
from dashboard.indicator_story import Story, tell
from etl.catalogue.models import Indicator
from etl.measures.observation import Observation
from tests.making import catalogue, indicator, observation, target, text
from tests.unit.dashboard.rendered import words

TODAY = dt.date(2026, 11, 22)
THREE = ("64.01", "64.09", "64.08")
figures = st.lists(st.decimals("0", "99", places=2), min_size=2, max_size=6)


def story(of: Indicator, realised: Sequence[Observation], fed: Sequence[Observation] = ()) -> Story:
    return tell(catalogue(of), of, "64.01", realised, fed, THREE, TODAY)


def yearly(values: Sequence[Decimal | str]) -> list[Observation]:
    return [observation(str(value), str(2010 + at)) for at, value in enumerate(values)]


@given(figures)
def test_the_headline_never_says_rise_for_a_fall(values: list[Decimal]) -> None:
    said = headline(story(indicator(), yearly(values)), "Paser", "id")
    word = "naik" if values[-1] > values[-2] else "turun" if values[-1] < values[-2] else "tetap"
    assert f"Paser {word} " in said
    assert sum(each in said for each in ("naik", "turun", "tetap")) == 1


@given(st.decimals("1", "200", places=2), st.decimals("1", "200", places=2), st.sampled_from(["higher", "lower"]))
def test_the_headline_says_met_exactly_when_the_target_is_met(value: Decimal, wanted: Decimal, direction: str) -> None:
    of = indicator(direction=direction)
    said = headline(story(of, [observation(str(value))], [target(str(wanted))]), "Paser", "id")
    met = value >= wanted if direction == "higher" else value <= wanted
    assert ("dan memenuhi target" in said) is met
    assert ("belum memenuhi target" in said) is not met


def test_a_gap_smaller_than_the_usual_digits_still_shows() -> None:
    of = indicator(decimals=1, unit="%", direction="lower")
    told = story(of, [observation("14.04")], [target("14.0")])
    said = headline(told, "Paser", "id")
    strip = words(stat_strip(told, catalogue(of), dict.fromkeys(THREE, ""), "id"))
    assert "14,04%" in strip
    assert "14,0%" in strip
    assert "14,04%" in said
    assert "belum memenuhi target 14,0%" in said


def test_two_sources_that_differ_are_in_the_headline() -> None:
    found = [observation("21.9", publication="berita-b"), observation("32", publication="berita-a")]
    said = headline(story(indicator(direction="lower", unit="%", decimals=1), found, [target("14")]), "PPU", "id")
    assert said == "ipm PPU 21,9% pada 2024, tetapi dua sumber berbeda"


def test_a_far_target_gives_a_distance_and_never_a_judgement() -> None:
    said = headline(story(indicator(), [observation("75.13")], [target("78.22", "2029")]), "Paser", "id")
    assert said == "ipm Paser 75,13 pada 2024, sisa 3,09 ke target 2029"
    passed = headline(story(indicator(), [observation("79")], [target("78.22", "2029")]), "Paser", "id")
    assert passed.endswith("sudah melewati nilai target 2029")


def test_a_target_whose_year_has_passed_is_not_called_far() -> None:
    said = headline(story(indicator(), [observation("70", "2023")], [target("80", "2024")]), "Paser", "id")
    assert "sisa" not in said


def test_categories_are_told_as_categories() -> None:
    of = indicator(direction="category", unit="kategori")
    opinions = [("2019", "WDP"), ("2020", "WTP"), ("2021", "WTP"), ("2022", "WTP")]
    found = [observation(None, year, category=word) for year, word in opinions]
    assert headline(story(of, found), "Kutim", "id") == "ipm Kutim: WTP pada 2022, sama sejak 2020"
    assert headline(story(of, found[:2]), "Kutim", "id") == "ipm Kutim menjadi WTP pada 2020, sebelumnya WDP"
    assert headline(story(of, found[:1]), "Kutim", "id") == "ipm Kutim: WDP pada 2019"


def test_a_category_of_uncertain_year_begins_no_streak_and_is_no_change() -> None:
    of = indicator(direction="category", unit="kategori")
    opinions = [("2020", "WTP"), ("2021", "WTP"), ("2022", "WTP")]
    found = [observation(None, year, category=word) for year, word in opinions]
    unsure = observation(None, "2020", category="WTP", marks=frozenset({"year_inferred"}))
    assert headline(story(of, [unsure, *found[1:]]), "Kutim", "id") == "ipm Kutim: WTP pada 2022, sama sejak 2021"
    other = observation(None, "2020", category="WDP", marks=frozenset({"year_inferred"}))
    assert headline(story(of, [other, found[1]]), "Kutim", "id") == "ipm Kutim: WTP pada 2021"


def test_a_streak_does_not_reach_over_a_gap() -> None:
    of = indicator(direction="category", unit="kategori")
    found = [observation(None, year, category="WTP") for year in ("2018", "2020", "2021")]
    assert headline(story(of, found), "Kutim", "id").endswith("sama sejak 2020")


def test_no_data_is_said_plainly() -> None:
    assert headline(story(indicator(), []), "PPU", "id") == "ipm PPU: belum ada data"
    assert headline(story(indicator(), []), "PPU", "en") == "ipm PPU: no data yet"


@given(figures)
def test_the_trend_title_names_the_ends_and_what_went_against(values: list[Decimal]) -> None:
    said = trend_title(story(indicator(), yearly(values)), "id")
    steps = [after - before for before, after in pairwise(values)]
    whole = values[-1] - values[0]
    if not whole:
        assert "sama dengan" in said
    else:
        against = sum(step * whole < 0 for step in steps)
        assert ("dengan kenaikan" in said or "dengan penurunan" in said) is (against == 1)
        assert ("naik turun" in said) is (against > 1)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("24.6", "21.9", "turun 2,7 poin dari 2010"),
        ("5", "5", "tetap dari 2010"),
        ("5.00", "5.04", "naik 0,04 poin dari 2010"),
    ],
)
def test_a_change_is_told_in_points(before: str, after: str, said: str) -> None:
    assert move_text(story(indicator(unit="%"), yearly([before, after])), "id") == said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"marks": frozenset({"doubtful"})}, "angka diragukan"),
        ({"marks": frozenset({"claim"})}, "menurut pernyataan"),
        ({"status": "progress"}, "angka berjalan"),
    ],
)
def test_a_weak_figure_is_called_so_in_the_headline(changes: dict[str, Any], words: str) -> None:
    said = headline(story(indicator(), [observation("70", **changes)], [target("60")]), "PPU", "id")
    assert said == f"ipm PPU 70 pada 2024, {words}"


def test_the_chart_of_a_survey_has_no_word_of_direction_where_sampling_may_have_made_it() -> None:
    survey = indicator(unit="%", survey=True)
    assert trend_title(story(survey, yearly(["30", "24", "26", "22"])), "id") == "Dari 30% pada 2010 ke 22% pada 2013"
    known = indicator(unit="%", survey=True, sampling_error="1.0")
    assert trend_title(story(known, yearly(["30", "24", "26", "22"])), "id").endswith(", dengan kenaikan di 2012")
    assert move_text(story(survey, yearly(["30", "30"])), "id") == "±0 poin dari 2010 (survei)"


def test_one_figure_alone_has_nothing_to_be_compared_with() -> None:
    series = [{"id": each, "name": text(each)} for each in ("baru", "lama")]
    of = indicator(series=series)
    one = observation("70", "2024", series="baru")
    assert move_text(story(of, [one]), "id") == "belum ada pembanding"
    assert trend_title(story(of, [one]), "id") == "Baru satu angka: 70 pada 2024"
    earlier = observation("60", "2023", series="lama")
    assert move_text(story(of, [one, earlier]), "id") == "tidak sebanding dengan tahun sebelumnya"
    assert trend_title(story(of, [one, earlier]), "id") == "Baru satu angka yang sebanding: 70 pada 2024"
    claim = observation("70", "2024", series="baru", marks=frozenset({"claim"}))
    assert trend_title(story(of, [claim]), "id") == "Baru satu angka: 70 (klaim) pada 2024"


def test_a_doubtful_figure_is_no_turn_in_the_title_of_the_chart() -> None:
    turned = [observation("70", "2021"), observation("99", "2022", marks=frozenset({"doubtful"}))]
    assert "penurunan" not in trend_title(story(indicator(), [*turned, observation("80", "2023")]), "id")


def test_a_figure_of_one_part_is_never_told_without_the_part() -> None:
    parts = [{"id": each, "name": text(each)} for each in ("desil-1", "desil-2")]
    told = {
        broken: headline(
            story(indicator(series=parts, breakdown=broken), [observation("5", "2024", series="desil-1")]),
            "Paser",
            "id",
        )
        for broken in (True, False)
    }
    assert told[True].startswith("ipm (desil-1) Paser")
    assert told[False].startswith("ipm Paser")
