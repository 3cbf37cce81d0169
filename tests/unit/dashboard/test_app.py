"""The app as a server: statuses, headers, health, read-only, nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from dashboard.__main__ import command, main
from dashboard.app import Pantau, create_app
from dashboard.data import Reader, open_read_only
from dashboard.settings import WebSettings
from dashboard.warmup import ask_page, load_page, warm
from etl.warehouse.engine import open_engine
from etl.warehouse.migration import migrate


@pytest.mark.parametrize("path", ["/", "/?lang=en&tema=gelap", "/indikator/ipm?wilayah=64.01", "/data", "/metodologi"])
def test_pages_answer_200(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200
    assert load_page(client, *path.split("?", 1)[:1]) == 200


@pytest.mark.parametrize(
    "path", ["/tidak-ada", "/indikator/ipn", "/indikator/ipm/x", "/indikator/", "/404", "/assets/x"]
)
def test_what_does_not_exist_is_a_real_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_script_dash_does_not_have_is_a_404_and_no_fault(client: FlaskClient) -> None:
    assert client.get("/_dash-component-suites/dash/dcc/tidak-ada.js").status_code == 404
    assert client.get("/_dash-component-suites/dash/dcc/async-mathjax.js.map").status_code == 404


def test_the_document_carries_language_and_theme(client: FlaskClient) -> None:
    assert '<html lang="id">' in client.get("/").text
    chosen = client.get("/?lang=en&tema=gelap").text
    assert '<html lang="en" data-tema="gelap" data-bs-theme="dark">' in chosen


def test_the_document_names_no_other_host(client: FlaskClient) -> None:
    document = client.get("/").text
    assert re.findall(r'(?:src|href)="(?:https?:)?//', document) == []
    with client.get("/pustaka/bootstrap-5.3.min.css") as styles:
        assert styles.status_code == 200


def test_inline_scripts_are_only_those_the_policy_names(client: FlaskClient) -> None:
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    scripts = policy.split("script-src ")[1].split(";")[0]
    assert "unsafe" not in scripts
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))", answer.text)
    assert len(inline) <= scripts.count("'sha256-")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_worker_is_ready_only_when_warm(shipped_url: str) -> None:
    engine = open_read_only(shipped_url)
    app = create_app(WebSettings(database_url=shipped_url), engine)
    client = app.server.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    warm(app)
    assert client.get("/readyz").json == {"status": "ready", "problems": []}
    engine.dispose()


def test_metrics_tell_the_state_of_warehouse_and_feeds(client: FlaskClient) -> None:
    said = client.get("/metrics").text
    assert "pantau_warehouse_up 1.0" in said
    assert "pantau_worker_warm 1.0" in said
    assert 'pantau_feed_last_success_seconds{feed="published-society"}' in said


def test_the_web_cannot_write(shipped_url: str) -> None:
    engine = open_read_only(shipped_url)
    with engine.connect() as connection, pytest.raises(OperationalError, match=r"readonly|read-only|query_only"):
        connection.execute(text("DELETE FROM observation"))
    engine.dispose()


def test_a_missing_warehouse_is_told_by_readyz_and_not_created(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tidak-ada.sqlite'}"
    engine = open_read_only(url)
    client = create_app(WebSettings(database_url=url), engine).server.test_client()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "tidak terjangkau" in answer.text
    assert "pantau_warehouse_up 0.0" in client.get("/metrics").text
    assert not (tmp_path / "tidak-ada.sqlite").exists()
    assert load_page(client, "/") == 200  # a page that says it failed, not a blank one
    engine.dispose()


def test_an_empty_warehouse_is_a_page_with_advice(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kosong.sqlite'}"
    writer = open_engine(url)
    migrate(writer)
    writer.dispose()
    engine = open_read_only(url)
    app = create_app(WebSettings(database_url=url), engine)
    warm(app)
    assert load_page(app.server.test_client(), "/") == 200
    assert app.server.test_client().get("/readyz").status_code == 200
    engine.dispose()


def content(client: FlaskClient, path: str, search: str = "") -> str:
    """Return what the router sends for a page."""
    return str(ask_page(client, path, search).get_data(as_text=True))


@pytest.mark.parametrize("tables", [False, True])
def test_an_indicator_without_a_warehouse_is_no_fault_but_a_sentence(tmp_path: Path, tables: bool) -> None:
    url = f"sqlite:///{tmp_path / 'w.sqlite'}"
    writer = open_engine(url)
    if tables:
        migrate(writer)
    else:
        writer.connect().close()
    writer.dispose()
    engine = open_read_only(url)
    client = create_app(WebSettings(database_url=url), engine).server.test_client()
    assert client.get("/indikator/ipm").status_code == (200 if tables else 503)
    assert client.get("/tidak-ada").status_code == 404
    said = content(client, "/indikator/ipm", "?lang=en")
    assert ("python -m etl run --all") in said
    assert ("No data have been received yet" if tables else "The warehouse cannot be read") in said
    engine.dispose()


def test_an_unforeseen_failure_is_a_page_with_a_next_step(
    app: Pantau, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("uji")

    monkeypatch.setattr("dashboard.pages.indicator.story_of", fail)
    assert "catatannya ada di log server" in content(client, "/indikator/ipm")


def test_an_unknown_address_is_a_designed_page(client: FlaskClient) -> None:
    assert load_page(client, "/tidak-ada", "?lang=en") == 200


def test_the_server_is_started_on_the_loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8061")
    line = " ".join(command())
    assert "--bind 127.0.0.1:8061" in line
    assert "--no-control-socket" in line


def test_a_wrong_setting_is_one_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "delapan")
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("PORT: ditemukan 'delapan'")


def test_results_of_a_vintage_are_read_once(reader: Reader) -> None:
    vintage = reader.vintage()
    assert vintage is not None
    assert reader.latest(vintage, "64.01") is reader.latest(vintage, "64.01")


def test_two_apps_in_one_process_do_not_disturb_each_other(app: Pantau, shipped_url: str) -> None:
    engine = open_read_only(shipped_url)
    other = create_app(WebSettings(database_url=shipped_url, home="64.08"), engine)
    assert load_page(other.server.test_client(), "/") == 200
    assert load_page(app.server.test_client(), "/") == 200
    engine.dispose()
