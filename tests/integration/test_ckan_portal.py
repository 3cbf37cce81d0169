"""A CKAN portal end to end, by its DataStore and by its files, with the bodies that CKAN 2.12 really sends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from etl.catalogue.feeds import Feed
from etl.connectors.ckan import CkanConnector
from etl.connectors.web.patience import Limits, Pace
from tests.intake import SAMPLES, Intake, open_copy, web_feed
from tests.replay import Asked, Replay, Reply, as_html, as_json, gzip_bomb, redirect

RESOURCE = "2b53718b-53f8-456e-aa55-f5ef16137d0a"
PACKAGE = "indeks-spbe-kabupaten-paser"
SEARCH, SHOW = "/api/3/action/datastore_search", "/api/3/action/package_show"
FILE = f"/dataset/7af0ac36-4886-4ec1-ac17-db1bed28550e/resource/{RESOURCE}/download/indeks_spbe.csv"
SPBE = {"2018": "1.85", "2019": "1.69", "2020": "1.69", "2021": "1.36", "2022": "2.83", "2023": "2.9", "2024": "3.27"}
PASER = {("64.01", year): value for year, value in SPBE.items()}
COLUMNS = {"region": "kode_wilayah", "period": "tahun", "value": "indeks_spbe", "note": "predikat"}


def body(name: str) -> Any:
    return json.loads((SAMPLES / "ckan" / name).read_text(encoding="utf-8"))


@pytest.fixture
def portal() -> Iterator[Replay]:
    with Replay().running() as replay:
        show = json.dumps(body("package_show.json")).replace("https://satudata.example.go.id", replay.address)
        replay.script[SHOW] = as_json(json.loads(show))
        yield replay


@pytest.fixture
def intake(tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    monkeypatch.setattr("etl.connectors.ckan.CONNECTOR", quick())
    engine = open_copy(migrated_sqlite, tmp_path)
    yield Intake(tmp_path, engine)
    engine.dispose()


def quick(**pace: Any) -> CkanConnector:
    return CkanConnector(Limits(attempts=2, request=5, fetch=20), Pace(sleep=lambda _: None, **pace))


def feed_of(portal: Replay, **group: Any) -> Feed:
    return web_feed("ckan", {"base": portal.address, "resource": RESOURCE, **group}, columns=COLUMNS)


def datastore(most: int = 3, keyset: bool = True, left: bool = False, records: Any = None, **result: Any) -> Any:
    """Serve the seven records as CKAN does: a limit above its own is lowered and echoed, `_id` is in every record.

    With `left` a page behind a key announces what is left instead of all.
    """
    sample = body("datastore_search_last.json")
    rows = records or [
        {**sample["result"]["records"][0], "_id": number, "tahun": int(year), "indeks_spbe": float(value)}
        for number, (year, value) in enumerate(SPBE.items(), 1)
    ]

    def answer(asked: Asked) -> Reply:
        query = {name: texts[0] for name, texts in parse_qs(urlsplit(asked.path).query).items()}
        assert (query["sort"], query["resource_id"]) == ("_id", RESOURCE)
        above = json.loads(query.get("filters", '{"_id": {"gt": 0}}'))["_id"]["gt"]
        kept = [row for row in rows if row["_id"] > above]
        start, limit = int(query.get("offset", 0)), min(int(query["limit"]), most)
        page = kept[start : start + limit]
        shown = {**sample["result"], "limit": limit, "records": page, "total": len(kept if left else rows), **result}
        if keyset and len(page) == limit:
            shown["next_page"] = {"_id": {"gt": page[-1]["_id"]}}
        return as_json({**sample, "result": shown})

    return answer


# The DataStore


@pytest.mark.parametrize("most", [3, 7, 100])
@pytest.mark.parametrize(("keyset", "left"), [(True, False), (True, True), (False, False)])
def test_all_pages_are_read_by_key_or_by_offset(
    intake: Intake, portal: Replay, most: int, keyset: bool, left: bool
) -> None:
    portal.script[SEARCH] = datastore(most, keyset, left)
    report = intake.run(feed_of(portal))
    assert (report.ending, report.rows_read, report.refused) == ("loaded", 7, 0)
    assert intake.values() == PASER
    assert len(portal.asked) == (3 if most == 3 else 1)
    assert [("filters" in path, "offset" in path) for path in portal.paths[1:]] == [(keyset, not keyset)] * (
        len(portal.asked) - 1
    )


@pytest.mark.parametrize("keyset", [True, False])
@pytest.mark.parametrize("silent", [{"total": None}, {"limit": None}, {"limit": 5000, "total": None}])
def test_a_limit_that_is_lowered_in_silence_loses_no_record(
    intake: Intake, portal: Replay, keyset: bool, silent: dict[str, Any]
) -> None:
    portal.script[SEARCH] = datastore(3, keyset, **silent)
    assert intake.run(feed_of(portal)).rows_read == 7
    assert intake.values() == PASER


def test_a_number_column_with_a_decimal_comma_is_text(intake: Intake, portal: Replay) -> None:
    """Its points may stand between thousands: 1.850 beside 1,85 is no 1.85, and the column says both."""
    texts = {"2021": "1,36", "2022": "1.850", "2023": "2.9"}
    rows = [
        {"_id": at, "wilayah": "Paser", "tahun": year, "nilai": text}
        for at, (year, text) in enumerate(texts.items(), 1)
    ]
    fields = [{"id": name, "type": kind} for name, kind in (("_id", "int"), ("wilayah", "text"), ("tahun", "text"))]
    portal.script[SEARCH] = datastore(records=rows, fields=[*fields, {"id": "nilai", "type": "numeric"}], total=3)
    intake.run(web_feed("ckan", {"base": portal.address, "resource": RESOURCE}))
    with pytest.raises(AssertionError):  # nothing stands: there is no vintage of figures
        assert intake.values()


def test_a_figure_stands_where_the_uploaded_file_has_it(intake: Intake, portal: Replay) -> None:
    portal.script[SEARCH] = datastore()
    intake.run(feed_of(portal))
    place = {each.period.code: each.place for each in intake.observations()}["2024"]
    assert (place.row, place.column) == (8, "D")


def test_a_resource_is_found_by_its_name_in_a_package(intake: Intake, portal: Replay) -> None:
    portal.script[SEARCH] = datastore()
    intake.run(feed_of(portal, package=PACKAGE, resource="indeks spbe  2018-2024"))
    assert intake.values() == PASER


def test_text_columns_follow_the_feeds_mark_and_number_columns_their_own(intake: Intake, portal: Replay) -> None:
    """A loader may make every column text; a number column written between quotes still has a decimal point."""
    rows = [{"_id": 1, "wilayah": "Paser", "tahun": "2022", "nilai": "1,85"}]
    fields = [{"id": "_id", "type": "int"}, *({"id": name, "type": "text"} for name in ("wilayah", "tahun", "nilai"))]
    feed = web_feed("ckan", {"base": portal.address, "resource": RESOURCE})
    portal.script[SEARCH] = datastore(records=rows, fields=fields)
    intake.run(feed)
    assert intake.values() == {("64.01", "2022"): "1.85"}
    fields[-1]["type"] = "numeric"
    portal.script[SEARCH] = datastore(records=[{**rows[0], "nilai": "1.234"}], fields=fields)
    intake.run(feed)
    assert intake.values() == {("64.01", "2022"): "1.234"}


# As CKAN 2.10 and 2.11 answer, and as a portal with a validator of its own might.
UNKNOWN = {
    "ckan 2.11": {"__type": "Validation Error", "__extras": ['invalid value "include_next_page"']},
    "by name": {"__type": "Validation Error", "include_next_page": ["The input field was not expected."]},
}


@pytest.mark.parametrize("fault", UNKNOWN.values(), ids=UNKNOWN)
def test_a_portal_that_does_not_know_keys_is_read_by_offset(intake: Intake, portal: Replay, fault: Any) -> None:
    served = datastore(keyset=False)

    def answer(asked: Asked) -> Reply:
        unknown = "include_next_page" in asked.path
        return as_json({"success": False, "error": fault}, 409) if unknown else served(asked)

    portal.script[SEARCH] = answer
    intake.run(feed_of(portal))
    assert intake.values() == PASER
    assert len(portal.asked) == 4


def test_another_unknown_parameter_is_no_reason_to_go_on(intake: Intake, portal: Replay) -> None:
    other = {"__type": "Validation Error", "__extras": ['invalid value "sort"']}
    portal.script[SEARCH] = as_json({"success": False, "error": other}, 409)
    assert 'invalid value "sort"' in intake.fails(feed_of(portal))
    assert len(portal.asked) == 1


def test_a_token_goes_to_the_portal_and_nowhere_else(
    intake: Intake, portal: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_UJI_TOKEN", "rahasia-123")
    portal.script[SEARCH] = datastore()
    intake.run(feed_of(portal, token="PANTAU_UJI_TOKEN"))
    assert {each.headers.get("Authorization") for each in portal.asked} == {"rahasia-123"}
    assert "rahasia" not in str(intake.attempts())


def record(number: int) -> dict[str, Any]:
    return {**body("datastore_search_last.json")["result"]["records"][0], "_id": number, "tahun": 2010 + number}


def page_of(*numbers: int, total: int = 7, **more: Any) -> Reply:
    sample = body("datastore_search_last.json")
    result = {**sample["result"], "records": [record(each) for each in numbers], "total": total, **more}
    return as_json({**sample, "result": result})


LOST = {
    "fewer": ([page_of(1, 2, 3), page_of(4, 5)], "menyebut 7 baris, tetapi yang datang 5"),
    "none left": ([page_of(1, 2, 3), page_of()], "menyebut 7 baris, tetapi yang datang 3"),
    "total changes": ([page_of(1, 2, 3), page_of(4, 5, 6, total=9)], "menyebut 7 baris, lalu 9"),
    "again": ([page_of(1, 2, 3), page_of(3, 4, 5), page_of(6)], "_id 3 lagi"),
    "same page": ([page_of(1, 2, 3)], "_id 1 lagi"),
    "other fields": (
        [page_of(1, 2, 3, total=4), page_of(4, total=4, fields=[{"id": "_id", "type": "int"}])],
        "tidak sama di semua halaman",
    ),
}


@pytest.mark.parametrize(("replies", "words"), LOST.values(), ids=LOST)
def test_records_that_change_while_read_load_nothing(
    intake: Intake, portal: Replay, replies: list[Reply], words: str
) -> None:
    portal.script[SEARCH] = list(replies)
    assert words in intake.fails(feed_of(portal))


SEARCH_DOWN = {"success": False, "error": {"__type": "Search Connection Error", "message": "Solr tidak menjawab"}}
REFUSED = {
    "not found": (as_json(body("err_notfound.json"), 404), "Not found: Resource", "Periksa `package`"),
    "validation": (as_json(body("err_validation.json"), 409), "resource_id: Missing value", "Periksa `package`"),
    "forbidden": (as_json(body("err_authorization.json"), 403), "Access denied", "isi `token`"),
    "bare text": (as_json(body("err_bad_action.json"), 400), "Action name not known", "sampai /api/3/action"),
    "under 200": (as_json(body("err_notfound.json")), "Not found: Resource", "Periksa `package`"),
    "search down": (as_json(SEARCH_DOWN, 500), "status 500, katanya “Solr tidak menjawab”", "Coba lagi nanti"),
}


@pytest.mark.parametrize(("reply", "words", "advice"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_told_in_the_portals_words(
    intake: Intake, portal: Replay, reply: Reply, words: str, advice: str
) -> None:
    portal.script[SEARCH] = reply
    said = intake.fails(feed_of(portal))
    assert words in said
    assert advice in said


BROKEN = {
    "dies": Reply(content=json.dumps(body("datastore_search_p1.json")).encode(), cut=200),
    "429": as_json({"message": "Too Many"}, 429),
    "html": as_html(),
    "endless": Reply(content=b'{"result": [' + b" " * 100_000, endless=True),
    "bomb": gzip_bomb(400),
    "charset": Reply(content='{"success": true, "result": "Pasér"}'.encode("latin-1")),
    "truncated": Reply(content=json.dumps(body("datastore_search_p1.json")).encode()[:300]),
    "no records": as_json({"success": True, "result": {"total": 3}}),
}


@pytest.mark.parametrize("reply", BROKEN.values(), ids=BROKEN)
def test_a_broken_second_page_loads_nothing(intake: Intake, portal: Replay, reply: Reply) -> None:
    portal.script[SEARCH] = [page_of(1, 2, 3), reply]
    assert "unexpected" not in intake.fails(feed_of(portal))
    assert "tak terduga" not in str(intake.attempts())


def test_a_resource_that_is_not_there_lists_those_that_are(intake: Intake, portal: Replay) -> None:
    said = intake.fails(feed_of(portal, package=PACKAGE, resource="Indeks 2025"))
    assert f"Yang ada: “Indeks SPBE 2018-2024” ({RESOURCE})" in said


def test_the_old_national_address_points_to_the_new_one(
    intake: Intake, portal: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.script[SEARCH] = as_html("<html>404</html>", 404)
    monkeypatch.setattr("etl.connectors.ckan.CONNECTOR", quick(resolve=lambda host, port: ["127.0.0.1"]))
    port = urlsplit(portal.address).port
    said = intake.fails(web_feed("ckan", {"base": f"http://data.go.id:{port}", "resource": RESOURCE}))
    assert "https://katalog.data.go.id/api/3/action" in said


# Files

CSV = (SAMPLES / "ckan/resource_indeks_spbe_decimal_comma.csv").read_bytes()
DOWNLOAD = {"mode": "download", "package": PACKAGE}


def test_an_uploaded_file_is_read_by_its_bytes(intake: Intake, portal: Replay) -> None:
    portal.script[FILE] = Reply(content=CSV, kind="application/octet-stream")
    report = intake.run(feed_of(portal, **DOWNLOAD))
    assert (report.ending, report.file) == ("loaded", portal.address + FILE)
    assert intake.values() == PASER


def test_an_unchanged_upload_is_not_sent_again(intake: Intake, portal: Replay) -> None:
    def answer(asked: Asked) -> Reply:
        same = asked.headers.get("If-None-Match") == '"v1"'
        sent.append(304 if same else 200)
        return Reply(304) if same else Reply(content=CSV, kind="text/csv", headers={"ETag": '"v1"'})

    sent: list[int] = []
    portal.script[FILE] = answer
    feed = feed_of(portal, **DOWNLOAD)
    assert (intake.run(feed).ending, intake.run(feed).ending) == ("loaded", "unchanged")
    assert sent == [200, 304]
    assert intake.values() == PASER


def linked(portal: Replay, url: str) -> None:
    """Let the resource's file lie elsewhere."""
    show = body("package_show.json")
    show["result"]["resources"][0] |= {"url": url, "url_type": None}
    portal.script[SHOW] = as_json(show)


