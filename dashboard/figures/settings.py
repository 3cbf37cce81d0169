"""What all figures share: configuration and layout. Nothing may leave the machine, so there is no cloud button."""

from __future__ import annotations

from typing import Any

from dashboard.theme import FONT, GRID, INK, MUTE
from dashboard.urls import Lang

Figure = dict[str, Any]

GRAPH_CONFIG: dict[str, Any] = {
    "showSendToCloud": False,
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "locale": "id",
    "locales": {"id": {"dictionary": {}, "format": {"decimal": ",", "thousands": ".", "grouping": [3]}}},
}


def base_layout(height: int, lang: Lang) -> dict[str, Any]:
    """Return the layout every figure starts from: transparent, no legend, no zoom, numbers of the language."""
    axis = {"fixedrange": True, "zeroline": False, "linecolor": GRID, "tickfont": {"color": MUTE, "size": 13}}
    return {
        "height": height,
        "margin": {"l": 52, "r": 24, "t": 20, "b": 36},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": INK},
        "separators": ",." if lang == "id" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": INK, "bordercolor": INK, "font": {"color": "#ffffff", "family": FONT, "size": 13}},
        "xaxis": {**axis, "showgrid": False},
        "yaxis": {**axis, "gridcolor": GRID, "automargin": True, "exponentformat": "none", "separatethousands": True},
    }
