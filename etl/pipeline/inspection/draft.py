"""A draft of a feed for an unknown file: what its sheets say is filled in, the rest is left to be filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.catalogue.declared_layout import Meaning
from etl.catalogue.models import Catalogue
from etl.pipeline.inspection.column_roles import body
from etl.pipeline.inspection.draft_parts import Draft, Seen, quoted
from etl.pipeline.inspection.draft_places import tell_period, tell_region, tell_sections
from etl.pipeline.inspection.draft_values import tell_labels, tell_values
from etl.pipeline.inspection.marks import Decimals


def draft_feed(
    name: str, seen: Sequence[Seen], several: bool, marks: dict[str, Meaning], found: Decimals, catalogue: Catalogue
) -> str:
    """Write the block of a feed for the first table seen; `several` where its sheet holds other tables too."""
    one, draft = seen[0], Draft()
    bps = any(
        text in catalogue.bps for each in one.columns.of("region") for text in body(one.lines, one.table, each.at)
    )
    title = one.table.titles[0] if one.table.titles else name.replace("-", " ")
    if several and one.table.titles:
        draft.key(f"title: {quoted(one.table.titles[0])}", "lembar ini memuat beberapa tabel")
    draft.key(f"header_rows: {one.table.header_rows}")
    if one.columns.parent:
        draft.key(f"parent: {quoted(one.columns.parent)}", catalogue.region[one.columns.parent].name)
    tell_region(draft, seen, catalogue)
    tell_period(draft, seen)
    tell_sections(draft, one, catalogue)
    skipped = tell_labels(draft, one, catalogue)
    skipped = [*skipped, *tell_values(draft, one, catalogue)]
    if marks:
        draft.key("marks: {" + ", ".join(f"{quoted(mark)}: {meaning}" for mark, meaning in marks.items()) + "}")
    if skipped:
        draft.key("skip: [" + ", ".join(quoted(each) for each in skipped) + "]")
    return "\n".join(_block(name, title, draft, found, bps))


def _block(name: str, title: str, draft: Draft, found: Decimals, bps: bool) -> Iterator[str]:
    yield f"  - id: {name}"
    yield f"    name: {{id: {quoted(title)}, en: {quoted(title)}}}"
    yield "    connector: file"
    yield f"    path: data/inbox/{name}/*"
    yield f"    decimal: {found.declared}"
    if bps:
        yield "    region_codes: bps"
    yield "    columns:" + ("" if draft.columns else " {}")
    yield from (f"      {each}: {quoted(head)}" for each, head in draft.columns.items())
    if draft.defaults:
        yield "    defaults:"
    for each, (value, comment) in draft.defaults.items():
        yield f"      {each}: {quoted(value)}" + (f"  # {comment}" if comment else "")
    yield "    layout:"
    yield from draft.layout
