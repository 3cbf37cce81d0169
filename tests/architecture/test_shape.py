"""Sizes, names and secrets of the tree: what a reader may count on in every module."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VAGUE = {"utils", "helpers", "common", "manager", "service", "misc"}


def tracked(*suffixes: str) -> list[Path]:
    """List the files that git tracks or would track."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return [ROOT / name for name in listed if name.endswith(suffixes) and (ROOT / name).is_file()]


def product() -> list[Path]:
    """List the modules of the product; a migration is a frozen copy of the schema and may be long."""
    modules = [path for path in tracked(".py") if path.relative_to(ROOT).parts[0] in {"etl", "dashboard"}]
    return [path for path in modules if "migrations" not in path.parts]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", product(), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert [node.name for node in functions(path) if length(node) > 60] == []
    assert path.stem not in VAGUE


def test_functions_are_mostly_short() -> None:
    sizes = sorted(length(node) for path in product() for node in functions(path))
    assert sizes[len(sizes) // 2] <= 12
    assert sizes[int(len(sizes) * 0.95)] <= 40


def test_public_functions_say_what_they_do() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in product()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and length(node) > 4
    ]
    assert silent == []


def test_lock_files_are_hashed_and_name_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9._-]+==\S+ \\$", text, re.MULTILINE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text


def test_no_file_names_another_machine_or_registry() -> None:
    needles = re.compile(r"(?<![\w.])/(?:root|home)/|pythonhosted|pypi\.org/simple|registry\.npmjs|deb\.debian")
    here = Path(__file__).resolve()
    named = [
        str(path.relative_to(ROOT))
        for path in tracked(".py", ".md", ".yaml", ".toml", ".txt", ".sh", "Makefile", "Procfile")
        if path.resolve() != here and needles.search(path.read_text(encoding="utf-8"))
    ]
    assert named == []
