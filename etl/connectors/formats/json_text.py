"""JSON as sent: numbers keep their literal text, and several pages travel as one text sequence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from etl.connectors.base import UnreadableError

RECORD, END = b"\x1e", b"\n"
LONGEST_NUMBER = 60
BROKEN = "Jawaban portal bukan JSON yang utuh. Coba lagi nanti; bila berulang, hubungi pengelola portal."


class JsonNumber(str):
    """The text of a JSON number: a typed number of the source, unlike the same text between quotes."""

    __slots__ = ()


def read_json(content: bytes) -> Any:
    """Parse one JSON text in UTF-8; every number becomes a JsonNumber, one with an exponent written out.

    NaN and Infinity, which are no JSON but stand in answers of some programs, are read as these words.
    Raises UnreadableError for broken texts, and objects that give one name two values.
    """
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_int=JsonNumber,
            parse_float=_number,
            parse_constant=str,  # NaN is no figure: that cell goes back, not the whole answer
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError):
        raise UnreadableError(BROKEN) from None


def _number(text: str) -> JsonNumber:
    if "e" not in text.lower():
        return JsonNumber(text)
    plain = format(Decimal(text), "f") if abs(int(text.lower().split("e")[1])) < LONGEST_NUMBER else text
    return JsonNumber(plain)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    names = [name for name, value in pairs if (found[name], type(found[name])) != (value, type(value))]
    if names:
        raise UnreadableError(
            f"JSON memuat “{names[0]}” dua kali dengan isi yang berbeda, jadi tidak dapat dipastikan mana yang benar. "
            "Laporkan kepada pengelola portal."
        )
    return found


def join_pages(pages: Iterable[bytes]) -> bytes:
    """Make one delivery of the pages of an answer, each as it came."""
    return b"".join(RECORD + page + END for page in pages)


def split_pages(content: bytes) -> list[bytes]:
    """Give the pages of a delivery back; a delivery without separators is one page."""
    if not content.startswith(RECORD):
        return [content]
    return [page.removesuffix(END) for page in content[1:].split(RECORD)]
