"""What is stored as JSON is read for ever: the steps that lead each earlier form of it to the present one.

Stored bytes are never touched. When a field of the catalogue's models or of a score tree is renamed, removed or means
something else (then it gets another name), append the step that makes the present document of the former one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Document = dict[str, Any]
Step = Callable[[Document], Document]


def _with_method(tree: Document) -> Document:
    """Form 2 names the method, and holds a position with its robustness; form 1 knew method 1 alone."""
    leaves = [leaf | {"late": False, "others": []} for leaf in tree["leaves"]]
    added = {"method": 1, "position": None, "robust_low": None, "robust_high": None, "variants": 0}
    return tree | {"leaves": leaves} | added


# The first step leads from form 1 to form 2, and so on.
CATALOGUE_STEPS: tuple[Step, ...] = ()
TREE_STEPS: tuple[Step, ...] = (_with_method,)


def present_form(steps: Sequence[Step]) -> int:
    """Return the number of the form that is written now."""
    return len(steps) + 1


def upgrade(document: Document, form: int, steps: Sequence[Step]) -> Document:
    """Bring a document of a form to the present one. Raises ValueError for a number that no form has."""
    if not 1 <= form <= present_form(steps):
        raise ValueError(f"form {form} is unknown; known are 1 to {present_form(steps)}")
    for step in steps[form - 1 :]:
        document = step(document)
    return document
