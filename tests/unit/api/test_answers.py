from __future__ import annotations

import csv
import dataclasses
import io
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask.testing import FlaskClient

from dashboard.api.tabular import FIELDS, observations_csv
from tests.unit.api.samples import CONFLICTING, SEAL, VINTAGE, FakeReader, dimension_score, observation


def rows(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found = json.loads(answer.get_data(as_text=True), parse_float=Decimal)
    assert isinstance(found, list)
    return found


def test_a_figure_comes_with_its_source_receipt_version_and_place(client: FlaskClient) -> None:
    row = rows(client, "/observations?indicator=poverty-rate&region=64.01")[0]
    assert row["value"] == Decimal("8.63")
    assert (row["series"], row["period"], row["unit"], row["status"]) == ("utama", "2024", "%", "final")
    assert row["source"] == {
        "producer": "bps", "producer_name": "Badan Pusat Statistik", "publication": "bps-2024",
        "title": "Kemiskinan 2024", "url": "https://example.test/2024",
        "kind": "official", "cited": "Badan Pusat Statistik, dikutip bps",
    }  # fmt: skip
    assert (row["run"], row["version"], row["vintage"], row["vintage_seal"]) == (2, 1, 3, SEAL[:8])
    assert row["recorded_at"] == "2026-11-22T03:25:07Z"
    assert row["place"]["row"] == 16
    assert row["marks"] == ["rounded", "year_inferred"]


def test_only_the_source_that_precedence_chooses_is_shown(client: FlaskClient) -> None:
    flags = {row["id"]: row["shown"] for row in rows(client, "/observations")}
    assert flags == {1: True, 2: False}


def test_a_filter_does_not_turn_a_hidden_source_into_the_shown_one(client: FlaskClient) -> None:
    assert [row["shown"] for row in rows(client, "/observations?source=koran-2024")] == [False]
    assert [row["shown"] for row in rows(client, "/observations?limit=1&offset=1")] == [False]


def test_a_category_has_no_number(client: FlaskClient, reader: FakeReader) -> None:
    reader.figures = [observation(1, None, indicator="wtp", category="WTP", step=None)]
    row = rows(client, "/observations")[0]
    assert (row["value"], row["category"]) == (None, "WTP")


def test_internal_figures_stay_inside(client: FlaskClient, reader: FakeReader) -> None:
    reader.figures.append(observation(9, "1", indicator="rahasia"))
    assert {row["indicator"] for row in rows(client, "/observations")} == {"poverty-rate"}
    assert "rahasia" not in {row["id"] for row in rows(client, "/indicators")}


def test_a_long_list_is_cut_and_says_where_it_goes_on(client: FlaskClient) -> None:
    answer = client.get("/api/v1/observations?limit=1&region=64.01")
    assert len(answer.get_json()) == 1
    assert answer.headers["Link"] == '</api/v1/observations?limit=1&region=64.01&offset=1>; rel="next"'
    assert "Link" not in client.get("/api/v1/observations").headers


def test_every_answer_carries_the_seal_and_an_unchanged_one_is_not_sent_again(
    client: FlaskClient, reader: FakeReader
) -> None:
    answer = client.get("/api/v1/observations")
    assert answer.headers["X-Pantau-Seal"] == SEAL
    assert answer.headers["Cache-Control"] == "no-cache"
    reader.asked.clear()
    again = client.get("/api/v1/observations?limit=500", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data, reader.asked) == (304, b"", [])
    assert client.get("/api/v1/observations?limit=1").headers["ETag"] != answer.headers["ETag"]


def test_a_new_vintage_is_sent_again(client: FlaskClient, reader: FakeReader) -> None:
    tag = client.get("/api/v1/observations").headers["ETag"]
    reader.state = replace(VINTAGE, seal="2" * 64)
    assert client.get("/api/v1/observations", headers={"If-None-Match": tag}).status_code == 200


def test_feeds_are_tagged_by_their_content_as_attempts_change_without_a_seal(
    client: FlaskClient, reader: FakeReader
) -> None:
    tag = client.get("/api/v1/feeds").headers["ETag"]
    assert client.get("/api/v1/feeds", headers={"If-None-Match": tag}).status_code == 304
    reader.feed_status = lambda: []  # type: ignore[method-assign]
    assert client.get("/api/v1/feeds", headers={"If-None-Match": tag}).status_code == 200


def test_the_score_adds_up_again_from_its_leaves(client: FlaskClient) -> None:
    row = rows(client, "/scores?region=64.01&period=2024")[0]
    leaves = [leaf for branch in row["tree"] for leaf in branch["leaves"]]
    present = [leaf for leaf in leaves if leaf["score_exact"]]
    weight = sum(Fraction(leaf["weight_exact"]) for leaf in present)
    total = sum(Fraction(leaf["weight_exact"]) * Fraction(leaf["score_exact"]) for leaf in present)
    assert total / weight == Fraction(row["score_exact"])
    assert weight == Fraction(row["coverage_exact"])
    assert total == Fraction(row["low_exact"])
    assert row["score"] == Decimal("66.666666666667")
    assert row["band"]["label"]["id"] == "sedang"
    assert [leaf["reason"] for leaf in leaves] == [None, "belum ada data"]


def test_a_dimension_without_score_says_why(client: FlaskClient, reader: FakeReader) -> None:
    reader.scores = lambda vintage, **_filters: [dimension_score(None)]  # type: ignore[method-assign]
    row = rows(client, "/scores")[0]
    assert (row["score"], row["score_exact"], row["band"]) == (None, None, None)
    assert row["reason"] == "belum cukup data (1 dari 2)"
    assert row["coverage_exact"] == "2/3"


def test_conflicts_are_beda_data_only_unless_all_are_asked_for(client: FlaskClient) -> None:
    found = rows(client, "/conflicts")
    assert [row["reason"] for row in found] == ["conflict"]
    assert found[0]["shown"]["value"] == Decimal("8.63")
    assert [(row["value"], row["difference"], row["shown"]) for row in found[0]["others"]] == [
        (Decimal(11), Decimal("2.37"), False)
    ]
    assert [row["reason"] for row in rows(client, "/conflicts?reason=all")] == ["conflict", "same"]
    assert rows(client, "/conflicts?region=64.08") == []


def test_counts_name_every_reason(client: FlaskClient) -> None:
    counts = {row["reason"]: row["count"] for row in rows(client, "/conflicts/counts")}
    assert (counts["conflict"], counts["same"], counts["rounding"]) == (1, 1, 0)
    assert len(counts) == 8


def test_feeds_come_with_their_status_also_those_never_tried(client: FlaskClient) -> None:
    by_id = {row["id"]: row for row in rows(client, "/feeds")}
    assert by_id["bps"]["last_attempt"]["outcome"] == "loaded"
    assert (by_id["bps"]["rows"], by_id["bps"]["refused"]) == (9, 1)
    assert by_id["targets"]["last_attempt"] is None


def test_offices_know_their_urusan(client: FlaskClient) -> None:
    assert [row["urusan"] for row in rows(client, "/offices?region=64.01")] == [["sosial"]]
    assert rows(client, "/offices?region=64.08") == []


def test_findings_are_filtered_by_rule(client: FlaskClient) -> None:
    assert [row["sentence"] for row in rows(client, "/findings?rule=undated")] == ["Periode tidak ada."]
    assert rows(client, "/findings?rule=lain") == []


def test_csv_has_every_field_the_seal_and_no_formula(client: FlaskClient) -> None:
    answer = client.get("/api/v1/observations?format=csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="pantau-observations-{SEAL[:8]}.csv"'
    text = answer.get_data(as_text=True)
    assert not text.startswith("\ufeff")
    found = list(csv.DictReader(io.StringIO(text)))
    assert [row["value"] for row in found] == ["8.63", "11"]
    assert {row["vintage_seal"] for row in found} == {SEAL[:8]}
    assert found[1]["source_title"] == '\'=Kabar "Paser", 2024'
    assert found[1]["place_file"] == CONFLICTING.place.file
    assert found[0]["marks"] == "rounded,year_inferred"
    assert (found[0]["shown"], found[1]["shown"]) == ("true", "false")


def test_regions_keep_their_codes_as_text(client: FlaskClient) -> None:
    assert "64.01" in {row["code"] for row in rows(client, "/regions")}


def test_a_printed_minus_is_a_number_and_a_leading_one_before_words_a_formula() -> None:
    texts = ["-1,5", "+5,2%", "-", "−3", "-2+3+cmd|' /C calc'!A0", "+cmd", "@x", "\nx", "\t=1"]
    row = {field: dict.fromkeys(parts) if parts else None for field, parts in FIELDS.items()}
    written = observations_csv({**row, "note": each} for each in texts)
    notes = [each["note"] for each in csv.DictReader(io.StringIO(written, newline=""))]
    assert notes == ["-1,5", "+5,2%", "-", "−3", *(f"'{each}" for each in texts[4:])]


def test_a_tag_weakened_on_its_way_still_says_unchanged(client: FlaskClient) -> None:
    for address in ("/api/v1/observations", "/api/v1/feeds"):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": f"W/{tag}"}).status_code == 304


def test_what_a_file_says_of_an_internal_indicator_is_not_told(client: FlaskClient, reader: FakeReader) -> None:
    reader.found = [dataclasses.replace(reader.found[0], raw="RAHASIA 7", sentence="“RAHASIA 7”", indicator="rahasia")]
    [row] = rows(client, "/findings")
    assert "RAHASIA" not in str(row)
    assert row["rule"] == "undated"
