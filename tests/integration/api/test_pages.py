"""/data and /metodologi as the browser asks for them, over a real warehouse."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.data import open_read_only
from dashboard.settings import WebSettings


@pytest.fixture
def browser(database: str) -> FlaskClient:
    server: Flask = create_app(WebSettings(database), open_read_only(database)).server
    return server.test_client()


def content(browser: FlaskClient, path: str, search: str = "") -> str:
    """Ask for a page's content through Dash's own router and return it as text."""
    dependencies = json.loads(browser.get("/_dash-dependencies").data)
    router = next(each for each in dependencies if "_pages_content" in each["output"])
    body = {
        "output": router["output"],
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "changedPropIds": ["_pages_location.pathname"],
    }
    answer = browser.post("/_dash-update-component", json=body)
    assert answer.status_code == 200
    return json.dumps(json.loads(answer.data), ensure_ascii=False)


def test_data_shows_the_accounting_of_the_last_load(browser: FlaskClient) -> None:
    text = content(browser, "/data")
    assert "7 baris dibaca = 2 diterima + 4 tidak berubah + 1 dikembalikan" in text
    assert "1 baris dikembalikan dan 1 beda data menunggu keputusan" in text


def test_filters_come_from_the_address(browser: FlaskClient) -> None:
    text = content(browser, "/data", "?kiriman=targets&alasan=same&lang=en")
    assert "No rows were returned under this choice." in text
    assert "Nothing matches this choice." in text


def test_methodology_is_that_of_the_catalogue_in_force(browser: FlaskClient) -> None:
    text = content(browser, "/metodologi")
    assert "20% (0) sampai 5,5% (100)" in text
    assert "konstruksi Pantau sendiri, bukan nilai resmi" in text


def test_the_api_is_served_beside_the_pages(browser: FlaskClient) -> None:
    assert browser.get("/api/v1/observations").status_code == 200
    assert browser.get("/api/v1/entah").status_code == 404
