"""How old a scene is: oldest and youngest period, when it was received, what is older than its calendar allows."""

from __future__ import annotations

import datetime as dt

from dashboard.wall.periods import age_of, dated
from etl.measures.observation import Observation
from tests.making import catalogue, indicator, observation
from tests.unit.wall.house import House, wall

RELEASE = {"months_after": 3}
TOO_OLD = (indicator("tpt", max_age=2), indicator("gini", max_age=2))
KNOWN = catalogue(indicator("ipm", release=RELEASE, max_age=9), *TOO_OLD)
VIEW = wall(House(KNOWN))


def late(*figures: Observation) -> str:
    return age_of(VIEW, figures)["late"]


def test_the_oldest_and_the_youngest_period_are_named() -> None:
    figures = [observation(period=year) for year in ("2024", "2022", "2025")]
    assert age_of(VIEW, figures)["note"] == "angka tertua 2022 · termuda 2025"
    assert age_of(VIEW, figures[:1])["note"] == "angka 2024"
    assert age_of(VIEW, figures[:1], figures[1:2])["note"] == "angka tertua 2022 · termuda 2024"


def test_received_is_when_the_newest_figure_came_in() -> None:
    wita = dt.timezone(dt.timedelta(hours=8))
    moments = [dt.datetime(2026, 11, 20, 9, 0, 0, 123, tzinfo=wita), dt.datetime(2026, 11, 19, tzinfo=wita)]
    figures = [observation(recorded_at=each) for each in moments]
    assert age_of(VIEW, figures)["received"] == "2026-11-20T01:00:00+00:00"
    assert age_of(VIEW, [])["received"] == "2026-11-20T00:00:00+00:00"


def test_what_is_out_of_date_is_named_before_what_is_only_late() -> None:
    overdue, expired = observation(period="2020"), observation(period="2022", indicator="tpt")
    assert late(observation(period="2025")) == ""
    assert late(overdue) == "melewati jadwal rilis: ipm 2020"
    assert late(expired) == "terlalu lama: tpt 2022"
    assert late(overdue, expired) == "terlalu lama: tpt 2022 · 1 lewat jadwal"
    both = (expired, observation(period="2021", indicator="gini"))
    assert late(overdue, *both) == "terlalu lama: gini 2021 dan 1 lainnya · 1 lewat jadwal"
    assert late(overdue, observation(period="2021")) == "melewati jadwal rilis: ipm 2020"


def test_a_scene_turns_late_by_the_day_of_the_wall() -> None:
    figure = observation(period="2025", indicator="tpt")
    then = wall(House(KNOWN), now=dt.datetime(2029, 1, 1, tzinfo=dt.UTC))
    assert age_of(VIEW, [figure])["late"] == ""
    assert age_of(then, [figure])["late"] == "terlalu lama: tpt 2025"


def test_history_is_never_late() -> None:
    assert age_of(VIEW, [observation(period="2025")], [observation(period="2010", indicator="tpt")])["late"] == ""


def test_a_period_is_told_with_all_that_weakens_its_figure() -> None:
    inferred = frozenset({"year_inferred"})
    rival = observation("90", publication="berita-a", marks=inferred)
    weak = wall(House(KNOWN, figures=[observation(status="preliminary", marks=inferred), rival]))
    latest = weak.story(KNOWN.indicator["ipm"]).latest
    assert latest is not None
    assert dated(weak, latest) == ["2024", "sementara", "tahun disimpulkan", "beda data"]
