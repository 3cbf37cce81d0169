"""Spreadsheets with just one named defect: what can be read is right, what cannot comes back at its own cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.pipeline.layout.table_header import LayoutError
from tests.problems.sheets import SPREADSHEETS, layout_feed, refine_layout, returned, shown

PROBLEMS = sorted(SPREADSHEETS.glob("*.yaml"))


def content_of(problem: Path) -> bytes:
    [path] = [path for path in SPREADSHEETS.glob(f"{problem.stem}.*") if path != problem]
    return path.read_bytes()


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda path: path.stem)
def test_the_defect_is_met_as_its_description_says(problem: Path) -> None:
    told: dict[str, Any] = yaml.safe_load(problem.read_text(encoding="utf-8"))
    assert told["defect"]
    of = layout_feed(**told["feed"])
    if "refused" in told:
        with pytest.raises(LayoutError, match=told["refused"]):
            refine_layout(content_of(problem), of)
        return
    refined = refine_layout(content_of(problem), of)
    assert shown(refined) == told["accepted"]
    assert returned(refined) == told.get("returned", [])
    assert returned(refined, "warning") == told.get("warnings", [])
    assert refined.rows_read == len(refined.accepted) + refined.repeats + len(returned(refined))


def test_every_row_of_the_table_of_pathologies_has_its_files() -> None:
    assert {yaml.safe_load(path.read_text(encoding="utf-8"))["row"] for path in PROBLEMS} == set(range(1, 13))


def test_no_file_lies_here_without_its_description() -> None:
    assert {path.stem for path in SPREADSHEETS.iterdir()} == {path.stem for path in PROBLEMS}
