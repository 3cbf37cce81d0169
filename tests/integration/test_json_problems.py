"""Answers with one named defect each: tests/problems/json/<defect>.json, and beside it what must be said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.connectors.http_json import HttpJsonConnector
from etl.connectors.web.patience import Limits, Pace
from tests.intake import Intake, open_copy, web_feed
from tests.replay import Replay, Reply

PROBLEMS = sorted((Path(__file__).resolve().parents[1] / "problems" / "json").glob("*.json"))


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda path: path.stem)
def test_an_answer_with_a_defect_is_refused_whole_with_its_reason(
    problem: Path, tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "etl.connectors.http_json.CONNECTOR", HttpJsonConnector(Limits(attempts=1), Pace(sleep=lambda _: None))
    )
    engine = open_copy(migrated_sqlite, tmp_path)
    with Replay().running() as portal:
        portal.script["/api"] = Reply(content=problem.read_bytes())
        said = Intake(tmp_path, engine).fails(web_feed("http_json", {"address": f"{portal.address}/api"}))
    engine.dispose()
    assert problem.with_suffix(".txt").read_text(encoding="utf-8").strip() in said


def test_there_are_problems_of_every_kind() -> None:
    assert len(PROBLEMS) > 20
