"""Parts of the scenes that are lists: counts that are not zero, groups of a few lines, both as speech."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.language import number, t
from dashboard.urls import Lang
from dashboard.wall.content import Count, Group, ListItem, Tone

LISTED = 4
Counted = tuple[str, int, Tone]  # key of the words, how many, tone


def counts(found: Iterable[Counted], lang: Lang) -> list[Count]:
    """Return what there is any of; a zero is not worth a large number."""
    return [
        {"value": number(many, 0, lang), "name": t(f"wall_lists.{key}_count", lang), "tone": tone}
        for key, many, tone in found
        if many
    ]


def groups(found: Iterable[tuple[str, Sequence[ListItem]]], lang: Lang) -> list[Group]:
    """Return a group for each heading's key that has items: the first few, and how many are left out."""
    return [
        {
            "heading": t(f"wall_lists.{key}", lang),
            "items": list(items[:LISTED]),
            "more": t("wall_lists.more", lang, count=number(len(items) - LISTED, 0, lang)) if items[LISTED:] else "",
            "empty": t("wall_lists.nothing", lang),
        }
        for key, items in found
        if items
    ]


def spoken(found: Iterable[Count], lang: Lang) -> str:
    """Say counts in one breath: `3 kiriman terlambat, 2 beda data`."""
    return ", ".join(t("wall_lists.pairs", lang, value=each["value"], name=each["name"]) for each in found)
