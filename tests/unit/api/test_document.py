from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from dashboard.api.api_blueprint import create_blueprint
from dashboard.api.openapi import document
from dashboard.api.routes import ROUTES
from tests.unit.api.samples import FakeReader


def resolved(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema | {"components": document()["components"]})


def test_the_document_is_valid_openapi(client: FlaskClient) -> None:
    given = client.get("/api/v1/openapi.json").get_json()
    assert given["openapi"].startswith("3.1")
    validate(given)


def test_the_document_names_every_address_and_no_other() -> None:
    server = Flask("test")
    server.register_blueprint(create_blueprint(FakeReader()))  # type: ignore[arg-type]
    served = {
        rule.rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}")
        for rule in server.url_map.iter_rules()
        if rule.rule.startswith("/api/v1") and not rule.endpoint.startswith("api.unknown")
    }
    assert served == set(document()["paths"])  # type: ignore[call-overload]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_answers_keep_to_their_schema(client: FlaskClient, route: Any) -> None:
    path = route.path.replace("<name>", "bps" if route.name == "feed" else "poverty-rate")
    answer = client.get(f"/api/v1{path}")
    operation = document()["paths"][route.path.replace("<", "{").replace(">", "}")]["get"]  # type: ignore[index]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    body = json.loads(answer.get_data(as_text=True))
    assert body
    errors = [f"{list(error.path)}: {error.message}" for error in resolved(schema).iter_errors(body)]
    assert errors == []


def test_refusals_keep_to_their_schema(client: FlaskClient) -> None:
    schema = resolved({"$ref": "#/components/schemas/Problem"})
    for path, status in (("/feeds?x=1", 400), ("/tidak-ada", 404)):
        answer = client.get(f"/api/v1{path}")
        assert answer.status_code == status
        assert list(schema.iter_errors(answer.get_json())) == []
    assert not schema.is_valid(client.get("/api/v1/feeds").get_json())


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_the_document_describes_each_parameter_and_header(route: Any) -> None:
    operation = document()["paths"][route.path.replace("<", "{").replace(">", "}")]["get"]  # type: ignore[index]
    query = [each for each in operation["parameters"] if each["in"] == "query"]
    assert [each["name"] for each in query] == list(route.query.model_fields)
    assert all(each["description"] for each in query)
    assert {"X-Pantau-Seal", "ETag"} <= set(operation["responses"]["200"]["headers"])
