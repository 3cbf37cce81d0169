"""Development on the wall: the worst first, a bar only against the target of the same period and series."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dashboard.wall.content import Row, WallScene
from dashboard.wall.scenes.development import build
from etl.catalogue.models import Catalogue, Indicator
from etl.measures.observation import Observation
from tests.making import indicator, observation, plan, target, text
from tests.unit.wall.house import House, action, conflict, house_of, wall

LOWER = {"direction": "lower", "unit": "%", "decimals": 1}


def known_of(*indicators: Indicator, **changes: Any) -> Catalogue:
    return house_of(*indicators, headlines=tuple(each.id for each in indicators), **changes)


def scene_of(known: Catalogue, *figures: Observation, guest: bool = False, **more: Any) -> WallScene:
    lang = more.pop("lang", "id")
    scene = build(wall(House(known, figures=figures, **more), lang, guest))
    assert scene is not None
    return scene


def row_of(known: Catalogue, *figures: Observation, **more: Any) -> Row:
    return scene_of(known, *figures, **more)["rows"][0]


def test_rows_stand_worst_first_and_are_at_most_five() -> None:
    names = ("biasa", "naik", "memburuk", "capai", "kurang", "jauh", "sisa")
    known = known_of(*(indicator(each) for each in names))
    figures = [observation("70", "2024", indicator=each) for each in names]
    figures += [observation(before, "2023", indicator=name) for name, before in (("naik", "60"), ("memburuk", "80"))]
    figures += [target(value, indicator=name) for name, value in (("capai", "60"), ("kurang", "80"), ("jauh", "200"))]
    rows = scene_of(known, *figures)["rows"]
    assert [each["name"] for each in rows] == ["jauh", "kurang", "memburuk", "biasa", "naik"]
    assert [each["band"] for each in rows] == [1, 4, 0, 0, 0]
    assert scene_of(known, *figures)["worse"] == 1


def test_a_bar_stands_on_one_scale_from_zero_with_its_target() -> None:
    row = row_of(known_of(indicator("stunting", **LOWER)), observation("20", indicator="stunting"),
                 target("15", indicator="stunting"))  # fmt: skip
    assert row["bar"] == {"value": 0.9, "target": 0.675}
    assert (row["target"], row["value"], row["band"]) == ("target 15,0% (2024)", "20%", 3)


def test_a_target_of_another_year_or_series_gives_a_distance_and_no_bar() -> None:
    series = [{"id": each, "name": {"id": each.upper(), "en": each}} for each in ("ssgi", "eppgbm")]
    known = known_of(indicator("stunting", series=series, **LOWER))
    figure = observation("20", indicator="stunting", series="ssgi")
    row = row_of(known, figure, target("14", "2029", indicator="stunting", series="ssgi"))
    assert (row["bar"], row["band"], row["target"]) == (None, 0, "sisa 6,0 poin ke 14,0% (2029)")
    assert row["period"] == "2024 · SSGI"
    row = row_of(known, figure, target("14", "2024", indicator="stunting", series="eppgbm"))
    assert (row["bar"], row["target"]) == (None, "target belum dimuat")


def test_a_distance_is_told_by_the_day_of_the_wall_and_not_by_that_of_the_load() -> None:
    known = known_of(indicator("ipm"))
    figures = [observation("70", indicator="ipm"), target("75", "2026"), target("80", "2028")]
    view = wall(House(known, figures=figures))
    late = wall(House(known, figures=figures), now=view.now.replace(year=2027))
    assert [build(each)["rows"][0]["target"] for each in (view, late)] == [  # type: ignore[index]
        "sisa 5,00 ke 75,00 (2026)",
        "sisa 10,00 ke 80,00 (2028)",
    ]


def test_a_gap_smaller_than_the_usual_digits_still_shows() -> None:
    known = known_of(indicator("stunting", **LOWER))
    scene = scene_of(known, observation("14.04", indicator="stunting"), target("14", indicator="stunting"))
    [row] = scene["rows"]
    assert (row["value"], row["target"]) == ("14,04%", "target 14,0% (2024)")
    assert scene["sentence"] is not None
    assert scene["sentence"]["texts"][0] == "stunting 14,04% (2024), target 14,0%."


def test_what_weakens_all_figures_alike_is_said_once() -> None:
    known, marks = known_of(indicator("ipm"), indicator("tpt")), frozenset({"ikn_unknown"})
    figures = [observation("70", marks=marks), observation("5", indicator="tpt", marks=marks)]
    scene = scene_of(known, *figures)
    assert [each["period"] for each in scene["rows"]] == ["2024", "2024"]
    assert scene["sub"] == "realisasi terbaru · IKN tak disebut"
    assert "IKN tak disebut" in scene["spoken"]
    mixed = scene_of(known, figures[0], observation("5", indicator="tpt"))
    assert [each["period"] for each in mixed["rows"]] == ["2024 · IKN tak disebut", "2024"]
    assert mixed["sub"] == "realisasi terbaru"


def test_a_lent_target_is_a_distance_and_no_achievement() -> None:
    known = known_of(
        indicator("stunting", targets=[{"region": "ID", "period": "2024", "value": "14", "plan": "rpjmn",
                                        "source": "uji", "applies_below": True}], **LOWER),
        plans=(plan(), plan("rpjmn", kind="RPJMN", region="ID", first_year=2020, last_year=2024)),
    )  # fmt: skip
    scene = scene_of(known, observation("20", indicator="stunting"))
    [row] = scene["rows"]
    assert (row["target"], row["bar"], row["band"]) == ("sisa 6,0 poin ke 14,0% (nasional 2024)", None, 0)
    assert "Belum tercapai" not in str(scene)


def test_a_passed_target_value_says_so() -> None:
    row = row_of(known_of(indicator("ipm")), observation("70"), target("65", "2029"))
    assert row["target"] == "sudah melewati 65,00 (2029)"


@pytest.mark.parametrize(("value", "due"), [("-3", "5"), ("0", "0"), ("5", "-3")])
def test_no_bar_is_drawn_below_zero_or_of_nothing(value: str, due: str) -> None:
    row = row_of(known_of(indicator("ipm")), observation(value), target(due))
    assert row["bar"] is None
    assert row["value"].replace("−", "-") == value


def test_a_change_is_coloured_by_good_or_bad_and_dated() -> None:
    known = known_of(indicator("tpt", frequency="year", month=8, **LOWER))
    figures = [observation(value, code, indicator="tpt") for value, code in (("5.1", "2023-08"), ("4.9", "2024-08"))]
    row = row_of(known, *figures)
    assert row["change"] == {"way": "down", "tone": "good", "text": "turun 0,2 poin", "since": "dari Agu 2023"}
    assert (row["period"], row["change_none"]) == ("Agu 2024", "")


def test_a_category_is_shown_as_printed_with_how_long_it_is_held() -> None:
    known = known_of(indicator("opini", direction="category"))
    figures = [observation(None, year, category="WTP", indicator="opini") for year in ("2022", "2023", "2024")]
    row = row_of(known, *figures)
    assert (row["value"], row["bar"], row["band"]) == ("WTP", None, 0)
    assert row["change"] == {"way": "same", "tone": "same", "text": "tidak berubah", "since": "sejak 2022"}
    [single] = scene_of(known, figures[-1])["rows"]
    assert (single["change"], single["change_none"]) == (None, "belum ada pembanding")


def test_a_weak_figure_says_so_beside_its_period() -> None:
    known = known_of(indicator("ipm"))
    assert row_of(known, observation("70", status="preliminary"))["period"] == "2024 · sementara"
    assert row_of(known, observation("70", marks=frozenset({"claim"})))["period"] == "2024 · klaim"


RIVALS = (observation("70"), observation("60", publication="berita-a"), observation("65", "2023"))


def test_a_disputed_figure_says_two_figures_and_is_kept_from_guests() -> None:
    known = known_of(indicator("ipm"), indicator("tpt"))
    assert row_of(known, *RIVALS)["two"] == "beda data"
    assert build(wall(House(known, figures=RIVALS), guest=True)) is None
    [row] = scene_of(known, *RIVALS, observation("5", indicator="tpt"), guest=True)["rows"]
    assert row["name"] == "tpt"


def test_no_change_is_told_from_a_disputed_figure() -> None:
    figures = [observation("70", "2023"), observation("90", "2023", publication="berita-a"), observation("60", "2024")]
    scene = scene_of(known_of(indicator("ipm")), *figures)
    assert (scene["rows"][0]["change"], scene["rows"][0]["change_none"]) == (None, "angka pembanding beda data")
    assert (scene["worse"], scene["sentence"]) == (0, None)
    guests = scene_of(known_of(indicator("ipm")), *figures, guest=True)
    assert guests["rows"][0]["change_none"] == "tidak sebanding dengan tahun sebelumnya"


def test_the_sentence_says_the_worst_with_office_and_action() -> None:
    known = known_of(indicator("ipm", short=text("IPM"), urusan="modal"))
    figures = [observation("80", "2023"), observation("70", "2024")]
    scene = scene_of(known, *figures, recorded=[action("ipm", "2026-11-30")])
    assert scene["sentence"] is not None
    assert (scene["sentence"]["lead"], scene["sentence"]["tone"]) == ("Memburuk:", "bad")
    assert scene["sentence"]["texts"][0] == "IPM 70 (2024), turun 10 dari 2023. DPMPTSP: Forum investor 30 Nov."


def test_where_nothing_is_bad_the_sentence_says_what_turned_better() -> None:
    names = ("Kemiskinan", "Pengangguran", "Stunting")
    known = known_of(*(indicator(each.lower(), short=text(each), **LOWER) for each in names))
    figures = [
        observation(value, year, indicator=each.lower())
        for each in names
        for value, year in (("9", "2023"), ("8", "2024"))
    ]
    assert scene_of(known, *figures)["sentence"] == {
        "lead": "Membaik:",
        "tone": "good",
        "texts": ["Kemiskinan, pengangguran, stunting.", "Kemiskinan, pengangguran dan 1 lainnya.",
                  "Kemiskinan dan 2 lainnya."],
    }  # fmt: skip


def test_a_part_is_never_shown_without_its_name() -> None:
    series = [{"id": each, "name": {"id": f"desil {each}", "en": each}} for each in ("1", "2")]
    known = known_of(indicator("belanja", breakdown=True, series=series))
    row = row_of(known, observation("70", indicator="belanja", series="1"))
    assert (row["name"], row["period"]) == ("belanja (desil 1)", "2024")


def test_the_scene_says_what_its_rows_are_measured_by() -> None:
    known = known_of(indicator("ipm"))
    assert scene_of(known, observation("70"))["sub"] == "realisasi terbaru"
    assert scene_of(known, observation("70"), target("75", "2029"))["sub"] == "realisasi dan sisa ke target berikutnya"
    assert scene_of(known, observation("70"), target("75"))["sub"] == "realisasi terhadap target tahun yang sama"
    assert build(wall(House(known))) is None


@pytest.mark.parametrize(
    "figures",
    [
        [observation("65", "2023", marks=frozenset({"year_inferred"})), observation("70")],
        [observation("65", "2023"), observation("70", marks=frozenset({"year_inferred"}))],
        [observation("65", "2023", status="progress"), observation("70")],
        [observation("65", "2023", marks=frozenset({"ikn_excluded"})),
         observation("70", marks=frozenset({"ikn_unknown"}))],
        [observation("65", "2023", status="progress"),
         observation("70", marks=frozenset({"claim"}), status="progress")],
    ],
    ids=["earlier year inferred", "later year inferred", "year still ran", "with or without IKN", "claim"],
)  # fmt: skip
def test_a_change_is_told_only_between_firm_figures_of_the_same_ground(figures: list[Observation]) -> None:
    scene = scene_of(known_of(indicator("ipm")), *figures)
    [row] = scene["rows"]
    assert (row["change"], row["change_none"]) == (None, "belum dapat dibandingkan")
    assert (scene["worse"], scene["sentence"]) == (0, None)


@pytest.mark.parametrize(("now", "said"), [("70", "+5,0 dari 2023 (survei)"), ("60", "−5,0 dari 2023 (survei)")])
def test_the_change_of_a_survey_has_no_verb_and_no_colour(now: str, said: str) -> None:
    known = known_of(indicator("ipm", decimals=1, survey=True))
    row = row_of(known, observation("65.0", "2023"), observation(f"{now}.0"))
    assert (row["change"], row["change_none"]) == (None, said)


def test_a_category_that_changed_names_the_one_before() -> None:
    known = known_of(indicator("opini", direction="category"))
    figures = [observation(None, year, category=word, indicator="opini") for year, word in
               (("2022", "WTP"), ("2023", "WTP"), ("2024", "WDP"))]  # fmt: skip
    row = row_of(known, *figures)
    assert (row["change"], row["change_none"]) == (None, "sebelumnya WTP (2023)")
    rival = observation(None, "2023", category="WDP", indicator="opini", publication="berita-a")
    assert row_of(known, *figures, rival)["change_none"] == "tidak sebanding dengan tahun sebelumnya"
    held = [*figures[:2], observation(None, category="WTP", indicator="opini")]
    assert row_of(known, *held)["change"] is not None
    assert row_of(known, *held, rival)["change"] is None


def test_an_expired_figure_says_so_and_is_not_praised() -> None:
    known = known_of(indicator("ipm", max_age=0), indicator("tpt", max_age=9))
    better = [observation(value, year, indicator=name) for name in ("ipm", "tpt")
              for value, year in (("60", "2023"), ("70", "2024"))]  # fmt: skip
    scene = scene_of(known, *better)
    assert [each["period"] for each in scene["rows"]] == ["2024 · terlalu lama", "2024"]
    assert scene["sentence"] is not None
    assert (scene["sentence"]["lead"], scene["sentence"]["texts"]) == ("Membaik:", ["tpt."])
    alone = scene_of(known, *better[:2])["sentence"]
    assert alone == {"lead": "Terlalu lama:", "tone": "warn", "texts": ["ipm."]}


def test_what_is_out_of_date_is_told_by_the_day_of_the_wall() -> None:
    view = wall(House(known_of(indicator("ipm", max_age=2)), figures=[observation("70")]))
    later = wall(House(view.catalogue, figures=[observation("70")]), now=view.now.replace(year=2028))
    assert [build(each)["rows"][0]["period"] for each in (view, later)] == ["2024", "2024 · terlalu lama"]  # type: ignore[index]


def test_a_change_too_small_for_the_shown_digits_is_not_printed_as_none() -> None:
    known = known_of(indicator("ipm", decimals=2), indicator("kaya", decimals=1, unit="Rp juta"))
    row = row_of(known, observation("70.121", "2023"), observation("70.124"))
    assert row["change"] == {"way": "up", "tone": "good", "text": "naik < 0,01", "since": "dari 2023"}
    row = row_of(known, observation("5.12", "2023", indicator="kaya"), observation("5.14", indicator="kaya"))
    assert row["change"] is not None
    assert row["change"]["text"] == "naik Rp< 0,1 juta"


def test_guests_see_no_row_whose_target_is_in_dispute() -> None:
    known = known_of(indicator("ipm"), indicator("tpt"))
    targets = [target("75"), target("80")]
    contest = replace(conflict(*targets), kind="target")
    figures = [observation("70"), observation("5", indicator="tpt"), *targets]
    rows = scene_of(known, *figures, conflicts=[contest], guest=True)["rows"]
    assert [each["name"] for each in rows] == ["tpt"]
    assert len(scene_of(known, *figures, conflicts=[contest])["rows"]) == 2
