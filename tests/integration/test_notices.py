"""Notices over a real gateway: bundled, said once, again when it gets worse, and once more when it is over."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from etl.jobs.reports.notices import send_round
from etl.warehouse import schema
from etl.warehouse.engine import open_engine
from etl.warehouse.write.attempts import finish_attempt, note_periods, start_attempt
from etl.warehouse.write.commits import record_catalogue
from etl.warehouse.write.transactions import writing
from tests.jobs import job
from tests.unit.api.samples import catalogue
from tests.unit.stewardship.test_obligation import feed

START = dt.datetime(2026, 11, 1, 1, tzinfo=dt.UTC)
# Apprise asks for a module that Python is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
KNOWN = catalogue(feeds=(feed(), feed("lapor", due=20)))
SECRET = "sangat-rahasia"


class Gateway:
    """A gateway that keeps what it is sent; `status` is how it answers."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.status = 200
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if gateway.status == 200:
                    gateway.messages.append(json.loads(body))
                self.send_response(gateway.status)
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"json://pantau:{SECRET}@127.0.0.1:{self.server.server_port}/kirim"


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    opened = Gateway()
    yield opened
    opened.server.shutdown()
    opened.server.server_close()


class House:
    """A warehouse, its feeds, and a clock that the test sets."""

    def __init__(self, engine: Engine, addresses: str) -> None:
        self.engine, self.now = engine, START
        self.environ = {"PANTAU_NOTICES": addresses}
        record_catalogue(engine, KNOWN, START)

    def try_feed(self, outcome: Any, message: str | None = None, *periods: str, name: str = "layanan") -> None:
        attempt = start_attempt(self.engine, name, self.now)
        note_periods(self.engine, name, attempt, periods, self.now)
        with writing(self.engine) as connection:
            connection.execute(update(schema.attempt).where(schema.attempt.c.id == attempt).values(rows_read=3))
        finish_attempt(self.engine, attempt, outcome, message, self.now)

    def tell(self, **later: int) -> bool:
        self.now += dt.timedelta(**(later or {"minutes": 5}))
        return send_round(job(self.engine, KNOWN, Path(), self.now, self.environ))


@pytest.fixture
def house(engine: Engine, gateway: Gateway) -> House:
    return House(engine, gateway.address)


def test_one_message_bundles_what_is_new_and_says_it_once(house: House, gateway: Gateway) -> None:
    assert not house.tell()
    house.try_feed("failed", "Berkas tidak terbaca.")
    house.try_feed("failed", "Server menjawab 500.", name="lapor")
    assert house.tell()
    assert not house.tell()
    [message] = gateway.messages
    assert message["title"] == "Pantau Paser, 1 November 2026"
    assert message["message"].startswith("Kiriman gagal (2)\n- layanan gagal diterima. Berkas tidak terbaca.")


def test_recovery_is_told_once(house: House, gateway: Gateway) -> None:
    house.try_feed("failed", "Berkas tidak terbaca.")
    house.tell()
    house.try_feed("loaded", None)
    assert house.tell()
    assert gateway.messages[-1]["message"] == "Sudah pulih (1)\n- layanan gagal diterima. Berkas tidak terbaca."
    assert not house.tell()
    house.try_feed("failed", "Lagi.")
    assert house.tell()
    assert "Lagi." in gateway.messages[-1]["message"]


def test_what_somebody_has_to_end_is_told_again_after_a_day_and_no_sooner(house: House, gateway: Gateway) -> None:
    house.try_feed("failed", "Berkas tidak terbaca.")
    assert house.tell()
    assert not house.tell(hours=23)
    assert house.tell(hours=1)
    assert len(gateway.messages) == 2


def test_lateness_is_told_when_it_begins_and_when_it_gets_worse(house: House, gateway: Gateway) -> None:
    house.now = dt.datetime(2026, 11, 15, 1, tzinfo=dt.UTC)
    assert not house.tell()
    assert house.tell(days=1)
    assert "layanan: Oktober 2026 terlambat 6 hari" in gateway.messages[-1]["message"]
    house.try_feed("loaded", None, "2026-10")
    assert house.tell()
    assert "Sudah pulih (1)" in gateway.messages[-1]["message"]


def test_a_gateway_that_fails_is_tried_again_and_its_address_stays_unsaid(
    house: House, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="etl")
    caplog.set_level(logging.DEBUG, logger="apprise")
    house.try_feed("failed", "Berkas tidak terbaca.")
    gateway.status = 500
    assert not house.tell()
    assert "tidak diterima" in caplog.text
    gateway.status = 200
    assert house.tell()
    assert SECRET not in caplog.text
    with house.engine.connect() as connection:
        kept = connection.execute(select(schema.notice)).all()
    assert len(kept) == 1
    assert SECRET not in repr(kept)


def test_one_good_address_is_enough_and_a_wrong_one_is_told_without_being_repeated(
    house: House, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    house.environ["PANTAU_NOTICES"] = f"bohong://{SECRET}@x, {gateway.address}"
    house.try_feed("failed", "Berkas tidak terbaca.")
    assert house.tell()
    assert len(gateway.messages) == 1
    assert "tidak dikenal apprise" in caplog.text
    assert SECRET not in caplog.text


def test_without_an_address_nothing_is_said_or_kept(house: House) -> None:
    house.environ.clear()
    house.try_feed("failed", "Berkas tidak terbaca.")
    assert not house.tell()
    with house.engine.connect() as connection:
        assert connection.execute(select(schema.notice)).all() == []


def test_a_warehouse_without_tables_costs_the_notice_only(tmp_path: Path, gateway: Gateway) -> None:
    empty = open_engine(f"sqlite:///{tmp_path / 'kosong.sqlite'}")
    assert not send_round(job(empty, KNOWN, tmp_path, START, {"PANTAU_NOTICES": gateway.address}))
    assert gateway.messages == []
    empty.dispose()
