from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.indicator_story import Story, draw_lines, tell
from etl.catalogue.indicator_parts import MaterialityRule
from etl.catalogue.models import Indicator
from etl.measures.observation import Observation
from tests.making import catalogue, indicator, observation, target

TODAY = dt.date(2026, 11, 22)
THREE = ("64.01", "64.09", "64.08")


def story(of: Indicator, realised: Sequence[Observation], fed: Sequence[Observation] = (), **more: Any) -> Story:
    return tell(catalogue(of), of, "64.01", realised, fed, THREE, more.get("today", TODAY))


def years(told: Story) -> list[list[str]]:
    return [[point.shown.period.code for point in segment] for line in told.own for segment in line.segments]


def test_a_gap_is_not_joined() -> None:
    told = story(indicator(), [observation(period=year) for year in ("2019", "2020", "2022")])
    assert years(told) == [["2019", "2020"], ["2022"]]


def test_a_break_of_the_method_is_not_joined_and_gives_no_change() -> None:
    series = [{"id": "utama", "name": {"id": "u", "en": "u"}, "breaks": ["2023"]}]
    told = story(indicator(series=series), [observation(period=year) for year in ("2021", "2022", "2023")])
    assert years(told) == [["2021", "2022"], ["2023"]]
    assert told.move is None


def test_two_series_are_two_lines_and_the_declared_one_speaks() -> None:
    series = [{"id": each, "name": {"id": each, "en": each}} for each in ("baru", "lama")]
    figures = [observation(period="2021", series="lama"), observation(period="2022", series="baru")]
    told = story(indicator(series=series), figures)
    assert sorted(line.series for line in told.own) == ["baru", "lama"]
    assert told.latest is not None
    assert told.latest.shown.series == "baru"
    assert told.move is None


def test_cumulative_figures_compare_only_at_the_same_point_of_the_year() -> None:
    monthly = indicator(cumulative=True, frequency="month")
    figures = [observation(value, code) for value, code in (("30", "2023-10"), ("60", "2024-07"), ("29", "2024-10"))]
    told = story(monthly, figures)
    assert told.move is not None
    assert told.move.since.shown.period.code == "2023-10"


def test_progress_and_doubtful_figures_do_not_speak_while_sound_ones_exist() -> None:
    figures = [
        observation("70", "2023"),
        observation("10", "2024-06", status="progress"),
        observation("99", "2024", marks=frozenset({"doubtful"})),
    ]
    told = story(indicator(), figures)
    assert told.latest is not None
    assert told.latest.shown.period.code == "2023"


def test_a_contradicting_source_is_a_rival_and_a_repeating_one_is_not() -> None:
    figures = [
        observation("21.9", publication="berita-a"),
        observation("32", publication="berita-b"),
        observation("21.9", publication="berita-b"),
    ]
    told = story(indicator(direction="lower", decimals=1), figures)
    assert told.latest is not None
    assert len(told.latest.others) == 2
    assert [str(each.value) for each in told.latest.rivals] == ["32"]


@pytest.mark.parametrize(("direction", "good"), [("higher", False), ("lower", True), ("none", None), ("range", None)])
def test_a_fall_is_good_or_bad_by_the_direction(direction: str, good: bool | None) -> None:
    told = story(indicator(direction=direction), [observation("8", "2023"), observation("6", "2024")])
    assert told.move is not None
    assert told.move.good is good


def test_a_target_counts_only_in_its_own_period() -> None:
    of = indicator()
    assert story(of, [observation("70", "2024")], [target("80", "2024")]).achievement is not None
    assert story(of, [observation("70", "2024")], [target("80", "2025")]).achievement is None
    assert story(of, [observation("70", "2024")], [target("80", "2024", plan="lisan")]).achievement is None


