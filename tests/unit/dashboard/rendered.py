"""Reading Dash components as a reader of the page would: words, links, tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component


def walk(node: Any) -> Iterator[Component]:
    """Yield a component and all below it."""
    if isinstance(node, list | tuple):
        for each in node:
            yield from walk(each)
    elif isinstance(node, Component):
        yield node
        yield from walk(getattr(node, "children", None))


def words(node: Any) -> str:
    """Return all words in the order of the page, blanks squeezed."""

    def parts(part: Any) -> Iterator[str]:
        if isinstance(part, list | tuple):
            for each in part:
                yield from parts(each)
        elif isinstance(part, Component):
            yield from parts(getattr(part, "children", None))
        elif part is not None:
            yield str(part)

    return " ".join(" ".join(parts(node)).split())


def links(node: Any) -> dict[str, str]:
    """Return addresses by the words of their link."""
    return {words(each): str(getattr(each, "href", "")) for each in walk(node) if each._type == "A"}


def rows(node: Any) -> list[list[str]]:
    """Return the cells of all table bodies as words."""
    bodies = [each for each in walk(node) if each._type == "Tbody"]
    return [
        [words(cell) for cell in walk(row.children) if cell._type in ("Td", "Th")]
        for body in bodies
        for row in walk(body.children)
        if row._type == "Tr"
    ]


def chosen(node: Any) -> list[str]:
    """Return the words of links marked as the present choice."""
    return [words(each) for each in walk(node) if getattr(each, "aria-current", None) == "true"]
