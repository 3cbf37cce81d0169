"""Attributes that Dash takes by keyword only: aria-* and data-*."""

from __future__ import annotations

from typing import Any

Attributes = dict[str, Any]

HIDDEN: Attributes = {"aria-hidden": "true"}
PRESENT: Attributes = {"aria-current": "page"}
CHOSEN: Attributes = {"aria-current": "true"}


def labelled(words: str) -> Attributes:
    """Return the name of an element for those who cannot see it."""
    return {"aria-label": words}
