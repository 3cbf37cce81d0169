from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.charts.axes import position
from dashboard.charts.canvas import NARROW, WIDE
from dashboard.charts.chart_config import GRAPH_CONFIG
from dashboard.charts.trend_chart import trend_figure
from dashboard.components.sentences import alternative
from dashboard.components.sparkline import drawing
from dashboard.components.trend_card import trend_card
from dashboard.indicator_story import Story, tell
from dashboard.theme import BAD, FOCUS, PALETTE, PEER, rgb
from etl.catalogue.models import Indicator
from etl.catalogue.period import from_code
from etl.measures.observation import Observation
from tests.making import catalogue, indicator, observation, target
from tests.unit.dashboard.rendered import words

THREE = ("64.01", "64.09", "64.08")
NAMES = {"64.01": "Paser", "64.09": "PPU", "64.08": "Kutim", "64": "Kaltim"}
TOKENS = Path(__file__).resolve().parents[3] / "assets" / "10-tokens.css"
DOUBTED = frozenset({"doubtful"})
LATER = ("2024", "2025")
SERIES = [{"id": each, "name": {"id": each, "en": each}} for each in ("baru", "lama")]


def story(of: Indicator, realised: Sequence[Observation], fed: Sequence[Observation] = ()) -> Story:
    return tell(catalogue(of), of, "64.01", realised, fed, THREE, dt.date(2026, 11, 22))


def traces(told: Story, colour: str) -> list[dict[str, Any]]:
    return [each for each in trend_figure(told, NAMES, "id")["data"] if each["marker"].get("color") == colour]


def test_no_line_crosses_a_gap() -> None:
    (line,) = traces(story(indicator(), [observation(period=year) for year in ("2019", "2020", "2022")]), FOCUS)
    assert line["x"] == [2019.0, 2020.0, None, 2022.0, None]
    assert line["connectgaps"] is False


@pytest.mark.parametrize("weak", [{"marks": DOUBTED}, {"marks": frozenset({"claim"})}, {"status": "progress"}])
def test_no_line_leads_to_a_weak_figure_nor_across_it(weak: dict[str, Any]) -> None:
    found = [observation("22", "2022"), observation("32", "2023", **weak), *(observation("24", y) for y in LATER)]
    told = story(indicator(), found)
    (line,) = traces(told, FOCUS)
    assert line["x"] == [2022.0, None, 2024.0, 2025.0, None, 2023.0, None]
    assert line["marker"]["symbol"][5] == "circle-open"
    assert told.main is not None
    assert drawing(told.main).count("<polyline") == 1


def test_the_label_stands_at_the_newest_sound_figure() -> None:
    told = story(indicator(), [observation("24", "2023"), observation("32", "2024", marks=DOUBTED)])
    (label,) = trend_figure(told, NAMES, "id")["layout"]["annotations"]
    assert (label["text"], label["x"]) == ("<b>Paser 24</b>", 2023.0)


def test_a_weak_figure_alone_is_labelled_as_what_it_is() -> None:
    told = story(indicator(), [observation("32", "2024", marks=DOUBTED)])
    (label,) = trend_figure(told, NAMES, "id")["layout"]["annotations"]
    assert label["text"] == "<b>Paser 32 (diragukan)</b>"
    assert "2024 32 (diragukan)" in alternative(told, NAMES, "id")


def test_two_series_are_two_traces_and_only_one_is_solid() -> None:
    found = [observation("1.69", "2020", series="lama"), observation("1.36", "2021", series="baru")]
    told = story(indicator(series=SERIES), found)
    assert [each["line"]["dash"] for each in traces(told, FOCUS)] == ["dot", "solid"]


def test_peers_are_grey_and_of_the_same_series_only() -> None:
    found = [
        observation(series="baru"),
        observation(series="baru", region="64.08"),
        observation(series="lama", region="64.09"),
    ]
    assert [each["name"] for each in traces(story(indicator(series=SERIES), found), PEER)] == ["Kutim"]


def test_disputed_values_are_open_circles_apart_from_the_line() -> None:
    found = [observation("21.9", publication="berita-b"), observation("32", publication="berita-a")]
    told = story(indicator(), found)
    (rival,) = traces(told, BAD)
    assert (rival["mode"], rival["marker"]["symbol"], rival["y"]) == ("markers", "circle-open", [32.0])
    assert 32.0 not in traces(told, FOCUS)[0]["y"]


