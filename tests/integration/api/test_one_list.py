"""One list of an observation's fields: API, document, CSV, view and loads name these and no others."""

from __future__ import annotations

import csv
import io
from dataclasses import fields

from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from dashboard.api.openapi import document
from etl.catalogue.observation_fields import FIELDS, GIVEN, Place
from etl.measures.observation import Observation
from etl.pipeline.refine import FINAL

LISTED = [each.name for each in FIELDS]
OF_SOURCE = {"producer", "publication"}
OF_PLACE = {each.name for each in FIELDS if each.record is Place}
# What the catalogue, the period and the vintage asked for add to an answer.
ADDED = {"region_name", "period_start", "period_end", "vintage_seal", "shown"}
ADDED_TO_SOURCE = {"producer_name", "title", "url", "kind", "cited"}
WITHOUT_NEST = {*LISTED} - OF_SOURCE - OF_PLACE
AS_JSON = WITHOUT_NEST | ADDED | {"source", "place"}


def test_the_list_holds_each_field_of_the_record_once() -> None:
    record = [each.name for each in fields(Observation) if each.name != "place"]
    assert sorted(LISTED) == sorted([*record, *(each.name for each in fields(Place))])
    assert len(set(LISTED)) == len(LISTED)


def test_a_row_of_the_api_has_the_fields_of_the_list(client: FlaskClient) -> None:
    row = client.get("/api/v1/observations").get_json()[0]
    assert set(row) == AS_JSON
    assert set(row["source"]) == OF_SOURCE | ADDED_TO_SOURCE
    assert set(row["place"]) == OF_PLACE


def test_the_document_has_the_fields_of_the_list_each_with_its_meaning(client: FlaskClient) -> None:
    schemas = document()["components"]["schemas"]  # type: ignore[index]
    for name, expected in (("Observation", AS_JSON), ("Source", OF_SOURCE | ADDED_TO_SOURCE), ("Place", OF_PLACE)):
        properties = schemas[name]["properties"]
        assert set(properties) == expected
        assert all(properties[field].get("description") for field in expected & {*LISTED})


def test_the_csv_has_the_fields_of_the_list(client: FlaskClient) -> None:
    heads = next(csv.reader(io.StringIO(client.get("/api/v1/observations?format=csv").get_data(as_text=True))))
    nested = {f"source_{name}" for name in OF_SOURCE | ADDED_TO_SOURCE} | {f"place_{name}" for name in OF_PLACE}
    assert len(heads) == len(set(heads))
    assert set(heads) == WITHOUT_NEST | ADDED | nested


def test_the_view_has_the_fields_of_the_list(database: str) -> None:
    with create_engine(database).connect() as connection:
        columns = list(connection.execute(text("SELECT * FROM readable_observation")).keys())
    assert columns == [*LISTED, "period_start", "period_end", "seal", "superseded_in"]


def test_a_load_brings_what_the_list_says() -> None:
    assert tuple(FINAL.values()) == GIVEN


def test_figures_are_filtered_by_the_kind_of_their_source(client: FlaskClient) -> None:
    found = {
        kind: client.get(f"/api/v1/observations?limit=1000&source_kind={kind}").get_json()
        for kind in ("official", "copy", "press")
    }
    assert {kind for kind, rows in found.items() if rows} == {"official", "press"}
    assert sum(map(len, found.values())) == len(client.get("/api/v1/observations?limit=1000").get_json())
    for kind, rows in found.items():
        assert {row["source"]["kind"] for row in rows} <= {kind}
    every = [row["source"] for rows in found.values() for row in rows]
    assert not any("GitHub" in text for each in every for text in (each["cited"], each["title"] or ""))