def test_a_file_in_the_inner_network_is_not_fetched(intake: Intake, portal: Replay) -> None:
    with Replay().running() as inner:
        inner.script["/rahasia.csv"] = Reply(content=CSV, kind="text/csv")
        linked(portal, f"{inner.address}/rahasia.csv")
        assert "jaringan dalam" in intake.fails(feed_of(portal, **DOWNLOAD))
        linked(portal, f"{portal.address}/pergi.csv")
        portal.script["/pergi.csv"] = redirect(f"{inner.address}/rahasia.csv")
        assert "jaringan dalam" in intake.fails(feed_of(portal, **DOWNLOAD))
        assert inner.asked == []


FILES = {
    "no address": (None, Reply(), "tidak punya berkas"),
    "gone": ("/tidak-ada.csv", Reply(404, b"tidak ada", "text/plain"), "status 404"),
    "login page": ("/masuk.csv", as_html("<html><body><form>Masuk</form></body></html>"), ""),
    "pdf": ("/laporan.csv", Reply(content=b"%PDF-1.7 ...", kind="text/csv"), "PDF"),
    "bomb": ("/bom.csv", gzip_bomb(400, b"a"), "MB"),
}


@pytest.mark.parametrize(("path", "reply", "words"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_table_loads_nothing(
    intake: Intake, portal: Replay, path: str | None, reply: Reply, words: str
) -> None:
    linked(portal, portal.address + path if path else "")
    portal.script[path or "/"] = reply
    assert words in intake.fails(feed_of(portal, **DOWNLOAD))
