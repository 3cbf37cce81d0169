"""What ties a page to the request: its reader, its scene and its document title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import dash
from dash import html
from dash.development.base_component import Component
from flask import Flask, current_app, g

from dashboard import urls
from dashboard.components import frame
from dashboard.components.cards import card
from dashboard.components.frame import Entry
from dashboard.data import Reader, Scene, open_scene
from dashboard.language import t
from dashboard.settings import INBOX
from dashboard.urls import State

EXTENSION = "pantau"
SIMULATION = "SIMULASI"


@dataclass(frozen=True, slots=True)
class Body:
    """A page's document title and content."""

    title: str
    children: list[Component]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a server is bound to."""

    reader: Reader
    home: str
    inbox: Path = INBOX


def bind(server: Flask, bound: Bound) -> None:
    """Give the server its reader."""
    server.extensions[EXTENSION] = bound


def bound() -> Bound:
    """Return what the server of the present request is bound to."""
    return cast(Bound, current_app.extensions[EXTENSION])


def title(**_variables: str) -> str:
    """Return the document title that the layout, called just before in the same request, has set."""
    return cast(str, g.get("title", "Pantau"))


def register_page(module: str, **options: Any) -> None:
    """Register a page whose layout sets the document title.

    With `label`, which gives its words in a language, and `order`, a number, the page has a place in the navigation.
    """
    dash.register_page(module, title=title, **options)  # type: ignore[no-untyped-call]


def entries() -> list[Entry]:
    """List the pages that have a place in the navigation, in its order."""
    pages = [each for each in dash.page_registry.values() if each.get("label")]
    return [Entry(each["path"], each["label"]) for each in sorted(pages, key=lambda each: each["order"])]


def show(
    state: State, path: str, body: Body, scene: Scene | None = None, query: Mapping[str, object] | None = None
) -> Component:
    """Frame a body and set the document title."""
    mark = f"{SIMULATION} · " if scene is not None and scene.catalogue.simulation else ""
    g.title = f"{mark}{body.title} · {t('shell.product', state.lang)}"
    return frame.frame(state, path, body.children, scene, urls.beside_state(query or {}), entries())


def page(query: Mapping[str, object], path: str, build: Callable[[Scene], Body]) -> Component:
    """Open the scene the query asks for, build the body, frame it."""
    state, house = urls.parse(query), bound()
    scene = open_scene(house.reader, state, house.home)
    if scene is None:
        return show(state, path, nothing_loaded(state), query=query)
    body = build(scene)
    return show(state, path, Body(body.title, [*frame.notices(scene, path), *body.children]), scene, query)


def nothing_loaded(state: State) -> Body:
    """Return what an empty warehouse shows."""
    heading = t("shell.no_load", state.lang)
    return Body(heading, [html.H1(heading), card(heading, [html.P(t("shell.no_load_help", state.lang))])])
