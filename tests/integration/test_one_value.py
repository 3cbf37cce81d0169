"""One value per key: list, indicator page, wall, beda data and API show the same figure of what is shipped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from flask import Flask

from dashboard import page_queries
from dashboard.api.api_blueprint import create_blueprint
from dashboard.data import REGENCIES, Reader, Scene, open_read_only, open_scene
from dashboard.pages.home import newest_figures
from dashboard.urls import State
from dashboard.wall.view import View
from etl.measures.observation import Observation
from tests.shipping import NOW, copy_shipped

Key = tuple[str, str, str, str]  # indicator, region, period, series
Said = tuple[Decimal | None, str | None]  # value, category


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_read_only(copy_shipped(tmp_path_factory))
    yield Reader(engine)
    engine.dispose()


def scene_of(reader: Reader, region: str) -> Scene:
    scene = open_scene(reader, State(wilayah=region), "64.01")
    assert scene is not None
    return scene


def key_of(each: Observation) -> Key:
    return each.indicator, each.region, each.period.code, each.series


def said(each: Observation) -> Said:
    return each.value, each.category


def told_by_the_api(reader: Reader) -> dict[Key, Said]:
    server = Flask("test")
    server.register_blueprint(create_blueprint(reader))
    answer = server.test_client().get("/api/v1/observations?kind=realisation&limit=5000").text
    rows = [each for each in json.loads(answer, parse_float=Decimal, parse_int=Decimal) if each["shown"]]
    found = {
        (each["indicator"], each["region"], each["period"], each["series"]): (each["value"], each["category"])
        for each in rows
    }
    assert len(found) == len(rows) > 1000
    return found


def test_every_place_shows_the_same_value_of_a_key(reader: Reader) -> None:
    api = told_by_the_api(reader)
    lines: dict[Key, Said] = {}
    for region in REGENCIES:
        scene = scene_of(reader, region)
        view, listed = View(scene, NOW), newest_figures(scene)
        for indicator in scene.public.values():
            story = page_queries.story_of(scene, indicator)
            latest = story.latest.shown if story.latest else None
            assert listed.get(indicator.id) == latest, (indicator.id, region)
            assert view.story(indicator).latest == story.latest, (indicator.id, region)
            lines |= {key_of(point.shown): said(point.shown) for line in story.own for point in line.points}
    assert len(lines) > 800
    assert {key: api.get(key) for key in lines} == lines


def test_beda_data_shows_what_lists_and_pages_show(reader: Reader) -> None:
    api, scene = told_by_the_api(reader), scene_of(reader, "64.01")
    contests = [
        each
        for each in reader.contested(scene.vintage)
        if each.kind == "realisation" and each.indicator in scene.public and each.region in scene.catalogue.region
    ]
    assert contests
    for each in contests:
        series = scene.catalogue.indicator[each.indicator].default_series
        headline = (each.indicator, each.region, each.period, series)
        wanted = headline if headline in api else key_of(each.shown)
        assert said(each.shown) == api[wanted], headline
