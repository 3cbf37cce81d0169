"""HTML as a reader sees it: its letters, what of it is hidden, the text of an element."""

from __future__ import annotations

import re

from etl.connectors.base import UnreadableError
from etl.connectors.formats.grid import raised
from etl.connectors.formats.markup import Element

UNREAD = {"script", "style", "head", "template", "noscript", "table", "select", "textarea"}
BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
STRUCK = {"s", "strike", "del"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\n\f]+")
ADVICE = "Buka di Excel, periksa isinya, simpan sebagai .xlsx, lalu kirim lagi."


def decode_html(content: bytes) -> str:
    """Decode by byte order mark, then by what the page says, then as UTF-8 or Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    said = CHARSET.search(content[:4096])
    named = said[1].decode("ascii", errors="replace").casefold() if said else "utf-8"
    for encoding in ("cp1252" if named in {"iso-8859-1", "latin1"} else named, "utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError):
            continue
    raise UnreadableError(f"Huruf pada berkas HTML ini tidak terbaca. {ADVICE}")


def is_hidden(element: Element) -> bool:
    """Tell whether an element itself is not shown."""
    return "hidden" in element.attrib or HIDDEN.search(element.get("style") or "") is not None


def seen_text(element: Element) -> str:
    """Write what a reader sees of an element, one line a block; raised and struck text joins no number."""
    lines = (BLANKS.sub(" ", line).strip(" ") for line in _text(element).split("\v"))
    return "\n".join(line for line in lines if line)


def _text(element: Element) -> str:
    """Write the text with blocks apart by a vertical tab."""
    parts = [element.text or ""]
    for child in element:
        parts += [_child_text(child), child.tail or ""]
    return "".join(parts)


def _child_text(child: Element) -> str:
    tag = child.tag
    if tag in UNREAD or is_hidden(child):
        return ""
    inner = _text(child)
    if tag in {"sup", "sub"}:
        return raised(inner)
    if tag in STRUCK:
        return f"~{inner}~"
    return f"\v{inner}\v" if tag in BREAKS else inner
