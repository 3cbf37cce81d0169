"""What a portal says of its own failure, in brief."""

from __future__ import annotations

from typing import Any

from etl.connectors.base import UnreadableError
from etl.connectors.formats.json_text import JsonNumber, read_json

MOST_WORDS = 160  # letters of what a portal says that are repeated


def quote_portal(content: bytes) -> str:
    """Repeat, in brief and as a clause, what a portal says of its failure; "" where it says nothing."""
    try:
        words = portal_words(read_json(content))
    except UnreadableError:
        return ""
    return f", katanya “{words}”" if words else ""


def portal_words(document: Any) -> str:
    """Return what a portal says of its failure, on one line and in brief; "" where it says nothing."""
    found = _said(document)
    line = " ".join("".join(each if each.isprintable() else " " for each in found).split())
    return line if len(line) <= MOST_WORDS else line[: MOST_WORDS - 1] + "…"


def _said(node: Any) -> str:
    if isinstance(node, str):
        return "" if isinstance(node, JsonNumber) else node
    if isinstance(node, list):
        return "; ".join(filter(None, map(_said, node)))
    if not isinstance(node, dict):
        return ""
    for key in ("message", "pesan", "error", "errors", "detail"):
        if said := _said(node.get(key)):
            return said
    return "; ".join(
        f"{key}: {_said(value)}" for key, value in node.items() if isinstance(value, list) and _said(value)
    )
