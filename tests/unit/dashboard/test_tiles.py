from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from dashboard.components.tiles import Context, tile
from dashboard.urls import State
from etl.catalogue.observation import Change, DimensionScore, Leaf
from tests.making import catalogue, indicator
from tests.unit.dashboard.rendered import links, walk, words

KNOWN = catalogue(indicator("ipm"), indicator("tpt"), indicator("lpe"))
CONTEXT = Context(KNOWN, State(wilayah="64.09", tema="gelap"), {})


def leaf(code: str, score: int | None, **more: Any) -> Leaf:
    plain: dict[str, Any] = {
        "indicator": code,
        "subdimension": "industry",
        "weight": Fraction(1, 3),
        "score": None if score is None else Fraction(score),
        "raw": None if score is None else Fraction(score),
        "basis": None if score is None else "reference",
        "absence": "no_data" if score is None else None,
        "series": "utama",
        "period": "2023" if score is not None else None,
        "observation": None,
        "target": None,
        "disputed": False,
    }
    return Leaf(**{**plain, **more})


def scored(*leaves: Leaf, score: Fraction | None, band: int | None) -> DimensionScore:
    present = sum(each.score is not None for each in leaves)
    coverage = Fraction(present, len(leaves))
    return DimensionScore(
        "smart-economy",
        "64.09",
        "2024",
        score,
        Fraction(50),
        Fraction(83),
        coverage,
        present,
        len(leaves),
        band,
        leaves,
    )


GOOD = scored(leaf("ipm", 80), leaf("tpt", 70), leaf("lpe", None), score=Fraction(75), band=3)


def drawn(score: DimensionScore | None, change: Change | None = None) -> str:
    return words(tile(CONTEXT, KNOWN.dimensions[0], score, change))


def test_a_tile_says_score_band_coverage_interval_and_period() -> None:
    said = drawn(GOOD)
    assert "75,0" in said
    assert "skor sedang" in said
    assert "2 dari 3 indikator ada data" in said
    assert "rentang 50,0–83,0" in said
    assert "keadaan 2024" in said


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Fraction(12, 5), "naik 2,4"),
        (Fraction(-61, 10), "turun 6,1"),
        (Fraction(0), "tetap"),
        (Fraction(1, 100), "naik < 0,1"),
    ],
)
def test_a_change_says_its_size_and_how_many_it_compares(difference: Fraction, said: str) -> None:
    assert f"{said} dari 2023 (2 dari 3 indikator)" in drawn(GOOD, Change("2023", difference, 2, 3))


def test_band_and_direction_never_share_a_sign() -> None:
    whole = tile(CONTEXT, KNOWN.dimensions[0], GOOD, Change("2023", Fraction(-1), 2, 3))
    word = next(each for each in walk(whole) if getattr(each, "className", "") == "pt-word")
    assert not set("↗↘→▲▼") & set(words(word))


def test_too_little_data_lists_what_is_there_and_gives_no_score() -> None:
    poor = scored(
        leaf("ipm", 80), leaf("tpt", None), leaf("lpe", None, absence="expired", period="2019"), score=None, band=None
    )
    said = drawn(poor)
    assert "belum cukup data (1 dari 3)" in said
    assert "kedaluwarsa (2019)" in said
    assert "skor sedang" not in said
    assert "rentang" not in said


def test_no_score_at_all_is_said_as_well() -> None:
    assert "belum cukup data (0 dari 0)" in drawn(None)


def test_a_disputed_leaf_marks_the_tile() -> None:
    assert "diperselisihkan" not in drawn(GOOD)
    assert "diperselisihkan" in drawn(replace(GOOD, leaves=(leaf("ipm", 80, disputed=True), *GOOD.leaves[1:])))


def test_leaves_lead_to_their_indicators_and_keep_the_view() -> None:
    found = links(tile(CONTEXT, KNOWN.dimensions[0], GOOD, None))
    assert found["ipm"] == "/indikator/ipm?wilayah=64.09&tema=gelap"
