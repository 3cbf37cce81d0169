"""Small words on a ground: states and marks. Tone never speaks alone; the word says it."""

from __future__ import annotations

from typing import Literal

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import Attributes

Tone = Literal["plain", "good", "bad", "warn", "info"]


def badge(text: str, tone: Tone = "plain", title: str = "") -> Component:
    """Return a badge; `title` explains it to the pointer."""
    hint: Attributes = {"title": title} if title else {}
    return html.Span(text, className=f"pt-badge pt-badge-{tone}", **hint)
