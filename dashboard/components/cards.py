"""Cards: one thing each, with a heading and, where needed, a subtitle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

Content = Component | str
HEADINGS = {2: html.H2, 3: html.H3}


def card(
    title: str, children: Sequence[Content], *, sub: str = "", id: str | None = None, level: int = 2, wide: str = ""
) -> Component:
    """Return a section with a heading; `wide` adds class names."""
    head: list[Content] = [HEADINGS[level](title)]
    if sub:
        head.append(html.P(sub, className="pt-sub"))
    extra: dict[str, Any] = {"id": id} if id else {}
    return html.Section([*head, *children], className=f"pt-card {wide}".strip(), **extra)


def fold(summary: str, children: Sequence[Content], *, opened: bool = False) -> Component:
    """Return what is one click away."""
    return html.Details([html.Summary(summary), *children], className="pt-fold", open=opened)


def definitions(pairs: Sequence[tuple[str, Content | Sequence[Content]]]) -> Component:
    """Return a list of terms and their descriptions."""
    entries: list[Component] = []
    for term, description in pairs:
        entries += [html.Dt(term), html.Dd(description)]
    return html.Dl(entries, className="pt-terms")
