"""Cards over small, made-up records: kecamatan, changes, internal indicators, views of the past."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dashboard.components.district_card import districts
from dashboard.components.frame import notices
from dashboard.components.news import changes
from dashboard.data import Reader, Scene
from dashboard.indicator_story import draw_lines
from dashboard.pages import home, indicator
from dashboard.urls import Lang, State
from etl.catalogue.models import Catalogue
from etl.catalogue.reference import Region
from etl.measures.observation import Vintage
from tests.making import catalogue, observation, text
from tests.making import indicator as make_indicator
from tests.unit.dashboard.rendered import rows, walk, words

LANG: Lang = "id"
VINTAGE = Vintage(3, "data", dt.datetime(2026, 11, 22, tzinfo=dt.UTC), "ab" * 32, "cd" * 32, "ef" * 32, "f", 1)


def kecamatan(code: str, name: str) -> Region:
    return Region(code=code, parent="64.09", level="district", name=name, short=name, source="uji")


def test_a_kecamatan_without_a_value_is_said_and_is_not_zero() -> None:
    of = make_indicator()
    below = [kecamatan("64.09.01", "Penajam"), kecamatan("64.09.02", "Waru")]
    found = districts(of, below, draw_lines(catalogue(of), of, [observation("7", region="64.09.01")]), LANG)
    assert rows(found) == [["Penajam", "2024", "7"]]
    assert "1 kecamatan belum ada data: Waru." in words(found)


def test_without_any_kecamatan_there_is_no_card() -> None:
    assert districts(make_indicator(), [kecamatan("64.09.01", "Penajam")], [], LANG) is None


def test_a_new_version_is_told_with_the_old_one() -> None:
    of = make_indicator()
    said = words(changes([(observation("75"), observation("74"))], [], catalogue(of), VINTAGE, State()))
    assert "74 menjadi 75, diterima 22 November 2026" in said


def test_a_view_of_the_past_says_so_and_leads_back(scene: Scene) -> None:
    past = replace(scene, state=State(per="2026-11-22"))
    (notice,) = notices(past, "/")
    assert "Keadaan data per" in words(notice)
    assert notices(scene, "/") == []


def test_an_internal_indicator_has_no_page_and_is_on_no_list(reader: Reader, scene: Scene) -> None:
    hidden = scene.catalogue.indicator["ipm"].model_copy(update={"access": "internal", "name": text("Rahasia")})
    others = tuple(each for each in scene.catalogue.indicators if each.id != "ipm")
    parts = {name: getattr(scene.catalogue, name) for name in Catalogue.model_fields}
    closed = replace(scene, catalogue=Catalogue.model_construct(**{**parts, "indicators": (*others, hidden)}))
    assert indicator.build(closed, "ipm").title == "Halaman tidak ditemukan"
    summary = home.build(closed).children
    assert "Rahasia" not in words(summary)
    assert not [each for each in walk(summary) if str(getattr(each, "href", "")).startswith("/indikator/ipm?")]