def test_the_rank_is_withheld_while_one_is_missing_or_disputed() -> None:
    of = indicator()
    mine, second = observation("70"), observation("60", region="64.08")
    assert story(of, [mine, second]).ranking.missing == ("64.09",)  # type: ignore[union-attr]
    third = [
        observation(value, region="64.09", publication=source)
        for value, source in (("50", "berita-a"), ("90", "berita-b"))
    ]
    told = story(of, [mine, second, *third]).ranking
    assert told is not None
    assert told.place is None
    assert told.disputed == ("64.09",)


def test_figures_that_are_too_old_are_not_ranked() -> None:
    old = [observation(str(60 + at), "2019", region=region) for at, region in enumerate(THREE)]
    told = story(indicator(max_age=2), old).ranking
    assert told is not None
    assert (told.place, told.expired) == (None, True)


def test_what_moves_with_prices_is_neither_better_nor_ranked() -> None:
    figures = [observation("60", "2023"), *(observation(str(50 + at), region=each) for at, each in enumerate(THREE))]
    told = story(indicator(direction="higher", nominal=True), figures)
    assert told.move is not None
    assert (told.move.is_told, told.move.good, told.ranking) == (True, None, None)


@given(st.lists(st.integers(0, 50), min_size=3, max_size=3), st.sampled_from(["higher", "lower"]))
def test_the_rank_counts_those_that_are_better(values: list[int], direction: str) -> None:
    figures = [observation(str(value), region=region) for value, region in zip(values, THREE, strict=True)]
    ranking = story(indicator(direction=direction), figures).ranking
    better = [value for value in values if (value > values[0] if direction == "higher" else value < values[0])]
    assert ranking is not None
    assert ranking.place == 1 + len(better)


@given(st.lists(st.integers(2000, 2024), min_size=1, max_size=12, unique=True))
def test_segments_hold_every_point_once_in_order(found: list[int]) -> None:
    of = indicator()
    (line,) = draw_lines(catalogue(of), of, [observation(period=str(year)) for year in found])
    assert [int(point.shown.period.code) for point in line.points] == sorted(found)
    for segment in line.segments:
        codes = [int(point.shown.period.code) for point in segment]
        assert codes == list(range(codes[0], codes[-1] + 1))


def test_nothing_known_is_a_story_as_well() -> None:
    told = story(indicator(), [])
    assert (told.latest, told.move, told.worth, told.ranking, told.own) == (None, None, None, None, ())


def test_figures_with_and_without_ikn_are_not_compared() -> None:
    with_ikn = observation("80", "2024", marks=frozenset({"ikn_included"}))
    told = story(indicator(), [observation("70", "2023", marks=frozenset({"ikn_unknown"})), with_ikn])
    assert told.move is None
    assert years(told) == [["2023"], ["2024"]]


@pytest.mark.parametrize("weak", [{"marks": frozenset({"doubtful"})}, {"status": "progress"}])
def test_a_rank_is_withheld_where_a_regency_has_only_a_weak_figure(weak: dict[str, Any]) -> None:
    told = story(
        indicator(), [observation("70"), observation("71", region="64.08"), observation("72", region="64.09", **weak)]
    )
    assert told.ranking is not None
    assert (told.ranking.place, told.ranking.missing) == (None, ("64.09",))


@pytest.mark.parametrize(
    ("values", "minor"),
    [
        (["74.00", "75.00", "75.05"], True),  # goes on as before
        (["74.00", "75.00", "74.95"], False),  # turns round
        (["75.00", "75.00", "74.95"], True),  # nothing to turn from
        (["74.00", "75.00", "75.00"], False),  # no difference is no small one
    ],
)
def test_a_small_change_that_goes_against_the_one_before_always_counts(values: list[str], minor: bool) -> None:
    figures = [observation(value, str(2022 + at)) for at, value in enumerate(values)]
    of = indicator()
    rule = MaterialityRule(kind="indeks", units=(of.unit,), least=Decimal("0.1"))
    told = tell(catalogue(of, materiality=(rule,)), of, "64.01", figures, (), THREE, TODAY)
    assert told.move is not None
    assert told.move.minor is minor
