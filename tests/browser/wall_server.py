"""A small server for the wall: the real document, files and worker, a snapshot that a test controls, and faults."""

from __future__ import annotations

import datetime as dt
import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from dashboard.data import Reader
from dashboard.wall.content import FORMAT, Snapshot, Tile, WallChange, WallScene
from dashboard.wall.snapshot import Asked, Printed, Snapshots, as_printed
from dashboard.wall.wall_blueprint import create_wall
from dashboard.wall.wall_files import Files, read_files
from tests.shipping import ROOT

Mode = Literal["good", "500", "garbage", "strange", "truncated", "hang", "login", "halfway"]
NEXT = "000000000009"  # a version whose document is given while its files are refused, in mode halfway
RISEN: WallChange = {"way": "up", "tone": "good", "text": "naik 2,4", "since": "dari 2023"}


def tile(name: str, value: str) -> Tile:
    return {
        "name": name, "value": value, "position": 4, "word": "cukup dekat", "lead": "Kemiskinan 8,63%", "two": "",
        "none": "", "have": "4 dari 4 indikator", "period": "2024",
    }  # fmt: skip


def scene(id: str, title: str, value: str, received: dt.datetime, **changes: object) -> WallScene:
    """One scene of a single tile, whatever its id."""
    plain = {
        "id": id, "kind": "tiles", "title": title, "sub": "skor 2024", "worse": 0, "note": "angka 2024",
        "received": received.isoformat(), "late": "", "sentence": None, "spoken": title, "tiles": [tile(title, value)],
    }  # fmt: skip
    return cast(WallScene, plain | changes)


def content(version: str, now: dt.datetime, value: str = "81,6", **changes: Any) -> Snapshot:
    """A snapshot of three scenes received three hours and some minutes ago."""
    then = now - dt.timedelta(hours=3, minutes=20)
    plain = {
        "format": FORMAT, "version": version, "chain": "a" * 64, "vintage": 7, "seal": "b" * 64,
        "recorded": then.isoformat(), "day": "2026-11-22", "region": "64.01", "lang": "id",
        "title": "Paser Smart City", "simulation": "",
        "scenes": [
            scene("dimensions", "Enam dimensi", value, then), scene("development", "Pembangunan", "22,4", then),
            scene("changes", "Yang berubah", "2", then),
        ],
    }  # fmt: skip
    return cast(Snapshot, plain | changes)


def quiet_port() -> int:
    """A free port that no outgoing connection is given, so that a server can come back to it."""
    while True:
        port = random.randrange(21_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def listen(port: int, seconds: float = 10) -> socket.socket:
    """Open a port again as soon as its last connections are gone."""
    end = time.monotonic() + seconds
    while True:
        try:
            return socket.create_server(("127.0.0.1", port))
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


class _NoVintage:
    def vintage(self) -> None:
        return None


@dataclass(eq=False)
class WallServer:
    """Give `snapshot` as long as `mode` is good. `ahead` moves the server's clock; `asked` counts statuses."""

    port: int = field(default_factory=quiet_port)
    files: Files = field(default_factory=lambda: read_files(ROOT / "assets" / "wall"))
    mode: Mode = "good"
    ahead: float = 0
    still: float | None = None  # the moment that all answers are from, as out of a cache
    asked: list[int] = field(default_factory=list)
    documents: int = 0
    visits: int = 0  # documents that a page was made of
    rival: str = ""  # the version of a second worker, which answers all but visits
    running: BaseWSGIServer | None = None
    released: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.snapshot: Snapshot = content(self.files.version, dt.datetime.now(dt.UTC))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def printed(self, _asked: Asked) -> Printed:
        """Stand in for `Snapshots`."""
        return as_printed(self.snapshot)

    def upgrade(self, version: str) -> None:
        """Become another version, as after a new release. Its files differ in nothing but their address."""
        self.files = replace(self.files, version=version)
        self.snapshot = self.snapshot | {"version": version}
        self.stop()
        self.start()

    def start(self) -> None:
        self.released.clear()
        server = self

        class Handler(WSGIRequestHandler):
            def date_time_string(self, timestamp: float | None = None) -> str:
                return super().date_time_string(server.still or time.time() + server.ahead)

            def log(self, type: str, message: str, *args: object) -> None:
                """Be quiet."""

        with listen(self.port) as opened:
            self.running = make_server(
                "127.0.0.1", self.port, self._app(), threaded=True, request_handler=Handler, fd=opened.fileno()
            )
        threading.Thread(target=self.running.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Die: the port is closed."""
        self.released.set()
        assert self.running is not None
        self.running.shutdown()
        self.running.server_close()

    def _app(self) -> Flask:
        app = Flask("wall")
        reader, snapshots = cast(Reader, _NoVintage()), cast(Snapshots, self)
        app.register_blueprint(create_wall(reader, snapshots, self.files, "64.01"))
        app.before_request(self._fail)
        app.after_request(self._note)
        return app

    def _fail(self) -> Response | None:
        if self.mode == "hang":
            self.released.wait()
        if self.mode == "login":
            return Response("<html>Silakan masuk</html>") if request.path == "/masuk" else _to_login()
        if self.mode == "halfway" and request.path == "/wall":
            return Response(f'<html data-version="{NEXT}"><link href="/wall/berkas/{NEXT}/wall.css">')
        if self.rival and request.path == "/wall" and request.headers["Sec-Fetch-Mode"] != "navigate":
            return Response(f'<html data-version="{self.rival}">', 200)
        if not request.path.endswith("snapshot.json"):
            return None
        if self.mode == "500":
            return Response("Internal Server Error", 500)
        if self.mode == "garbage":
            return Response("<html>Selamat datang di WiFi hotel</html>", 200)
        if self.mode == "strange":
            return Response(json.dumps(self.snapshot | {"scenes": {"0": "?"}}), 200)
        if self.mode == "truncated":
            whole = json.dumps(self.snapshot).encode()
            return Response(whole[:200], 200, headers={"Content-Length": str(len(whole))})
        return None

    def _note(self, answer: Response) -> Response:
        if request.path.endswith("snapshot.json"):
            self.asked.append(answer.status_code)
        self.documents += request.path == "/wall"
        self.visits += request.path == "/wall" and request.headers.get("Sec-Fetch-Mode") == "navigate"
        return answer


def _to_login() -> Response:
    return Response(status=302, headers={"Location": "/masuk"})


@contextmanager
def wall_server() -> Iterator[WallServer]:
    server = WallServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
