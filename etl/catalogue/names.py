"""Names as they are compared: folded, and of regions without the rank before them."""

from __future__ import annotations

import re
import unicodedata

REGENCY = re.compile(r"^kab(?:upaten\b|\b)\.? ?(?=\S)")


def fold_name(text: str) -> str:
    """Apply NFKC, collapse blanks and fold case, and nothing else."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def normalise_name(text: str) -> str:
    """Fold a region's name and strip a leading "Kabupaten", "Kab." or "Kab"; "Kota" is part of a name and stays."""
    return REGENCY.sub("", fold_name(text))
