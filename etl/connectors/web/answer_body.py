"""The body of an answer: unpacked under a limit, and judged by its bytes, never by its status alone."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

Kind = Literal["json", "csv", "xml", "html", "other"]
BLANKS = b"\xef\xbb\xbf \t\r\n"
MARKUP = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(!doctype\s+html|html|head|body|script|title|meta)\b", re.I | re.S
)
BINARY, UTF_16 = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"), (b"\xff\xfe", b"\xfe\xff")
HTML_ENDS = (b"</html>", b"</body>", b"</table>", b"-->")
JSON_START = re.compile(rb'[\[{"]|-?[0-9]|(?:true|false|null)\b')


class TooLongError(Exception):
    """A body that goes on beyond its limit, packed or not."""


class BrokenBodyError(Exception):
    """A body that ends too early or cannot be unpacked; worth another try."""


def unpack(chunks: Iterable[bytes], encoding: str, most: int) -> Iterator[bytes]:
    """Yield the body's plain bytes, never more than `most` of them.

    `encoding` is the Content-Encoding. Raises TooLongError, BrokenBodyError.
    """
    match encoding.strip().lower():
        case "" | "identity":
            plain: Iterator[bytes] = iter(chunks)
        case "gzip" | "x-gzip":
            plain = _inflate(chunks, most)
        case _:
            raise BrokenBodyError(f"pengemasan “{encoding}” tidak dikenal")
    came = 0
    for piece in plain:
        came += len(piece)
        if came > most:
            raise TooLongError
        yield piece


def _inflate(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Inflate piece by piece: a small chunk can stand for a thousand times its size."""
    packer = zlib.decompressobj(zlib.MAX_WBITS | 16)
    began, step = False, min(most + 1, 1 << 20)
    for chunk in chunks:
        rest, full = chunk, False
        while rest or full:  # where a step is full, more may wait inside though all of the chunk is taken
            began = True
            if packer.eof:  # another member follows
                packer = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                piece = packer.decompress(rest, step)
            except zlib.error:
                raise BrokenBodyError("isinya rusak (gzip)") from None
            full = len(piece) == step and not packer.eof
            rest = packer.unused_data if packer.eof else packer.unconsumed_tail
            yield piece
    if began and not packer.eof:
        raise BrokenBodyError("isinya terputus (gzip)")


def length_fault(content: bytes, headers: Mapping[str, str], tail: bytes) -> str | None:
    """Say, as a clause, why an unpacked text may be cut, a CSV even within its last figure; None where it is whole.

    `tail` is the end of what came over the wire.
    """
    kind = kind_of(content, headers.get("Content-Type", ""))
    if "Content-Encoding" in headers or not content or kind not in ("csv", "html"):
        return None  # packed, and other kinds, end in a way of their own
    if "chunked" in headers.get("Transfer-Encoding", "").lower():
        return None
    if "Content-Length" in headers:
        longer = kind == "csv" and not tail.endswith(content[-len(tail) :])
        return "isinya lebih panjang daripada yang dinyatakan" if longer else None
    if kind == "html":
        ended = content.rstrip().lower().endswith(HTML_ENDS)
        return None if ended else "panjang isinya tidak dinyatakan, dan halamannya tidak ditutup"
    ended = content.endswith((b"\n", b"\r"))
    return None if ended else "panjang isinya tidak dinyatakan, dan barisnya yang terakhir tidak berakhir"


def kind_of(content: bytes, declared: str) -> Kind:
    """Tell what a body is by its first bytes, and only between texts by the declared media type."""
    start = content[:4096].lstrip(BLANKS)
    media = declared.split(";")[0].strip().lower()
    if start.startswith(BINARY) or (b"\x00" in start and not content.startswith(UTF_16)):
        return "other"
    if MARKUP.match(start) or (media == "text/html" and start.startswith(b"<")):
        return "html"
    if start.startswith(b"<"):
        return "xml"
    if media.endswith("csv") or "spreadsheet" in media or media == "application/vnd.ms-excel":
        return "csv"
    if JSON_START.match(start) and ("json" in media or start[:1] in b"[{" or content.strip(BLANKS) == b"null"):
        return "json"
    if media == "text/html":
        return "html"
    return "csv" if media in ("text/plain", "application/octet-stream", "") else "other"


def charset_fault(content: bytes, declared: str, kind: Kind) -> str | None:
    """Say, as a clause, why the bytes are not in the character set that they must be in; None where they are.

    JSON is UTF-8 whatever is declared. A text that declares nothing is left to its reader.
    """
    match = re.search(r"charset\s*=\s*[\"']?([^\s;\"']+)", declared, re.IGNORECASE)
    name = "utf-8" if kind == "json" else match[1] if match else None
    if name is None or kind == "other":
        return None
    try:
        codecs.lookup(name)
        content.decode(name)
    except LookupError:
        return f"menyatakan himpunan karakter “{name}” yang tidak dikenal"
    except UnicodeDecodeError as error:
        return f"memuat bita yang bukan {name.upper()} pada posisi {error.start + 1}"
    return None
