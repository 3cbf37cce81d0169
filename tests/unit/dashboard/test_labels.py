"""Direct labels: none covers another, a target's mark or the edge, at any width of a screen or a phone."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.axes import value_ticks
from dashboard.charts.canvas import NARROW, PANEL, WIDE, Canvas, Plot
from dashboard.charts.labels import Box, overlap
from dashboard.charts.trend_chart import trend_figure
from dashboard.data import Reader, open_scene
from dashboard.indicator_story import Story, tell
from dashboard.page_queries import region_names, story_of
from dashboard.urls import State
from tests.making import catalogue, indicator, observation, target

NAMES = {"64.01": "Paser", "64.09": "PPU", "64.08": "Kutim", "64": "Kaltim"}
THREE = ("64.01", "64.09", "64.08")
SERIES = [{"id": each, "name": {"id": f"Seri {each}", "en": each}} for each in ("baru", "lama")]
TWO_SERIES = indicator(series=SERIES)
VALUES = st.decimals("0", "100", places=2).map(str)
YEARS = st.integers(2015, 2025).map(str)
REALISED = st.dictionaries(st.tuples(st.sampled_from(tuple(NAMES)), YEARS), VALUES, min_size=1, max_size=24)
OTHERS = st.dictionaries(YEARS, VALUES, max_size=4)
PLANNED = st.dictionaries(st.integers(2020, 2030).map(str), VALUES, max_size=4)
CANVASES = (WIDE, PANEL, NARROW)


def told(realised: dict[tuple[str, str], str], older: dict[str, str], planned: dict[str, str]) -> Story:
    figures = [observation(value, year, region=where, series="baru") for (where, year), value in realised.items()]
    figures += [observation(value, year, series="lama") for year, value in older.items()]
    rivals = [
        observation("50", "2024", series="baru"),
        observation("61", "2024", series="baru", publication="berita-a"),
    ]
    fed = [
        target(value, year, plan=("rpjmd", "lisan")[int(year) % 2], series="baru") for year, value in planned.items()
    ]
    return tell(catalogue(TWO_SERIES), TWO_SERIES, "64.01", figures + rivals, fed, THREE, dt.date(2026, 11, 22))


def plot_of(layout: dict[str, Any], canvas: Canvas) -> Plot:
    margin = layout["margin"]
    (first, last), (low, high) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    return Plot(canvas, first, last, low, high, margin["l"], margin["r"], margin["t"], margin["b"])


def label_boxes(layout: dict[str, Any], plot: Plot, width: int) -> list[Box]:
    """Return where plotly draws the annotations, from the figure alone."""
    found = []
    for each in layout["annotations"]:
        text = each["text"].removeprefix("<b>").removesuffix("</b>")
        wide = plot.canvas.measure(text, bold=text != each["text"])
        x = plot.across(each["x"], width) + each["xshift"]
        y = plot.down(each["y"]) - each["yshift"]
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[each["xanchor"]]
        found.append(Box(left, y - plot.canvas.size / 2, left + wide, y + plot.canvas.size / 2))
    return found


def mark_boxes(data: list[dict[str, Any]], plot: Plot, width: int) -> list[Box]:
    marks = [each for each in data if each["marker"]["symbol"] == "line-ew"]
    spots = [(plot.across(each["x"][0], width), plot.down(each["y"][0]), each["marker"]["size"] / 2) for each in marks]
    return [Box(x - half, y - 2, x + half, y + 2) for x, y, half in spots]


def assert_legible(story: Story, canvas: Canvas, names: dict[str, str] = NAMES) -> None:
    drawn = trend_figure(story, names, "id", canvas)
    plot = plot_of(drawn["layout"], canvas)
    for width in canvas.widths:
        boxes = label_boxes(drawn["layout"], plot, width)
        marks = mark_boxes(drawn["data"], plot, width)
        assert boxes
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
        assert not [(box, mark) for box in boxes for mark in marks if overlap(box, mark)]
        assert all(box.left >= 0 and box.right <= width and box.bottom <= plot.floor + 1 for box in boxes)


@settings(max_examples=60, deadline=None)
@given(REALISED, OTHERS, PLANNED, st.sampled_from(CANVASES))
def test_no_label_covers_another_or_a_mark(
    realised: dict[tuple[str, str], str], older: dict[str, str], planned: dict[str, str], canvas: Canvas
) -> None:
    assert_legible(told(realised, older, planned), canvas)


@pytest.mark.parametrize("canvas", CANVASES, ids=("wide", "panel", "narrow"))
def test_every_shipped_figure_is_legible(reader: Reader, canvas: Canvas) -> None:
    checked = 0
    for code in THREE:
        scene = open_scene(reader, State(wilayah=code), "64.01")
        assert scene is not None
        for each in scene.public.values():
            story = story_of(scene, each)
            if story.latest is not None and story.latest.value is not None:
                assert_legible(story, canvas, region_names(scene, each))
                checked += 1
    assert checked > 100


def test_the_regions_own_figure_is_always_labelled() -> None:
    figures = {(where, "2024"): "50" for where in NAMES} | {("64.01", "2023"): "49"}
    planned = {"2024": "50", "2025": "50.5", "2026": "49.5"}
    for canvas in CANVASES:
        words = [
            each["text"]
            for each in trend_figure(told(figures, {}, planned), NAMES, "id", canvas)["layout"]["annotations"]
        ]
        assert "<b>Paser 50</b>" in words


def test_two_marks_close_together_are_both_labelled() -> None:
    fed = [target("78.22", "2030"), target("77.44", "2029", plan="lisan")]
    found = [observation("71"), observation("75", "2023")]
    story = tell(catalogue(indicator()), indicator(), "64.01", found, fed, THREE, dt.date(2026, 11, 22))
    for canvas in (WIDE, NARROW):
        words = [each["text"] for each in trend_figure(story, NAMES, "id", canvas)["layout"]["annotations"]]
        assert {"target 2030: 78,22", "pernyataan 2029: 77,44"} <= set(words)


def test_a_phone_shows_fewer_years_and_a_smaller_margin() -> None:
    story = told({("64.01", str(year)): "50" for year in range(2015, 2026)}, {}, {"2030": "60"})
    wide, narrow = (trend_figure(story, NAMES, "id", canvas)["layout"] for canvas in (WIDE, NARROW))
    assert len(narrow["xaxis"]["tickvals"]) <= 5 < len(wide["xaxis"]["tickvals"])
    assert narrow["margin"]["r"] < wide["margin"]["r"]
    assert narrow["margin"]["l"] < 60


@given(st.floats(-1e6, 1e7), st.floats(0.01, 1e7))
def test_ticks_are_few_round_and_within_the_axis(low: float, span: float) -> None:
    ticks = value_ticks(low, low + span, "indeks", "id")
    assert 1 <= len(ticks) <= 7
    assert all(low - span * 1e-6 <= value <= low + span * (1 + 1e-6) for value, _ in ticks)
    assert len({text for _, text in ticks}) == len(ticks)


def test_ticks_are_written_as_the_country_writes_them() -> None:
    assert [text for _, text in value_ticks(0.28, 0.305, "rasio", "id")] == [
        "0,280",
        "0,285",
        "0,290",
        "0,295",
        "0,300",
        "0,305",
    ]
    assert [text for _, text in value_ticks(0, 3500, "jiwa", "en")] == ["0", "1,000", "2,000", "3,000"]
    assert [text for _, text in value_ticks(10, 30, "%", "id")] == ["10%", "15%", "20%", "25%", "30%"]
