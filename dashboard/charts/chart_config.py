"""What all figures share: configuration and layout. Nothing may leave the machine, so there is no cloud button."""

from __future__ import annotations

from typing import Any

from dashboard.charts.canvas import Plot
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


def base_layout(plot: Plot, lang: Lang) -> dict[str, Any]:
    """Return the layout every figure starts from: transparent, no legend, no zoom, numbers of the language."""
    size = plot.canvas.size
    axis = {"fixedrange": True, "zeroline": False, "linecolor": GRID, "tickfont": {"color": MUTE, "size": size}}
    return {
        "height": plot.canvas.height,
        "margin": {"l": plot.left, "r": plot.right, "t": plot.top, "b": plot.bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": size, "color": INK},
        "separators": ",." if lang == "id" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": INK, "bordercolor": INK, "font": {"color": "#ffffff", "family": FONT, "size": 13}},
        "xaxis": {**axis, "showgrid": False},
        "yaxis": {**axis, "gridcolor": GRID},
    }
