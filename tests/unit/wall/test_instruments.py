"""SPBE and Pemdi on the wall: predicate by the rule, a line that stays broken, nothing converted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.wall.content import Index, WallScene
from dashboard.wall.scenes.instruments import build
from etl.measures.observation import Observation
from tests.making import indicator, observation, text
from tests.unit.wall.house import House, conflict, house_of, wall

SERIES = [{"id": each, "name": {"id": each, "en": each}} for each in ("baru", "lama")]
KNOWN = house_of(
    indicator("spbe", series=SERIES, short=text("SPBE"), urusan="modal", max_age=9),
    indicator("pemdi"),
    indicator("spbe-predicate", direction="category", role="supporting", subdimension=None),
)


def spbe(value: str, year: str, series: str = "baru", **changes: Any) -> Observation:
    return observation(value, year, indicator="spbe", series=series, **changes)


def printed(word: str, year: str) -> Observation:
    return observation(None, year, category=word, indicator="spbe-predicate")


def scene_of(*figures: Observation, guest: bool = False, **more: Any) -> WallScene:
    scene = build(wall(House(KNOWN, figures=figures), more.pop("lang", "id"), guest, **more))
    assert scene is not None
    return scene


def index_of(*figures: Observation, **more: Any) -> Index:
    return scene_of(*figures, **more)["indices"][0]


def shape(index: Index) -> list[list[str]]:
    return [[dot["label"] for dot in line] for line in index["lines"]]


OLD = [spbe("1.85", "2018", "lama"), spbe("1.69", "2019", "lama")]
NEW = [spbe("2.30", "2022"), spbe("2.59", "2023")]


def test_an_index_says_number_predicate_year_and_change() -> None:
    index = index_of(*NEW)
    assert (index["name"], index["value"], index["band"], index["word"]) == ("SPBE", "2,59", 2, "Cukup")
    assert index["period"] == "2023"
    assert index["change"] == {"way": "up", "tone": "good", "text": "naik 0,29", "since": "dari 2022"}


def test_a_line_is_never_joined_across_instruments_or_years_without_a_value() -> None:
    index = index_of(*OLD, *NEW, spbe("1.36", "2020", "lama"))
    assert shape(index) == [["2022", "2023"], ["2018", "2019", "2020"]]
    assert index["note"] == "dua instrumen, garis tidak disambung"
    assert shape(index_of(spbe("2", "2021"), *NEW[1:])) == [["2021"], ["2023"]]


def test_points_and_cuts_share_a_scale_of_one_to_five() -> None:
    index = index_of(spbe("3.00", "2022"), spbe("5.00", "2024"), spbe("1.00", "2023"))
    assert [(dot["x"], dot["y"]) for dot in index["lines"][0]] == [(0.0, 0.5), (0.5, 1.0), (1.0, 0.0)]
    assert index["cuts"] == [
        {"y": 1.0, "label": "Kurang"}, {"y": 0.8, "label": "Cukup"}, {"y": 0.6, "label": "Baik"},
        {"y": 0.375, "label": "Sangat Baik"}, {"y": 0.2, "label": "Memuaskan"},
    ]  # fmt: skip


@given(st.lists(st.decimals("0", "5", places=2), min_size=1, max_size=6))
def test_no_value_of_any_instrument_leaves_the_box(values: list[Any]) -> None:
    index = index_of(*(spbe(str(value), str(2021 + at)) for at, value in enumerate(values)))
    assert all(0 <= each["y"] <= 1 for line in index["lines"] for each in line)
    assert all(0 <= each["x"] <= 1 for line in index["lines"] for each in line)
    assert all(0 <= each["y"] <= 1 for each in index["cuts"])


def test_spbe_has_ended_and_pemdi_has_no_value_yet() -> None:
    scene = scene_of(*NEW)
    assert scene["sub"] == "SPBE berakhir 2025 · Pemdi: belum ada nilai"
    pemdi = scene["indices"][1]
    assert (pemdi["value"], pemdi["none"], pemdi["note"]) == ("", "belum ada nilai", "dinilai mulai 2026")
    assert (pemdi["lines"], pemdi["cuts"], pemdi["change_none"]) == ([], [], "")
    assert scene_of(*NEW, now=dt.datetime(2025, 11, 22, tzinfo=dt.UTC))["sub"] == "skala 1–5"


def test_pemdi_is_judged_by_its_own_cuts_and_compared_with_nothing() -> None:
    scene = scene_of(*NEW, observation("3.60", "2026", indicator="pemdi"))
    pemdi = scene["indices"][1]
    assert (pemdi["value"], pemdi["word"], pemdi["change"]) == ("3,60", "Sangat Baik", None)
    assert pemdi["change_none"] == "belum ada pembanding"
    assert scene["sub"] == "SPBE berakhir 2025 · skala 1–5"


def test_before_the_instrument_there_is_no_predicate() -> None:
    index = index_of(*OLD)
    assert (index["value"], index["band"], index["word"], index["cuts"]) == ("1,69", 0, "", [])


def test_a_printed_predicate_that_the_cuts_contradict_is_flagged() -> None:
    scene = scene_of(spbe("2.50", "2021"), spbe("2.83", "2022"), printed("Cukup", "2021"), printed("Cukup", "2022"))
    assert scene["sentence"] == {
        "lead": "Beda predikat:",
        "tone": "warn",
        "texts": ["SPBE 2022 (2,83) tercetak “Cukup”, menurut ambang “Baik”.",
                  "SPBE 2022 tercetak “Cukup”, ambang “Baik”."],
    }  # fmt: skip
    assert scene["indices"][0]["note"] == "tercetak “Cukup”"
    assert scene["indices"][0]["word"] == "Baik"


def test_a_fall_is_worse_than_a_contradiction_and_names_the_office() -> None:
    scene = scene_of(spbe("3.00", "2021"), spbe("2.83", "2022"), printed("Cukup", "2022"))
    assert scene["sentence"] is not None
    assert scene["sentence"]["texts"][0] == "SPBE 2,83 (2022), turun 0,17 dari 2021. OPD: DPMPTSP."
    assert (scene["sentence"]["lead"], scene["worse"]) == ("Memburuk:", 1)


def test_a_low_predicate_is_said_before_a_rise() -> None:
    sentence = scene_of(*NEW)["sentence"]
    assert sentence is not None
    assert (sentence["lead"], sentence["texts"][-1]) == ("Masih rendah:", "SPBE 2,59 (2023).")
    good = scene_of(spbe("2.70", "2022"), spbe("3.10", "2023"))["sentence"]
    assert good is not None
    assert (good["lead"], good["tone"]) == ("Membaik:", "good")


def test_a_disputed_index_says_two_figures_and_is_kept_from_guests() -> None:
    rival = spbe("3.90", "2023", publication="berita-a")
    assert index_of(*NEW, rival)["two"] == "beda data"
    assert [each["name"] for each in scene_of(*NEW, rival, observation("3", "2026", indicator="pemdi"), guest=True)[
        "indices"]] == ["Pemdi"]  # fmt: skip
    assert build(wall(House(KNOWN, figures=[*NEW, rival]), guest=True)) is None


def test_guests_see_a_line_without_its_disputed_points() -> None:
    rival = spbe("3.90", "2022", publication="berita-a")
    figures = [spbe("2.10", "2021"), *NEW, rival]
    assert shape(index_of(*figures)) == [["2021", "2022", "2023"]]
    assert shape(index_of(*figures, guest=True)) == [["2021"], ["2023"]]


def test_only_the_latest_value_can_be_late_while_the_note_tells_all_that_is_drawn() -> None:
    assert scene_of(*OLD, *NEW)["note"] == "angka tertua 2018 · termuda 2023"
    scene = scene_of(*OLD, *NEW, now=dt.datetime(2034, 1, 1, tzinfo=dt.UTC))
    assert scene["late"] == "terlalu lama: SPBE 2023"


def test_without_a_value_there_is_no_scene() -> None:
    assert build(wall(House(KNOWN))) is None


def test_the_scene_is_spoken_whole() -> None:
    said = scene_of(*NEW, lang="en")["spoken"]
    assert said.startswith("SPBE and Pemdi, 64.01: SPBE 2.59 (2023), Cukup, up 0.29 from 2022; Pemdi no value yet")


def test_an_index_that_is_out_of_date_is_not_praised_and_no_office_is_blamed() -> None:
    figures = [spbe("2.70", "2022"), spbe("3.20", "2023")]
    then = dt.datetime(2034, 1, 1, tzinfo=dt.UTC)
    scene = scene_of(*figures, now=then)
    assert scene["indices"][0]["period"] == "2023 · terlalu lama"
    assert scene["sentence"] == {
        "lead": "Terlalu lama:", "tone": "warn",
        "texts": ["SPBE 3,20 (2023), belum ada angka baru.", "SPBE 3,20 (2023)."],
    }  # fmt: skip
    fresh = scene_of(*figures)["sentence"]
    assert fresh is not None
    assert fresh["lead"] == "Membaik:"


def test_years_that_no_source_prints_are_named_beside_the_line() -> None:
    marks = frozenset({"year_inferred"})
    index = index_of(spbe("2.70", "2022", marks=marks), spbe("3.20", "2023"))
    assert "tahun disimpulkan: 2022" in index["note"]
    assert (index["change"], index["change_none"]) == (None, "belum dapat dibandingkan")
    assert "disimpulkan" not in index_of(*NEW)["note"]


def test_a_printed_predicate_in_dispute_is_not_the_printed_one() -> None:
    word = printed("Cukup", "2022")
    rivals = [conflict(word, printed("Baik", "2022"))]
    figures = [spbe("2.83", "2022"), word]
    assert "tercetak" in str(build(wall(House(KNOWN, figures=figures))))
    assert "tercetak" not in str(build(wall(House(KNOWN, figures=figures, conflicts=rivals))))
