"""Tables that scroll within their card, with a caption for those who cannot see it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import Attributes, labelled

PHONE_ROWS = 5  # as in the style sheet
Cell = Component | str | Sequence[Component | str]


def table(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    numeric: Collection[int] = (),
    cards: bool = False,
    more: str = "",
) -> Component:
    """Return a table; the first cell of a row heads it. `cards` stacks the rows on a phone, labelled by the head.

    With `more`, a phone shows the first rows of a long table, and the others behind these words.
    """
    columns = [html.Th(word, scope="col", className="pt-num" if at in numeric else "") for at, word in enumerate(head)]
    body = [html.Tr([_cell(at, cell, head[at], at in numeric) for at, cell in enumerate(row)]) for row in rows]
    grid = dbc.Table(
        [html.Caption(caption, className="visually-hidden"), html.Thead(html.Tr(columns)), html.Tbody(body)],
        className="pt-table pt-stack" if cards else "pt-table",
    )
    box = html.Div(grid, className="pt-scroll", tabIndex=0, role="region", **labelled(caption))
    if not more or len(rows) <= PHONE_ROWS:
        return box
    return html.Div([box, html.Details(html.Summary(more), className="pt-fold pt-more")], className="pt-long")


def _cell(at: int, cell: Cell, label: str, numeric: bool) -> Component:
    options: Attributes = {"className": "pt-num" if numeric else "", "data-label": label}
    return html.Th(cell, scope="row", **options) if at == 0 else html.Td(cell, **options)
