"""The pages over the shipped figures: what a reader of Paser, PPU and Kutim meets."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from dash.development.base_component import Component

from dashboard.data import Reader, Scene, open_scene
from dashboard.page_shell import Body
from dashboard.pages import home, indicator
from dashboard.urls import State
from tests.unit.dashboard.rendered import links, rows, walk, words


def scene_of(reader: Reader, **state: str) -> Scene:
    found = open_scene(reader, State(**state), "64.01")  # type: ignore[arg-type]
    assert found is not None
    return found


def page(reader: Reader, code: str, region: str = "64.01", **state: str) -> Body:
    return indicator.build(scene_of(reader, wilayah=region, **state), code)


def warnings(body: Body) -> str:
    return words([each for each in walk(body.children) if getattr(each, "className", "") == "pt-warning"])


def section(body: Body, anchor: str) -> Component:
    return next(each for each in walk(body.children) if getattr(each, "id", None) == anchor)


@pytest.mark.parametrize("region", ["64.01", "64.09", "64.08"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_summary_shows_six_tiles_for_each_regency(reader: Reader, region: str, lang: str) -> None:
    body = home.build(scene_of(reader, wilayah=region, lang=lang))
    tiles = [each for each in walk(body.children) if "pt-tile " in f"{getattr(each, 'className', '')} "]
    assert len([each for each in tiles if each._type == "Article"]) == 6


def test_tiles_of_a_past_period_show_no_later_figure(reader: Reader) -> None:
    now = home.build(scene_of(reader))
    past = home.build(scene_of(reader, periode="2023"))
    leads = [words(section(body, "dimensi")) for body in (now, past)]
    assert re.search(r"202[56] ·", leads[0])
    assert not re.search(r"202[4-6] ·", leads[1])


def test_figures_that_count_in_a_past_period_are_not_called_too_old_beside_its_positions(reader: Reader) -> None:
    body = home.build(scene_of(reader, periode="2022"))
    leads = words(section(body, "dimensi"))
    assert not re.search(r"Terlalu lama, tidak dihitung (?:\D+ · )?2022", leads)
    assert "Terlalu lama, tidak dihitung 2018" in leads
    assert "Terlalu lama" not in words(section(body, "pembangunan"))


def test_the_newest_figure_of_a_yearly_survey_is_of_its_own_round(reader: Reader) -> None:
    scene = scene_of(reader)
    figures = home.newest_figures(replace(scene, region=scene.catalogue.region["64"]))
    assert {code: figures[code].period.code for code in ("tpt", "tpak")} == {"tpt": "2025-08", "tpak": "2025-08"}


def test_a_rounded_figure_stands_behind_the_whole_one_and_no_change_rests_on_an_inferred_year(reader: Reader) -> None:
    body = page(reader, "spbe", "64.08")
    listed = {row[0]: row[1] for row in reversed(rows(section(body, "setiap-angka")))}
    assert listed["2022"].startswith("2,79")
    assert "naik" not in body.title


def test_the_list_of_all_indicators_marks_a_doubtful_figure(reader: Reader) -> None:
    assert "93,58% (diragukan) · Agustus 2021" in words(home.build(scene_of(reader)).children)


def test_every_indicator_has_a_page_in_every_regency(reader: Reader) -> None:
    scene = scene_of(reader)
    for code in ("64.01", "64.09", "64.08"):
        here = replace(scene, region=scene.catalogue.region[code])
        for each in scene.catalogue.indicator:
            assert indicator.build(here, each).title


def test_stunting_2024_in_ppu_is_listed_and_no_headline_rests_on_it(reader: Reader) -> None:
    """Two sets of 2024 cannot both be, so neither is the regency's figure."""
    body = page(reader, "stunting", "64.09")
    assert "2024" not in body.title
    listed = [" ".join(row) for row in rows(section(body, "setiap-angka"))]
    assert {value for value in ("21,9%", "32%") if any(value in row for row in listed)} == {"21,9%", "32%"}


def test_figures_of_another_series_that_contradict_each_other_are_told(reader: Reader) -> None:
    body = page(reader, "population")
    assert "Seri “Dasar tidak disebut” (2024) memuat angka yang saling bertentangan" in warnings(body)


def test_a_source_is_named_by_its_producer_with_its_kind_and_never_by_a_repository(reader: Reader) -> None:
    text = " ".join(" ".join(row) for row in rows(section(page(reader, "ipm"), "setiap-angka")))
    assert "BPS, dikutip dari salinan di repositori publik · salinan" in text
    assert re.search(r"BPS, dikutip [A-Z][^·]* · berita", text)
    assert "dikutip Badan Pusat Statistik" not in text  # an office does not quote itself
    english = page(reader, "ipm", lang="en")
    assert "BPS, quoted from a copy in a public repository · copy" in words(section(english, "setiap-angka"))
    assert "GitHub" not in text


