"""JSON portals of any shape: where rows lie, how pages go on and what a failure looks like are declarations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import Field

from etl.catalogue.checks.parts import Check, Fault, Parts, unknown
from etl.catalogue.feeds import Feed
from etl.catalogue.reference import Verbatim
from etl.connectors.base import Connector, Delivery, FetchError, Reach, UnreadableError
from etl.connectors.formats.json_rows import declared_columns, own_columns, rows_at, to_sheet
from etl.connectors.formats.json_text import join_pages, read_json, split_pages
from etl.connectors.portal.failure import sound_document
from etl.connectors.portal.json_pages import Paged, PageRequest, Walk
from etl.connectors.portal.signin import SignIn, sign_in
from etl.connectors.web.address import redact
from etl.connectors.web.http import Answer, open_web
from etl.connectors.web.network import Way, declared_way
from etl.connectors.web.patience import Limits, Pace
from etl.sheets.sheet import Sheet


class HttpJson(Paged, title="Satu alamat JSON."):
    """A JSON portal: where its rows lie, what they are called and how its pages go on, all by declaration."""

    fields: dict[str, Verbatim] = Field(default={})
    r"""Judul kolom -> letak isinya dalam baris, misalnya attributes.nama; titik di dalam nama kunci ditulis \.; tanpa
    ini kunci barisnya sendiri."""
    skip: dict[str, tuple[str, ...]] = Field(default={})
    """Judul kolom -> isi baris yang bukan data, misalnya nama: [JUMLAH]; dilaporkan, tidak dimuat."""
    good: dict[str, str] = Field(default={})
    """Letak tanda pada jawaban -> isinya bila berhasil, misalnya error: 0."""
    token: str | None = None
    """Nama variabel lingkungan yang memuat token."""
    signin: SignIn | None = None
    """Cara masuk bila tokennya harus diminta setiap kali."""


def columns_declared(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Where fields are declared, columns and skip speak of them alone: another key could change its meaning unseen."""
    source = feed.configuration
    if not source.fields:
        return
    declared = tuple(source.fields)
    for field_name, header in feed.columns.items():
        yield from unknown(("columns", field_name), header, declared)
    for header in source.skip:
        yield from unknown(("http_json", "skip", header), header, declared)


def pages_go_on(feed: Feed, parts: Parts) -> Iterator[Fault]:
    """Pages by link need the place of the link."""
    paging = feed.configuration.paging
    if paging.style == "link" and paging.more is None:
        remedy = "Tambahkan letak alamat halaman berikutnya, misalnya links.next atau next_page_url."
        yield Fault(("http_json", "paging", "more"), None, (), remedy)


@dataclass(frozen=True, slots=True)
class HttpJsonConnector(Connector):
    """Fetches all pages before it delivers them as one; reads them by the feed's declared paths."""

    model: ClassVar = HttpJson
    checks: ClassVar[tuple[Check, ...]] = (columns_declared, pages_go_on)
    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(default_factory=Pace)

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield the one delivery of all pages; raises FetchError where any is missing, doubled or a failure."""
        source = HttpJson.model_validate(feed.configuration)
        way, limits = declared_way(source, reach), self.limits.within(feed.timeout)
        token = _token(source, reach, limits, self.pace, way)
        walk = Walk(source)
        name = redact(walk.first.whole, [token])
        pages: list[Answer] = []
        with open_web(source.address, secrets=[token], limits=limits, pace=self.pace, way=way) as web:
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            known = reach.known.get(name) if source.paging.style == "none" else None
            ask: PageRequest | None = walk.first
            while ask is not None:
                answer = web.get(ask.address, ask.params, headers, known)
                pages.append(answer)
                try:
                    ask = walk.take(sound_document(answer, source.good, _advice(source)))
                except (FetchError, UnreadableError) as error:
                    raise FetchError(redact(str(error), [token])) from None
        content = pages[0].content if len(pages) == 1 else join_pages(page.content for page in pages)
        etag, modified = (pages[0].etag, pages[0].modified) if len(pages) == 1 else (None, None)
        yield Delivery(name, content, self.pace.now(), etag, modified)

    def read(self, delivery: Delivery, feed: Feed) -> list[Sheet]:
        """Lay the rows of all pages out as one grid; raises UnreadableError."""
        source = HttpJson.model_validate(feed.configuration)
        rows = [row for page in split_pages(delivery.content) for row in rows_at(read_json(page), source.rows)]
        columns = declared_columns(rows, source.fields) if source.fields else own_columns(rows)
        if not columns:
            return []
        return [to_sheet(rows, columns, source.fields or feed.columns.values(), source.skip)]


def _token(source: HttpJson, reach: Reach, limits: Limits, pace: Pace, way: Way) -> str:
    """Return the declared token, or one that the portal gives for name and password; "" where none is needed."""
    if source.signin is not None:
        return sign_in(source.address, source.signin, reach, limits, pace, way)
    return reach.secret(source.token) if source.token else ""


def _advice(source: HttpJson) -> str:
    """Say what to do where the portal asks for other rights."""
    if source.token is None and source.signin is None:
        return "Portal ini meminta token: isi `token` kiriman ini dengan nama variabel lingkungannya."
    held = f"Perbarui token pada variabel lingkungan {source.token}" if source.token else "Periksa `signin`"
    return f"{held}, atau minta izin kepada pengelola portal."


CONNECTOR = HttpJsonConnector()
