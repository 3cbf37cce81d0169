"""The wall's own files under an address that changes with their content, so that a browser may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

TYPES = {".js": "text/javascript", ".css": "text/css"}
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Files:
    """Scripts and styles by name, plain and packed, and the version that they and the document's template make."""

    version: str
    contents: dict[str, bytes]
    packed: dict[str, bytes]


def read_files(folder: Path) -> Files:
    """Read a folder's scripts and styles."""
    found = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in TYPES}
    digest = hashlib.sha256((HERE / "wall.html").read_bytes())
    for name, content in found.items():
        digest.update(f"{name} {len(content)} ".encode() + content)
    return Files(digest.hexdigest()[:12], found, {name: pack(content) for name, content in found.items()})


def pack(content: bytes) -> bytes:
    """Compress what is sent often; the same content always gives the same bytes."""
    return gzip.compress(content, 9, mtime=0)
