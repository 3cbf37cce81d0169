"""The examples of docs/feeds.md are feeds that the catalogue takes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(r"```yaml\n(.+?)```", (ROOT / "docs/feeds.md").read_text(encoding="utf-8"), re.DOTALL)


def named(example: str) -> str:
    return example.splitlines()[0].removeprefix("id: ")


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_an_example_can_be_pasted_into_the_catalogue(example: str, tmp_path: Path) -> None:
    for folder in ("reference", "published"):
        shutil.copytree(ROOT / "data" / folder, tmp_path / "data" / folder)
    block = "".join(f"    {line}\n" for line in example.splitlines()).replace("    id:", "  - id:", 1)
    text = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    (tmp_path / "indicators.yaml").write_text(f"{text}\n{block}", encoding="utf-8")
    assert named(example) in load_catalogue(tmp_path, CONNECTORS).feed


def test_every_connector_has_an_example() -> None:
    shown = set(re.findall(r"^connector: (\w+)$", "".join(EXAMPLES), re.MULTILINE))
    assert shown == set(CONNECTORS)
