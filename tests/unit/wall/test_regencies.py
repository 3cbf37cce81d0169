"""The three regencies on the wall: a place only where no two intervals meet, and the reason where there is none."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.wall.content import Comparison, WallScene
from dashboard.wall.scenes.regencies import build
from etl.measures.observation import DimensionScore, Leaf
from tests.making import indicator, observation
from tests.unit.wall.house import KUTIM, PASER, PPU, House, conflict, house_of, leaf, score_of, wall

KNOWN = house_of(*(indicator(name) for name in ("pma", "tpt", "ipm", "stunting", "gini", "lpe")))


def whole(region: str, value: int, **changes: Any) -> DimensionScore:
    others = (leaf(name, value) for name in ("tpt", "ipm"))
    return score_of(leaf("pma", value, **changes), *others, region=region)


def half(region: str, value: int, names: str = "pma tpt ipm") -> DimensionScore:
    known = names.split()
    every = ("pma", "tpt", "ipm", "stunting", "gini", "lpe")
    return score_of(*(leaf(name, value if name in known else None) for name in every), region=region)


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


def test_ranges_that_meet_withhold_all_places() -> None:
    def mixed(region: str, *values: int) -> DimensionScore:
        return score_of(*(leaf(name, value) for name, value in zip(("pma", "tpt", "ipm"), values, strict=True)),
                        region=region)  # fmt: skip

    row = first(mixed(PASER, 90, 40, 60), mixed(PPU, 50, 80, 60), whole(KUTIM, 5))
    assert (places(row), row["note"]) == (["", "", ""], "tidak diurutkan: tumpang tindih")


def test_places_rest_on_shared_indicators_alone() -> None:
    shared = first(half(PASER, 95), half(PPU, 60), half(KUTIM, 50))
    assert (places(shared), shared["note"]) == (["1", "2", "3"], "")
    assert [cell["value"] for cell in shared["cells"]] == ["48–98", "30–80", "25–75"]
    assert (shared["cells"][0]["at"], shared["cells"][0]["position"]) == (None, 0)
    row = first(half(PASER, 95), half(PPU, 60), half(KUTIM, 50, "stunting gini lpe"))
    assert (places(row), row["note"]) == (["", "", ""], "tidak diurutkan: tumpang tindih")


def test_a_missing_score_withholds_all_places_and_is_no_zero() -> None:
    row = first(whole(PASER, 40), whole(PPU, 0), score_of(leaf("pma", None), leaf("tpt", None), region=KUTIM))
    assert (places(row), row["note"]) == (["", "", ""], "tidak diurutkan: belum semua punya letak")
    assert [(cell["value"], cell["none"]) for cell in row["cells"]] == [
        ("40,0", ""), ("0,0", ""), ("", "belum cukup data"),
    ]  # fmt: skip
    assert row["cells"][2]["low"] is None


def test_scores_of_another_period_are_not_put_beside_the_homes() -> None:
    old = score_of(leaf("pma", 90, "2022"), leaf("tpt", 90, "2022"), region=KUTIM, period="2022")
    row = first(whole(PASER, 40), whole(PPU, 70), old)
    assert (row["cells"][2]["value"], row["note"]) == ("", "tidak diurutkan: belum semua punya letak")


def test_fewer_than_two_regencies_with_a_score_are_no_scene() -> None:
    assert build(wall(House(KNOWN))) is None
    assert build(wall(House(KNOWN, found=[whole(PASER, 40)]))) is None


def test_a_score_in_dispute_anywhere_withholds_all_places() -> None:
    shown = observation("5", indicator="pma", region=PPU)
    beside = observation("7", indicator="pma", region=PPU, publication="berita-a")
    row = first(*APART, conflicts=[conflict(shown, beside)])
    assert (places(row), row["note"]) == (["", "", ""], "tidak diurutkan: beda data")
    assert [cell["two"] for cell in row["cells"]] == ["", "beda data", ""]
    guests = first(*APART, conflicts=[conflict(shown, beside)], guest=True)
    assert [cell["value"] for cell in guests["cells"]] == ["40,0", "", "55,0"]
    assert guests["cells"][1]["none"] == "tidak ditampilkan"
    assert guests["note"] == "tidak diurutkan"


def test_a_dimension_that_nobody_has_is_left_without_a_note() -> None:
    assert scene_of(*APART)["comparisons"][1]["note"] == ""


@given(st.lists(st.lists(st.integers(0, 100), min_size=3, max_size=3), min_size=3, max_size=3))
def test_places_are_given_to_all_three_or_to_none(drawn: list[list[int]]) -> None:
    names = ("pma", "tpt", "ipm")
    made = [score_of(*(leaf(name, value) for name, value in zip(names, row, strict=True)), region=code)
            for code, row in zip((PASER, PPU, KUTIM), drawn, strict=True)]  # fmt: skip
    cells = first(*made)["cells"]
    given_places = [cell["place"] for cell in cells]
    assert all(given_places) or not any(given_places)
    assert not all(given_places) or sorted(given_places) == ["1", "2", "3"]


def test_the_sentence_says_the_homes_place_without_praise_and_admits_what_cannot_be_told() -> None:
    told = scene_of(*APART, region=PPU)["sentence"]
    assert told is not None
    assert (told["lead"], told["tone"]) == ("Urutan:", "plain")
    assert told["texts"][0] == "Smart Economy, 64.09 70,0 (2024), urutan 1 dari 3."
    unranked = scene_of(*(half(code, 50) for code in (PASER, PPU, KUTIM)))["sentence"]
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
