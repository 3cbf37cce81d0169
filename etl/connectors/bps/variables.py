"""The variables of a BPS domain, found by words: their numbers stand nowhere else."""

from __future__ import annotations

import re
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from etl.connectors.base import FetchError, UnreadableError
from etl.connectors.bps.bps_words import plain
from etl.connectors.bps.envelope import open_envelope
from etl.connectors.web.http import Web

MOST_PAGES = 300
ODD = "Daftar variabel dari BPS tidak berbentuk yang dikenal. Laporkan kepada pengelola Pantau."


@dataclass(frozen=True, slots=True)
class BpsVariable:
    """One variable: its number, title, unit and subject."""

    number: int
    title: str
    unit: str
    subject: str


def list_variables(web: Web, base: str, domain: str, key: str, variable: str) -> list[BpsVariable]:
    """Return all variables of a domain; raises FetchError, UnreadableError.

    `variable` is the environment variable that holds the key.
    """
    found: dict[int, BpsVariable] = {}
    number, pages, total = 1, 1, 0
    while number <= min(pages, MOST_PAGES):
        place = f"/list/model/var/lang/ind/domain/{quote(domain, safe='')}/page/{number}/key/{quote(key, safe='')}/"
        page = open_envelope(web.get(f"{base.rstrip('/')}{place}").content, variable)
        if page is None:
            break
        pages, total, rows = _page(page)
        found |= {each.number: each for each in rows}
        number += 1
    if len(found) < total:
        raise FetchError(f"BPS menyebut {total} variabel, tetapi mengirim {len(found)}. Coba lagi nanti.")
    return list(found.values())


def _page(page: dict[str, Any]) -> tuple[int, int, list[BpsVariable]]:
    match page.get("data"):
        case [{"pages": pages, "total": total}, list(rows)] if all(
            isinstance(each, dict) and "var_id" in each for each in rows
        ):
            return (
                int(pages),
                int(total),
                [
                    BpsVariable(int(each["var_id"]), *(plain(each.get(name)) for name in ("title", "unit", "sub_name")))
                    for each in rows
                ],
            )
    raise UnreadableError(ODD)


def named(variables: list[BpsVariable], words: str) -> list[BpsVariable]:
    """Return those whose title or subject holds all the words, those by their title first: a subject has hundreds."""
    wanted = words.casefold().split()

    def holds(text: str) -> bool:
        return all(word in text.casefold() for word in wanted)

    found = [each for each in variables if holds(f"{each.title} {each.subject}")]
    return sorted(found, key=lambda each: not holds(each.title))


def number_in(text: str) -> int | None:
    """Return the number that a steward types, or that the address of the variable's table on BPS's site holds.

    There it stands in Base64 before the kind of table, .../statistics-table/2/Mzk5IzI=/...: "399#2".
    """
    if match := re.search(r"/statistics-table/2/([A-Za-z0-9+/]+={0,2})(?:/|$)", text):
        with suppress(ValueError):
            text = b64decode(match[1], validate=True).decode().removesuffix("#2")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None
