"""The catalogue as text: one canonical JSON, the same for every spelling of the files, and its hash."""

from __future__ import annotations

import hashlib
import json

from etl.catalogue import stored_forms
from etl.catalogue.models import Catalogue
from etl.catalogue.stored_forms import present_form, upgrade


def to_json(catalogue: Catalogue) -> str:
    """Write a catalogue with sorted keys and exact decimals as text, so that equal catalogues give equal texts."""
    return json.dumps(catalogue.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def catalogue_form() -> int:
    """Return the number of the form that `to_json` writes."""
    return present_form(stored_forms.CATALOGUE_STEPS)


def from_json(text: str, form: int) -> Catalogue:
    """Read what `to_json` wrote when it wrote that form.

    Raises pydantic.ValidationError where the text is another's, ValueError for a form that is unknown.
    """
    if form != catalogue_form():
        text = json.dumps(upgrade(json.loads(text), form, stored_forms.CATALOGUE_STEPS))
    return Catalogue.model_validate_json(text)


def catalogue_hash(catalogue: Catalogue) -> str:
    """Return the SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(to_json(catalogue).encode()).hexdigest()
