"""What an office's system sends: taken whole, once, with the feed's own token, or refused with a sentence."""

from __future__ import annotations

import hashlib
import io
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from dashboard.api import push
from tests.unit.api.push_server import SECRET, push_server

ROWS = b"Indikator;Wilayah;Periode;Nilai;Satuan\nipm;Paser;2023;75,13;indeks\n"


@pytest.fixture
def server(tmp_path: Path) -> Flask:
    return push_server(str(tmp_path))


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return server.test_client()


def send(client: FlaskClient, content: bytes = ROWS, name: str = "layanan", **changes: str | None) -> TestResponse:
    headers = {"Authorization": f"Bearer {SECRET}", "Idempotency-Key": "layanan-2026-10", "Content-Type": "text/csv"}
    given = {key.replace("_", "-"): value for key, value in changes.items()}
    chosen = {key: value for key, value in {**headers, **given}.items() if value is not None}
    return client.post(f"/api/v1/feeds/{name}", data=content, headers=chosen)


def files(folder: Path) -> dict[str, bytes]:
    """Everything below the inbox that a feed could take for a file."""
    found = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_what_is_sent_lies_in_the_inbox_as_it_came(client: FlaskClient, tmp_path: Path) -> None:
    answer = send(client)
    assert answer.status_code == 202
    assert answer.headers["Location"] == "/api/v1/feeds/layanan"
    assert files(tmp_path) == {"layanan/layanan-2026-10.csv": ROWS}
    assert answer.get_json()["sha256"] == hashlib.sha256(ROWS).hexdigest()


def test_json_is_written_as_the_bytes_that_came(client: FlaskClient, tmp_path: Path) -> None:
    content = b'{"rows": [ {"Nilai": 1.50} ]}'
    assert send(client, content, Content_Type="application/json; charset=utf-8").status_code == 202
    assert files(tmp_path) == {"layanan/layanan-2026-10.json": content}


def test_the_same_again_is_taken_once_also_after_its_file_was_loaded(client: FlaskClient, tmp_path: Path) -> None:
    assert [send(client).status_code, send(client).status_code] == [202, 202]
    (tmp_path / "layanan/layanan-2026-10.csv").unlink()
    assert send(client).status_code == 202
    assert files(tmp_path) == {}


def test_a_key_stands_for_one_content(client: FlaskClient, tmp_path: Path) -> None:
    send(client)
    assert send(client, ROWS + b"x").status_code == 409
    assert send(client, b"[]", Content_Type="application/json").status_code == 409
    (tmp_path / "layanan/layanan-2026-10.csv").unlink()
    assert send(client, ROWS + b"x").status_code == 409
    assert files(tmp_path) == {}


def test_a_file_that_lies_there_is_never_overwritten(client: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "layanan").mkdir()
    (tmp_path / "layanan/layanan-2026-10.csv").write_bytes(b"milik orang lain")
    assert send(client).status_code == 409
    assert files(tmp_path) == {"layanan/layanan-2026-10.csv": b"milik orang lain"}


def test_many_at_once_under_one_key_leave_one_file(server: Flask, tmp_path: Path) -> None:
    contents = [ROWS + bytes([65 + number % 2]) for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda each: send(server.test_client(), each).status_code, contents))
    [(_, kept)] = files(tmp_path).items()
    assert [code for code, each in zip(codes, contents, strict=True) if each != kept] == [409] * 8
    assert set(codes) == {202, 409}
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    ("name", "authorization"),
    [
        ("layanan", None),
        ("layanan", "Bearer keliru"),
        ("layanan", "Bearer "),
        ("layanan", f"Basic {SECRET}"),
        ("entah", f"Bearer {SECRET}"),
        ("hilang", f"Bearer {SECRET}"),
        ("bps", "Bearer keliru"),
    ],
)
def test_an_unknown_feed_and_a_wrong_token_look_the_same(
    client: FlaskClient, tmp_path: Path, name: str, authorization: str | None
) -> None:
    answer = send(client, name=name, Authorization=authorization)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.get_json()["error"] == "kiriman tidak dikenal atau token keliru"
    assert SECRET not in answer.get_data(as_text=True)
    assert files(tmp_path) == {}


@pytest.mark.parametrize(
    "key",
    [None, "", "pendek", "../../etc/passwd", ".tersembunyi", "a/bcdefghi", "x" * 101, "é" * 9, "nik-6401012003990001"],
)
def test_a_key_is_a_plain_name(client: FlaskClient, tmp_path: Path, key: str | None) -> None:
    answer = send(client, Idempotency_Key=key)
    assert answer.status_code == 400
    assert "6401012003990001" not in answer.get_data(as_text=True)
    assert files(tmp_path) == {}


@pytest.mark.parametrize("kind", [None, "text/html", "application/vnd.ms-excel", "multipart/form-data; boundary=x"])
def test_other_kinds_of_content_are_refused(client: FlaskClient, kind: str | None) -> None:
    assert send(client, Content_Type=kind).status_code == 415


def test_a_kind_that_the_feed_would_not_find_is_refused(client: FlaskClient) -> None:
    assert send(client, name="lain").status_code == 202
    assert send(client, b"[]", name="lain", Content_Type="application/json").status_code == 415
    assert send(client, name="terbit").status_code == 415


