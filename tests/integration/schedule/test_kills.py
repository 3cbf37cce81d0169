"""kill -9 of the loader at every stage of its work; benchmarks/kills.py does it two hundred times at random moments."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kills import Trial

KILLS, ROWS = 8, 40


def test_a_loader_killed_at_any_moment_breaks_loses_and_doubles_nothing(tmp_path: Path, database_url: str) -> None:
    trial = Trial(tmp_path, database_url, ROWS)
    trial.measure()
    last = trial.steps
    landed = [trial.kill_at(1 + (last - 1) * turn // (KILLS - 1)) for turn in range(KILLS)]
    assert trial.compare() == []
    assert landed[0] == "before the commit"
    assert landed[-1] != "before the commit"
    trial.engine.dispose()
