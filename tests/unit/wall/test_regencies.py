"""The three regencies on the wall: a place only where no two intervals meet, and the reason where there is none."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.wall.content import Comparison, WallScene
from dashboard.wall.scenes.regencies import build
from etl.measures.observation import DimensionScore, Leaf
from tests.making import indicator, observation, text
from tests.unit.wall.house import KUTIM, PASER, PPU, House, action, conflict, house_of, leaf, score_of, wall

KNOWN = house_of(indicator("pma", short=text("Investasi PMA"), urusan="modal"), indicator("tpt"))


def whole(region: str, value: int, **changes: Any) -> DimensionScore:
    return score_of(leaf("pma", value, **changes), leaf("tpt", value), region=region)


def half(region: str, value: int) -> DimensionScore:
    return score_of(leaf("pma", value), leaf("tpt", None), region=region)


def scene_of(*scores: DimensionScore, guest: bool = False, region: str = PASER, **more: Any) -> WallScene:
    scene = build(wall(House(KNOWN, found=scores, **more), guest=guest, region=region))
    assert scene is not None
    return scene


def first(*scores: DimensionScore, **more: Any) -> Comparison:
    return scene_of(*scores, **more)["comparisons"][0]


def places(row: Comparison) -> list[str]:
    return [cell["place"] for cell in row["cells"]]


APART = (whole(PASER, 40), whole(PPU, 70), whole(KUTIM, 55))


def test_regencies_apart_are_ranked_with_the_home_first() -> None:
    scene = scene_of(*APART, region=KUTIM)
    assert scene["columns"] == [
        {"name": "64.08", "home": True}, {"name": "64.01", "home": False}, {"name": "64.09", "home": False},
    ]  # fmt: skip
    row = scene["comparisons"][0]
    assert (places(row), row["note"]) == (["2", "3", "1"], "")
    assert [cell["value"] for cell in row["cells"]] == ["55,0", "40,0", "70,0"]
    assert (row["cells"][0]["low"], row["cells"][0]["at"], row["cells"][0]["high"]) == (0.55, 0.55, 0.55)


def test_one_pair_that_overlaps_withholds_all_places() -> None:
    row = first(whole(PASER, 95), half(PPU, 60), half(KUTIM, 50))
    assert (places(row), row["note"]) == (["", "", ""], "tanpa peringkat: rentang bertindih")
    assert (row["cells"][1]["low"], row["cells"][1]["high"]) == (0.3, 0.8)


def test_a_missing_score_withholds_all_places_and_is_no_zero() -> None:
    row = first(whole(PASER, 40), whole(PPU, 0), score_of(leaf("pma", None), leaf("tpt", None), region=KUTIM))
    assert (places(row), row["note"]) == (["", "", ""], "tanpa peringkat: skor belum lengkap")
    assert [(cell["value"], cell["none"]) for cell in row["cells"]] == [
        ("40,0", ""), ("0,0", ""), ("", "belum cukup data"),
    ]  # fmt: skip
    assert row["cells"][2]["low"] is None


def test_scores_of_another_period_are_not_put_beside_the_homes() -> None:
    old = score_of(leaf("pma", 90, "2022"), leaf("tpt", 90, "2022"), region=KUTIM, period="2022")
    row = first(whole(PASER, 40), whole(PPU, 70), old)
    assert (row["cells"][2]["value"], row["note"]) == ("", "tanpa peringkat: skor belum lengkap")


def test_fewer_than_two_regencies_with_a_score_are_no_scene() -> None:
    assert build(wall(House(KNOWN))) is None
    assert build(wall(House(KNOWN, found=[whole(PASER, 40)]))) is None


def test_a_score_in_dispute_anywhere_withholds_all_places() -> None:
    shown = observation("5", indicator="pma", region=PPU)
    beside = observation("7", indicator="pma", region=PPU, publication="berita-a")
    row = first(*APART, conflicts=[conflict(shown, beside)])
    assert (places(row), row["note"]) == (["", "", ""], "tanpa peringkat: beda data")
    assert [cell["two"] for cell in row["cells"]] == ["", "beda data", ""]
    guests = first(*APART, conflicts=[conflict(shown, beside)], guest=True)
    assert [cell["value"] for cell in guests["cells"]] == ["40,0", "", "55,0"]
    assert guests["cells"][1]["none"] == "tidak ditampilkan"
    assert guests["note"] == "tanpa peringkat"


def test_a_dimension_that_nobody_has_is_left_without_a_note() -> None:
    assert scene_of(*APART)["comparisons"][1]["note"] == ""


@given(st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=3, max_size=3))
def test_places_are_given_to_all_three_or_to_none_and_follow_the_intervals(drawn: list[tuple[int, bool]]) -> None:
    made = [whole(code, value) if full else half(code, value)
            for code, (value, full) in zip((PASER, PPU, KUTIM), drawn, strict=True)]  # fmt: skip
    cells = first(*made)["cells"]
    given_places = [cell["place"] for cell in cells]
    assert all(given_places) or not any(given_places)
    for one in cells:
        for two in cells:
            if one["place"] and one["place"] < two["place"]:
                assert (one["low"] or 0) > (two["high"] or 0)


def test_the_sentence_says_where_the_home_is_last_with_cause_and_action() -> None:
    last = score_of(leaf("pma", 30), leaf("tpt", 50))
    scene = scene_of(last, *APART[1:], recorded=[action("pma", "2026-11-30")])
    assert scene["sentence"] is not None
    assert (scene["sentence"]["lead"], scene["sentence"]["tone"]) == ("Peringkat akhir:", "bad")
    assert scene["sentence"]["texts"][0] == ("Smart Economy, terutama investasi PMA. DPMPTSP: Forum investor 30 Nov.")


def test_the_sentence_praises_the_first_and_admits_what_cannot_be_ranked() -> None:
    best = scene_of(*APART, region=PPU)["sentence"]
    assert best is not None
    assert (best["lead"], best["tone"]) == ("Peringkat pertama:", "good")
    unranked = scene_of(half(PASER, 50), half(PPU, 50), half(KUTIM, 50))["sentence"]
    assert unranked is not None
    assert unranked["texts"][0] == "data 2024 belum dapat membedakan ketiga kabupaten."


def test_the_ages_are_those_of_all_three() -> None:
    figures = [observation("5", year, indicator="pma", region=region)
               for year, region in (("2024", PASER), ("2022", PPU), ("2025", KUTIM))]  # fmt: skip

    def scored(at: int, value: int) -> DimensionScore:
        leaves: list[Leaf] = [leaf("pma", value, observation=figures[at].id), leaf("tpt", value)]
        return score_of(*leaves, region=figures[at].region)

    assert scene_of(scored(0, 40), scored(1, 70), scored(2, 55), figures=figures)["note"] == (
        "angka tertua 2022 · termuda 2025"
    )


def test_the_whole_table_is_spoken() -> None:
    assert "Smart Economy: 64.01 40,0, 64.09 70,0, 64.08 55,0" in scene_of(*APART)["spoken"]
