"""What a seal covers, as pure functions: digests of rows, their hash in any order, and the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring_ascii

import numpy as np

GENESIS = "0" * 64
DIGEST_BYTES = hashlib.sha256().digest_size
Cell = str | int | None

# ASCII only, so that the bytes do not depend on how a library writes other letters.
encode_text = encode_basestring_ascii  # the encoder's own way with a text
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode


def digest(cells: Sequence[Cell]) -> bytes:
    """Return the digest of one row. Neighbouring cells cannot run into each other, None differs from "" and 0."""
    return text_digest(_encode(cells))


def text_digest(text: str) -> bytes:
    """Return the digest of a row that is written already: the cells of `encode_cells`, joined, in brackets."""
    return hashlib.sha256(text.encode("ascii")).digest()


def encode_cells(cells: Sequence[Cell]) -> str:
    """Write neighbouring cells as they stand in a row's text."""
    return _encode(list(cells))[1:-1]


def content_hash(digests: Iterable[bytes]) -> str:
    """Return the hash of a set of rows, whatever their order; rows that occur twice count twice.

    Several digests may come joined.
    """
    whole = np.frombuffer(b"".join(digests), dtype=f"S{DIGEST_BYTES}")
    return hashlib.sha256(np.sort(whole).tobytes()).hexdigest()


def text_hash(text: str) -> str:
    """Return the hash of a document."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def seal(previous: str, content: str, metadata: Mapping[str, object]) -> str:
    """Return the seal that chains a vintage's content and metadata (JSON types only) to the previous seal."""
    return text_hash(_encode([previous, content, metadata]))
