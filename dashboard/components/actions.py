"""Copying the link and downloading: the click is handled by assets/40-actions.js."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import Attributes
from dashboard.language import t
from dashboard.urls import Lang


def actions(csv: str | None, graph: str | None, filename: str, lang: Lang) -> Component:
    """Return the buttons of a page: `csv` is the address of its figures, `graph` the id of the figure to save."""
    copying: Attributes = {"data-salin": t("indicator.copied", lang), "aria-live": "polite"}
    copy = html.Button(t("indicator.copy", lang), className="pt-button", type="button", **copying)
    if csv is None:
        return html.Div(copy, className="pt-actions")
    entries: list[Component] = [html.A(t("indicator.csv", lang), href=csv, download="")]
    if graph:
        saving: Attributes = {"data-png": graph, "data-nama": filename}
        entries.insert(0, html.Button(t("indicator.png", lang), type="button", **saving))
    summary = html.Summary([t("indicator.download", lang), " ▾"], className="pt-button pt-button-main")
    return html.Div([copy, html.Details([summary, html.Div(entries)], className="pt-menu")], className="pt-actions")
