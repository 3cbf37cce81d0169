"""What the steward has noted about the shape of files, joined with what indicators.yaml declares."""

from __future__ import annotations

from collections.abc import Iterable

from etl.catalogue.declared_layout import Layout
from etl.catalogue.feeds import Feed
from etl.catalogue.reference import LayoutFix


def with_fixes(feeds: tuple[Feed, ...], fixes: Iterable[LayoutFix]) -> tuple[Feed, ...]:
    """Add the fixes to the layouts of their feeds; what a layout declares itself stays as it is."""
    noted: dict[str, list[LayoutFix]] = {}
    for each in fixes:
        noted.setdefault(each.feed, []).append(each)
    return tuple(
        each.model_copy(update={"layout": _joined(each.layout, noted[each.id])})
        if each.layout and each.id in noted
        else each
        for each in feeds
    )


def _joined(layout: Layout, fixes: list[LayoutFix]) -> Layout:
    told = layout.model_dump(exclude_unset=True)
    words = {name: dict(meant) for name, meant in layout.words.items()}
    marks: dict[str, str] = dict(layout.marks)
    names = {"skip": list(layout.skip), "sheets": list(layout.sheets)}
    for each in fixes:
        if each.key == "words":
            words.setdefault(each.field or "", {}).setdefault(each.written, each.meaning or "")
        elif each.key == "marks":
            marks.setdefault(each.written, each.meaning or "")
        elif each.written not in names[each.key]:
            names[each.key].append(each.written)
    return Layout.model_validate(told | {"words": words, "marks": marks} | names)