def test_the_largest_is_taken_and_one_byte_more_is_not(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "MOST_BYTES", len(ROWS))
    assert send(client, ROWS + b"x").status_code == 413
    assert files(tmp_path) == {}
    assert send(client).status_code == 202


def test_nothing_at_all_is_refused(client: FlaskClient, tmp_path: Path) -> None:
    assert send(client, b"").status_code == 400
    assert files(tmp_path) == {}


def test_a_sender_that_is_never_loaded_is_held_back(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "MOST_WAITING", 2)
    codes = [send(client, Idempotency_Key=f"kunci-nomor-{number}").status_code for number in range(3)]
    assert codes == [202, 202, 429]


def test_other_methods_say_how_data_comes_in(client: FlaskClient) -> None:
    answer = client.put("/api/v1/feeds/layanan", data=ROWS)
    assert answer.status_code == 405
    assert "POST /api/v1/feeds/KIRIMAN" in answer.get_json()["next"]


@pytest.fixture(params=["flask", "gunicorn"])
def address(request: pytest.FixtureRequest, server: Flask, tmp_path: Path) -> Iterator[tuple[str, int]]:
    """Serve by both: what a server hands out of a body that was cut differs."""
    if request.param == "flask":
        running = make_server("127.0.0.1", 0, server, threaded=True)
        Thread(target=running.serve_forever, daemon=True).start()
        yield "127.0.0.1", running.server_port
        running.shutdown()
        running.server_close()
        return
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        line = [sys.executable, "-m", "gunicorn", f"tests.unit.api.push_server:push_server({str(tmp_path)!r})"]
        bound = ["--bind", f"fd://{taken.fileno()}", "--worker-class", "gthread", "--no-control-socket"]
        process = subprocess.Popen([*line, *bound], pass_fds=[taken.fileno()], stderr=subprocess.DEVNULL)
        yield taken.getsockname()
    process.terminate()
    process.wait(10)


def talk(address: tuple[str, int], *headers: str, body: bytes = b"", leave: bool = False) -> bytes:
    """Send a request byte by byte as written; a sender that leaves closes before it is answered."""
    lines = ["POST /api/v1/feeds/layanan HTTP/1.1", "Host: x", f"Authorization: Bearer {SECRET}",
             "Idempotency-Key: layanan-2026-10", "Content-Type: text/csv", "Connection: close", *headers]  # fmt: skip
    with socket.create_connection(address, timeout=20) as wire:
        wire.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        if leave:
            wire.shutdown(socket.SHUT_WR)
        answer = b""
        while part := wire.recv(65_536):
            answer += part
    return answer


def chunked(*parts: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in (*parts, b""))


def test_content_in_chunks_is_taken_as_it_comes(address: tuple[str, int], tmp_path: Path) -> None:
    assert b" 202 " in talk(address, "Transfer-Encoding: chunked", body=chunked(ROWS[:9], ROWS[9:]))
    assert files(tmp_path) == {"layanan/layanan-2026-10.csv": ROWS}


def test_content_in_chunks_is_counted_as_it_comes(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "MOST_BYTES", len(ROWS) - 1)
    body = io.BytesIO(ROWS)
    answer = client.post(
        "/api/v1/feeds/layanan",
        input_stream=body,
        headers={"Authorization": f"Bearer {SECRET}", "Idempotency-Key": "layanan-2026-10", "Content-Type": "text/csv",
                 "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )  # fmt: skip
    assert answer.status_code == 413


CUT = {
    "within the last figure": ([f"Content-Length: {len(ROWS)}"], ROWS[:-10]),
    "before anything": ([f"Content-Length: {len(ROWS)}"], b""),
    "within a chunk": (["Transfer-Encoding: chunked"], b"%x\r\n%s" % (len(ROWS), ROWS[:-10])),
    "between chunks": (["Transfer-Encoding: chunked"], chunked(ROWS)[:-5]),
    "before the last line": (["Transfer-Encoding: chunked"], chunked(ROWS)[:-2]),
}


@pytest.mark.parametrize(("headers", "body"), CUT.values(), ids=CUT)
def test_a_cut_delivery_is_none_and_its_key_is_free(
    address: tuple[str, int], tmp_path: Path, headers: list[str], body: bytes
) -> None:
    answer = talk(address, *headers, body=body, leave=True)
    assert b" 400 " in answer
    assert b"Kirim lagi dengan kunci yang sama" in answer
    assert files(tmp_path) == {}
    assert b" 202 " in talk(address, f"Content-Length: {len(ROWS)}", body=ROWS)
    assert files(tmp_path) == {"layanan/layanan-2026-10.csv": ROWS}


@pytest.mark.parametrize("content", [b"wilayah;nilai\nPaser;6401012003990001\n", b"Wilayah;NIK\nPaser;x\n"])
def test_personal_data_are_refused_at_the_door_and_the_key_stays_free(
    client: FlaskClient, tmp_path: Path, content: bytes
) -> None:
    refused = send(client, content)
    assert refused.status_code == 422
    assert "data pribadi" in refused.text
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert send(client).status_code == 202


def test_codes_of_areas_pass_the_door(client: FlaskClient) -> None:
    assert send(client, b"idsubsls;titik\n6409010001000100;2\n6409021001000100;1\n").status_code == 202
