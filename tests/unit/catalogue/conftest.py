"""A small, sound project that each test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SOUND = Path(__file__).resolve().parents[2] / "problems" / "catalogue" / "sound"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy the sound project to a folder of its own."""
    return Path(shutil.copytree(SOUND, tmp_path / "project"))
