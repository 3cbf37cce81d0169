"""A file of the catalogue as read: its tree of plain values, and the line on which each of them stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from etl.catalogue.reading.problem import CatalogueError, nearest_word

Path = tuple[str | int, ...]
NAMED_BY = ("id", "code", "alias", "no", "name", "period")


@dataclass(frozen=True)
class Source:
    """`tree` holds dict, list, str (numbers keep their text), bool and None; `line_of` takes a path into it."""

    file: str
    tree: Any
    line_of: Callable[[Path], int]

    def error(
        self,
        path: Path,
        found: str | None,
        allowed: tuple[str, ...] = (),
        remedy: str | None = None,
    ) -> CatalogueError:
        """Describe an error at a path, with the nearest of the allowed words."""
        nearest = nearest_word(found, allowed) if found and len(allowed) > 1 else None
        shown = show_path(path, self.tree)
        return CatalogueError(self.file, self.line_of(path), shown, found, allowed, nearest, remedy)


def show_path(path: Path, tree: Any) -> str:
    """Write a path for readers: members of lists by their id where they have one, else by place from 1."""
    shown = []
    for step in path:
        tree = child(tree, step)
        name = step
        if isinstance(step, int):
            name = next((tree[key] for key in NAMED_BY if isinstance(tree.get(key), str)), "") if _is_dict(tree) else ""
            name = name or f"ke-{step + 1}"
        shown.append(str(name))
    return " › ".join(shown)


def _is_dict(tree: Any) -> bool:
    return isinstance(tree, dict)


def child(tree: Any, step: str | int) -> Any:
    """Return the member of a dict or list, None where there is none."""
    if isinstance(tree, dict):
        return tree.get(step)
    if isinstance(tree, list) and isinstance(step, int) and step < len(tree):
        return tree[step]
    return None


def decode(file: str, content: bytes) -> str | CatalogueError:
    """Decode UTF-8, with or without a byte order mark; a byte that is none is an error on its line."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{content[error.start]:02X}"
        return CatalogueError(file, line, "", byte, ("teks UTF-8",), None, "Simpan berkas sebagai UTF-8.")
