"""kill -9 of the loader at random moments; benchmarks/kills.py does it two hundred times."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.kills import LATE, Trial

KILLS, ROWS = 8, 200


def test_a_loader_killed_at_any_moment_breaks_loses_and_doubles_nothing(tmp_path: Path, database_url: str) -> None:
    trial, dice = Trial(tmp_path, database_url, ROWS), random.Random()
    trial.measure()
    landed = [trial.kill_once(dice.uniform(0, 1)) for _ in range(KILLS)]
    assert trial.compare() == []
    assert set(landed) != {LATE}
    trial.engine.dispose()
