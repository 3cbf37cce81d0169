"""The six dimensions on the wall: scores in words, what is missing in words, the worst in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.wall.content import WallScene
from dashboard.wall.scenes.dimensions import build
from etl.catalogue.models import Catalogue
from etl.measures.observation import DimensionScore
from tests.making import indicator, observation, text
from tests.unit.wall.house import House, action, conflict, house_of, leaf, score_of, wall

PMA = indicator("pma", short=text("Investasi PMA"), urusan="modal")
KNOWN = house_of(PMA, indicator("ipm"), indicator("stunting"), indicator("tpt"))
LIVING = score_of(leaf("ipm", 95), leaf("stunting", 95), dimension="smart-living")


def build_scene(*scores: DimensionScore, known: Catalogue = KNOWN, guest: bool = False, **more: Any) -> WallScene:
    lang = more.pop("lang", "id")
    scene = build(wall(House(known, found=scores, **more), lang, guest))
    assert scene is not None
    return scene


def test_a_tile_says_position_word_and_its_lead() -> None:
    led = KNOWN.dimensions[0].model_copy(update={"leads": ("stunting", "pma")})
    known = KNOWN.model_copy(update={"dimensions": (led, *KNOWN.dimensions[1:])})
    figures = [observation("5", indicator="pma")]
    [tile, _] = build_scene(score_of(leaf("pma", 70), leaf("tpt", 88)), LIVING, known=known, figures=figures)["tiles"]
    assert (tile["name"], tile["value"], tile["position"]) == ("Smart Economy", "79,0", 4)
    assert (tile["word"], tile["lead"]) == ("cukup dekat", "Investasi PMA 5 (2024)")
    assert (tile["none"], tile["two"], tile["period"]) == ("", "", "2024")


def test_a_lead_says_that_it_is_old_or_disputed_and_guests_see_another() -> None:
    led = KNOWN.dimensions[0].model_copy(update={"leads": ("pma", "tpt")})
    known = KNOWN.model_copy(update={"dimensions": (led, *KNOWN.dimensions[1:])})
    now = score_of(leaf("pma", 70), leaf("tpt", 88))
    old = observation("5", "2019", indicator="pma")
    scene = build_scene(now, LIVING, known=known, figures=[old])
    assert scene["tiles"][0]["lead"] == "Investasi PMA 5 (2019, terlalu lama)"
    assert (scene["note"], scene["late"]) == ("angka 2019", "terlalu lama: Investasi PMA 2019")
    scene = build_scene(now, LIVING, known=known, figures=[old, observation("3", indicator="tpt")])
    assert scene["tiles"][0]["lead"] == "tpt 3 (2024)"  # the first that is not too old
    figures = [FIGURE, RIVAL, observation("3", indicator="tpt")]
    for guest, said in ((False, "Investasi PMA 5 (2024, beda data)"), (True, "tpt 3 (2024)")):
        [tile, _] = build_scene(now, LIVING, known=known, figures=figures, guest=guest)["tiles"]
        assert tile["lead"] == said


def test_below_two_thirds_of_the_weight_the_range_stands_alone() -> None:
    [tile, _] = build_scene(score_of(leaf("pma", 80), leaf("tpt", None)), LIVING)["tiles"]
    assert (tile["value"], tile["position"], tile["word"]) == ("40–90", 0, "rentang saja")


def test_under_half_of_the_weight_there_are_words_and_no_number() -> None:
    few = score_of(leaf("pma", 80), *[leaf(each, None) for each in ("tpt", "ipm", "stunting")])
    [tile, _] = build_scene(few, LIVING)["tiles"]
    assert (tile["value"], tile["position"], tile["word"]) == ("", 0, "")
    assert (tile["none"], tile["have"]) == ("belum cukup data", "1 dari 4 dapat dihitung")


def test_a_position_of_zero_is_a_number() -> None:
    [tile, _] = build_scene(score_of(leaf("pma", 0), leaf("tpt", 0)), LIVING)["tiles"]
    assert (tile["value"], tile["none"], tile["position"]) == ("0,0", "", 1)


def test_no_dimension_is_set_above_or_below_another() -> None:
    before = score_of(leaf("pma", 80, "2023"), leaf("tpt", 80, "2023"), period="2023")
    scene = build_scene(before, score_of(leaf("pma", 5), leaf("tpt", 5)), LIVING)
    assert scene["worse"] == 0
    assert scene["sentence"] is not None
    assert scene["sentence"]["tone"] == "plain"
    assert scene["sentence"]["texts"][0] == "2 dari 2 dimensi, 0 rentangnya saja, 0 belum cukup data."


def test_a_score_of_an_earlier_method_says_so() -> None:
    [tile] = build_scene(score_of(leaf("pma", 70), leaf("tpt", 88), method=1, position=None, band=4))["tiles"]
    assert (tile["value"], tile["word"], tile["position"]) == ("79,0", "metode 1", 0)


def test_without_any_figure_there_is_no_scene() -> None:
    assert build(wall(House(KNOWN))) is None
    assert build(wall(House(KNOWN, found=[score_of(leaf("pma", None), leaf("tpt", None))]))) is None


FIGURE = observation("5", indicator="pma")
RIVAL = observation("7", indicator="pma", publication="berita-a")


@pytest.mark.parametrize("marked", [True, False])
def test_a_score_on_disputed_figures_says_two_figures_and_is_kept_from_guests(marked: bool) -> None:
    now = score_of(leaf("pma", 20, disputed=marked), leaf("tpt", 40))
    contests = [] if marked else [conflict(FIGURE, RIVAL)]
    assert [each["two"] for each in build_scene(now, LIVING, conflicts=contests)["tiles"]] == ["beda data", ""]
    guest = build_scene(now, LIVING, conflicts=contests, guest=True)
    assert [each["name"] for each in guest["tiles"]] == ["Smart Living"]
    assert "Economy" not in str(guest)


def test_a_dispute_about_another_year_or_series_leaves_the_tile_as_it_is() -> None:
    old = observation("5", "2021", indicator="pma")
    other = observation("5", series="lain", indicator="pma")
    now = score_of(leaf("pma", 20), leaf("tpt", 40))
    contests = [conflict(old, RIVAL), conflict(other, observation("7", series="lain", indicator="pma"))]
    assert [each["two"] for each in build_scene(now, LIVING, conflicts=contests)["tiles"]] == ["", ""]
    elsewhere = score_of(leaf("pma", 20, series="lain"), leaf("tpt", 40))
    assert build_scene(elsewhere, LIVING, conflicts=[conflict(FIGURE, RIVAL)])["tiles"][0]["two"] == ""


def test_guests_are_told_no_office_and_no_action() -> None:
    low = score_of(leaf("pma", 20), leaf("tpt", 40))
    scene = build_scene(low, LIVING, guest=True, recorded=[action("pma", "2026-11-30")])
    assert "DPMPTSP" not in str(scene)
    assert "30 Nov" not in str(scene)


def test_an_internal_indicator_never_leads() -> None:
    led = KNOWN.dimensions[0].model_copy(update={"leads": ("pma",)})
    secret = house_of(PMA.model_copy(update={"access": "internal"}), indicator("tpt"), dimensions=(led,))
    figures = [observation("5", indicator="pma")]
    scene = build_scene(score_of(leaf("pma", 0), leaf("tpt", 90)), known=secret, figures=figures)
    assert "PMA" not in str(scene)


def test_the_note_tells_the_ages_of_what_counts_in_a_score() -> None:
    young, old = observation("5", "2024", indicator="pma"), observation("3", "2022", indicator="tpt")
    carried = observation("3", "2019", indicator="ipm")
    counted = score_of(leaf("pma", 80, observation=young.id), leaf("tpt", 80, "2022", observation=old.id))
    few = score_of(leaf("ipm", 80, "2019", observation=carried.id), leaf("stunting", None), leaf("tpt", None),
                   dimension="smart-living")  # fmt: skip
    scene = build_scene(counted, few, figures=[young, old, carried])
    assert scene["note"] == "angka tertua 2022 · termuda 2024"
    assert scene["late"] == "terlalu lama: tpt 2022"
    assert scene["received"] == "2026-11-22T00:00:00+00:00"


def test_the_whole_scene_is_spoken_in_both_languages() -> None:
    few = score_of(leaf("pma", None), leaf("tpt", None))
    said = build_scene(few, LIVING)["spoken"]
    assert said.startswith("64.01 Smart City 2024: Smart Economy: belum cukup data, 0 dari 2 dapat dihitung; ")
    assert "Smart Living 95,0, dekat" in said
    assert "Smart Living 95.0, dekat" in build_scene(few, LIVING, lang="en")["spoken"]
