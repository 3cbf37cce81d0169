"""What a screen's computer starts: the browser with the whole address, on a profile that a power cut left locked."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[3] / "deploy" / "wall"
ADDRESS = "http://127.0.0.1:8050/wall?wilayah=64.01&adegan=dimensi,spbe&redup=22-6"


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the start script with a browser that only prints what it is asked."""
    browser = folder / "chromium"
    browser.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n", encoding="utf-8")
    browser.chmod(0o755)
    known = {"PATH": f"{folder}:{os.environ['PATH']}", "STATE_DIRECTORY": str(folder / "state"), **environment}
    return subprocess.run([DEPLOY / "pantau-wall"], env=known, capture_output=True, text=True, check=False)


def test_the_browser_is_given_the_whole_address_last(tmp_path: Path) -> None:
    asked = start(tmp_path, WALL_ADDRESS=ADDRESS, WALL_FLAGS="--one --two").stdout.splitlines()
    assert asked[-3:] == ["--one", "--two", ADDRESS]
    assert "--kiosk" in asked
    assert f"--user-data-dir={tmp_path}/state/chromium" in asked


def test_the_lock_of_a_browser_that_no_longer_runs_is_taken_away(tmp_path: Path) -> None:
    profile = tmp_path / "state" / "chromium"
    profile.mkdir(parents=True)
    (profile / "SingletonLock").symlink_to("gone-1234")
    (profile / "Preferences").write_text("{}", encoding="utf-8")
    assert start(tmp_path, WALL_ADDRESS=ADDRESS).returncode == 0
    assert [each.name for each in profile.iterdir()] == ["Preferences"]


def test_without_an_address_it_says_where_to_write_one(tmp_path: Path) -> None:
    outcome = start(tmp_path)
    assert outcome.returncode != 0
    assert "/etc/pantau-wall.env" in outcome.stderr


def test_every_file_is_named_in_the_document() -> None:
    text = (DEPLOY.parents[1] / "docs" / "wall.md").read_text(encoding="utf-8")
    assert [
        each.name for each in DEPLOY.iterdir() if f"`{each.name}`" not in text and f"/{each.name} " not in text
    ] == []
