"""What a seal covers, as pure functions: digests of rows, their hash in any order, and the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

GENESIS = "0" * 64
Cell = str | int | None

# ASCII only, so that the bytes do not depend on how a library writes other letters.
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode


def digest(cells: Sequence[Cell]) -> bytes:
    """Return the digest of one row. Neighbouring cells cannot run into each other, None differs from "" and 0."""
    return hashlib.sha256(_encode(cells).encode("ascii")).digest()


def content_hash(digests: Iterable[bytes]) -> str:
    """Return the hash of a set of rows, whatever their order; rows that occur twice count twice."""
    whole = hashlib.sha256()
    for each in sorted(digests):
        whole.update(each)
    return whole.hexdigest()


def text_hash(text: str) -> str:
    """Return the hash of a document."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def seal(previous: str, content: str, metadata: Mapping[str, object]) -> str:
    """Return the seal that chains a vintage's content and metadata (JSON types only) to the previous seal."""
    return text_hash(_encode([previous, content, metadata]))
