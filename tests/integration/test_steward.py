"""The steward's commands, and a push from its token to the warehouse, as they are typed and sent."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from dashboard.api.api_blueprint import create_blueprint
from dashboard.data import Reader, open_read_only
from etl.warehouse.engine import open_engine
from etl.warehouse.write.transactions import writing
from tests.integration.test_cli import Desk, desk

__all__ = ["desk"]
ROW = "ipm;Paser;2023;75,13;indeks"
FEED = """feeds:
  - id: uji
    name: {id: Kiriman uji, en: Trial feed}
    connector: file
    path: data/inbox/uji/*
    decimal: ","
    columns: {indicator: Indikator, region: Wilayah, period: Periode, value: Nilai, unit: Satuan}
    defaults: {series: lf}
    schedule: "0 6 * * mon"
    frequency: year
    due: 30
    owner: kominfo
    since: "2023"
"""


@pytest.fixture
def promised(desk: Desk) -> Desk:
    path = desk.root / "indicators.yaml"
    before, _, _ = path.read_text(encoding="utf-8").partition("\nfeeds:")
    path.write_text(f"{before}\n{FEED}", encoding="utf-8")
    assert desk.type("migrate") == 0
    return desk


def test_today_lists_what_is_late_with_a_letter_until_it_comes(promised: Desk) -> None:
    year = dt.date.today().year
    assert promised.type("today") == 0
    assert f"{year - 1} terlambat" in promised.said
    assert "Yth. Diskominfostaper," in promised.said
    promised.drop(ROW, f"ipm;Paser;{year - 1};75,99;indeks", "ipm;Pasar;2022;74,03;indeks")
    assert promised.type("run uji") == 1
    assert promised.type("today") == 0
    assert f"{year - 1} terlambat" not in promised.said
    assert "Perlu dikembalikan (1)" in promised.said
    assert "kiriman, 1 baris dikembalikan" in promised.said


def test_status_says_reason_promise_punctuality_and_register(promised: Desk) -> None:
    assert promised.type("status") == 0
    assert "Penjadwal belum pernah terlihat" in promised.said
    assert "Ketepatan kirim (12 kewajiban terakhir)" in promised.said
    assert "Diskominfostaper  uji" in promised.said
    assert "Daftar Data" in promised.said
    (promised.root / "data/inbox/uji").mkdir(parents=True)
    (promised.root / "data/inbox/uji/x.csv").write_text("bukan;judul\n1;2\n", encoding="utf-8")
    assert promised.type("run uji") == 3
    promised.type("status")
    assert "uji: Baris judul tidak ditemukan" in promised.said
    for command in ("today", "digest"):
        promised.type(command)
        assert re.search(r"gagal diterima\. Baris judul tidak ditemukan", promised.said), command


def test_the_digest_tells_of_yesterday_and_today_in_one_text(promised: Desk) -> None:
    promised.drop(ROW, "ipm;Pasar;2022;74,03;indeks")
    promised.type("run uji")
    assert promised.type("digest") == 0
    assert "*Diterima (1)*\n- Kiriman uji: 1 angka baru atau berubah" in promised.said
    assert "*Dikembalikan (1)*\n- Kiriman uji: 1 dari 2 baris (kiriman.csv)" in promised.said
    assert "*Terlambat (1)*\n- Kiriman uji (Diskominfostaper):" in promised.said
    engine = open_engine(promised.environ["PANTAU_DATABASE_URL"])
    with writing(engine) as connection:
        connection.execute(text("UPDATE vintage SET recorded_at = '2020-01-01T00:00:00.000000+00:00'"))
    engine.dispose()
    promised.type("digest")
    assert "Diterima: tidak ada" in promised.said


def test_notices_are_shown_where_no_address_is_set(promised: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PANTAU_NOTICES", raising=False)
    assert promised.type("notify") == 0
    assert "Terlambat (1)\n- Kiriman uji (Diskominfostaper)" in promised.said
    assert "Belum dikirim: PANTAU_NOTICES kosong." in promised.said


@pytest.fixture
def server(promised: Desk) -> Iterator[Flask]:
    promised.type("run uji")
    engine = open_read_only(promised.environ["PANTAU_DATABASE_URL"])
    app = Flask("test")
    app.register_blueprint(create_blueprint(Reader(engine), promised.root / "data/inbox"))
    yield app
    engine.dispose()


def push(server: Flask, token: str, content: bytes, key: str, kind: str = "text/csv") -> int:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, "Content-Type": kind}
    return server.test_client().post("/api/v1/feeds/uji", data=content, headers=headers).status_code


def test_a_push_is_loaded_by_the_next_run(promised: Desk, server: Flask) -> None:
    assert promised.type("token uji") == 0
    token = promised.said.splitlines()[0]
    assert len(token) >= 43
    json = '{"rows": [{"Indikator": "ipm", "Wilayah": "Paser", "Periode": 2023, "Nilai": 75.13, "Satuan": "indeks"}]}'
    assert push(server, token, json.encode(), "ipm-2023-json", "application/json") == 202
    csv = f"Indikator;Wilayah;Periode;Nilai;Satuan\n{ROW.replace('2023', '2022')}\n"
    assert push(server, token, csv.encode(), "ipm-2022-csv") == 202
    assert promised.type("run uji") == 0, promised.said
    answer = server.test_client().get("/api/v1/observations?indicator=ipm&region=64.01").get_json()
    assert [(each["period"], each["value"]) for each in answer] == [("2022", 75.13), ("2023", 75.13)]
    assert not [path for path in (promised.root / "data/inbox/uji").iterdir() if path.is_file()]
    assert push(server, token, json.encode(), "ipm-2023-json", "application/json") == 202
    assert promised.type("run uji") == 0
    assert "belum ada berkas" in promised.said


def test_a_token_is_kept_as_a_digest_renewed_and_revoked(promised: Desk, server: Flask) -> None:
    promised.type("token uji")
    first = promised.said.splitlines()[0]
    promised.type("token uji")
    second = promised.said.splitlines()[0]
    assert push(server, first, b"x", "kunci-pertama") == 401
    assert push(server, second, b"x", "kunci-pertama") == 202
    stored = b"".join(path.read_bytes() for path in promised.root.glob("warehouse.sqlite*"))
    assert second.encode() not in stored
    assert hashlib.sha256(second.encode()).hexdigest().encode() in stored
    assert promised.type("token uji --revoke") == 0
    assert push(server, second, b"x", "kunci-kedua-1") == 401
    promised.type("token uji --revoke")
    assert "tidak punya token" in promised.said
    assert promised.type("token ujii") == 2


def test_a_feed_that_cannot_be_pushed_gets_no_token(desk: Desk) -> None:
    path = desk.root / "indicators.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("data/inbox/uji/*.csv", "data/inbox/*.csv"), "utf-8")
    desk.type("migrate")
    assert desk.type("token uji") == 2
    assert "data/inbox/uji/*" in desk.complained
