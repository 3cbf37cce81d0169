"""What the reader of /data picked: filters and pages of its lists, kept in the address beside the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from dash import html
from dash.development.base_component import Component

from dashboard.language import t
from dashboard.urls import Lang, State, extended, href

Item = TypeVar("Item")
Link = Callable[..., str]
Option = tuple[str, int, str, bool]  # word, count, address, whether chosen
PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters by feed, rule, reason and region; the page numbers of the three long lists, from 1."""

    kiriman: str | None = None
    aturan: str | None = None
    alasan: str = "conflict"
    daerah: str | None = None
    hal: int = 1
    hal_terima: int = 1
    hal_beda: int = 1


def read_selection(query: Mapping[str, object]) -> Selection:
    """Read the selection from query parameters; a page number that is none counts as 1."""
    texts = {name: value.strip() for name, value in query.items() if isinstance(value, str) and value.strip()}
    pages = {name: _page_number(texts.get(name)) for name in ("hal", "hal_terima", "hal_beda")}
    filters = {name: texts.get(name) for name in ("kiriman", "aturan", "daerah")}
    return Selection(**filters, **pages, alasan=texts.get("alasan", "conflict"))  # type: ignore[arg-type]


def _page_number(text: str | None) -> int:
    return max(int(text), 1) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1


def linker(path: str, state: State, selection: Selection) -> Link:
    """Return a maker of links that keep state and selection but for the changes: `link(anchor, aturan="x")`."""
    usual = asdict(Selection())

    def link(anchor: str, **changes: object) -> str:
        chosen = asdict(replace(selection, **changes))  # type: ignore[arg-type]
        picked = {name: value for name, value in chosen.items() if value and value != usual[name]}
        return f"{extended(href(path, state), picked)}#{anchor}"

    return link


def cut(items: Sequence[Item], page: int) -> tuple[Sequence[Item], int, int]:
    """Return one page of items, its number (at most the last) and how many pages there are."""
    pages = max(1, -(-len(items) // PAGE_SIZE))
    number = min(page, pages)
    return items[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, pages


def labelled(text: str) -> dict[str, Any]:
    """Return the attribute that names a landmark or a link for those who cannot see it."""
    return {"aria-label": text}


def marked(chosen: bool) -> dict[str, Any]:
    """Return the attribute that marks the present choice among links."""
    return {"aria-current": "true"} if chosen else {}


def chips(label: str, options: Sequence[Option]) -> Component:
    """Return links to choose from: word, count, address, whether chosen."""
    links = [
        html.A(
            [word, " ", html.Span(str(count))],
            href=address,
            className="pt-chip",
            **marked(chosen),
        )
        for word, count, address, chosen in options
    ]
    head = html.Span(label, className="pt-chip-label")
    return html.Nav([head, *links], className="pt-chips", **labelled(label))


def pager(what: str, number: int, pages: int, address: Callable[[int], str], lang: Lang) -> list[Component]:
    """Return links to the neighbouring pages of a list; nothing where it has one page."""
    if pages == 1:
        return []
    text = t("sources.page_of", lang, page=number, pages=pages)
    neighbours = [("previous", number - 1), ("next", number + 1)]
    links = [
        html.A(t(f"sources.{word}", lang), href=address(at), className="pt-button")
        for word, at in neighbours
        if 1 <= at <= pages
    ]
    label = t("sources.pages_of", lang, what=what)
    return [html.Nav([html.Span(text), *links], className="pt-pager", **labelled(label))]
