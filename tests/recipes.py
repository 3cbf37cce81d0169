"""The recipes of CONTRIBUTING.md: their blocks, and how each is put into a tree."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HEADING = re.compile(r"^## (?P<name>[^:\n]+)(?:: (?P<files>[0-9]+) files?)?$", re.MULTILINE)
FENCE = re.compile(r"^(?P<fence>`{3,})(?P<language>\w*) ?(?P<target>[^\n]*)\n(?P<text>.*?)^(?P=fence)$", re.M | re.S)
OF_NO_CHANGE = ("data/inbox/",)  # what an office sends


@dataclass(frozen=True)
class Block:
    """One block: `target` is the file it goes to, with ` › end` or ` › section` where that is there already."""

    language: str
    target: str
    text: str

    @property
    def path(self) -> str:
        return self.target.split(" › ")[0]


@dataclass(frozen=True)
class Recipe:
    """One heading with its blocks; `files` is what it says that the change costs, None where it says nothing."""

    name: str
    files: int | None
    blocks: tuple[Block, ...]

    @property
    def touched(self) -> set[str]:
        """The files that its blocks make or change."""
        paths = {each.path for each in self.blocks if each.language != "sh"}
        return {path for path in paths if not path.startswith(OF_NO_CHANGE)}


def read_recipes(document: str) -> dict[str, Recipe]:
    """Read every heading of the second level with its blocks, by name."""
    bare = FENCE.sub(lambda fence: "\n" * fence[0].count("\n"), document)  # headings within blocks are none
    lines, bare_lines = document.split("\n"), bare.split("\n")
    starts = [number for number, line in enumerate(bare_lines) if HEADING.match(line)]
    found = {}
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        heading = HEADING.match(lines[start])
        assert heading
        body = "\n".join(lines[start + 1 : end])
        blocks = tuple(Block(each["language"], each["target"], each["text"]) for each in FENCE.finditer(body))
        found[heading["name"]] = Recipe(heading["name"], int(heading["files"] or 0) or None, blocks)
    return found


def follow(recipe: Recipe, tree: Path) -> None:
    """Do in a tree what the blocks say, in their order; a block that says it in no known way is an error."""
    for block in recipe.blocks:
        if block.language == "sh":
            for line in block.text.splitlines():
                run(tree, *shlex.split(line))
            continue
        path, _, place = block.target.partition(" › ")
        assert path, f"{recipe.name}: a block of {block.language or 'no language'} names no file"
        _put(tree / path, place, block)


def _put(path: Path, place: str, block: Block) -> None:
    if block.language == "diff":
        _change(path, block)
    elif not place:
        assert not path.exists(), f"{block.target} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
    elif place == "end":
        text = path.read_text(encoding="utf-8").rstrip("\n")
        path.write_text(f"{text}\n{block.text}", encoding="utf-8")
    else:
        entry = "".join(f"  {line}\n" for line in block.text.splitlines())
        _replace(path, f"\n{place}:\n", f"\n{place}:\n{entry}")


def _change(path: Path, block: Block) -> None:
    """Put the lines with a plus in the place of those with a minus; lines with a blank stand around them."""
    for part in re.split(r"^@@.*\n", block.text, flags=re.MULTILINE):
        lines = [line or " " for line in part.splitlines()]
        assert all(line[0] in " +-" for line in lines), f"{block.target}: not a diff: {part}"
        old, new = ("".join(f"{line[1:]}\n" for line in lines if line[0] != left) for left in "+-")
        if part:
            _replace(path, old, new)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name} holds {text.count(old)} times: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(tree: Path, *words: str, ends: int = 0) -> str:
    """Run a command in a tree, `python` being this one; return what it prints. It must end with the code."""
    command = [sys.executable if word == "python" else word for word in words]
    outcome = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert outcome.returncode == ends, outcome.stdout + outcome.stderr
    return outcome.stdout + outcome.stderr
