"""The wire under httpx: names resolved once and checked, connections pinned to what was checked, time running out."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore
import httpx

from etl.connectors.web.address import Network, Spot, all_allowed
from etl.connectors.web.network import Way

TAIL = 64  # bytes
Resolve = Callable[[str, int], list[str]]
Clock = Callable[[], float]  # seconds, only ever forward


class ForbiddenHostError(Exception):
    """A server pointed at a host that is not public; the message is the host."""


class OverdueError(Exception):
    """A request took longer than it may, however lively it was."""


class Deadline:
    """The moment by which a request must have ended, on the client's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at = float("inf")

    def set(self, seconds: float) -> None:
        """Start to count anew."""
        self._at = self._clock() + seconds

    def left(self) -> float:
        """Return the seconds left; raises OverdueError where none are."""
        left = self._at - self._clock()
        if left <= 0.001:
            raise OverdueError
        return left


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for a host's addresses; raises OSError where it knows none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to the catalogue's own spots wherever they are, to all others in the internet and declared networks.

    The address that was checked is the one connected to, so that a name cannot change its meaning in between.
    """

    def __init__(
        self, home: frozenset[Spot], deadline: Deadline, lookup: Resolve, networks: Sequence[Network] = ()
    ) -> None:
        self._home, self._deadline, self._lookup, self._networks = home, deadline, lookup, networks
        self._known: dict[Spot, list[str]] = {}
        self._plain = httpcore.SyncBackend()
        self.tail = b""  # the end of what came last over the wire

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers; raises ForbiddenHostError, or httpcore's errors."""
        fault: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError("no address")
        for address in self.addresses(host, port):
            allowed = min(self._deadline.left(), timeout or self._deadline.left())
            try:
                stream = self._plain.connect_tcp(address, port, allowed, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
            else:
                return _TimedStream(stream, self._deadline, self._note)
        raise fault

    def _note(self, came: bytes) -> None:
        self.tail = (self.tail + came)[-TAIL:]

    def addresses(self, host: str, port: int) -> list[str]:
        """Return where a host lies; raises ForbiddenHostError, httpcore.ConnectError where no one knows it."""
        spot = (host.lower().strip("[]"), port)
        if spot not in self._known:
            try:
                found = self._lookup(*spot)
            except (OSError, UnicodeError):
                raise httpcore.ConnectError("unknown host") from None
            if spot not in self._home and not all_allowed(found, self._networks):
                raise ForbiddenHostError(spot[0])
            self._known[spot] = found
        return self._known[spot]


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every wait ends with the request's deadline: drops that keep coming do not renew it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline, note: Callable[[bytes], None]) -> None:
        self._stream, self._deadline, self._note = stream, deadline, note

    def _allowed(self, timeout: float | None) -> float:
        left = self._deadline.left()
        return left if timeout is None else min(left, timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        came = self._stream.read(max_bytes, self._allowed(timeout))
        self._note(came)
        return came

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._allowed(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._allowed(timeout))
        return _TimedStream(secured, self._deadline, self._note)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx.HTTPTransport):
    """httpx's transport over the guarded backend; certificates are always checked, only a declared proxy is asked."""

    def __init__(self, backend: GuardedBackend, way: Way) -> None:
        super().__init__(way.context, trust_env=False)
        if way.proxy is None:
            self._pool = httpcore.ConnectionPool(way.context, network_backend=backend, keepalive_expiry=5)
        else:
            self._pool = httpcore.HTTPProxy(
                way.proxy,
                way.login,
                ssl_context=way.context,
                proxy_ssl_context=way.context if way.proxy.startswith("https:") else None,
                network_backend=backend,
                keepalive_expiry=5,
            )
