"""The page of an address that does not exist; it is answered with status 404."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import page_shell
from dashboard.components.frame import Entry
from dashboard.data import Scene
from dashboard.language import t
from dashboard.page_shell import Body
from dashboard.urls import href


def register() -> None:
    """Register the page; Dash finds it by the name of its module."""
    page_shell.register_page(__name__, path="/404", layout=layout)


def layout(**query: str) -> Component:
    """Say that nothing is here and where to go."""
    return page_shell.page(query, "", lambda scene: build(scene, page_shell.entries()))


def build(scene: Scene, entries: Sequence[Entry]) -> Body:
    """Build the page; it leads to those of the navigation."""
    heading = t("shell.not_found", scene.lang)
    links = [html.Li(html.A(each.label(scene.lang), href=href(each.path, scene.state))) for each in entries]
    content = html.Section(
        [
            html.P("404", className="pt-404"),
            html.H1(heading),
            html.P(t("shell.not_found_help", scene.lang)),
            html.Ul(links),
        ],
        className="pt-empty",
    )
    return Body(heading, [content])
