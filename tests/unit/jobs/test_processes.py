"""Files that may be hostile are looked into in another process, which may hang or die."""

from __future__ import annotations

import os
import time
from pathlib import Path

from etl.jobs.scheduling.processes import look_apart


def die(_: Path) -> str:
    os._exit(9)


def hang(_: Path) -> str:
    time.sleep(600)
    return "late"


def name(path: Path) -> str:
    return path.name


def test_a_look_into_a_file_may_tell_die_or_hang(tmp_path: Path) -> None:
    assert look_apart(name, tmp_path / "a.xlsx", 60) == "a.xlsx"
    assert look_apart(die, tmp_path, 60) is None
    assert look_apart(hang, tmp_path, 0.2) is None
