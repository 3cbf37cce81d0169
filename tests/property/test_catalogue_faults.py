"""Whatever stands in a file, loading ends in a catalogue or in errors with a place; never in a traceback."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.catalogue.load import load_catalogue
from etl.catalogue.reading.problem import CatalogueError, CatalogueErrors
from etl.catalogue.reading.yaml_text import read_yaml
from etl.jobs.connector_registry import CONNECTORS

SOUND = Path(__file__).resolve().parents[1] / "problems" / "catalogue" / "sound"
FILES = ("indicators.yaml", *(path.relative_to(SOUND).as_posix() for path in sorted(SOUND.glob("data/*/**/*.yaml"))))
JUNK: list[Any] = [
    None,
    True,
    "",
    "x",
    "64.01",
    "-1",
    "1e400",
    [],
    ["x"],
    [None],
    {},
    {"x": "y"},
    [{}],
    "2024",
    "\ud7ff",
]
REMOVED = object()


def sound_tree(file: str) -> Any:
    source, errors = read_yaml(file, (SOUND / file).read_bytes())
    assert source
    assert not errors
    return source.tree


def paths(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    members = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, each in members:
        yield from paths(each, (*path, step))


def changed(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return the tree with one member replaced or removed."""
    if not path:
        return value
    step, *rest = path
    pairs = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree))
    done = [(key, changed(each, tuple(rest), value) if key == step else each) for key, each in pairs]
    kept = [(key, each) for key, each in done if each is not REMOVED]
    return dict(kept) if isinstance(tree, dict) else [each for _, each in kept]


def errors_of(project: Path) -> list[CatalogueError]:
    try:
        load_catalogue(project, CONNECTORS)
    except CatalogueErrors as caught:
        return caught.errors
    return []


TREES = {file: sound_tree(file) for file in FILES}
SPOTS = [(file, path) for file, tree in TREES.items() for path in paths(tree) if path]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SOUND, tmp_path_factory.mktemp("faults") / "project"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.sampled_from(SPOTS), st.sampled_from([*JUNK, REMOVED])), min_size=1, max_size=3))
def test_no_content_breaks_the_loader(project: Path, changes: list[tuple[tuple[str, tuple[Any, ...]], Any]]) -> None:
    trees = dict(TREES)
    for (file, path), value in changes:
        if path in set(paths(trees[file])):
            trees[file] = changed(trees[file], path, value)
    for file, tree in trees.items():
        (project / file).write_text(yaml.dump(tree, allow_unicode=True), encoding="utf-8")
    for each in errors_of(project):
        assert each.file in FILES
        assert "Hole" not in str(each)
        assert each.line is None or 1 <= each.line <= (project / each.file).read_text(encoding="utf-8").count("\n") + 1


def test_no_single_fault_breaks_the_loader(project: Path) -> None:
    for file, tree in TREES.items():
        for place in (path for at, path in SPOTS if at == file):
            for value in (None, [None], REMOVED):
                spoilt = yaml.dump(changed(tree, place, value), allow_unicode=True)
                (project / file).write_text(spoilt, encoding="utf-8")
                assert all("Hole" not in str(each) for each in errors_of(project))
        (project / file).write_text(yaml.dump(tree, allow_unicode=True), encoding="utf-8")
