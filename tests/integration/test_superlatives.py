"""No page, wall scene, news or API row calls anyone first or last where the figures cannot tell: checked from outside.

The rules are written down again here, from the table of materiality and the API alone, not asked of the code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from dashboard.api.openapi import document
from dashboard.app import Pantau, create_app
from dashboard.data import REGENCIES, Reader, Scene, open_read_only, open_scene
from dashboard.pages import home, indicator, methodology, sources
from dashboard.settings import WebSettings
from dashboard.urls import Lang, State
from dashboard.wall.snapshot import Asked, Snapshots
from tests.shipping import NOW, ROOT, copy_shipped
from tests.unit.dashboard.rendered import walk, words

SUPERLATIVES = {
    "id": r"\b(?:ter(?:tinggi|rendah|baik|buruk|besar|kecil|banyak)|paling (?!banyak setengah|lambat)\w+"
    r"|peringkat|juara)\b",
    "en": r"\b(?:highest|lowest|best|worst|largest|smallest|ranked|rank|place \d)\b",
}
# What is said of the ruler, the formulas and the rule itself; a rank of an indicator is checked by its figures below.
ALLOWED = (
    r"acuan terburuk dan terbaik", r"acuan terburuk \(0\) dan terbaik \(100\)", r"worst \(0\) and best \(100\)",
    r"terburuk\) ÷ \(terbaik − terburuk", r"0 yang terburuk, 100 yang terbaik",
    r"terburuk dan terbaik dari sepuluh", r"tidak pernah diperingkat", r"tidak diperingkat",
    r"worst and (?:a )?best reference", r"worst and best of", r"worst\) ÷ \(best − worst", r"0 the worst, 100 the best",
    r"never ranked against each other", r"not ranked", r"place (?:between|in|from)",
    r"acuan terbaik", r"best reference",
)  # fmt: skip
RANK = re.compile(r"(\d) dari 3 peringkat (.+?); 1 = terbaik|(\d) of 3 rank in (.+?); 1 = best")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pantau]:
    url = copy_shipped(tmp_path_factory)
    engine = open_read_only(url)
    yield create_app(WebSettings(database_url=url), engine)
    engine.dispose()


@pytest.fixture(scope="module")
def reader(app: Pantau) -> Reader:
    found = app.server.extensions["pantau"].reader
    assert isinstance(found, Reader)
    return found


def scene_of(reader: Reader, region: str, lang: Lang) -> Scene:
    found = open_scene(reader, State(wilayah=region, lang=lang), "64.01")
    assert found is not None
    return found


def sentences(node: Any) -> Iterator[str]:
    """Yield what Pantau itself says: not the titles, definitions and sources that it quotes."""
    for each in walk(node):
        own = getattr(each, "children", None)
        parts = own if isinstance(own, list | tuple) else [own]
        text = " ".join(part for part in parts if isinstance(part, str))
        if text:
            yield text


def quoted(scene: Scene) -> set[str]:
    """Return the words of others: what the catalogue quotes."""
    catalogue, lang = scene.catalogue, scene.lang
    said = {each.title for each in catalogue.publications} | {each.publisher for each in catalogue.publications}
    for each in catalogue.indicators:
        said |= {text.get(lang) for text in (each.name, each.short, each.definition)}
        said |= (
            {each.score.reference.source, each.score.reference.scope} if each.score and each.score.reference else set()
        )
        said |= {each.score.waits.get(lang)} if each.score and each.score.waits else set()
        said |= {"peringkat", "rank"} if each.unit == "peringkat" else set()
    return said


def claims(texts: Iterator[str] | list[str], lang: Lang, others: set[str]) -> list[str]:
    """Return the texts that hold a superlative of Pantau's own; a catalogue's own sentence is cut out first."""
    found = []
    for text in texts:
        if not re.search(SUPERLATIVES[lang], text, re.IGNORECASE):
            continue
        left = text
        for each in sorted((each for each in others if each and each in text), key=len, reverse=True):
            left = left.replace(each, "")
        for pattern in (*ALLOWED, RANK.pattern):
            left = re.sub(pattern, "", left, flags=re.IGNORECASE)
        if re.search(SUPERLATIVES[lang], left, re.IGNORECASE):
            found.append(text)
    return found


@pytest.mark.parametrize("lang", ["id", "en"])
def test_pages_call_nobody_first_or_last(app: Pantau, reader: Reader, lang: Lang) -> None:
    for region in REGENCIES:
        scene = scene_of(reader, region, lang)
        others = quoted(scene)
        with app.server.test_request_context("/"):
            pages = [home.build(scene).children, methodology.build(scene).children, sources.layout(lang=lang)]
        for each in pages:
            assert claims(sentences(each), lang, others) == []


@pytest.mark.parametrize("lang", ["id", "en"])
def test_wall_scenes_call_nobody_first_or_last(reader: Reader, lang: Lang) -> None:
    for region in REGENCIES:
        for guest in (False, True):
            shown = Snapshots(reader, "1", lambda: NOW).printed(Asked(region, lang, guest))
            assert shown is not None
            scenes = json.loads(shown.plain)["scenes"]
            assert len(scenes) >= 3
            others = quoted(scene_of(reader, region, lang))
            for each in scenes:
                if each["id"] != "districts":
                    assert claims(list(_strings(each)), lang, others) == []
                    continue
                for text in claims(list(_strings(each)), lang, others):  # all report, and the two at that end differ
                    assert not any(area["none"] for area in each["areas"])
                    values = sorted(Decimal(re.sub(r"[^\d]", "", area["value"])) for area in each["areas"])
                    ends = values[-2:] if re.search("tinggi|highest", text, re.IGNORECASE) else values[:2]
                    assert ends[0] != ends[1], text


def test_places_on_the_wall_stand_only_where_no_two_ranges_meet(app: Pantau, reader: Reader) -> None:
    client = app.server.test_client()
    for region in REGENCIES:
        shown = Snapshots(reader, "1", lambda: NOW).printed(Asked(region, "id", False))
        assert shown is not None
        found = [each for each in json.loads(shown.plain)["scenes"] if each["id"] == "regencies"]
        told = [row for each in found for row in each["comparisons"] if any(cell["place"] for cell in row["cells"])]
        names = {each["dimension_name"]["id"]: each["dimension"] for each in rows(client, "scores?limit=5000")}
        for row in told:
            assert _apart(client, names[row["name"]]), row["name"]


def _apart(client: FlaskClient, dimension: str) -> bool:
    scores = [each for code in REGENCIES for each in rows(client, f"scores?region={code}&dimension={dimension}")]
    newest = max(each["period"] for each in scores)
    ranges = sorted((each["robust_low"], each["robust_high"]) for each in scores if each["period"] == newest)
    return all(one[1] < other[0] for one, other in pairwise(ranges))


def rows(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = json.loads(answer.text, parse_float=Decimal, parse_int=Decimal)
    return found


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _strings(each)
    elif isinstance(node, str):
        yield node


def least(unit: str, code: str, greatest: Decimal, sanity: Decimal | None) -> Decimal:
    """Return the least difference that means something, read from the table itself."""
    for rule in yaml.safe_load((ROOT / "data/reference/materiality.yaml").read_text(encoding="utf-8")):
        if code in rule.get("indicators", ()) or (
            unit in rule.get("units", ()) and ("up_to" not in rule or (sanity is not None and sanity <= rule["up_to"]))
        ) or not ({"indicators", "units"} & rule.keys()):  # fmt: skip
            if greatest < rule.get("below", 0):
                return Decimal(0)
            if "percent" in rule:
                return Decimal(str(rule["percent"])) * greatest / 100
            over = "above" in rule and greatest > rule["above"]
            return Decimal(str(rule["least_above"] if over else rule.get("least", 0)))
    raise AssertionError(unit)


def test_a_rank_of_an_indicator_stands_only_on_differences_that_mean_something(app: Pantau, reader: Reader) -> None:
    client = app.server.test_client()
    figures: dict[tuple[str, str], dict[str, Decimal]] = {}
    for each in rows(client, "observations?kind=realisation&limit=5000"):
        if each["shown"] and each["region"] in REGENCIES and each["value"] is not None:
            figures.setdefault((each["indicator"], each["period"]), {})[f"{each['series']}|{each['region']}"] = each[
                "value"
            ]
    disputed = {(each["indicator"], each["period"], each["region"]) for each in rows(client, "conflicts?limit=5000")}
    ranked = 0
    for region in REGENCIES:
        scene = scene_of(reader, region, "id")
        for known in scene.public.values():
            if known.direction not in ("higher", "lower"):
                continue
            found = RANK.search(words(indicator.build(scene, known.id).children))
            if found is None:
                continue
            ranked += 1
            period, series = _latest(reader, scene, known.id)
            at = {
                key.split("|")[1]: value
                for key, value in figures[known.id, period].items()
                if key.startswith(f"{series}|")
            }
            assert set(at) == set(REGENCIES), (known.id, region)
            assert not {(known.id, period, code) for code in REGENCIES} & disputed, (known.id, region)
            survey = next((each.survey for each in known.series if each.id == series), None)
            assert not (known.survey if survey is None else survey) or known.sampling_error is not None, known.id
            for other in (value for code, value in at.items() if code != region and value != at[region]):
                limit = known.material or least(
                    known.unit, known.id, max(abs(other), abs(at[region])), known.sanity.max
                )
                assert abs(other - at[region]) >= limit or (other < 0) != (at[region] < 0), (known.id, region)
            sign = 1 if known.direction == "higher" else -1
            assert int(found[1]) == 1 + sum(sign * value > sign * at[region] for value in at.values()), (
                known.id,
                region,
            )
            assert not known.additive, known.id
    assert ranked > 3


def _latest(reader: Reader, scene: Scene, code: str) -> tuple[str, str]:
    figure = home.newest_figures(scene)[code]
    return figure.period.code, figure.series


def test_the_api_has_no_field_that_ranks() -> None:
    names = set(re.findall(r'"(\w+)": \{', json.dumps(document()["components"])))
    assert not {"rank", "ranking", "highest", "lowest", "top"} & names
