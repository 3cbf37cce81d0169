"""What OpenDocument styles do to a cell's value and text, said as the number formats of other spreadsheets."""

from __future__ import annotations

from etl.connectors.formats.grid import raised
from etl.connectors.formats.markup import Element, attribute, local, whole

STYLES = ("percentage-style", "number-style", "currency-style", "date-style", "style")
UNREAD = {"annotation", "table", "frame", "custom-shape", "ruby-text", "note"}
DATE_PARTS = {"day": "d", "month": "m", "year": "y", "hours": "h"}


class Styles:
    """Number formats of cell styles by name, hidden tables' styles, and styles that raise or strike text."""

    def __init__(self) -> None:
        self._data: dict[str, str] = {}
        self._cells: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._raised: set[str] = set()
        self._struck: set[str] = set()

    def keep(self, style: Element) -> None:
        """Take in one style element, after the data style that it names."""
        name, kind = attribute(style, "name") or "", local(style)
        if kind != "style":
            self._data[name] = _as_format(style, kind)
            return
        parent = self._cells.get(attribute(style, "parent-style-name") or "", "")
        self._cells[name] = self._data.get(attribute(style, "data-style-name") or "", parent)
        for child in style:
            if local(child) == "table-properties" and attribute(child, "display") == "false":
                self._hidden.add(name)
            if local(child) == "text-properties" and attribute(style, "family") == "text":
                self._keep_text(name, child)

    def _keep_text(self, name: str, properties: Element) -> None:
        position = attribute(properties, "text-position") or "0%"
        if not position.startswith("0%"):
            self._raised.add(name)
        if (attribute(properties, "text-line-through-style") or "none") != "none":
            self._struck.add(name)

    def shown(self, name: str | None) -> str:
        """Give the number format of a cell style; empty where it has none."""
        return self._cells.get(name or "", "")

    def hides(self, name: str | None) -> bool:
        """Tell whether a table style hides its sheet."""
        return name in self._hidden

    def write(self, name: str | None, text: str) -> str:
        """Write a span's text so that a footnote's digit or a struck number joins no number."""
        return f"~{text}~" if name in self._struck else raised(text) if name in self._raised else text


def _as_format(style: Element, kind: str) -> str:
    if kind == "date-style":
        return "-".join(DATE_PARTS[local(child)] for child in style if local(child) in DATE_PARTS)
    scaled = any((attribute(child, "display-factor") or "1") != "1" for child in style)
    words = [child.text for child in style if local(child) == "text" and child.text and child.text.strip()]
    percent = kind == "percentage-style"
    quoted = "".join(f'"{word}"' for word in words if not (percent and "%" in word) and '"' not in word)
    return ("0%" if percent else "0") + ("," if scaled else "") + quoted


def cell_text(cell: Element, styles: Styles) -> str:
    """Write the paragraphs of a cell, one a line, without comments and drawings."""
    return "\n".join(_text(child, styles) for child in cell if local(child) in {"p", "h"})


def _text(element: Element, styles: Styles) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += [_child_text(child, styles), child.tail or ""]
    return "".join(parts)


def _child_text(child: Element, styles: Styles) -> str:
    name = local(child)
    if name in UNREAD:
        return ""
    if name == "s":
        return " " * whole(attribute(child, "c"), 1, 100)
    if name in {"tab", "line-break"}:
        return "\t" if name == "tab" else "\n"
    text = _text(child, styles)
    return styles.write(attribute(child, "style-name"), text) if name == "span" else text