def test_targets_are_marks_and_statements_say_that_they_are() -> None:
    fed = [target("80", "2029"), target("90", "2028", plan="lisan")]
    drawn = trend_figure(story(indicator(), [observation()], fed), NAMES, "id")
    marks = [each for each in drawn["data"] if each["marker"]["symbol"] == "line-ew"]
    assert sorted(each["y"][0] for each in marks) == [80.0, 90.0]
    words = [each["text"] for each in drawn["layout"]["annotations"]]
    assert "target 2029: 80,00" in words
    assert "pernyataan 2028: 90,00" in words


def test_figures_are_plain_lists_that_json_can_carry() -> None:
    drawn = trend_figure(story(indicator(), [observation(), observation(region="64.08")]), NAMES, "id")
    assert json.loads(json.dumps(drawn)) == drawn


def test_nothing_is_offered_to_a_cloud() -> None:
    assert GRAPH_CONFIG["showSendToCloud"] is False
    assert GRAPH_CONFIG["displaylogo"] is False


def test_every_colour_of_the_figures_is_repainted_in_the_dark() -> None:
    css = TOKENS.read_text(encoding="utf-8")
    for name, colour in PALETTE.items():
        for paint in ("fill", "stroke"):
            assert f'[style*="{paint}: {rgb(colour)}"] {{ {paint}: var(--chart-{name}) !important; }}' in css


def test_both_dark_palettes_are_the_same() -> None:
    css = TOKENS.read_text(encoding="utf-8")
    chosen = re.search(r':root\[data-tema="gelap"\] \{(.*?)\}', css, re.DOTALL)
    wished = re.search(r":root:not\(\[data-tema\]\) \{(.*?)\}", css, re.DOTALL)
    assert chosen is not None
    assert wished is not None
    assert chosen[1].split() == wished[1].split()


def test_a_whole_year_stands_on_its_number_and_august_after_its_middle() -> None:
    assert position(from_code("2024")) == 2024.0
    assert 2024.0 < position(from_code("2024-08")) < 2024.5


def test_a_sparkline_breaks_where_the_line_breaks() -> None:
    told = story(indicator(), [observation(str(y), str(y)) for y in (2018, 2019, 2021, 2022, 2024)])
    assert told.main is not None
    assert drawing(told.main).count("<polyline") == 2
    assert drawing(told.main).count("<circle") == 2


def test_another_round_of_a_yearly_survey_is_no_part_of_its_line() -> None:
    found = [observation("5", period) for period in ("2023-08", "2024-02", "2024-08", "2024-11")]
    (line,) = traces(story(indicator(month=8), found), FOCUS)
    assert line["x"] == [position(from_code("2023-08")), position(from_code("2024-08")), None]


PLAIN = [observation("22", "2023"), observation("24", "2024")]


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([], []),
        ([observation("30", "2024", region="64.08")], ["abu-abu"]),
        ([observation("30", "2024", region="64.08", series="lama")], []),  # of another series: not drawn
        ([observation("30", "2024", region="64.08", marks=DOUBTED)], ["abu-abu", "lingkaran terbuka"]),
        ([observation("30", "2022", series="lama")], ["garis putus", "titik-titik"]),
    ],
)
def test_the_legend_explains_what_is_drawn_and_nothing_else(others: list[Observation], said: list[str]) -> None:
    figures = [replace(each, series="baru") if each.series == PLAIN[0].series else each for each in (*PLAIN, *others)]
    told = words(trend_card(story(indicator(series=SERIES), figures), NAMES, "id", ""))
    keys = ("abu-abu", "lingkaran terbuka", "garis putus", "titik-titik")
    assert [key for key in keys if key in told] == said


def test_another_series_is_never_labelled_without_its_name() -> None:
    figures = [replace(each, series="baru") for each in PLAIN]
    long = [{"id": each, "name": {"id": f"{each} {'sekali ' * 12}", "en": each}} for each in ("baru", "lama")]
    told = story(indicator(series=long), [*figures, observation("21.9", "2024", series="lama")])
    for canvas in (WIDE, NARROW):
        labels = [each["text"] for each in trend_figure(told, NAMES, "id", canvas)["layout"]["annotations"]]
        assert "21,9" not in labels
