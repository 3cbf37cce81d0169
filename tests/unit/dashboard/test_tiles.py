from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.components.leaf_list import LeafContext, leaf_lines
from dashboard.components.tiles import TileContent, tile
from dashboard.indicator_story import Story, tell
from dashboard.urls import State
from etl.catalogue.models import Indicator
from etl.measures.effective_targets import Met
from etl.measures.observation import Change, DimensionScore, Leaf, Observation, OtherPlace
from tests.making import catalogue, indicator, observation, reference, text
from tests.unit.dashboard.rendered import links, walk, words

KNOWN = catalogue(*(indicator(name, score=reference("0", "100")) for name in ("ipm", "tpt", "lpe", "pad")))
CONTEXT = LeafContext(KNOWN, State(wilayah="64.09", tema="gelap"), {})
REGENCIES = ("64.01", "64.08", "64.09")


def leaf(code: str, score: int | None, **more: Any) -> Leaf:
    plain: dict[str, Any] = {
        "indicator": code,
        "subdimension": "industry",
        "weight": Fraction(1, 4),
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


def scored(*leaves: Leaf, score: int | None, position: int | None = None, **more: Any) -> DimensionScore:
    present = sum(each.score is not None for each in leaves)
    plain: dict[str, Any] = {
        "dimension": "smart-economy",
        "region": "64.09",
        "period": "2024",
        "score": None if score is None else Fraction(score),
        "low": Fraction(50),
        "high": Fraction(83),
        "coverage": Fraction(present, len(leaves)),
        "present": present,
        "total": len(leaves),
        "band": None,
        "leaves": leaves,
        "method": 2,
        "position": position,
        "robust_low": None if score is None else Fraction(61),
        "robust_high": None if score is None else Fraction(79),
        "variants": 0 if score is None else 48,
    }
    return DimensionScore(**{**plain, **more})


THREE = (leaf("ipm", 80), leaf("tpt", 70), leaf("lpe", 75))
GOOD = scored(*THREE, leaf("pad", None), score=75, position=4)


def drawn(score: DimensionScore | None, change: Change | None = None, **more: Any) -> str:
    return words(tile(CONTEXT, content(score, change=change, **more)))


def content(score: DimensionScore | None, **more: Any) -> TileContent:
    plain: dict[str, Any] = {"leads": (), "change": None, "met": None}
    return TileContent(dimension=KNOWN.dimensions[0], score=score, **{**plain, **more})


def story(of: Indicator, *figures: Observation) -> Story:
    return tell(catalogue(of), of, "64.09", figures, [], REGENCIES, dt.date(2026, 11, 22))


def figure(value: str, period: str, **more: Any) -> Observation:
    return observation(value, period, region="64.09", **more)


def test_a_tile_shows_its_leads_whether_or_not_there_is_a_position() -> None:
    led = story(indicator(unit="%", decimals=1), figure("70", "2023"), figure("74.5", "2024", publication="berita-a"))
    for score in (None, GOOD):
        said = drawn(score, leads=[led])
        assert "ipm" in said
        assert "74,5%" in said
        assert "2024 · naik 4,5 poin dari 2023 · berita" in said
    assert "Belum ada angka yang dimuat." in drawn(GOOD)
    assert "Belum ada angka" not in drawn(None, leads=[led])


def test_a_lead_names_its_series_and_says_that_it_is_too_old() -> None:
    of = indicator(series=[{"id": each, "name": text(each)} for each in ("25plus", "15plus")], max_age=2)
    assert "15plus · 2024" in drawn(None, leads=[story(of, figure("9", "2024", series="15plus"))])
    assert "Terlalu lama" not in drawn(None, leads=[story(of, figure("9", "2024", series="15plus"))])
    assert "Terlalu lama, tidak dihitung" in drawn(None, leads=[story(of, figure("9", "2021", series="15plus"))])


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"marks": frozenset({"doubtful"})}, "Diragukan"),
        ({"marks": frozenset({"claim"})}, "Klaim"),
        ({"marks": frozenset({"year_inferred"})}, "Tahun disimpulkan"),
        ({"status": "preliminary"}, "sementara"),
        ({"status": "progress"}, "tahun berjalan"),
    ],
)
def test_a_lead_that_is_not_sound_is_never_shown_without_its_mark(more: dict[str, Any], word: str) -> None:
    led = story(indicator(), figure("70", "2025", **more))
    badges = [words(each) for each in walk(tile(CONTEXT, content(None, leads=[led]))) if "pt-badge" in _classes(each)]
    assert badges == [word]


def _classes(part: Component) -> str:
    return getattr(part, "className", None) or ""


def test_the_change_of_a_survey_has_no_verb_and_one_in_dispute_is_withheld() -> None:
    pair = figure("70", "2023"), figure("74.5", "2024")
    said = drawn(None, leads=[story(indicator(unit="%", decimals=1, survey=True), *pair)])
    assert "+4,5 poin dari 2023 (survei)" in said
    assert "naik" not in said
    rival = figure("60", "2023", publication="berita-a", producer="antara")
    withheld = drawn(None, leads=[story(indicator(unit="%", decimals=1), *pair, rival)])
    assert "perubahan ditahan: beda data" in withheld
    assert "4,5 poin" not in withheld


def test_a_position_says_number_word_range_robustness_coverage_and_period() -> None:
    said = drawn(GOOD)
    assert "Letak 75,0" in said
    assert "cukup dekat" in said
    assert "3 dari 4 indikator dapat dihitung" in said
    assert "50,0–83,0 apa pun isi yang kosong" in said
    assert "61,0–79,0 menurut 48 pilihan hitung lain atas angka yang ada" in said
    assert "keadaan 2024" in said
    assert "metode" not in said


