from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from dashboard.components.tiles import TileContext, leaf_lines, tile
from dashboard.urls import State
from etl.catalogue.models import METHOD, Indicator
from etl.measures.effective_targets import EffectiveTarget, due_target
from etl.measures.observation import Change, DimensionScore, Leaf, Observation
from tests.making import catalogue, indicator, observation, reference, target
from tests.unit.dashboard.rendered import links, walk, words

KNOWN = catalogue(indicator("ipm"), indicator("tpt"), indicator("lpe"))
CONTEXT = TileContext(KNOWN, State(wilayah="64.09", tema="gelap"), {})


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
    assert "metode" not in said


def test_a_score_of_an_earlier_method_says_so() -> None:
    context = replace(CONTEXT, catalogue=KNOWN.model_copy(update={"method": METHOD - 1}))
    said = words(tile(context, KNOWN.dimensions[0], GOOD, None))
    assert f"keadaan 2024 · metode {METHOD - 1}" in said


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Fraction(12, 5), "naik 2,4"),
        (Fraction(-61, 10), "turun 6,1"),
        (Fraction(0), "tidak berubah"),
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
    assert "terlalu lama, tidak dihitung (2019)" in said
    assert "skor sedang" not in said
    assert "rentang" not in said


def test_no_score_at_all_is_said_as_well() -> None:
    assert "belum cukup data (0 dari 0)" in drawn(None)


def test_a_disputed_leaf_marks_the_tile() -> None:
    assert "beda data" not in drawn(GOOD)
    assert "beda data" in drawn(replace(GOOD, leaves=(leaf("ipm", 80, disputed=True), *GOOD.leaves[1:])))


def lines_of(
    basis: str, figure: Observation | None, *known: Indicator, due: EffectiveTarget | None = None
) -> list[str]:
    of = leaf(known[0].id, 50, basis=basis, period="2024", observation=figure.id if figure else None)
    figures, targets = ({figure.id: figure}, {figure.id: due} if due else {}) if figure else ({}, {})
    return leaf_lines(TileContext(catalogue(*known), State(), figures, targets), of)


def test_a_leaf_says_figure_unit_period_source_and_reference_points() -> None:
    said = lines_of("reference", observation("74.94"), indicator(score=reference("70.02", "82.61")))
    assert said == ["74,94 indeks · 2024 · sumber: bps", "letak antara 70,02 (skor 0) dan 82,61 (skor 100)"]


def test_a_leaf_says_the_target_its_score_rests_on() -> None:
    figure, fed = observation("70"), [target("80")]
    due = due_target(catalogue(indicator()), indicator(), figure, fed)
    said = lines_of("target", figure, indicator(), due=due)
    assert said == ["70 indeks · 2024 · sumber: bps", "capaian terhadap target 80,00 (RPJMD)"]


def test_a_leaf_of_a_category_says_the_order() -> None:
    order = {"categories": {"order": ["WDP", "WTP"], "source": "uji"}}
    of = indicator(unit="kategori", direction="category", score=order)
    said = lines_of("categories", observation(None, category="WTP"), of)
    assert said == ["WTP · 2024 · sumber: bps", "letak dalam urutan WDP < WTP"]


def test_a_missing_leaf_says_why_and_an_outdated_one_what_there_was() -> None:
    old = observation("70", "2019")
    context = TileContext(KNOWN, State(), {old.id: old})
    gone = leaf("ipm", None, absence="expired", period="2019", observation=old.id)
    assert leaf_lines(context, gone) == ["terlalu lama, tidak dihitung (2019)", "70 indeks · 2019 · sumber: bps"]
    assert leaf_lines(context, leaf("tpt", None)) == ["belum ada data"]


def test_with_nothing_there_the_missing_ones_are_listed_at_once() -> None:
    empty = scored(leaf("ipm", None), leaf("tpt", None), score=None, band=None)
    whole = tile(CONTEXT, KNOWN.dimensions[0], empty, None)
    assert not [each for each in walk(whole) if each._type == "Details"]
    assert words(whole).count("belum ada data") == 2


def test_leaves_lead_to_their_indicators_and_keep_the_view() -> None:
    found = links(tile(CONTEXT, KNOWN.dimensions[0], GOOD, None))
    assert found["ipm"] == "/indikator/ipm?wilayah=64.09&tema=gelap"
