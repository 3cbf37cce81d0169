"""What a failure looks like: a portal may refuse by its status, or say so under a status of success."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from etl.connectors.base import FetchError
from etl.connectors.formats.json_rows import MISSING, find, split_path
from etl.connectors.formats.json_text import read_json
from etl.connectors.web.http import LATER, Answer
from etl.connectors.web.quotation import quote_portal

FAILED = {"error", "err", "fail", "failed", "failure", "gagal", "false"}
CODES = ("status", "code", "statusCode", "status_code")  # that may repeat the status of HTTP
NOTHING: tuple[Any, ...] = (MISSING, None, False, "", "0", "false", [], {})


def sound_document(answer: Answer, good: Mapping[str, str], denied: str) -> Any:
    """Return the document of an answer that is no failure. `denied` advises where rights are missing.

    `good` are dotted paths and what stands there in an answer that is no failure. Raises FetchError, UnreadableError.
    """
    if not answer.ok:
        advice = denied if answer.status in (401, 403) else "Periksa `address` dan `params` kiriman ini."
        raise FetchError(f"{answer.name} menolak (status {answer.status}){quote_portal(answer.content)}. {advice}")
    document = read_json(answer.content)
    if fault := _flagged(document, good):
        raise FetchError(f"{answer.name} menjawab gagal: {fault}{quote_portal(answer.content)}. {LATER}")
    return document


def _flagged(document: Any, good: Mapping[str, str]) -> str:
    """Say which sign in the body tells of a failure; "" where none does.

    Without a declared `good`, the common ones count: success false, an error that is not empty, a failed status.
    """
    for path, due in good.items():
        found = find(document, split_path(path))
        if _shown(found) != due.casefold():
            return f"{path} = {_shown(found)}, seharusnya {due}"
    if good or not isinstance(document, dict):
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
