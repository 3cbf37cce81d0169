"""A real HTTP server on this machine that replays scripted answers, good ones and broken ones."""

from __future__ import annotations

import gzip
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

JSON, CSV, HTML = "application/json", "text/csv; charset=utf-8", "text/html; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """One request as it came: the path with its query, and its headers."""

    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """One answer. `cut` sends that many bytes of the body and hangs up; `delay` waits before the first byte,
    `drip` between single bytes; `endless` repeats the body until the client goes; `chunked` names no length.
    """

    status: int = 200
    content: bytes = b""
    kind: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0
    drip: float | None = None
    cut: int | None = None
    endless: bool = False
    chunked: bool = False


Script = Reply | Callable[[Asked], Reply]


def as_json(value: Any, status: int = 200, **changes: Any) -> Reply:
    """Reply with a value as JSON."""
    return Reply(status, json.dumps(value).encode(), **changes)


def as_html(text: str = "<html><body>Request rejected</body></html>", status: int = 200) -> Reply:
    """Reply with a page where data was due."""
    return Reply(status, text.encode(), HTML)


def redirect(to: str, status: int = 302) -> Reply:
    """Send the client elsewhere."""
    return Reply(status, headers={"Location": to})


def gzip_bomb(megabytes: int, start: bytes = b"[") -> Reply:
    """Pack blanks that unfold to this size."""
    packed = gzip.compress(start + b" " * (megabytes << 20), 9)
    return Reply(content=packed, headers={"Content-Encoding": "gzip"})


def tagged(reply: Reply, etag: str) -> Callable[[Asked], Reply]:
    """Reply with an ETag, and with 304 to the one who knows it."""

    def answer(asked: Asked) -> Reply:
        if asked.headers.get("If-None-Match") == etag:
            return Reply(304, headers={"ETag": etag})
        return Reply(reply.status, reply.content, reply.kind, {**reply.headers, "ETag": etag})

    return answer


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    """Let a server answer until the block ends."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Replay:
    """The server: `script[path]` is a reply, a function of the request, or a list used up one by one (the last stays).

    A path is looked up with its query first, then without it; an unknown one gets 404. `asked` lists what came.
    """

    def __init__(self, secured: ssl.SSLContext | None = None) -> None:
        self.script: dict[str, Script | list[Script]] = {}
        self.asked: list[Asked] = []
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"replay": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.stopped = threading.Event()
        if secured:
            self._server.socket = secured.wrap_socket(self._server.socket, True, do_handshake_on_connect=False)
        self.address = f"http{'s' if secured else ''}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [each.path for each in self.asked]

    def answer(self, asked: Asked) -> Reply:
        """Find the reply that is next for a request."""
        with self._lock:
            self.asked.append(asked)
            found = self.script.get(asked.path, self.script.get(asked.path.split("?")[0]))
            if isinstance(found, list):
                found = found.pop(0) if len(found) > 1 else found[0]
        if found is None:
            return as_json({"message": f"no script for {asked.path}"}, 404)
        return found if isinstance(found, Reply) else found(asked)

    @contextmanager
    def running(self) -> Iterator[Replay]:
        """Serve until the block ends."""
        with serving(self._server):
            try:
                yield self
            finally:
                self.stopped.set()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    replay: Replay

    def handle(self) -> None:
        """Serve a connection; a client that hangs up is no fault of the server."""
        with suppress(OSError):
            super().handle()

    def do_POST(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        reply = self.replay.answer(Asked(self.path, dict(self.headers.items()), body))
        with suppress(OSError):  # the client went away
            self.replay.stopped.wait(reply.delay) if reply.delay else None
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        open_ended = reply.endless or reply.chunked
        if reply.content:
            self.send_header("Content-Type", reply.kind)
        if reply.status != 304:
            length = ("Content-Length", str(len(reply.content)))
            self.send_header(*(("Transfer-Encoding", "chunked") if open_ended else length))
        for name, text in reply.headers.items():
            self.send_header(name, text)
        self.end_headers()
        for piece in self._pieces(reply):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if open_ended else piece)
        if reply.cut is not None:
            self.close_connection = True
        elif open_ended:
            self.wfile.write(b"0\r\n\r\n")

    def _pieces(self, reply: Reply) -> Iterator[bytes]:
        content = reply.content if reply.cut is None else reply.content[: reply.cut]
        if reply.drip is not None:
            for at in range(len(content)):
                yield content[at : at + 1]
                time.sleep(reply.drip)
        elif content:
            yield content
        while reply.endless and not self.replay.stopped.is_set():
            yield reply.content

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a test's output is its own."""
