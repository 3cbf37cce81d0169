"""The search of the header: the indicators lie in the page, assets/50-search.js finds among them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import Attributes, labelled
from dashboard.language import t
from dashboard.urls import Lang
from etl.catalogue.models import Indicator


def search(indicators: Iterable[Indicator], lang: Lang) -> Component:
    """Return the search box over some indicators; a choice opens the indicator's page and keeps the view."""
    options = [[each.id, each.name.get(lang), each.short.get(lang)] for each in indicators]
    found: Attributes = {
        "data-pilihan": json.dumps(options, ensure_ascii=False, separators=(",", ":")),
        "data-kosong": t("shell.search_none", lang),
        "data-jumlah": t("shell.search_count", lang),
    }
    listbox: Attributes = {"role": "listbox", "hidden": True, **labelled(t("shell.search_results", lang))}
    live: Attributes = {"aria-live": "polite"}
    return html.Div(
        [
            html.Label(t("shell.search", lang), htmlFor=ids.SEARCH, className="visually-hidden"),
            dcc.Input(
                id=ids.SEARCH,
                type="text",
                placeholder=t("shell.search_hint", lang),
                autoComplete="off",
                spellCheck=False,
                className="pt-search-input",
            ),
            html.Ul(id=f"{ids.SEARCH}-hasil", className="pt-search-list", **listbox),
            html.Div(id=f"{ids.SEARCH}-kata", className="visually-hidden", **live),
        ],
        id=f"{ids.SEARCH}-kotak",
        className="pt-search",
        role="search",
        **found,
    )
