"""Connectors register themselves, and the catalogue asks only for those that it uses."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.catalogue.canonical import catalogue_form, catalogue_hash, from_json, to_json
from etl.catalogue.checks.parts import Check, Transport
from etl.catalogue.feeds import Feed
from etl.catalogue.load import load_catalogue
from etl.catalogue.reading.problem import CatalogueErrors
from etl.catalogue.reference import Model
from etl.connectors.base import Connector
from etl.jobs.connector_registry import CONNECTORS

ROOT = Path(__file__).resolve().parents[3]
SOUND = ROOT / "tests" / "problems" / "catalogue" / "sound"


class Pipe(Model):
    """What a made-up transport is told."""

    valve: str


@dataclass(frozen=True)
class Made:
    """A made-up transport."""

    model: type[Model] | None = Pipe
    checks: tuple[Check, ...] = ()


def with_pipe() -> Mapping[str, Transport]:
    return {**CONNECTORS, "pipe": Made()}


def declared(folder: Path, feed: str) -> Path:
    """Copy the sound catalogue, its one feed taking what is given in the place of its path."""
    for path in SOUND.rglob("*"):
        if path.is_file():
            (folder / path.relative_to(SOUND)).parent.mkdir(parents=True, exist_ok=True)
            (folder / path.relative_to(SOUND)).write_bytes(path.read_bytes())
    text = (folder / "indicators.yaml").read_text(encoding="utf-8")
    (line,) = [each for each in text.splitlines() if each.strip().startswith("path:")]
    text = text.replace(line, line.replace(line.strip(), feed)).replace("connector: file", "connector: pipe")
    (folder / "indicators.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_module_of_the_package_is_one_connector() -> None:
    assert {"file", "sql", "ckan"} <= set(CONNECTORS)
    for name, each in CONNECTORS.items():
        assert isinstance(each, Connector), name
        assert name not in Feed.model_fields


def test_a_name_that_no_module_has_is_unknown() -> None:
    for name in ("base", "web", "ftp"):
        assert name not in CONNECTORS


def test_a_check_imports_no_transport_that_is_not_used() -> None:
    code = (
        "import sys; from pathlib import Path; from etl.catalogue.load import load_catalogue;"
        f"from etl.jobs.connector_registry import CONNECTORS; load_catalogue(Path({str(SOUND)!r}), CONNECTORS);"
        "print([each for each in ('httpx', 'etl.connectors.sql', 'etl.connectors.ckan') if each in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_another_connector_changes_no_catalogue_that_does_not_use_it() -> None:
    assert catalogue_hash(load_catalogue(SOUND, with_pipe())) == catalogue_hash(load_catalogue(SOUND, CONNECTORS))


def test_a_group_is_of_its_model_where_it_is_declared_and_a_mapping_where_it_is_stored(tmp_path: Path) -> None:
    catalogue = load_catalogue(declared(tmp_path, "pipe: {valve: a}"), with_pipe())
    assert catalogue.feeds[0].configuration == Pipe(valve="a")
    again = from_json(to_json(catalogue), catalogue_form())
    assert again.feeds[0].configuration == {"valve": "a"}
    assert to_json(again) == to_json(catalogue)


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        ("pipe: {valv: a}", 'ditemukan "valv", yang sah: valve'),
        ("pipe: {}", "pipe › valve: belum ada"),
        ("path: data/inbox/x.csv", "Hapus kunci ini, atau ubah connector (pipe)"),
        ("sql: {url: A, query: B}", "Hapus kunci ini, atau ubah connector (pipe)"),
        ("pip: {valve: a}", 'Maksud Anda "pipe"?'),
    ],
)
def test_a_group_is_judged_by_the_model_of_its_connector(tmp_path: Path, feed: str, said: str) -> None:
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue(declared(tmp_path, feed), with_pipe())
    assert said in str(caught.value)
    assert "indicators.yaml baris " in str(caught.value)
