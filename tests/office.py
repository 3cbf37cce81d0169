"""The network of an office: its own certificate authority, and a forward proxy that asks for a name."""

from __future__ import annotations

import base64
import http.client
import select
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.replay import serving

SERVER = "basicConstraints=critical,CA:FALSE\nsubjectAltName=IP:127.0.0.1\n"


def make_authority(folder: Path) -> ssl.SSLContext:
    """Write ca.pem of an authority of its own; return what a server of 127.0.0.1 that it vouches for needs."""
    _openssl(folder, "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=Kominfo"
             " -addext keyUsage=critical,keyCertSign -keyout ca.key -out ca.pem")  # fmt: skip
    _openssl(folder, "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=portal -keyout s.key -out s.csr")
    (folder / "s.ext").write_text(SERVER)
    _openssl(folder, "x509 -req -in s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile s.ext -out s.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "s.pem", folder / "s.key")
    return context


def _openssl(folder: Path, words: str) -> None:
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)


class Proxy:
    """A forward proxy: `asked` lists what it was asked for; where `login` is set, it asks for user:password.

    While `failing` is above zero, it says that the server cannot be reached, and counts down.
    """

    def __init__(self, login: str = "", failing: int = 0) -> None:
        self.failing = failing
        self.asked: list[str] = []
        self.due = f"Basic {base64.b64encode(login.encode()).decode()}" if login else None
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def running(self) -> Iterator[Proxy]:
        """Serve until the block ends."""
        with serving(self._server):
            yield self


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: Proxy

    def _denied(self) -> bool:
        self.close_connection = True
        self.proxy.asked.append(f"{self.command} {self.path}")
        if self.proxy.failing > 0:
            self.proxy.failing -= 1
            self.send_error(502)
            return True
        if self.proxy.due in (None, self.headers.get("Proxy-Authorization")):
            return False
        self.send_error(407)
        return True

    def do_GET(self) -> None:
        """Ask the server for it, and give its answer back."""
        if self._denied():
            return
        parts = urlsplit(self.path)
        server = http.client.HTTPConnection(parts.netloc, timeout=5)
        server.request("GET", f"{parts.path}?{parts.query}", headers=dict(self.headers.items()))
        answer = server.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name in ("Content-Type", "Location"):
            if answer.headers[name]:
                self.send_header(name, answer.headers[name])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        server.close()

    def do_CONNECT(self) -> None:
        """Open a tunnel, and pass on what goes either way."""
        if self._denied():
            return
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port)), 5) as server, suppress(OSError):
            self.send_response(200)
            self.end_headers()
            ends = {self.connection: server, server: self.connection}
            while True:
                for one in select.select(list(ends), [], [], 5)[0]:
                    if not (came := one.recv(1 << 16)):
                        return
                    ends[one].sendall(came)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a test's output is its own."""
