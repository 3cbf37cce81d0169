"""JSON portals of any shape: where rows lie, how pages go on and what a failure looks like are declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from etl.catalogue.feeds import Feed, HttpJson
from etl.connectors.base import Delivery, FetchError, Reach, Sheet, UnreadableError
from etl.connectors.portal.json_pages import Ask, Walk
from etl.connectors.portal.json_rows import MISSING, declared_columns, find, own_columns, rows_at, split_path, to_sheet
from etl.connectors.portal.json_text import join_pages, read_json, split_pages
from etl.connectors.web.address import redact
from etl.connectors.web.http import LATER, Answer, open_web, quote_portal
from etl.connectors.web.patience import Limits, Pace

FAILED = {"error", "err", "fail", "failed", "failure", "gagal", "false"}
CODES = ("status", "code", "statusCode", "status_code")  # that may repeat the status of HTTP
NOTHING: tuple[Any, ...] = (MISSING, None, False, "", "0", "false", [], {})


@dataclass(frozen=True, slots=True)
class HttpJsonConnector:
    """Fetches all pages before it delivers them as one; reads them by the feed's declared paths."""

    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(default_factory=Pace)

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield the one delivery of all pages; raises FetchError where any is missing, doubled or a failure."""
        source = cast(HttpJson, feed.http_json)
        token = self._token(source, reach)
        walk = Walk(source)
        name = redact(walk.first.whole, [token])
        pages: list[Answer] = []
        with open_web(source.address, secrets=[token], limits=self.limits.within(feed.timeout), pace=self.pace) as web:
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            known = reach.known.get(name) if source.paging.style == "none" else None
            ask: Ask | None = walk.first
            while ask is not None:
                answer = web.get(ask.address, ask.params, headers, known)
                pages.append(answer)
                try:
                    ask = walk.take(_sound(answer, source))
                except (FetchError, UnreadableError) as error:
                    raise FetchError(redact(str(error), [token])) from None
        content = pages[0].content if len(pages) == 1 else join_pages(page.content for page in pages)
        etag, modified = (pages[0].etag, pages[0].modified) if len(pages) == 1 else (None, None)
        yield Delivery(name, content, self.pace.now(), etag, modified)

    def _token(self, source: HttpJson, reach: Reach) -> str:
        """Return the declared token, or one that the portal gives for name and password; "" where none is needed."""
        if source.signin is None:
            return reach.secret(source.token) if source.token else ""
        way = source.signin
        secrets = [reach.secret(way.user), reach.secret(way.password)]
        form = dict(zip(way.inputs, secrets, strict=True))
        with open_web(source.address, secrets=secrets, limits=self.limits, pace=self.pace) as web:
            answer = web.get(way.address, form=form)
        said = redact(f"{answer.name} menolak masuk (status {answer.status}){quote_portal(answer.content)}", secrets)
        try:
            token = find(read_json(answer.content), split_path(way.answer))
        except UnreadableError:
            token = MISSING
        if not answer.ok or not isinstance(token, str) or not token.strip():
            raise FetchError(f"{said}. Periksa {way.user}, {way.password} dan `signin` kiriman ini.")
        return token.strip()

    def read(self, delivery: Delivery, feed: Feed) -> list[Sheet]:
        """Lay the rows of all pages out as one grid; raises UnreadableError."""
        source = cast(HttpJson, feed.http_json)
        rows = [row for page in split_pages(delivery.content) for row in rows_at(read_json(page), source.rows)]
        columns = declared_columns(rows, source.fields) if source.fields else own_columns(rows)
        if not columns:
            return []
        return [to_sheet(rows, columns, source.fields or feed.columns.values(), source.skip)]


def _sound(answer: Answer, source: HttpJson) -> Any:
    """Return the document of an answer that is no failure. Raises FetchError, UnreadableError."""
    if not answer.ok:
        raise FetchError(
            f"{answer.name} menolak (status {answer.status}){quote_portal(answer.content)}. {_advice(answer, source)}"
        )
    document = read_json(answer.content)
    if fault := _flagged(document, source):
        raise FetchError(f"{answer.name} menjawab gagal: {fault}{quote_portal(answer.content)}. {LATER}")
    return document


def _advice(answer: Answer, source: HttpJson) -> str:
    if answer.status not in (401, 403):
        return "Periksa `address` dan `params` kiriman ini."
    if source.token is None and source.signin is None:
        return "Portal ini meminta token: isi `token` kiriman ini dengan nama variabel lingkungannya."
    held = f"Perbarui token pada variabel lingkungan {source.token}" if source.token else "Periksa `signin`"
    return f"{held}, atau minta izin kepada pengelola portal."


def _flagged(document: Any, source: HttpJson) -> str:
    """Say which sign in the body tells of a failure; "" where none does.

    Without a declared `good`, the common ones count: success false, an error that is not empty, a failed status.
    """
    for path, due in source.good.items():
        found = find(document, split_path(path))
        if _shown(found) != due.casefold():
            return f"{path} = {_shown(found)}, seharusnya {due}"
    if source.good or not isinstance(document, dict):
        return ""
    success, error, status = (document.get(key, MISSING) for key in ("success", "error", "status"))
    if success is not MISSING and success in NOTHING:
        return f"success = {_shown(success)}"
    if error not in NOTHING:
        return "error terisi"
    if document.get("errors") not in NOTHING:
        return "errors terisi"
    for key in CODES:
        if isinstance(code := document.get(key), str) and re.fullmatch("[45][0-9]{2}", code):
            return f"{key} = {code}"
    return f"status = {status}" if status is False or re.split(r"\W", _shown(status))[0] in FAILED else ""


def _shown(value: Any) -> str:
    if value is MISSING:
        return "tidak ada"
    return str(value).casefold() if isinstance(value, str | bool) else "null" if value is None else "isi bersusun"
