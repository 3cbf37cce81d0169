"""Every room says what it holds, and no name of a module or a class stands for two things."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(path for name in ("etl", "dashboard") for path in (ROOT / name).rglob("__init__.py"))
PURE = ("etl/measures", "etl/pipeline", "dashboard/charts")  # what they may import: see the contract "no-io"
RIM = {"open", "print", "input", "now", "today", "utcnow", "read_text", "write_text", "read_bytes", "write_bytes"}
# Each program has an entry and a table of settings of its own.
OWN = {"__init__", "__main__", "settings"}


def modules() -> Iterator[Path]:
    for name in ("etl", "dashboard"):
        yield from (path for path in (ROOT / name).rglob("*.py") if "migrations" not in path.parts)


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: str(path.parent.relative_to(ROOT)))
def test_a_room_says_what_lives_there_and_holds_no_code(room: Path) -> None:
    tree = ast.parse(room.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1


def test_every_folder_of_modules_is_a_room() -> None:
    assert {path.parent for path in modules()} == {room.parent for room in ROOMS}


def test_a_module_shares_its_name_with_no_other_module_or_room() -> None:
    names = Counter(path.stem for path in modules() if path.stem not in OWN)
    names.update({room.parent.name for room in ROOMS})
    assert [name for name, count in names.items() if count > 1] == []


def test_a_class_shares_its_name_with_no_other() -> None:
    names = Counter(
        node.name
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("folder", PURE)
def test_a_pure_room_asks_no_clock_and_opens_no_file(folder: str) -> None:
    calls = [
        f"{path.name}:{node.lineno} {name}"
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (name := getattr(node.func, "id", None) or getattr(node.func, "attr", "")) in RIM
    ]
    assert calls == []