def test_below_two_thirds_the_range_stands_alone() -> None:
    whole = tile(CONTEXT, content(scored(*THREE, leaf("pad", None), score=75)))
    assert "Letak 50,0–83,0" in words(whole)
    assert "75,0" not in words(whole).split("Rincian")[0]
    assert not [each for each in walk(whole) if getattr(each, "className", "") == "pt-bar-mark"]


def test_a_score_of_an_earlier_method_is_shown_as_stored_and_says_so() -> None:
    former = scored(*THREE, score=75, band=3, method=1, robust_low=None, robust_high=None)
    said = drawn(former)
    assert "Skor 75,0, skor sedang" in said
    assert "keadaan 2024 · metode 1" in said
    assert "Letak" not in said


def test_targets_of_the_year_stand_beside_the_position() -> None:
    assert "3 dari 5 target 2025 tercapai" in drawn(GOOD, met=Met("2025", 3, 5, 0))
    assert "3 dari 5 target 2025 tercapai, 1 belum ada realisasinya" in drawn(GOOD, met=Met("2025", 3, 5, 1))


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Fraction(12, 5), "+2,4"),
        (Fraction(-61, 10), "−6,1"),
        (Fraction(0), "±0,0"),
        (Fraction(1, 100), "+< 0,1"),
    ],
)
def test_a_change_says_its_size_and_how_many_it_compares(difference: Fraction, said: str) -> None:
    assert f"{said} poin dari 2023 (2 dari 3 indikator)" in drawn(GOOD, Change("2023", difference, 2, 3))


def test_too_little_data_gives_no_position() -> None:
    poor = scored(leaf("ipm", 80), leaf("tpt", None), leaf("lpe", None, absence="expired", period="2019"), score=None)
    said = drawn(poor)
    assert "Letak: belum cukup data (1 dari 3)" in said
    assert "terlalu lama, tidak dihitung (2019)" in said
    assert "apa pun isi yang kosong" not in said


def test_no_score_at_all_is_said_as_well() -> None:
    assert "belum cukup data (0 dari 0)" in drawn(None)


def test_a_disputed_leaf_marks_the_tile_and_a_late_one_itself() -> None:
    assert "beda data" not in drawn(GOOD)
    assert "beda data" in drawn(replace(GOOD, leaves=(leaf("ipm", 80, disputed=True), *GOOD.leaves[1:])))
    assert "melewati jadwal rilis" in drawn(replace(GOOD, leaves=(leaf("ipm", 80, late=True), *GOOD.leaves[1:])))


def test_the_details_say_what_share_rests_on_each_leaf() -> None:
    assert drawn(GOOD).count("33,3% dari letak") == 3


def test_a_tile_says_how_many_figures_rest_on_which_kind_of_source() -> None:
    read = {1: observation("80"), 2: observation("70", publication="berita-a"), 3: observation("75")}
    numbered = [leaf(name, 80, observation=at) for at, name in enumerate(("ipm", "tpt", "lpe"), 1)]
    context = LeafContext(KNOWN, State(), read)
    assert "sumber angka: 2 resmi, 1 berita" in words(tile(context, content(replace(GOOD, leaves=tuple(numbered)))))


def lines_of(basis: str, figure: Observation | None, *known: Indicator, **more: Any) -> list[str]:
    of = leaf(known[0].id, 50, basis=basis, period="2024", observation=figure.id if figure else None, **more)
    figures = {figure.id: figure} if figure else {}
    return leaf_lines(LeafContext(catalogue(*known), State(), figures), of)


def test_a_leaf_says_figure_unit_period_source_and_reference_points() -> None:
    said = lines_of("reference", observation("74.94"), indicator(score=reference("70.02", "82.61")))
    assert said == ["74,94 indeks · 2024 · sumber: bps (resmi)", "letak antara 70,02 (0) dan 82,61 (100)"]


def test_a_leaf_says_its_place_by_other_choices() -> None:
    others = (OtherPlace("rival", Fraction(41)), OtherPlace("logarithm", Fraction(60)))
    said = lines_of("reference", observation("70"), indicator(score=reference("0", "90")), others=others)
    assert said[-1] == "Menurut pilihan lain: angka sumber lain 41,0; logaritma 60,0"


def test_a_leaf_without_a_ruler_says_what_it_waits_for() -> None:
    waiting = indicator(score={"waits": text("acuan belum dimuat")})
    context = LeafContext(catalogue(waiting), State(), {})
    gone = leaf("ipm", None, absence="no_basis", period="2024")
    assert leaf_lines(context, gone) == ["belum ada acuan, tidak dihitung (2024)", "acuan belum dimuat"]


def test_a_leaf_of_a_category_says_the_order() -> None:
    order = {"categories": {"order": ["WDP", "WTP"], "source": "uji"}}
    of = indicator(unit="kategori", direction="category", score=order)
    said = lines_of("categories", observation(None, category="WTP"), of)
    assert said == ["WTP · 2024 · sumber: bps (resmi)", "letak dalam urutan WDP < WTP"]


def test_a_missing_leaf_says_why_and_an_outdated_one_what_there_was() -> None:
    old = observation("70", "2019")
    context = LeafContext(KNOWN, State(), {old.id: old})
    gone = leaf("ipm", None, absence="expired", period="2019", observation=old.id)
    assert leaf_lines(context, gone) == [
        "terlalu lama, tidak dihitung (2019)",
        "70 indeks · 2019 · sumber: bps (resmi)",
    ]
    assert leaf_lines(context, leaf("tpt", None)) == ["belum ada data"]


def test_leaves_lead_to_their_indicators_and_keep_the_view() -> None:
    found = links(tile(CONTEXT, content(GOOD)))
    assert found["ipm"] == "/indikator/ipm?wilayah=64.09&tema=gelap"
