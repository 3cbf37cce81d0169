"""BPS answers everything with HTTP 200: what an answer says is read from its envelope."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from etl.connectors.base import FetchError, UnreadableError
from etl.connectors.bps.bps_words import YEAR, plain
from etl.connectors.formats.json_text import read_json

EMPTY = {"not-available", "unavailable", "list-not-available"}
YEARS_AT_ONCE = re.compile(r"parameter is ([1-9][0-9]{0,3})\b")
KEY_FAULTS = re.compile(r"\bkey\b|user not found|not allowed", re.IGNORECASE)


class TooManyYearsError(Exception):
    """BPS takes fewer years in one question."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


def open_envelope(content: bytes, variable: str) -> dict[str, Any] | None:
    """Return an answer that holds data, None where BPS says that it has none.

    `variable` is the environment variable that holds the key. Raises TooManyYearsError; FetchError with BPS's own
    words where it refuses; UnreadableError for what is no answer of BPS.
    """
    page = read_json(content)
    if not isinstance(page, dict):
        raise UnreadableError("Jawaban BPS bukan objek JSON yang dikenal. Coba lagi nanti.")
    if str(page.get("data-availability")).casefold() in EMPTY:
        return None
    if str(page.get("status", "")).casefold() != "ok":
        raise _refusal(str(page.get("message") or page.get("status") or "tanpa keterangan"), variable)
    if page.get("data-availability") != "available":
        raise UnreadableError(
            f"BPS menyatakan ketersediaan “{page.get('data-availability')}”, yang tidak dikenal. Tidak ada yang dibaca."
        )
    return page


def sound_data(page: Mapping[str, Any] | None) -> None:
    """Raise UnreadableError where an answer that says it has data holds none: that is no statement that none exist."""
    if page is not None and not isinstance(page.get("datacontent"), dict | list):
        raise UnreadableError(
            "BPS menyatakan datanya tersedia, tetapi jawabannya tidak memuat datacontent. Tidak ada yang dimuat; coba "
            "lagi nanti, dan bila berulang periksa domain dan var kiriman ini."
        )


def _refusal(message: str, variable: str) -> Exception:
    if found := YEARS_AT_ONCE.search(message):
        return TooManyYearsError(int(found[1]))
    said = f"WebAPI BPS menolak permintaan: “{' '.join(message.split())[:200]}”."
    if KEY_FAULTS.search(message):
        return FetchError(f"{said} Kuncinya salah atau tidak aktif; isi kunci yang sah pada {variable}.")
    return FetchError(f"{said} Periksa domain dan var kiriman ini di indicators.yaml.")


def list_years(page: dict[str, Any], asked: int) -> tuple[int, int, dict[str, int]]:
    """Return of a page of the list of years: how many pages and how many years there are, and its years by number.

    `asked` is the page's number. Raises UnreadableError where the page is another, or of another shape.
    """
    match page.get("data"):
        case [dict(head), list(rows)] if _whole(head, "page", "pages", "total") and int(head["page"]) == asked:
            if all(isinstance(row, dict) and _whole(row, "th_id") and YEAR.fullmatch(_label(row)) for row in rows):
                return int(head["pages"]), int(head["total"]), {str(row["th_id"]): int(_label(row)[:4]) for row in rows}
    raise UnreadableError("Daftar tahun dari BPS tidak berbentuk yang dikenal. Laporkan kepada pengelola Pantau.")


def _label(row: dict[str, Any]) -> str:
    return plain(row.get("th")).casefold()


def _whole(entry: dict[str, Any], *names: str) -> bool:
    return all(re.fullmatch("[0-9]{1,9}", str(entry.get(name))) for name in names)
