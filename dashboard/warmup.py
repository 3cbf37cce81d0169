"""Finish one request of each kind before a worker takes traffic.

Dash registers scripts and callbacks at its first requests; several at once can meet half of that and fail.
"""

from __future__ import annotations

import json
import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard import urls
from dashboard.app import Pantau
from dashboard.page_shell import EXTENSION

SCRIPTS = re.compile(r'(?:src|href)="(/(?:_dash-component-suites|assets|pustaka)/[^"]+)"')


def warm(app: Pantau) -> None:
    """Request the document, every script and style, Dash's own addresses and each kind of page, then mark as warm."""
    client = app.server.test_client()
    document = client.get("/").get_data(as_text=True)
    for address in SCRIPTS.findall(document):
        client.get(address).close()
    for package, paths in app.registered_paths.items():
        for path in sorted(path for path in paths if not path.endswith(".map")):
            client.get(f"/_dash-component-suites/{package}/{path}").close()
    client.get("/_dash-layout")
    for path in ("/", urls.SOURCES, urls.METHODOLOGY, *_first_indicator(app)):
        load_page(client, path)
    app.server.extensions["pantau_warmth"].warm = True


def load_page(client: FlaskClient, path: str, search: str = "") -> int:
    """Ask for a page's content as the browser does; returns the status."""
    return ask_page(client, path, search).status_code


def ask_page(client: FlaskClient, path: str, search: str = "") -> TestResponse:
    """Ask for a page's content as the browser does."""
    dependencies = json.loads(client.get("/_dash-dependencies").data)
    router = next(each for each in dependencies if "_pages_content" in each["output"])
    location = {"pathname": path, "search": search}
    body = {
        "output": router["output"],
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [{"id": "_pages_location", "property": name, "value": value} for name, value in location.items()],
        "changedPropIds": ["_pages_location.pathname"],
    }
    return client.post("/_dash-update-component", json=body)


def _first_indicator(app: Pantau) -> list[str]:
    if app.server.extensions["pantau_warmth"] and (reader := app.server.extensions[EXTENSION].reader).problems():
        return []
    vintage = reader.vintage()
    return [urls.indicator_path(each.id) for each in reader.catalogue(vintage).indicators[:1]] if vintage else []
