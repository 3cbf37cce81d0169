from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.serving import make_server

from dashboard.api.api_blueprint import create_blueprint
from dashboard.api.openapi import document
from dashboard.api.routes import ROUTES
from dashboard.data import Reader, open_read_only


def rows(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: list[dict[str, Any]] = json.loads(answer.get_data(as_text=True), parse_float=Decimal)
    return found


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_what_the_warehouse_gives_keeps_to_the_schemas(client: FlaskClient, route: Any) -> None:
    path = route.path.replace("<name>", "bps" if route.name == "feed" else "tpt")
    body = json.loads(client.get(f"/api/v1{path}").get_data(as_text=True))
    operation = document()["paths"][route.path.replace("<", "{").replace(">", "}")]["get"]  # type: ignore[index]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert body
    Draft202012Validator(schema | {"components": document()["components"]}).validate(body)


def test_the_newest_version_is_given_with_its_run_and_the_old_one_by_date(client: FlaskClient) -> None:
    address = "/observations?indicator=poverty-rate&region=64.01&since=2024&source=bps"
    now, then = rows(client, address)[0], rows(client, f"{address}&as_of=2026-11-20")[0]
    assert (now["value"], now["version"], now["place"]["row"]) == (Decimal("8.6"), 2, 2)
    assert (then["value"], then["version"]) == (Decimal("8.63"), 1)
    assert now["run"] > then["run"]
    assert now["recorded_at"] == "2026-11-21T02:00:00Z"
    assert now["vintage_seal"] != then["vintage_seal"]


def test_as_of_takes_the_first_eight_of_a_seal(client: FlaskClient) -> None:
    old = rows(client, "/vintages?limit=1&offset=1")[0]
    address = f"/observations?indicator=poverty-rate&region=64.01&as_of={old['seal'][:8]}"
    assert Decimal("8.63") in {row["value"] for row in rows(client, address)}


@pytest.mark.parametrize(("day", "status"), [("9999-12-31", 200), ("0001-01-01", 404)])
def test_the_first_and_the_last_day_of_the_calendar_are_days(client: FlaskClient, day: str, status: int) -> None:
    assert client.get(f"/api/v1/observations?as_of={day}").status_code == status


def test_nothing_was_known_before_the_first_load(client: FlaskClient) -> None:
    answer = client.get("/api/v1/observations?as_of=2026-11-01")
    assert answer.status_code == 404
    assert "2026-11-01" in answer.get_json()["allowed"][0]


def test_periods_are_cut_on_both_sides(client: FlaskClient) -> None:
    found = rows(client, "/observations?region=64.01&since=2023&until=2023")
    assert [(row["indicator"], row["period"]) for row in found] == [("poverty-rate", "2023")]
    assert [row["period"] for row in rows(client, "/observations?indicator=tpt&since=2024-Q3&until=2024-08")] == [
        "2024-08"
    ]


def test_pages_follow_each_other_without_gap_or_overlap(client: FlaskClient) -> None:
    every = [row["id"] for row in rows(client, "/observations")]
    paged = [row["id"] for at in range(0, 8, 2) for row in rows(client, f"/observations?limit=2&offset={at}")]
    assert paged == every
    assert len(every) == 5


def test_the_rival_source_is_beda_data_and_not_shown(client: FlaskClient) -> None:
    conflict = rows(client, "/conflicts")[0]
    assert (conflict["indicator"], conflict["region"], conflict["period"]) == ("poverty-rate", "64.01", "2024")
    assert conflict["shown"]["value"] == Decimal("8.6")
    assert [(row["value"], row["difference"]) for row in conflict["others"]] == [(11, Decimal("2.4"))]
    found = rows(client, "/observations?source=koran-2024")
    assert [row["shown"] for row in found] == [False]
    assert rows(client, "/conflicts?as_of=2026-11-20") == []


def test_scores_come_with_six_exact_figures_and_trace_to_an_observation(client: FlaskClient) -> None:
    score = rows(client, "/scores?region=64.01&period=2024")[0]
    leaves = [leaf for branch in score["tree"] for leaf in branch["leaves"]]
    weighed = sum(Fraction(leaf["weight_exact"]) * Fraction(leaf["score_exact"]) for leaf in leaves if leaf["score"])
    assert weighed == Fraction(score["low_exact"])
    assert (score["score"], score["position"], score["band"], score["method"]) == (None, None, None, 2)
    assert sum(Fraction(leaf["share_exact"]) for leaf in leaves if leaf["share"] is not None) == 1
    known = {row["id"]: row["value"] for row in rows(client, "/observations?region=64.01")}
    assert {leaf["indicator"]: known.get(leaf["observation"]) for leaf in leaves} == {
        "poverty-rate": Decimal("8.6"),
        "tpt": Decimal("4.53"),
    }


def test_rows_read_are_accepted_unchanged_or_refused(client: FlaskClient) -> None:
    found = rows(client, "/runs")
    assert len(found) == 2
    assert all(row["rows_read"] == row["accepted"] + row["unchanged"] + row["refused"] for row in found)
    assert rows(client, "/findings?feed=bps")[0]["sentence"] == "Periode tidak ada."


def test_an_unmigrated_warehouse_is_a_sentence_not_a_trace(tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite").touch()
    server = Flask("test")
    server.register_blueprint(create_blueprint(Reader(open_read_only(f"sqlite:///{tmp_path / 'empty.sqlite'}"))))
    answer = server.test_client().get("/api/v1/observations")
    assert answer.status_code == 503
    assert "python -m etl migrate" in answer.get_json()["next"]


@pytest.fixture
def address(database: str) -> Iterator[str]:
    server = Flask("test")
    server.register_blueprint(create_blueprint(Reader(open_read_only(database))))
    http = make_server("127.0.0.1", 0, server, threaded=True)
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}/api/v1"
    http.shutdown()
    thread.join()
    http.server_close()


def test_over_http_numbers_arrive_digit_for_digit(address: str) -> None:
    with urllib.request.urlopen(f"{address}/observations?indicator=poverty-rate&region=64.01") as answer:
        text = answer.read().decode("utf-8")
        assert answer.headers["X-Pantau-Seal"]
        assert answer.headers.get_content_type() == "application/json"
    assert '"value": 8.6,' in text
    with urllib.request.urlopen(f"{address}/observations?format=csv") as answer:
        assert answer.read().decode("utf-8").startswith("id,indicator,series,region,")
