from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.unit.api.samples import FakeReader


@pytest.mark.parametrize(
    ("address", "status", "found"),
    [
        ("/api/v1/observations?indikator=ipm", 400, "indikator"),
        ("/api/v1/observations?limit=0", 400, "0"),
        ("/api/v1/observations?limit=5001", 400, "5001"),
        ("/api/v1/observations?limit=lima", 400, "lima"),
        ("/api/v1/observations?offset=-1", 400, "-1"),
        ("/api/v1/observations?limit=1&limit=2", 400, "limit"),
        ("/api/v1/observations?as_of=kemarin", 400, "kemarin"),
        ("/api/v1/observations?as_of=2026-02-30", 400, "2026-02-30"),
        ("/api/v1/observations?as_of=1a2b", 400, "1a2b"),
        ("/api/v1/observations?as_of=2020-01-01", 404, "2020-01-01"),
        ("/api/v1/observations?since=2024-13", 400, "2024-13"),
        ("/api/v1/observations?since=2025&until=2024", 400, "2025 > 2024"),
        ("/api/v1/observations?kind=proyeksi", 400, "proyeksi"),
        ("/api/v1/observations?format=xml", 400, "xml"),
        ("/api/v1/observations?region=64.99", 404, "64.99"),
        ("/api/v1/observations?region=6401", 404, "6401"),
        ("/api/v1/observations?indicator=povertyrate", 404, "povertyrate"),
        ("/api/v1/observations?indicator=rahasia", 404, "rahasia"),
        ("/api/v1/observations?source=entah", 404, "entah"),
        ("/api/v1/scores?dimension=smart-sea", 404, "smart-sea"),
        ("/api/v1/conflicts?reason=semua", 400, "semua"),
        ("/api/v1/findings?feed=entah", 404, "entah"),
        ("/api/v1/indicators/entah", 404, "entah"),
        ("/api/v1/indicators/rahasia", 404, "rahasia"),
        ("/api/v1/openapi.json?x=1", 400, "x"),
        ("/api/v1/feeds?limit=1", 400, "limit"),
        ("/api/v1/entah/apa", 404, "entah/apa"),
    ],
)
def test_bad_input_gets_a_sentence_with_what_was_found_and_a_next_step(
    client: FlaskClient, address: str, status: int, found: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    body = answer.get_json()
    assert set(body) == {"error", "found", "allowed", "next"}
    assert body["found"] == found
    assert body["error"]
    assert body["next"]


def test_an_unknown_parameter_names_the_allowed_and_the_nearest(client: FlaskClient) -> None:
    body = client.get("/api/v1/observations?regoin=64.01").get_json()
    assert {"indicator", "region", "as_of", "limit"} <= set(body["allowed"])
    assert "region" in body["next"]


def test_an_unknown_indicator_is_answered_with_the_public_ones_alone(client: FlaskClient) -> None:
    allowed = client.get("/api/v1/indicators/poverty").get_json()["allowed"]
    assert "poverty-rate" in allowed
    assert "rahasia" not in allowed


def test_an_empty_parameter_counts_as_absent(client: FlaskClient) -> None:
    assert len(client.get("/api/v1/observations?region=&limit=").get_json()) == 2


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(client: FlaskClient, method: str) -> None:
    answer = getattr(client, method)("/api/v1/observations")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert answer.get_json()["allowed"] == ["GET"]


def test_an_empty_warehouse_says_how_to_load(client: FlaskClient, reader: FakeReader) -> None:
    reader.state = None
    answer = client.get("/api/v1/observations")
    assert answer.status_code == 503
    assert "python -m etl run --all" in answer.get_json()["next"]


def test_head_is_answered_like_get_without_a_body(client: FlaskClient) -> None:
    assert client.head("/api/v1/observations").status_code == 200
    assert client.head("/api/v1/entah").status_code == 404
