"""XML from strangers: walked element by element, without entities, without the network, without huge trees."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Literal

from lxml import etree

from etl.connectors.base import UnreadableError

Element = etree._Element
Event = Literal["start", "end"]
BARE_AMPERSAND = re.compile(rb"&(?!(?:#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)")
BROKEN = "Berkas XML rusak atau terpotong. Buka di Excel, simpan sebagai .xlsx, lalu kirim lagi."
DECLARED = "Berkas XML memuat deklarasi DOCTYPE, yang tidak diterima. Buka di Excel, simpan sebagai .xlsx, lalu kirim."


def walk(content: bytes, *names: str, events: tuple[Event, ...] = ("start", "end")) -> Iterator[tuple[str, Element]]:
    """Yield (`start` or `end`, element) of the elements with these local names; a comment is never part of a text.

    The caller clears what it has read. Raises UnreadableError for XML that is broken or declares entities.
    """
    seen = False
    try:
        for event, element in etree.iterparse(
            io.BytesIO(content.lstrip()),
            events=events,
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            if not seen and element.getroottree().docinfo.doctype:
                raise UnreadableError(DECLARED)
            seen = True
            yield event, element
    except etree.LxmlError as error:
        raise UnreadableError(BROKEN) from error


def mend(content: bytes) -> bytes:
    """Escape the bare ampersands that hand-written exporters leave in names, where that is certain."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<![CDATA[" in content:
        return content
    return BARE_AMPERSAND.sub(b"&amp;", content)


def local(element: Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """Give an attribute by its local name: exporters write `ss:Type` and `Type` alike.

    LibreOffice's calc extensions repeat attributes of the standard with other words: those are passed over.
    """
    for key, value in element.attrib.items():
        namespace, _, short = str(key).rpartition("}")
        if short == name and "experimental:calc" not in namespace:
            return str(value)
    return None


def whole(text: str | None, default: int, most: int) -> int:
    """Read a count of a file, at least 0 and at most `most`; `default` where it says none."""
    return min(int(text), most) if text is not None and re.fullmatch("[0-9]{1,9}", text.strip()) else default


def forget(element: Element) -> None:
    """Free an element that was read, and what stands before it."""
    element.clear()
    while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
        parent.remove(before)
