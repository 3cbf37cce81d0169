"""The page of an address that does not exist; it is answered with status 404."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import urls, view
from dashboard.components.frame import PAGES
from dashboard.language import t
from dashboard.urls import href
from dashboard.view import Body


def register() -> None:
    """Register the page; Dash finds it by the name of its module."""
    view.register_page(__name__, path="/404", layout=layout)


def layout(**query: str) -> Component:
    """Say that nothing is here and where to go."""
    state = urls.parse(query)
    heading = t("shell.not_found", state.lang)
    links = [html.Li(html.A(t(f"shell.{key}", state.lang), href=href(path, state))) for key, path in PAGES]
    content = html.Section(
        [
            html.P("404", className="pt-404"),
            html.H1(heading),
            html.P(t("shell.not_found_help", state.lang)),
            html.Ul(links),
        ],
        className="pt-empty",
    )
    return view.show(state, "", Body(heading, [content]))
