"""The shipped catalogue is sound, large enough, and loaded without detours."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from etl.catalogue.canonical import catalogue_form, catalogue_hash, from_json, to_json
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.catalogue.reading.partial import build
from etl.jobs.connector_registry import CONNECTORS
from etl.measures.region import from_bps, resolve_region

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue(ROOT, CONNECTORS)


def test_every_subdimension_has_an_indicator(shipped: Catalogue) -> None:
    filled = {each.subdimension for each in shipped.indicators}
    declared = [each.id for dimension in shipped.dimensions for each in dimension.subdimensions]
    assert len(shipped.dimensions) == 6
    assert len(declared) == 18
    assert set(declared) <= filled
    assert len(shipped.indicators) >= 100


def test_every_collected_name_has_a_meaning(shipped: Catalogue) -> None:
    assert len(shipped.published.names) == 194


def test_the_three_regencies_are_complete(shipped: Catalogue) -> None:
    levels = [each.level for each in shipped.regions]
    assert levels.count("village") == 339
    assert levels.count("regency") + levels.count("city") == 10
    assert resolve_region("Paser", shipped) == "64.01"
    assert resolve_region("Sepaku", shipped) is None
    assert resolve_region("Sepaku", shipped, "64.09") == "64.09.04"
    assert from_bps("6403", shipped) == "64.02"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("73.10", "73.10"),
        ("7309", "73.10"),
        ("KAB. PANGKAJENE DAN KEPULAUAN", "73.10"),
        ("Pangkep", "73.10"),
        ("Prov. DKI Jakarta", "31"),
        ("Daerah Khusus Jakarta", "31"),
        ("Provinsi Papua Barat Daya", "96"),
        ("Kota Bogor", "32.71"),
        ("Kab. Bogor", "32.01"),
        ("9401", "93.01"),
        ("Maluku Tenggara Barat", "81.03"),
    ],
)
def test_a_region_outside_is_known_by_codes_and_usual_names(shipped: Catalogue, text: str, code: str) -> None:
    found = shipped.outside_region(text)
    assert found is not None
    assert found.code == code


def test_no_region_of_the_product_is_taken_for_an_outside_one(shipped: Catalogue) -> None:
    levels = [each.level for each in shipped.outside_regions]
    assert (levels.count("province"), levels.count("regency") + levels.count("city")) == (37, 504)
    own = [each for each in shipped.regions if each.level in ("province", "regency", "city")]
    texts = [text for each in own for text in (each.code, each.bps_code, each.name, each.short) if text]
    assert [text for text in texts if shipped.outside_region(text)] == []
    assert shipped.outside_region("Kabupaten Yang Tidak Ada") is None


def test_every_region_is_found_below_its_parent(shipped: Catalogue) -> None:
    lost = [each.code for each in shipped.regions if resolve_region(each.name, shipped, each.parent) != each.code]
    assert lost == []


def test_the_stored_catalogue_is_the_same(shipped: Catalogue) -> None:
    again = from_json(to_json(shipped), catalogue_form())
    assert to_json(again) == to_json(shipped)  # a group is of its model where declared, a mapping where stored
    assert catalogue_hash(again) == catalogue_hash(load_catalogue(ROOT, CONNECTORS))


def test_loading_parses_and_builds_every_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long that takes is measured by benchmarks.loading. A second pass over the files would double it."""
    parsed: list[str] = []
    built: list[str] = []
    compose = yaml.compose

    def count_parsed(text: str, Loader: type) -> yaml.Node | None:  # noqa: N803  PyYAML's name
        assert Loader is yaml.CBaseLoader  # written in C; the other takes ten times as long
        parsed.append(text)
        return compose(text, Loader=Loader)

    def count_built(shape: object, tree: object) -> object:
        built.append(str(shape))
        return build(shape, tree)

    monkeypatch.setattr(yaml, "compose", count_parsed)
    monkeypatch.setattr("etl.catalogue.load.build", count_built)
    load_catalogue(ROOT, CONNECTORS)
    files = [*ROOT.glob("data/published/*.yaml"), *ROOT.glob("data/reference/**/*.yaml"), ROOT / "indicators.yaml"]
    assert len(parsed) == len(set(parsed)) == len(files)
    assert built == []  # the slow walk that leaves holes is for broken files


def test_editors_know_the_schema() -> None:
    head = (ROOT / "indicators.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert head == "# yaml-language-server: $schema=docs/indicators.schema.json"
