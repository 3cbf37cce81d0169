"""One resource of a CKAN portal: the rows of its DataStore, or the file that was uploaded or linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from etl.catalogue.feeds import Ckan, Feed
from etl.catalogue.names import fold_name
from etl.connectors.base import Delivery, FetchError, Reach, Sheet, UnreadableError
from etl.connectors.ckan_rows import LIMIT, ROW_NUMBER, Records, records_sheet
from etl.connectors.formats.kinds import read_bytes
from etl.connectors.portal.json_rows import MISSING, find
from etl.connectors.portal.json_text import join_pages, read_json, split_pages
from etl.connectors.web.address import redact
from etl.connectors.web.http import Answer, Web, open_web, quote_portal
from etl.connectors.web.patience import Limits, Pace

KEYSET, MOVED = "include_next_page", ("data.go.id", "www.data.go.id")
ADVICE = {
    "Not Found Error": "Periksa `package` dan `resource` kiriman ini; mungkin sudah dihapus atau dipindahkan.",
    "Validation Error": "Periksa `package` dan `resource` kiriman ini.",
    "Authorization Error": "Minta izin kepada pengelola portal, lalu isi `token` kiriman ini.",
}


@dataclass(frozen=True, slots=True)
class CkanConnector:
    """Fetches by the Action API; an unchanged upload is not sent again."""

    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(default_factory=Pace)

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield the resource as one delivery; raises FetchError where the portal refuses or rows are missing."""
        source = cast(Ckan, feed.ckan)
        token = reach.secret(source.token) if source.token else ""
        base = action_address(source.base)
        with open_web(base, secrets=[token], limits=self.limits.within(feed.timeout), pace=self.pace) as web:
            portal = _Portal(web, base, {"Authorization": token} if token else {})
            delivery = self._delivery(portal, source, reach)
        yield delivery

    def read(self, delivery: Delivery, feed: Feed) -> Iterable[Sheet]:
        """Lay the records out as a grid, or read the file by its bytes; raises UnreadableError."""
        if cast(Ckan, feed.ckan).mode == "download":
            return read_bytes(delivery.content)
        results = (read_json(page)["result"] for page in split_pages(delivery.content))
        return [records_sheet([*results], [*feed.columns.values()])]

    def _delivery(self, portal: _Portal, source: Ckan, reach: Reach) -> Delivery:
        if source.mode == "download":
            return self._download(portal, _resource(portal, source), reach)
        resource = source.resource
        if source.package:
            found = _resource(portal, source)
            if found.get("datastore_active") is not True:
                raise FetchError(f"“{source.resource}” tidak ada di DataStore portal. Pakai mode: download.")
            resource = str(found["id"])
        return Delivery(*portal.records(resource), self.pace.now())

    def _download(self, portal: _Portal, resource: dict[str, Any], reach: Reach) -> Delivery:
        if not (address := resource.get("url")):
            raise FetchError(f"“{resource.get('name')}” tidak punya berkas di portal (url kosong). Tanyakan kepadanya.")
        name = redact(str(address))
        answer = portal.web.get(str(address), None, portal.headers, reach.known.get(name), "any")
        if not answer.ok:
            raise FetchError(_refusal(answer))
        return Delivery(name, answer.content, self.pace.now(), answer.etag, answer.modified)


@dataclass(frozen=True, slots=True)
class _Portal:
    web: Web
    base: str
    headers: dict[str, str]

    def ask(self, action: str, params: dict[str, str]) -> tuple[Answer, Any]:
        """Return the answer of an action, whatever it says, and its document."""
        try:
            answer = self.web.get(f"{self.base}/{action}", params, self.headers)
            return answer, read_json(answer.content)
        except (FetchError, UnreadableError) as error:
            raise FetchError(f"{error}{_moved(self.base)}") from None

    def result(self, answer: Answer, document: Any) -> Any:
        """Return the result of an answer; raises FetchError in the portal's own words where it is a refusal."""
        if answer.ok and find(document, ("success",)) is True and "result" in document:
            return document["result"]
        raise FetchError(f"{_refusal(answer)}{_moved(self.base)}")

    def act(self, action: str, params: dict[str, str]) -> Any:
        """Return the result of an action; raises FetchError."""
        return self.result(*self.ask(action, params))

    def records(self, resource: str) -> tuple[str, bytes]:
        """Return the name and the pages of a DataStore resource, all of them or none."""
        steady = {"resource_id": resource, "limit": str(LIMIT), "sort": ROW_NUMBER, KEYSET: "true"}
        walk, pages = Records(), list[bytes]()
        more: dict[str, str] | None = {}
        while more is not None:
            answer, document = self.ask("datastore_search", steady | more)
            if KEYSET in steady and find(document, ("error", KEYSET)) is not MISSING:
                del steady[KEYSET]  # an older CKAN, which does not know it
            else:
                more = walk.take(self.result(answer, document))
                pages.append(answer.content)
        return redact(f"{self.base}/datastore_search?resource_id={resource}"), join_pages(pages)


def action_address(base: str) -> str:
    """Return the address of the Action API of a portal that is given with or without it."""
    plain = base.rstrip("/")
    return plain if "/api/" in urlsplit(plain).path + "/" else f"{plain}/api/3/action"


def _resource(portal: _Portal, source: Ckan) -> dict[str, Any]:
    """Find the resource by its id, or within a package by its name."""
    if source.package is None:
        return dict(portal.act("resource_show", {"id": source.resource}))
    listed = find(portal.act("package_show", {"id": source.package}), ("resources",))
    resources = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    found = [each for each in resources if each.get("id") == source.resource]
    found = found or [each for each in resources if fold_name(each.get("name") or "") == fold_name(source.resource)]
    if len(found) == 1:
        return dict(found[0])
    names = ", ".join(f"“{each.get('name')}” ({each.get('id')})" for each in resources[:20]) or "tidak ada"
    many = f"ada {len(found)} kali" if found else "tidak ada"
    raise FetchError(f"Sumber daya “{source.resource}” {many} di dataset {source.package}. Yang ada: {names}.")


def _refusal(answer: Answer) -> str:
    """Say in the portal's words why it refuses, by any of its shapes, and what to do."""
    try:
        kind = find(read_json(answer.content), ("error", "__type"))
    except UnreadableError:
        kind = ""
    said = quote_portal(answer.content) or (f" ({kind})" if kind in ADVICE else "")
    advice = ADVICE.get(str(kind), "Periksa `base` kiriman ini: alamat portal sampai /api/3/action.")
    return f"{answer.name} menolak (status {answer.status}){said}. {advice}"


def _moved(base: str) -> str:
    """Point to where the national portal went."""
    if urlsplit(base).hostname not in MOVED:
        return ""
    return " Katalog data.go.id kini di katalog.data.go.id: isi base dengan https://katalog.data.go.id/api/3/action."
