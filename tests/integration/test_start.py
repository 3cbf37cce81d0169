"""`make run` begins with `make load`: what may keep the pages from being served, and what may not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("migrating", "loading", "expected"),
    [(0, 0, 0), (0, 1, 0), (0, 3, 0), (0, 2, 2), (2, 0, 2), (0, 130, 2)],
    ids=["all well", "rows returned", "a feed failed", "wrong catalogue", "no warehouse", "interrupted"],
)
def test_a_failed_feed_does_not_keep_the_pages_from_being_served(
    tmp_path: Path, migrating: int, loading: int, expected: int
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncase $3 in migrate) exit {migrating};; run) exit {loading};; esac\n", "utf-8")
    python.chmod(0o755)
    ready = ["-o", ".venv/bin/python", "-o", ".venv/installed"]
    command = ["make", *ready, "-f", str(ROOT / "Makefile"), "load", f"PY={python}"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == expected
