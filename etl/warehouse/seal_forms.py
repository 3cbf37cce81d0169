"""What seals cover, by form: columns of the sealed tables, by name and in this order.

A form is never changed once a vintage was sealed with it. A column that comes later belongs to a later form, at the end
of its table's columns; older seals go on without it.
"""

from __future__ import annotations

SealForm = dict[str, tuple[str, ...]]  # of a table: its columns

FIRST: SealForm = {
    "indicator": ("code",),
    "series": ("code",),
    "region": ("code",),
    "period": ("code",),
    "source": ("producer", "publication"),
    "annotation": ("unit", "printed_unit", "step", "status", "marks", "note", "plan"),
    "position": ("sheet", "column"),
    "observation": ("kind", "value", "category", "printed", "numerator", "denominator", "row"),
    "record": ("kind", "key", "content", "row"),
    "finding": ("rule", "severity", "sheet", "row", "column", "raw", "sentence"),
    "score": ("region", "period", "dimension", "tree"),
    "catalogue": ("hash",),
    "vintage": ("no", "kind", "recorded_at", "catalogue_hash"),
    "run": ("feed", "started_at", "rows_read", "accepted", "unchanged", "refused", "findings_hash"),
    "run_file": (),
    "file": ("name", "sha256", "size"),
    "review": ("attempt_id", "cause", "content", "opened_at"),
    "decision": ("attempt_id", "vintage_no", "verdict", "by", "reason", "decided_at"),
}
FORMS: dict[int, SealForm] = {1: FIRST}
CURRENT = max(FORMS)


def added(form: SealForm, table: str) -> tuple[str, ...]:
    """Return the columns of a table that came after the first form."""
    return form[table][len(FIRST[table]) :]
