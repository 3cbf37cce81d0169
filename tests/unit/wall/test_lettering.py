"""How large the letters of a wall are. That the wall draws the same is tested in the browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.wall.letter_sizes import legible, letters


@pytest.mark.parametrize(
    ("inches", "metres", "expected"),
    [
        (55, 5, {"hero": 126, "body": 50, "foot": 32}),
        (75, 3, {"hero": 126, "body": 50, "foot": 32}),
        (43, 6, {"hero": 194, "body": 77, "foot": 48}),
        (32, 12, {"hero": 195, "body": 78, "foot": 50}),
    ],
    ids=["as designed", "no smaller when near", "larger when far", "no larger than there is room"],
)
def test_letters_follow_from_size_and_distance(inches: int, metres: int, expected: dict[str, int]) -> None:
    assert letters(inches, metres) == expected


def test_a_screen_too_small_for_its_distance_is_told() -> None:
    assert legible(43, 6)
    assert not legible(55, 8)
    assert not legible(32, 5)


def test_the_table_of_sizes_in_the_document_is_the_walls() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs/wall.md").read_text(encoding="utf-8")
    head = next(line for line in text.splitlines() if line.startswith("| screen |"))
    distances = [int(each) for each in re.findall(r"(\d+) m", head)]
    rows = re.findall(r"^\| (\d+)″ \| (.+) \|$", text, re.MULTILINE)
    assert len(rows) > 4
    for inches, cells in rows:
        sizes = [
            str(letters(int(inches), metres)["body"]) if legible(int(inches), metres) else "too far"
            for metres in distances
        ]
        assert cells.split(" | ") == sizes
