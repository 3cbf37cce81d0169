"""One resource of a CKAN portal: the rows of its DataStore, or the file that was uploaded or linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from etl.catalogue.feeds import Feed
from etl.catalogue.names import fold_name
from etl.connectors.base import Connector, Delivery, FetchError, Reach
from etl.connectors.formats.json_rows import find
from etl.connectors.formats.json_text import read_json, split_pages
from etl.connectors.formats.kinds import read_bytes
from etl.connectors.portal.ckan_actions import CkanPortal, CkanResource, action_address, say_refusal
from etl.connectors.portal.ckan_rows import records_sheet
from etl.connectors.web.address import redact
from etl.connectors.web.http import open_web
from etl.connectors.web.network import OfficeNetwork, declared_way
from etl.connectors.web.patience import Limits, Pace
from etl.sheets.sheet import Sheet


class Ckan(OfficeNetwork, title="Satu sumber daya pada portal CKAN."):
    """One resource of a CKAN portal, by its datastore or as the file that was uploaded."""

    base: str
    """Alamat portal sampai /api/3/action."""
    package: str | None = None
    """Nama atau id dataset."""
    resource: str
    """Id atau nama sumber daya."""
    mode: Literal["datastore", "download"] = "datastore"
    """datastore: baris dari DataStore; download: berkas yang diunggah."""
    token: str | None = None
    """Nama variabel lingkungan yang memuat token."""


@dataclass(frozen=True, slots=True)
class CkanConnector(Connector):
    """Fetches by the Action API; an unchanged upload is not sent again."""

    model: ClassVar = Ckan
    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(default_factory=Pace)

    def fetch(self, feed: Feed, reach: Reach) -> Iterator[Delivery]:
        """Yield the resource as one delivery; raises FetchError where the portal refuses or rows are missing."""
        source = Ckan.model_validate(feed.configuration)
        with self._portal(source, feed, reach) as portal:
            delivery = self._delivery(portal, source, reach)
        yield delivery

    def search(self, feed: Feed, reach: Reach, words: str) -> list[CkanResource]:
        """Return the resources of the portal's datasets that hold the words; raises FetchError."""
        with self._portal(Ckan.model_validate(feed.configuration), feed, reach) as portal:
            return portal.search(words)

    @contextmanager
    def _portal(self, source: Ckan, feed: Feed, reach: Reach) -> Iterator[CkanPortal]:
        token = reach.secret(source.token) if source.token else ""
        base = action_address(source.base)
        way, limits = declared_way(source, reach), self.limits.within(feed.timeout)
        with open_web(base, secrets=[token], limits=limits, pace=self.pace, way=way) as web:
            yield CkanPortal(web, base, {"Authorization": token} if token else {})

    def read(self, delivery: Delivery, feed: Feed) -> Iterable[Sheet]:
        """Lay the records out as a grid, or read the file by its bytes; raises UnreadableError."""
        if Ckan.model_validate(feed.configuration).mode == "download":
            return read_bytes(delivery.content)
        results = (read_json(page)["result"] for page in split_pages(delivery.content))
        return [records_sheet([*results], [*feed.columns.values()])]

    def _delivery(self, portal: CkanPortal, source: Ckan, reach: Reach) -> Delivery:
        if source.mode == "download":
            return self._download(portal, _resource(portal, source), reach)
        resource = source.resource
        if source.package:
            found = _resource(portal, source)
            if found.get("datastore_active") is not True:
                raise FetchError(f"“{source.resource}” tidak ada di DataStore portal. Pakai mode: download.")
            resource = str(found["id"])
        return Delivery(*portal.records(resource), self.pace.now())

    def _download(self, portal: CkanPortal, resource: dict[str, Any], reach: Reach) -> Delivery:
        if not (address := resource.get("url")):
            raise FetchError(f"“{resource.get('name')}” tidak punya berkas di portal (url kosong). Tanyakan kepadanya.")
        name = redact(str(address))
        answer = portal.web.get(str(address), None, portal.headers, reach.known.get(name), "any")
        if not answer.ok:
            raise FetchError(say_refusal(answer))
        return Delivery(name, answer.content, self.pace.now(), answer.etag, answer.modified)


def _resource(portal: CkanPortal, source: Ckan) -> dict[str, Any]:
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


CONNECTOR = CkanConnector()