def test_each_figure_names_its_source_and_its_place(reader: Reader) -> None:
    body = page(reader, "stunting", "64.09")
    found = rows(section(body, "setiap-angka"))
    assert len(found) >= 8
    assert all(re.search(r"\.csv · baris \d+", " ".join(row)) for row in found)
    assert any(address.startswith("http") for address in links(section(body, "setiap-angka")).values())


def test_the_two_series_of_ipm_are_never_one(reader: Reader) -> None:
    body = page(reader, "ipm")
    assert "Dari 73,74 pada 2021 ke 75,13 pada 2024" in words(body.children)
    assert "72,93" in words(section(body, "setiap-angka"))


def test_the_printed_predicate_of_2022_is_flagged_and_the_rule_decides(reader: Reader) -> None:
    body = page(reader, "spbe")
    assert "Predikat tercetak berbeda (2022)" in warnings(body)
    assert "menurut ambang, 2,83 adalah “Baik”" in warnings(body)
    summary = home.build(scene_of(reader))
    assert "predikat Baik" in words(section(summary, "spbe"))
    assert "Pemdi: belum ada nilai" in words(section(summary, "spbe"))


def test_ppu_has_no_spbe_value_and_none_is_invented(reader: Reader) -> None:
    summary = home.build(scene_of(reader, wilayah="64.09"))
    assert "Belum ada nilai SPBE untuk PPU" in words(section(summary, "spbe"))
    assert page(reader, "spbe", "64.09").title == "SPBE PPU: belum ada data"


def test_opinions_are_a_timeline_not_a_line(reader: Reader) -> None:
    body = page(reader, "bpk-opinion", "64.08")
    assert not [each for each in walk(body.children) if each._type == "Graph"]
    assert "WTP" in words(body.children)


def test_an_empty_indicator_says_so_and_offers_no_download(reader: Reader) -> None:
    body = page(reader, "pemdi")
    assert "Pantau tidak mengisi kekosongan dengan perkiraan" in words(body.children)
    assert "Unduh" not in words(body.children)


def test_an_unknown_indicator_names_its_neighbours(reader: Reader) -> None:
    assert "Indeks Pembangunan Manusia" in words(page(reader, "ipn").children)


def test_a_conflict_is_listed_once_with_both_sources(reader: Reader) -> None:
    summary = home.build(scene_of(reader, wilayah="64.09"))
    said = words(section(summary, "beda-data"))
    assert "Stunting 2024" in said
    assert "21,9%" in said
    assert "32% (" in said


def test_the_age_of_the_figures_is_in_sight(reader: Reader) -> None:
    scene = scene_of(reader)
    said = words(section(home.build(scene), "kemutakhiran"))
    assert scene.vintage.seal[:8] in said
    assert "Periode tertua dalam letak" in said


def test_an_earlier_period_can_be_asked_for_and_a_wrong_one_is_told(reader: Reader) -> None:
    assert "Keadaan 2023" in words(home.build(scene_of(reader, periode="2023")).children)
    assert "Periode 1887 tidak ada skornya" in words(home.build(scene_of(reader, periode="1887")).children)


def test_an_unknown_region_or_moment_is_told_and_replaced(reader: Reader) -> None:
    wrong = scene_of(reader, wilayah="64.99", per="kemarin")
    assert wrong.region.code == "64.01"
    assert len(wrong.notices) == 2
    assert all(len(notice) > 20 for notice in wrong.notices)


def test_a_moment_before_the_first_load_is_told_in_the_readers_language(reader: Reader) -> None:
    (said,) = scene_of(reader, per="2020-01-31").notices
    assert said.startswith("Belum ada data yang diterima sampai akhir 31 Januari 2020")
    (said,) = scene_of(reader, per="2020-01-31", lang="en").notices
    assert said.startswith("No data had been received by the end of 31 January 2020")
    (said,) = scene_of(reader, per="kemarin").notices
    assert "“kemarin” bukan tanggal" in said
    assert scene_of(reader, per="kemarin").state.per is None


def test_a_change_is_coloured_by_good_or_bad(reader: Reader) -> None:
    table = section(home.build(scene_of(reader)), "pembangunan")
    told = [each for each in walk(table) if getattr(each, "className", "") in ("pt-good", "pt-bad")]
    assert any("naik" in words(each) for each in told)
    assert not any("survei" in words(each) for each in told)


def test_output_per_head_of_ppu_is_withheld_while_its_population_leaps(reader: Reader) -> None:
    body = page(reader, "gdp-per-capita-adhb", "64.09")
    assert "2022" in body.title
    assert "2023, 2024 ditahan" in warnings(body)
    steady = page(reader, "gdp-per-capita-adhb", "64.01")
    assert "ditahan" not in warnings(steady)
