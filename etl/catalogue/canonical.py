"""The catalogue as text: one canonical JSON, the same for every spelling of the files, and its hash."""

from __future__ import annotations

import hashlib
import json

from etl.catalogue.models import Catalogue


def to_json(catalogue: Catalogue) -> str:
    """Write a catalogue with sorted keys and exact decimals as text, so that equal catalogues give equal texts."""
    return json.dumps(catalogue.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Catalogue:
    """Read what `to_json` wrote; raises pydantic.ValidationError where the text is another's."""
    return Catalogue.model_validate_json(text)


def catalogue_hash(catalogue: Catalogue) -> str:
    """Return the SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(to_json(catalogue).encode()).hexdigest()
