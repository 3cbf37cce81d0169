"""Answers from the web for all HTTP connectors: bounded in time and size, tried again with patience, no secret told."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

import httpcore
import httpx

from etl.connectors.base import FetchError, Known
from etl.connectors.web.address import at_home, home_spots, intranet, join, redact, spot_of, with_parameters
from etl.connectors.web.answer_body import (
    BrokenBodyError,
    Kind,
    TooLongError,
    charset_fault,
    kind_of,
    length_fault,
    unpack,
)
from etl.connectors.web.network import Way, direct
from etl.connectors.web.patience import Limits, Pace, PassingError, asked_wait, retrying
from etl.connectors.web.quotation import quote_portal
from etl.connectors.web.wire import Deadline, ForbiddenHostError, GuardedBackend, GuardedTransport, OverdueError

Expect = Literal["json", "csv", "xml", "any"]
MB = 1 << 20
MOST: dict[Expect, int] = {"json": 50 * MB, "csv": 200 * MB, "xml": 50 * MB, "any": 200 * MB}  # plain bytes of one body
MOST_TOGETHER = 400 * MB  # of all bodies of one fetch
REDIRECTS = 5
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Pantau/1"
ACCEPT: dict[Expect, str] = {"json": "application/json", "csv": "text/csv, */*;q=0.8", "xml": "*/*", "any": "*/*"}
NAMES: dict[Kind, str] = {"json": "JSON", "csv": "CSV", "xml": "XML", "html": "halaman HTML", "other": "isi lain"}
INNER = (
    "menunjuk server di jaringan dalam ({host}), yang tidak boleh dibuka lewat tautan. Tidak diikuti; bila itu nama "
    "lain portal yang sama, tulis pada hosts kiriman ini, bila bukan laporkan kepada pengelola portal."
)
UNSEEN = (
    "ada di server lain, yang namanya tidak dikenal dari sini, jadi tidak diminta lewat proksi. Bila itu nama lain "
    "portal yang sama, tulis pada hosts kiriman ini."
)
PROXY_DENIED = "tidak dapat diminta: proksi menolak ({}). Periksa proxy dan proxy_login kiriman ini."
LATER = "Coba lagi nanti; bila berulang, hubungi pengelola portal."


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: a body of the kind that was due, or JSON under a status of 400 and more.

    `name` is the address that was asked, without secrets. On a 304 `content` is that of the earlier answer.
    """

    status: int
    kind: Kind
    name: str
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    etag: str | None = None
    modified: str | None = None
    not_modified: bool = False

    @property
    def ok(self) -> bool:
        """Whether the server says that it did what was asked."""
        return self.status < 400


@contextmanager
def open_web(
    home: str,
    *,
    secrets: Iterable[str] = (),
    limits: Limits | None = None,
    pace: Pace | None = None,
    way: Way | None = None,
) -> Iterator[Web]:
    """Open the web for one fetch that begins at `home`, the catalogue's own address, by the `way` that leads there.

    `secrets` are texts that no message may hold. Raises FetchError where `home` is no http(s) address.
    """
    for name in ("httpx", "httpcore"):  # they print whole addresses, with the keys in them
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        spot_of(home)
    except ValueError:
        raise FetchError(f"Alamat {redact(home, secrets)} bukan alamat http(s). Perbaiki di indicators.yaml.") from None
    web = Web(home, tuple(secrets), limits or Limits(), pace or Pace(), way or direct())
    try:
        yield web
    finally:
        web.close()


