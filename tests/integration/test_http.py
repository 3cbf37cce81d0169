"""The HTTP client against a real server that misbehaves: bounded, patient, and never led inside."""

from __future__ import annotations

import datetime as dt
import gzip
import logging
import socket
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from email.utils import format_datetime

import pytest

from etl.connectors.base import FetchError, Known
from etl.connectors.web.http import Answer, Expect, open_web
from etl.connectors.web.patience import Limits, Pace
from tests.replay import CSV, Asked, Replay, Reply, as_html, as_json, gzip_bomb, redirect, tagged

NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)
LIMITS = Limits(read=0.5, request=1, fetch=30)
PUBLIC = "93.184.215.14"


@pytest.fixture
def server() -> Iterator[Replay]:
    with Replay().running() as replay:
        yield replay


class Waits:
    """A pace that notes each wait and lets the clock pass without waiting."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.pace = Pace(sleep=self.waits.append, clock=lambda: time.monotonic() + sum(self.waits), now=lambda: NOW)


def get(server: Replay, path: str, expect: Expect = "json", waits: Waits | None = None, **known: str) -> Answer:
    earlier = Known(known.get("etag"), known.get("modified"), b'["earlier"]') if known else None
    with open_web(server.address, limits=LIMITS, pace=(waits or Waits()).pace) as web:
        return web.get(path, known=earlier, expect=expect)


def told(server: Replay, path: str, expect: Expect = "json", waits: Waits | None = None) -> str:
    with pytest.raises(FetchError) as caught:
        get(server, path, expect, waits)
    return str(caught.value)


# Patience


PACKED = gzip.compress(b"[1]" * 99)
PASSING = [
    *(Reply(500), Reply(502, b"<html>"), Reply(429), Reply(408), as_html(), as_html(status=403)),
    *(Reply(content=b'{"a":1}', cut=3), Reply(content=b'{"a":1}', cut=3, chunked=True), Reply()),
    *(Reply(content=b"null"), Reply(content=PACKED[:-9], headers={"Content-Encoding": "gzip"})),
]


@pytest.mark.parametrize("first", PASSING)
def test_a_passing_fault_is_asked_again(server: Replay, first: Reply) -> None:
    waits = Waits()
    server.script["/a"] = [first, as_json([1])]
    assert get(server, "/a", waits=waits).content == b"[1]"
    assert len(waits.waits) == 1
    assert 1 <= waits.waits[0] <= 1.5


def test_a_lasting_fault_is_asked_four_times_with_longer_waits(server: Replay) -> None:
    waits = Waits()
    server.script["/a"] = Reply(503)
    assert "503" in told(server, "/a", waits=waits)
    assert len(server.asked) == 4
    assert waits.waits == sorted(waits.waits)
    assert 7 <= sum(waits.waits) <= 10.5


@pytest.mark.parametrize("asked", ["7", format_datetime(NOW + dt.timedelta(seconds=7), usegmt=True)])
def test_a_busy_server_is_given_the_time_it_asks_for(server: Replay, asked: str) -> None:
    waits = Waits()
    server.script["/a"] = [Reply(429, headers={"Retry-After": asked}), as_json([1])]
    assert get(server, "/a", waits=waits).ok
    assert waits.waits == [7]


def test_a_wait_longer_than_we_accept_ends_at_once(server: Replay) -> None:
    waits = Waits()
    server.script["/a"] = Reply(429, headers={"Retry-After": "61"})
    with open_web(server.address, limits=Limits(fetch=1000), pace=waits.pace) as web, pytest.raises(FetchError):
        web.get("/a")
    assert (waits.waits, len(server.asked)) == ([], 1)


@pytest.mark.parametrize("words", ["soon", "-1", "99999999999999999999", "Sun, 99 Nov 2026 01:00:00 GMT"])
def test_a_wait_in_no_known_words_is_ours(server: Replay, words: str) -> None:
    server.script["/a"] = [Reply(429, headers={"Retry-After": words}), as_json([1])]
    assert get(server, "/a").ok


def test_a_fetch_has_an_end_however_often_it_tries(server: Replay) -> None:
    waits = Waits()
    server.script["/a"] = Reply(429, headers={"Retry-After": "14"})
    told(server, "/a", waits=waits)
    assert sum(waits.waits) <= LIMITS.fetch


def test_a_server_that_is_not_there_is_named(server: Replay) -> None:
    with open_web("http://127.0.0.1:1", limits=LIMITS, pace=Waits().pace) as web, pytest.raises(FetchError) as caught:
        web.get("/a")
    assert "server tidak dapat dihubungi" in str(caught.value)


def test_refusals_are_not_asked_again(server: Replay) -> None:
    server.script["/a"] = as_html(status=404)
    assert "404" in told(server, "/a")
    assert len(server.asked) == 1


def test_words_of_a_refusal_in_json_reach_the_connector(server: Replay) -> None:
    server.script["/a"] = as_json({"success": False}, 409)
    answer = get(server, "/a")
    assert (answer.status, answer.ok) == (409, False)


# Bounds


def test_an_endless_body_ends(server: Replay) -> None:
    server.script["/a"] = Reply(content=b"[" + b" " * 65_536, endless=True)
    patient = Limits(read=10, request=60, fetch=60)  # the size ends it, not the time of a busy machine
    with (
        open_web(server.address, limits=patient, pace=Waits().pace) as web,
        pytest.raises(FetchError, match="lebih dari 50 MB"),
    ):
        web.get("/a", expect="json")
    assert len(server.asked) == 1


def test_a_bomb_is_measured_unpacked(server: Replay) -> None:
    server.script["/a"] = gzip_bomb(60)
    assert "lebih dari 50 MB" in told(server, "/a")


def test_a_packed_body_is_unpacked_whole(server: Replay) -> None:
    text = b'["' + b"a" * 3_000_000 + b'"]'
    packed = gzip.compress(text[:9]) + gzip.compress(text[9:])
    server.script["/a"] = Reply(content=packed, headers={"Content-Encoding": "gzip"})
    assert get(server, "/a").content == text


@pytest.mark.parametrize("delay", [0, 0.3])
def test_a_body_that_keeps_dripping_ends_with_the_request(server: Replay, delay: float) -> None:
    server.script["/a"] = Reply(content=b"[" * 99_999, delay=delay, drip=0.1)  # for hours, were it not ended
    assert "batas waktu" in told(server, "/a")


def test_a_head_that_keeps_dripping_ends_with_the_request() -> None:
    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while True:
                connection.sendall(b"a")
                time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=drip, args=(listener,), daemon=True).start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with open_web(address, limits=LIMITS) as web, pytest.raises(FetchError, match="batas waktu"):
            web.get("/a")


TABLE = b"wilayah;nilai\nPaser;3,27"
PAGE = b"<table><tr><td>Paser</td><td>3,27</td></tr></table>"


@pytest.mark.parametrize(
    ("head", "body", "words"),
    [
        (b"", PAGE[:-20], "halamannya tidak ditutup"),
        (b"", PAGE, ""),
        (b"Content-Length: 23\r\n", TABLE + b"\n", "lebih panjang daripada yang dinyatakan"),
        (b"", TABLE[:-1], "barisnya yang terakhir tidak berakhir"),
        (b"", TABLE + b"\n", ""),
        (b"Content-Length: 24\r\n", TABLE, ""),
        (b"Transfer-Encoding: chunked\r\n", b"18\r\n" + TABLE + b"\r\n0\r\n\r\n", ""),
    ],
)
def test_a_table_that_may_end_within_a_figure_is_not_read(head: bytes, body: bytes, words: str) -> None:
    """Cut text is still text: 3,27 would be read as 3,2."""

    media = b"text/html" if body.startswith(b"<") else b"text/csv"
    lines = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: " + media + b"\r\n" + head

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(lines + b"\r\n" + body)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with open_web(address, limits=LIMITS, pace=Waits().pace) as web:
            if words:
                with pytest.raises(FetchError, match=words):
                    web.get("/a", expect="any")
            else:
                assert web.get("/a", expect="any").content.rstrip() == body.strip() or b"chunked" in head


def test_all_pages_of_a_fetch_share_one_end(server: Replay) -> None:
    server.script["/a"] = as_json([1])
    waits = Waits()
    with open_web(server.address, limits=LIMITS, pace=waits.pace) as web:
        web.get("/a")
        waits.waits.append(31)
        with pytest.raises(FetchError):
            web.get("/a")


def test_a_gap_lies_between_two_requests(server: Replay) -> None:
    waits = Waits()
    server.script["/a"] = as_json([1])
    with open_web(server.address, limits=Limits(gap=1), pace=waits.pace) as web:
        web.get("/a")
        web.get("/a")
    assert waits.waits == [1]


# What is accepted as an answer


@pytest.mark.parametrize(
    ("reply", "expect"),
    [
        (as_html(), "csv"),
        (Reply(content=b"a;b\n1;2", kind=CSV), "json"),
        (as_json([1]), "csv"),
        (Reply(content=b"PK\x03\x04\x00", kind="text/csv"), "csv"),
        (Reply(204), "json"),
        (as_json([1], 202), "json"),
        (Reply(content=b'{"a": "\xe9"}'), "json"),
        (Reply(content=b"wilayah\nPas\xe9r", kind=CSV), "csv"),
        (Reply(content=b"wilayah\nPaser", kind="text/csv; charset=klingon"), "csv"),
        (Reply(content=b"[1]", headers={"Content-Encoding": "br"}), "json"),
        (Reply(304), "json"),
    ],
)
def test_what_was_not_due_is_refused(server: Replay, reply: Reply, expect: Expect) -> None:
    server.script["/a"] = reply
    assert told(server, "/a", expect).startswith(f"{server.address}/a ")


@pytest.mark.parametrize("content", [b'\xef\xbb\xbf{"a": 1}', b"[]", b' \n{"a": "Pas\xc3\xa9r"}'])
def test_json_is_known_by_its_bytes(server: Replay, content: bytes) -> None:
    server.script["/a"] = Reply(content=content, kind="text/html")
    assert get(server, "/a").content == content


def test_a_known_answer_is_not_sent_again(server: Replay) -> None:
    server.script["/a"] = tagged(as_json(["new"]), '"v1"')
    first = get(server, "/a")
    assert (first.etag, first.not_modified) == ('"v1"', False)
    again = get(server, "/a", etag='"v1"')
    assert (again.not_modified, again.content, again.etag) == (True, b'["earlier"]', '"v1"')
    assert get(server, "/a", etag='"v0"').content == b'["new"]'


def test_the_date_of_a_known_answer_is_asked_about(server: Replay) -> None:
    server.script["/a"] = as_json([1])
    get(server, "/a", modified="Sat, 21 Nov 2026 01:00:00 GMT")
    assert server.asked[0].headers["If-Modified-Since"] == "Sat, 21 Nov 2026 01:00:00 GMT"


# Where a server may lead


def test_redirects_are_followed_and_counted(server: Replay) -> None:
    server.script |= {
        "/a": redirect("b?x=1"),
        "/b": redirect("/c", 307),
        "/c": as_json([1]),
        "/loop": redirect("/loop"),
    }
    answer = get(server, "/a")
    assert (answer.content, answer.name) == (b"[1]", f"{server.address}/a")
    assert "lebih dari 5 kali" in told(server, "/loop")


@pytest.mark.parametrize(
    "inside",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:{other}/secret",
        "http://localhost:{other}/secret",
        "http://2130706433:{other}/secret",
        "http://0x7f.1:{other}/secret",
        "http://[::1]:{other}/secret",
        "http://[::ffff:127.0.0.1]:{other}/secret",
        "http://[64:ff9b::7f00:1]:{other}/secret",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://0.0.0.0:{other}/secret",
    ],
)
def test_no_private_address_is_reached_by_a_redirect(server: Replay, inside: str) -> None:
    with Replay().running() as other:
        other.script["/secret"] = as_json(["secret"])
        port = other.address.rsplit(":", 1)[1]
        server.script["/a"] = redirect(inside.format(other=port))
        assert "jaringan dalam" in told(server, "/a")
        assert other.asked == []


def test_an_octal_address_is_no_way_in(server: Replay) -> None:
    with Replay().running() as other:
        server.script["/a"] = redirect(f"http://0177.0.0.1:{other.address.rsplit(':', 1)[1]}/secret")
        told(server, "/a")
        assert other.asked == []


def test_a_link_given_by_the_server_is_held_to_the_same(server: Replay) -> None:
    with Replay().running() as other, pytest.raises(FetchError, match="jaringan dalam"):
        get(server, f"{other.address}/secret")


@pytest.mark.parametrize("elsewhere", ["file:///etc/passwd", "ftp://contoh.example/a", "gopher://x", "//:80"])
def test_only_web_addresses_are_followed(server: Replay, elsewhere: str) -> None:
    server.script["/a"] = redirect(elsewhere)
    told(server, "/a")
    assert len(server.asked) == 1


def test_a_name_cannot_change_its_meaning_between_check_and_connection(server: Replay) -> None:
    """To the check `localhost` is a public host; a second look-up would find this machine."""
    port = server.address.rsplit(":", 1)[1]
    server.script |= {"/a": redirect(f"http://localhost:{port}/secret"), "/secret": as_json(["secret"])}
    pace = Pace(sleep=lambda _: None, resolve=lambda host, _: ["127.0.0.1"] if host == "127.0.0.1" else [PUBLIC])
    limits = Limits(connect=0.2, request=1, attempts=1)
    with open_web(server.address, limits=limits, pace=pace) as web, pytest.raises(FetchError):
        web.get("/a")
    assert server.paths == ["/a"]


@pytest.mark.parametrize("found", [[PUBLIC, "10.0.0.1"], [], ["::ffff:10.0.0.1"], ["224.0.0.1"], ["2002:7f00:1::"]])
def test_one_private_meaning_of_a_name_is_enough_to_refuse_it(server: Replay, found: list[str]) -> None:
    def lookup(host: str, _: int) -> list[str]:
        return ["127.0.0.1"] if host == "127.0.0.1" else found

    server.script["/a"] = redirect("http://two.example/secret")
    with open_web(server.address, pace=Pace(resolve=lookup)) as web, pytest.raises(FetchError, match="jaringan dalam"):
        web.get("/a")


def test_the_token_goes_to_the_catalogues_server_only(server: Replay) -> None:
    with Replay().running() as other:
        other.script["/b"] = as_json([1])
        server.script |= {"/a": redirect("/b"), "/b": as_json([1])}
        with open_web(server.address, secrets=["s3cret"]) as web:
            web.get("/a", headers={"Authorization": "Bearer s3cret"})
    assert [asked.headers.get("Authorization") for asked in server.asked] == ["Bearer s3cret"] * 2


def test_the_token_does_not_follow_to_another_host(server: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.connectors.web.wire.all_allowed", lambda *_: True)
    with Replay().running() as other:
        other.script["/b"] = as_json([1])
        server.script["/a"] = redirect(f"{other.address}/b")
        with open_web(server.address) as web:
            web.get("/a", headers={"Authorization": "Bearer s3cret"})
        assert "Authorization" not in other.asked[0].headers


# Secrets


def test_no_secret_is_told(server: Replay, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.script |= {"/v1/key/s3cret/x": Reply(500), "/b": redirect("/c?token=s3cret"), "/c": as_html(status=404)}
    said = []
    for path in ("/v1/key/s3cret/x?api_key=s3cret", "/b?apikey=s3cret&x=1", "/d/s3cret"):
        with open_web(server.address, secrets=["s3cret"], pace=Waits().pace) as web:
            try:
                web.get(path)
            except FetchError as error:
                said.append("".join(traceback.format_exception(error)))
    assert "s3cret" not in "".join(said) + caplog.text
    assert "/v1/key/***/x?api_key=***" in said[0]


def test_requests_look_like_a_browsers_and_name_the_product(server: Replay) -> None:
    def answer(asked: Asked) -> Reply:
        return as_json([1]) if asked.headers["User-Agent"].startswith("Mozilla/5.0") else as_html(status=403)

    server.script["/a"] = answer
    assert get(server, "/a").ok
    assert "Pantau" in server.asked[0].headers["User-Agent"]


def test_a_redirect_leads_into_a_declared_network_only(monkeypatch: pytest.MonkeyPatch, server: Replay) -> None:
    server.script["/a"] = redirect("http://dalam.kantor.go.id:9/b")
    waits = Waits()
    pace = Pace(sleep=waits.waits.append, clock=waits.pace.clock, resolve=lambda host, _: ["127.0.0.1"])
    inner = Pace(sleep=waits.waits.append, resolve=lambda host, _: ["10.255.255.1" if "dalam" in host else "127.0.0.1"])
    with open_web(server.address, limits=LIMITS, pace=inner) as web, pytest.raises(FetchError, match="jaringan dalam"):
        web.get("/a")
    monkeypatch.setenv("PANTAU_INTRANET", "10.0.0.0/8")
    with open_web(server.address, limits=LIMITS, pace=inner) as web, pytest.raises(FetchError) as told:
        web.get("/a")
    assert "jaringan dalam" not in str(told.value)
    with open_web(server.address, limits=LIMITS, pace=pace) as web, pytest.raises(FetchError, match="jaringan dalam"):
        web.get("/a")
