"""The documents name what exists: settings, commands, files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.__main__ import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/map.md",
    "data/README.md",
    "docs/decisions/README.md",
    "docs/wall.md",
)


def test_readme_names_every_setting() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for folder in ("etl", "dashboard") for path in (ROOT / folder).rglob("*.py")
    )
    settings = set(re.findall(r"\bPANTAU_[A-Z]+(?:_[A-Z]+)*\b", code)) | {"PORT"}
    assert len(settings) > 3
    assert {name for name in settings if f"`{name}`" not in README} == set()


@pytest.mark.parametrize("command", [each for each in COMMANDS if each not in {"migrate", "schedule"}])
def test_readme_shows_every_command_an_operator_types(command: str) -> None:
    assert f"python -m etl {command}" in README


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_to_files(document: str) -> None:
    path = ROOT / document
    targets = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []
