"""What a wall is given: its document, its snapshot, its files and its worker, over real figures."""

from __future__ import annotations

import datetime as dt
import gzip
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data import Reader, open_read_only
from dashboard.wall.snapshot import Snapshots
from dashboard.wall.wall_blueprint import create_wall
from dashboard.wall.wall_files import Files, read_files
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate
from etl.warehouse.write import commits
from tests.integration.api.conftest import DAY_ONE, DAY_TWO, commit, row
from tests.shipping import ROOT
from tests.unit.api.samples import catalogue

SNAPSHOT = "/wall/snapshot.json"


@pytest.fixture
def url(sqlite_url: str) -> str:
    """A migrated warehouse without a vintage."""
    engine = open_engine(sqlite_url)
    migrate(engine)
    engine.dispose()
    return sqlite_url


def load(url: str, value: str, now: dt.datetime) -> None:
    engine = open_engine(url)
    known = catalogue()
    commits.record_catalogue(engine, known, now)
    commit(engine, known, [row(2, value)], now)
    engine.dispose()


def clock() -> dt.datetime:
    return DAY_TWO


def wall(url: str, files: Files | None = None) -> FlaskClient:
    server = Flask("test")
    reader = Reader(open_read_only(url))
    found = files or read_files(ROOT / "assets" / "wall")
    server.register_blueprint(create_wall(reader, Snapshots(reader, found.version, clock), found, "64.01"))
    return server.test_client()


@pytest.fixture
def client(url: str) -> FlaskClient:
    load(url, "8.63", DAY_ONE)
    return wall(url)


def written(document: str, name: str) -> Any:
    """What the document says to its script in an attribute."""
    found = re.search(rf'data-{name}="([^"]*)"', document)
    assert found
    return html.unescape(found.group(1))


def test_the_document_says_what_its_address_asks_for(client: FlaskClient) -> None:
    answer = client.get("/wall?wilayah=64.08&adegan=spbe,dimensi&detik=30&lang=en&tema=terang&redup=22-6&preset=tamu")
    assert answer.headers["Cache-Control"] == "no-cache"
    options = json.loads(written(answer.text, "options"))
    assert options["region"] == "64.08"
    assert options["scenes"] == ["instruments", "dimensions"]
    assert (options["seconds"], options["dim"], options["guest"]) == (30, [22, 6], True)
    assert '<html lang="en" data-theme="terang"' in answer.text
    assert json.loads(written(answer.text, "words"))["connected"] == "connected"


def test_a_pinned_scene_is_the_only_one(client: FlaskClient) -> None:
    options = json.loads(written(client.get("/wall?adegan=dimensi,pembangunan&tetap=spbe").text, "options"))
    assert options["scenes"] == ["instruments"]


def test_every_file_of_the_document_is_there_and_may_be_kept_for_ever(client: FlaskClient) -> None:
    document = client.get("/wall").text
    version = written(document, "version")
    named = re.findall(r'(?:href|src)="(/wall/[^"]+)"', document)
    assert f"/wall/berkas/{version}/main.js" in named
    assert f"/wall/berkas/{version}/wall.css" in named
    for address in named:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.mimetype == ("text/css" if address.endswith(".css") else "text/javascript")


@pytest.mark.parametrize("path", ["main.js", "0123456789ab/main.js", "{version}/none.js", "{version}/../wall.css"])
def test_other_versions_and_other_files_are_not_there(client: FlaskClient, path: str) -> None:
    version = written(client.get("/wall").text, "version")
    assert client.get(f"/wall/berkas/{path.format(version=version)}").status_code == 404


def test_a_change_of_any_file_is_another_version(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text("1")
    first = read_files(tmp_path).version
    (tmp_path / "main.js").write_text("2")
    second = read_files(tmp_path).version
    (tmp_path / "more.css").write_text("")
    assert len({first, second, read_files(tmp_path).version}) == 3


def test_only_scripts_of_this_server_and_the_guard_may_run(client: FlaskClient) -> None:
    for path in ("/wall", SNAPSHOT, "/wall/sw.js"):
        headers = client.get(path).headers
        policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert re.fullmatch(r"'self' 'sha256-[\w+/=]{44}'", policy["script-src"])
        assert policy["frame-ancestors"] == "'self'"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_worker_may_serve_the_wall_and_is_asked_for_each_time(client: FlaskClient) -> None:
    answer = client.get("/wall/sw.js")
    assert answer.headers["Service-Worker-Allowed"] == "/wall"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"


def test_an_unchanged_snapshot_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(SNAPSHOT)
    again = client.get(SNAPSHOT, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_the_snapshot_is_packed_for_those_who_can_unpack_it(client: FlaskClient) -> None:
    plain = client.get(SNAPSHOT)
    packed = client.get(SNAPSHOT, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


def test_a_new_vintage_is_another_snapshot_of_the_same_chain(url: str, client: FlaskClient) -> None:
    first = client.get(SNAPSHOT)
    load(url, "8.6", DAY_TWO)
    second = client.get(SNAPSHOT, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    old, new = json.loads(first.data), json.loads(second.data)
    assert new["chain"] == old["chain"]
    assert new["vintage"] > old["vintage"]
    assert new["seal"] != old["seal"]


def test_a_snapshot_belongs_to_its_region_and_language(client: FlaskClient) -> None:
    asked = [f"{SNAPSHOT}?wilayah={region}&lang={lang}" for region in ("64.01", "64.08") for lang in ("id", "en")]
    answers = [client.get(each) for each in asked]
    contents = [json.loads(each.data) for each in answers]
    assert [(each["region"], each["lang"]) for each in contents] == [
        ("64.01", "id"), ("64.01", "en"), ("64.08", "id"), ("64.08", "en"),
    ]  # fmt: skip
    assert len({each.headers["ETag"] for each in answers}) == 4


def test_an_empty_warehouse_has_no_snapshot_but_a_document(url: str) -> None:
    client = wall(url)
    answer = client.get(SNAPSHOT)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert client.get("/wall").status_code == 200


def test_the_document_needs_no_warehouse(tmp_path: Path) -> None:
    client = wall(f"sqlite:///{tmp_path / 'none.sqlite'}")
    assert client.get("/wall").status_code == 200