class Web:
    """A client for one fetch. Its deadline runs from the first moment, its bytes are counted together.

    Private hosts are reached only where the catalogue's own address and its declared further hosts lie; links, `next`
    pages and redirects to any other host must lead into the public internet, and go without the connector's headers.
    """

    def __init__(self, home: str, secrets: tuple[str, ...], limits: Limits, pace: Pace, way: Way) -> None:
        self._home, self._limits, self._pace, self._way = home, limits, pace, way
        self._secrets = (*secrets, *(way.login or ())[1:])
        self._deadline = Deadline(pace.clock)
        self._ends = pace.clock() + limits.fetch
        self._left = MOST_TOGETHER
        self._asked = False
        spots = home_spots(way.proxy) if way.proxy else home_spots(home, way.hosts)
        networks = intranet(os.environ.get("PANTAU_INTRANET", ""))
        self._backend = GuardedBackend(spots, self._deadline, pace.resolve, networks)
        timeout = httpx.Timeout(limits.read, connect=limits.connect)
        transport = GuardedTransport(self._backend, way)
        self._client = httpx.Client(transport=transport, timeout=timeout, trust_env=False)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def get(
        self,
        address: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        known: Known | None = None,
        expect: Expect = "json",
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer of an address (relative ones are the catalogue's), trying again where that may help.

        A `form` is posted as JSON, to the catalogue's own server only, and follows no redirect.
        Answers of 400 to 499 are returned where their body is JSON, for the connector to explain. `headers` go to the
        catalogue's own server only. Raises FetchError.
        """
        whole = with_parameters(join(self._home, address), (params or {}).items())
        tries = retrying(self._limits, self._pace, self._ends)
        try:
            return tries(self._follow, whole, dict(headers or {}), known, expect, form)
        except PassingError as error:
            raise self._fault(whole, f"{error} {LATER}") from None
        except ForbiddenHostError as error:
            raise self._fault(whole, INNER.format(host=error)) from None
        except OverdueError:
            raise self._fault(whole, f"belum selesai menjawab sebelum batas waktunya. {LATER}") from None
        except TooLongError:
            most = self._most(expect) // MB
            raise self._fault(
                whole, f"mengirim lebih dari {most} MB; penerimaan dihentikan. Periksa alamatnya."
            ) from None
        except FetchError as error:
            raise FetchError(redact(str(error), self._secrets)) from None

    def _fault(self, address: str, clause: str) -> FetchError:
        return FetchError(redact(f"{address} {clause}", self._secrets))

    def _most(self, expect: Expect) -> int:
        return min(MOST[expect], max(self._left, 0))

    def _follow(
        self, address: str, headers: dict[str, str], known: Known | None, expect: Expect, form: Mapping[str, str] | None
    ) -> Answer:
        """Ask, and go where redirects lead, with a deadline for all of it."""
        if self._asked and self._limits.gap:
            self._pace.sleep(self._limits.gap)
        self._asked = True
        self._deadline.set(min(self._limits.request, self._ends - self._pace.clock()))
        at = address
        for _ in range(REDIRECTS + 1):
            answer = self._ask(at, headers, known, expect, form)
            if isinstance(answer, Answer):
                return replace(answer, name=redact(address, self._secrets))
            if form is not None:
                raise self._fault(address, "mengalihkan permintaan masuk. Perbaiki alamatnya di indicators.yaml.")
            at = join(at, answer)
        raise self._fault(address, f"mengalihkan lebih dari {REDIRECTS} kali. Periksa alamatnya di indicators.yaml.")

    def _ask(
        self, address: str, headers: dict[str, str], known: Known | None, expect: Expect, form: Mapping[str, str] | None
    ) -> Answer | str:
        """Send one request; return its answer, or the address that it redirects to."""
        sent = {"User-Agent": AGENT, "Accept": ACCEPT[expect], "Accept-Encoding": "gzip", "Accept-Language": "id,en"}
        home = at_home(address, self._home, self._way.hosts)
        if self._way.proxy and not home:
            self._check_target(address)
        sent |= headers if home else {}
        if form is not None and not home:
            raise self._fault(address, "bukan server kiriman ini; nama pengguna dan sandi tidak dikirim ke sana.")
        method = "GET" if form is None else "POST"
        if known is not None:
            validators = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
            sent |= {name: text for name, text in validators.items() if text}
        try:
            with self._client.stream(method, address, headers=sent, json=form, follow_redirects=False) as response:
                if response.is_redirect and response.has_redirect_location:
                    return response.headers["Location"]
                if response.status_code == 304 and known is not None:
                    return _earlier(address, response, known)
                content = self._read(response, expect)
        except httpx.ProxyError as error:  # its message is the status of the proxy
            if str(error).startswith("5"):
                raise PassingError(f"tidak tercapai lewat proksi ({error}).") from None
            raise self._fault(address, PROXY_DENIED.format(error)) from None
        except (httpx.TransportError, BrokenBodyError) as error:
            self._deadline.left()  # a wait that the deadline cut short is no passing fault
            raise PassingError(f"tidak menjawab dengan utuh: {_cause(error, self._way)}.") from None
        except httpx.InvalidURL:
            raise self._fault(address, "bukan alamat yang sah. Perbaiki di indicators.yaml.") from None
        return self._judge(address, response, content, expect)

    def _check_target(self, address: str) -> None:
        """Hold to the same rule what the proxy would resolve and connect to for us."""
        try:
            self._backend.addresses(*spot_of(address))
        except httpcore.ConnectError:
            raise self._fault(address, UNSEEN) from None

    def _read(self, response: httpx.Response, expect: Expect) -> bytes:
        most = self._most(expect)
        pieces = []
        for piece in unpack(response.iter_raw(), response.headers.get("Content-Encoding", ""), most):
            self._deadline.left()
            pieces.append(piece)
        content = b"".join(pieces)
        self._left -= len(content)
        if fault := length_fault(content, response.headers, self._backend.tail):
            raise BrokenBodyError(fault)
        return content

    def _judge(self, address: str, response: httpx.Response, content: bytes, expect: Expect) -> Answer:
        """Accept a body of the kind that was due; say what came instead."""
        status, declared = response.status_code, response.headers.get("Content-Type", "")
        kind = kind_of(content, declared)
        said = quote_portal(content) if kind == "json" and status >= 400 else ""
        if status == 407:
            raise self._fault(address, PROXY_DENIED.format(status))
        found = f"menjawab {NAMES[kind] if content.strip() else 'tanpa isi'} dengan status {status}{said}"
        if status in (408, 425, 429) or status >= 500:
            raise PassingError(f"{found}.", asked_wait(response.headers.get("Retry-After"), self._pace.now()))
        right = status in (200, 203) and (expect == "any" or kind == expect)
        if not right and not (kind == "json" and 400 <= status < 500):
            due = f"{found}, padahal yang diharapkan {'isi' if expect == 'any' else NAMES[expect]} dengan status 200."
            if status in (200, 403) and (kind == "html" or not content.strip()):  # a firewall's page comes and goes
                raise PassingError(due)
            raise self._fault(address, f"{due} Periksa alamat, kunci dan izinnya.")
        if content.strip() == b"null":
            raise PassingError(f"menjawab null dengan status {status}.")
        if fault := charset_fault(content, declared, kind):
            raise self._fault(address, f"{fault}. Tidak ada yang dibaca; laporkan kepada pengelola portal.")
        etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
        return Answer(status, kind, address, response.headers, content, etag, modified)


def _earlier(address: str, response: httpx.Response, known: Known) -> Answer:
    etag, modified = response.headers.get("ETag") or known.etag, response.headers.get("Last-Modified")
    kind = kind_of(known.content, response.headers.get("Content-Type", ""))
    return Answer(304, kind, address, response.headers, known.content, etag, modified or known.modified, True)


def _cause(error: Exception, way: Way) -> str:
    if isinstance(error, BrokenBodyError):
        return str(error)
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "sertifikat HTTPS-nya tidak dapat dipercaya (CA milik kantor dinyatakan pada ca kiriman ini)"
    if isinstance(error, httpx.ConnectError):
        return "proksinya tidak dapat dihubungi" if way.proxy else "server tidak dapat dihubungi"
    if isinstance(error, httpx.TimeoutException):
        return "terlalu lama diam"
    return "sambungan terputus di tengah"
