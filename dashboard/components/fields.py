"""Fields of a plain form: each with its label, sent as a query of its own, without a callback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

PREFIX = "isian"


def group(legend: str, fields: Sequence[Component]) -> Component:
    """Return fields that belong together under their heading."""
    return html.Fieldset([html.Legend(legend), *fields], className="pt-fields")


def choice(name: str, label: str, options: Mapping[str, str], value: str, hint: str = "") -> Component:
    """Return a list to choose one from; `options` are words by the value that is sent."""
    listed = [{"label": words, "value": sent} for sent, words in options.items()]
    return _labelled(name, label, dbc.Select(id=_id(name), name=name, options=listed, value=value), hint)


def whole_number(name: str, label: str, value: int, limits: tuple[int, int], hint: str = "") -> Component:
    """Return a field for a whole number; the browser says when it is out of its limits."""
    low, high = limits
    control = dbc.Input(
        id=_id(name), name=name, type="number", value=value, min=low, max=high, step=1, required=True, debounce=True
    )
    return _labelled(name, label, control, hint)


def switch(name: str, label: str, sent: str, on: bool, hint: str = "") -> Component:
    """Return a check box that sends `sent` while it is on, else nothing."""
    box = dbc.Checklist(id=_id(name), name=name, options=[{"label": label, "value": sent}], value=[sent] if on else [])
    return html.Div([box, *_hint(hint)], className="pt-field")


def unseen(values: Mapping[str, str]) -> list[Component]:
    """Return what is sent along without being shown."""
    return [dbc.Input(id=_id(name), name=name, type="hidden", value=value) for name, value in values.items()]


def ranking(
    name: str, options: Sequence[tuple[str, str]], chosen: Iterable[str], words: Mapping[str, str]
) -> Component:
    """Return check boxes with a place each; `options` (value, words) come in their order.

    A place is sent as `<name>-<value>`. `words` are `caption`, `hint` and the headings `shown` and `place`.
    """
    picked, count = set(chosen), len(options)
    heads = html.Tr([html.Th(words["shown"], scope="col"), html.Th(words["place"], scope="col")])
    rows = []
    for place, (value, label) in enumerate(options, 1):
        box = dbc.Checklist(
            id=_id(f"{name}-{value}-tampil"),
            name=name,
            options=[{"label": label, "value": value}],
            value=[value] if value in picked else [],
        )
        key = f"{name}-{value}"
        hidden = html.Label(f"{words['place']}: {label}", htmlFor=_id(key), className="visually-hidden")
        number = dbc.Input(id=_id(key), name=key, type="number", value=place, min=1, max=count, step=1, debounce=True)
        rows.append(html.Tr([html.Td(box), html.Td([hidden, number])]))
    caption = html.Caption([words["caption"], *_hint(words["hint"])])
    return html.Table([caption, html.Thead(heads), html.Tbody(rows)], className="pt-ranking")


def copied(name: str, label: str, text: str) -> Component:
    """Return a text that is only read and copied."""
    control = dbc.Textarea(id=_id(name), value=text, readonly=True, rows=3)
    return _labelled(name, label, control, "")


def _labelled(name: str, label: str, control: Component, hint: str) -> Component:
    return html.Div([html.Label(label, htmlFor=_id(name)), control, *_hint(hint)], className="pt-field")


def _hint(text: str) -> list[Component]:
    return [html.Small(text)] if text else []


def _id(name: str) -> str:
    return f"{PREFIX}-{name}"
