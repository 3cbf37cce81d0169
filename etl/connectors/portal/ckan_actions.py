"""The Action API of a CKAN portal: what is asked of it, and why it refuses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from etl.connectors.base import FetchError, UnreadableError
from etl.connectors.formats.json_rows import find
from etl.connectors.formats.json_text import join_pages, read_json
from etl.connectors.portal.ckan_rows import LIMIT, ROW_NUMBER, Records
from etl.connectors.web.address import redact
from etl.connectors.web.http import Answer, Web
from etl.connectors.web.quotation import quote_portal

KEYSET, MOVED = "include_next_page", ("data.go.id", "www.data.go.id")
ADVICE = {
    "Not Found Error": "Periksa `package` dan `resource` kiriman ini; mungkin sudah dihapus atau dipindahkan.",
    "Validation Error": "Periksa `package` dan `resource` kiriman ini.",
    "Authorization Error": "Minta izin kepada pengelola portal, lalu isi `token` kiriman ini.",
}


@dataclass(frozen=True, slots=True)
class CkanResource:
    """One resource that a portal offers: its id, its dataset's title, its name, and what it is."""

    id: str
    dataset: str
    name: str
    form: str


@dataclass(frozen=True, slots=True)
class CkanPortal:
    """The Action API of one portal at `base`, asked with `headers`."""

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
        raise FetchError(f"{say_refusal(answer)}{_moved(self.base)}")

    def act(self, action: str, params: dict[str, str]) -> Any:
        """Return the result of an action; raises FetchError."""
        return self.result(*self.ask(action, params))

    def search(self, words: str) -> list[CkanResource]:
        """Return the resources of the datasets that hold the words, as many as the portal gives at once."""
        found = find(self.act("package_search", {"q": words, "rows": "100"}), ("results",))
        sets = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
        return [_resource(each, one) for each in sets for one in each.get("resources") or () if "id" in one]

    def records(self, resource: str) -> tuple[str, bytes]:
        """Return the name and the pages of a DataStore resource, all of them or none."""
        steady = {"resource_id": resource, "limit": str(LIMIT), "sort": ROW_NUMBER, KEYSET: "true"}
        walk, pages = Records(), list[bytes]()
        more: dict[str, str] | None = {}
        while more is not None:
            answer, document = self.ask("datastore_search", steady | more)
            if KEYSET in steady and _does_not_know(document, KEYSET):
                del steady[KEYSET]  # a CKAN before 2.12
            else:
                more = walk.take(self.result(answer, document))
                pages.append(answer.content)
        return redact(f"{self.base}/datastore_search?resource_id={resource}"), join_pages(pages)


def _resource(dataset: dict[str, Any], one: dict[str, Any]) -> CkanResource:
    form = "DataStore" if one.get("datastore_active") is True else f"berkas {one.get('format') or '?'}"
    title, name = dataset.get("title") or dataset.get("name"), one.get("name") or "tanpa nama"
    return CkanResource(str(one["id"]), str(title), str(name), form)


def action_address(base: str) -> str:
    """Return the address of the Action API of a portal that is given with or without it."""
    plain = base.rstrip("/")
    return plain if "/api/" in urlsplit(plain).path + "/" else f"{plain}/api/3/action"


def _does_not_know(document: Any, parameter: str) -> bool:
    """Tell whether a refusal is about this parameter; CKANs name it as a key, or within a text under `__extras`."""
    fault = find(document, ("error",))
    return find(fault, ("__type",)) == "Validation Error" and parameter in json.dumps(fault)


def say_refusal(answer: Answer) -> str:
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
