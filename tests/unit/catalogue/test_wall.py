"""How the wall screens are set in the catalogue; faults of the key stand in tests/problems/catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from etl.catalogue.load import load_catalogue
from etl.catalogue.wall_defaults import Wall, WallScene
from etl.jobs.connector_registry import CONNECTORS

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = """
wall:
  scenes: [spbe, dimensi]
  seconds: 30
  theme: terang
  dim: [22, 6]
  inches: 65
  metres: 7
"""


def with_wall(project: Path, settings: str) -> Wall:
    path = project / "indicators.yaml"
    path.write_text(path.read_text(encoding="utf-8") + settings, encoding="utf-8")
    return load_catalogue(project, CONNECTORS).wall


def test_a_catalogue_without_a_wall_shows_every_scene_in_the_dark(project: Path) -> None:
    wall = load_catalogue(project, CONNECTORS).wall
    assert set(wall.scenes) == set(get_args(WallScene))
    assert (wall.seconds, wall.theme, wall.dim, wall.inches, wall.metres) == (20, "gelap", None, 55, 5)


def test_a_wall_is_set_as_written(project: Path) -> None:
    wall = with_wall(project, SETTINGS)
    assert wall.scenes == ("spbe", "dimensi")
    assert (wall.seconds, wall.theme, wall.dim, wall.inches, wall.metres) == (30, "terang", (22, 6), 65, 7)


def test_the_example_in_the_shipped_catalogue_can_be_used(project: Path) -> None:
    lines = (ROOT / "indicators.yaml").read_text(encoding="utf-8").splitlines()
    start = lines.index("# wall:")
    example = [line.removeprefix("# ") for line in lines[start : start + 7]]
    wall = with_wall(project, "\n".join(["", *example, ""]))
    assert wall == Wall(dim=(22, 6))
