"""The wall's scores, rows, indices and regencies over the shipped figures: no figure that the pages do not show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from dashboard.data import REGENCIES, Reader, open_read_only, open_scene
from dashboard.formatting import shown
from dashboard.urls import Lang, State
from dashboard.wall.content import WallScene
from dashboard.wall.scenes import development, dimensions, instruments, regencies
from dashboard.wall.sentence import ROOM
from dashboard.wall.view import View
from tests.shipping import NOW, copy_shipped

SCENES = (dimensions, development, instruments, regencies)
SHORT = 60  # characters; what a sentence comes down to where there is little room
WALLS = [(region, lang, guest) for region in REGENCIES for lang in ("id", "en") for guest in (False, True)]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_read_only(copy_shipped(tmp_path_factory))
    yield Reader(engine)
    engine.dispose()


def view_of(reader: Reader, region: str = "64.01", lang: Lang = "id", guest: bool = False) -> View:
    page = open_scene(reader, State(wilayah=region, lang=lang), "64.01")
    assert page is not None
    return View(page, NOW, guest)


def named(scene: WallScene | None, name: str) -> dict[str, object]:
    assert scene is not None
    every = [*scene.get("tiles", []), *scene.get("rows", []), *scene.get("indices", [])]
    return next(dict(each) for each in every if each["name"] == name)


@pytest.mark.parametrize(("region", "lang", "guest"), WALLS)
def test_every_scene_of_every_wall_says_its_age_and_one_sentence_that_fits(
    reader: Reader, region: str, lang: Lang, guest: bool
) -> None:
    view = view_of(reader, region, lang, guest)
    built = [scene for scene in (each.build(view) for each in SCENES) if scene is not None]
    assert [each["id"] for each in built][:2] == ["dimensions", "development"]
    for scene in built:
        assert scene["note"]
        assert dt.datetime.fromisoformat(scene["received"]) == NOW
        assert scene["title"]
        assert scene["spoken"].endswith(".")
        assert scene["sentence"] is not None
        lead, texts = scene["sentence"]["lead"], scene["sentence"]["texts"]
        assert all(len(f"{lead} {each}") <= ROOM for each in texts)
        assert len(texts[-1]) <= SHORT


@pytest.mark.parametrize("region", REGENCIES)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_guests_see_no_office_and_nothing_in_dispute(reader: Reader, region: str, lang: Lang) -> None:
    view = view_of(reader, region, lang, guest=True)
    text = str([each.build(view) for each in SCENES])
    offices = {each.short for each in view.catalogue.offices if each.region == region}
    assert not {each for each in offices if f" {each}." in text or f" {each}:" in text}
    assert not any(word in text for word in ("two figures", "beda data", "sources differ"))


@pytest.mark.parametrize("region", REGENCIES)
def test_the_rows_are_the_figures_of_the_pages(reader: Reader, region: str) -> None:
    view = view_of(reader, region)
    scene = development.build(view)
    assert scene is not None
    stories = {each.indicator.short.id: each for each in view.headlines}
    for row in scene["rows"]:
        story = stories[row["name"]]
        assert story.latest is not None
        assert row["value"] == shown(story.indicator, story.latest.shown, "id")
        assert (row["bar"] is not None) == (story.achievement is not None)
        assert bool(row["two"]) == bool(story.latest.rivals)
        assert row["period"]


def test_paser_without_enough_data_is_in_words(reader: Reader) -> None:
    scene = dimensions.build(view_of(reader))
    tile = named(scene, "Smart Environment")
    assert (tile["value"], tile["none"], tile["have"]) == ("", "belum cukup data", "0 dari 4 dapat dihitung")
    governance = named(scene, "Smart Governance")
    assert (governance["have"], governance["word"]) == ("3 dari 6 dapat dihitung", "rentang saja")
    assert governance["lead"] == "SPBE 3,27 (2024)"


def test_stunting_of_ppu_stands_at_the_last_year_whose_sets_agree(reader: Reader) -> None:
    row = named(development.build(view_of(reader, "64.09")), "Stunting")
    assert (row["value"], row["two"], row["target"]) == ("24,6%", "", "sisa 10,4 poin ke 14,2% (nasional 2029)")
    guest = development.build(view_of(reader, "64.09", guest=True))
    assert guest is not None
    assert "Stunting" in [each["name"] for each in guest["rows"]]  # nobody contests 2023


def test_spbe_of_paser_is_two_lines_and_its_printed_predicate_of_2022_is_flagged(reader: Reader) -> None:
    scene = instruments.build(view_of(reader))
    spbe = named(scene, "SPBE")
    assert (spbe["value"], spbe["word"], spbe["period"]) == ("3,27", "Baik", "2024")
    lines = scene["indices"][0]["lines"] if scene else []
    assert [[dot["label"] for dot in line] for line in lines] == [
        ["2018", "2019", "2020"],
        ["2021", "2022", "2023", "2024"],
    ]
    assert named(scene, "Pemdi")["none"] == "belum ada nilai"
    assert scene is not None
    assert scene["sentence"] is not None
    assert scene["sentence"]["texts"][0] == "SPBE 2022 (2,83) tercetak “Cukup”, menurut ambang “Baik”."
    assert scene["sub"] == "SPBE berakhir 2025 · Pemdi: belum ada nilai"


def test_ppu_has_no_index_and_so_no_scene_of_them(reader: Reader) -> None:
    assert instruments.build(view_of(reader, "64.09")) is None


@pytest.mark.parametrize("region", REGENCIES)
def test_regencies_stand_home_first_and_unranked_where_intervals_meet(reader: Reader, region: str) -> None:
    view = view_of(reader, region)
    scene = regencies.build(view)
    assert scene is not None
    assert [each["home"] for each in scene["columns"]] == [True, False, False]
    assert scene["columns"][0]["name"] == view.page.region.short
    assert scene["comparisons"][0]["note"] == "tidak diurutkan: tumpang tindih"
    assert not any(cell["place"] for each in scene["comparisons"] for cell in each["cells"])


def test_the_tiles_and_the_table_give_the_home_the_same_scores(reader: Reader) -> None:
    view = view_of(reader)
    tiles, table = dimensions.build(view), regencies.build(view)
    assert tiles is not None
    assert table is not None
    assert [(each["name"], each["value"]) for each in tiles["tiles"]] == [
        (each["name"], each["cells"][0]["value"]) for each in table["comparisons"]
    ]
